"""One rep's figures beside those of the whole team: the team's median rep, and how far this one is from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from salesmetrics.model.dimensions import UNKNOWN

FEWEST = 3
"""Reps with a figure before their median says something about one of them."""

_NULL = float("nan")


@dataclass(frozen=True)
class Beside:
    """One figure of a rep beside the median rep's: null where either is not known.

    `n` is what the rep's figure counts; `difference` is value - median, `growth` the share of the median that it
    is (null where that is not positive); `reps` is how many have the figure.
    """

    metric: str
    value: float
    n: float
    median: float
    reps: int

    @property
    def difference(self) -> float:
        """How far the rep is from the median rep."""
        return self.value - self.median

    @property
    def growth(self) -> float:
        """How far that is, as a share of the median."""
        return self.difference / self.median if self.median > 0 else _NULL


def against_team(figures: Iterable[Mapping[str, Any]], rep: str) -> list[Beside]:
    """Set one rep's figures against the median of all reps that have one, the rep included.

    `figures` has a row for each metric and rep (`metric`, `rep`, `value`, `n`). The answer has one for each
    metric, in the order in which metrics come. The median is null under `FEWEST` reps; what no rep is named for
    belongs to none.

    >>> team = [{"metric": "revenue", "rep": rep, "value": sold, "n": 1} for rep, sold in
    ...         (("Ann", 10.0), ("Ben", 30.0), ("Cy", 20.0))]
    >>> ben = against_team(team, "Ben")[0]
    >>> ben.value, ben.median, ben.difference, ben.reps
    (30.0, 20.0, 10.0, 3)
    """
    by_metric: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in figures:
        people = by_metric.setdefault(row["metric"], {})
        known = row["value"] is not None and row["value"] == row["value"]
        if known and row["rep"] is not None and row["rep"] != UNKNOWN:
            people[str(row["rep"])] = row
    found = []
    for metric, people in by_metric.items():
        own = people.get(rep)
        middle = median(float(row["value"]) for row in people.values()) if len(people) >= FEWEST else _NULL
        found.append(
            Beside(
                metric,
                _NULL if own is None else float(own["value"]),
                0 if own is None else float(own["n"]),
                middle,
                len(people),
            )
        )
    return found
