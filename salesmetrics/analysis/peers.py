"""One rep's figures beside those of the whole team: the team's median rep, and how far this one is from it."""

from __future__ import annotations

import pandas as pd

from salesmetrics.model.dimensions import UNKNOWN

FEWEST = 3
"""Reps with a figure before their median says something about one of them."""


def against_team(figures: pd.DataFrame, rep: str) -> pd.DataFrame:
    """Set one rep's figures against the median of all reps that have one, the rep included.

    `figures` has a row for each metric and rep (`metric`, `rep`, `value`, `n`). The answer has a row a metric, in
    the order in which metrics come: `metric`, `value`, `n`, `median`, `difference` (value - median), `growth`
    (difference / median, null where the median is not positive), `reps` (how many have the figure). The median is
    null under `FEWEST` reps; what no rep is named for belongs to none.

    >>> team = pd.DataFrame({"metric": "revenue", "rep": ["Ann", "Ben", "Cy"], "value": [10.0, 30.0, 20.0], "n": 1})
    >>> against_team(team, "Ben")[["value", "median", "difference", "reps"]].iloc[0].tolist()
    [30.0, 20.0, 10.0, 3.0]
    """
    people = figures[(figures["rep"] != UNKNOWN) & figures["rep"].notna()]
    rows = []
    for metric in dict.fromkeys(figures["metric"]):
        team = people[(people["metric"] == metric) & people["value"].notna()]
        own = team[team["rep"] == rep]
        value = float(own["value"].iloc[0]) if len(own) else float("nan")
        median = float(team["value"].median()) if len(team) >= FEWEST else float("nan")
        rows.append(
            {
                "metric": metric,
                "value": value,
                "n": own["n"].iloc[0] if len(own) else 0,
                "median": median,
                "difference": value - median,
                "growth": (value - median) / median if median > 0 else float("nan"),
                "reps": len(team),
            }
        )
    return pd.DataFrame(rows, columns=["metric", "value", "n", "median", "difference", "growth", "reps"])
