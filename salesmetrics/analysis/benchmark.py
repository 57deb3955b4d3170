"""Peers: reps in the same region and as long with the company, and where one of them stands among these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from salesmetrics.analysis.percentiles import percentile

FEWEST = 5
"""Reps among whom one can be placed; fewer are widened to more."""

PRIOR = 20
"""Cases under which a rate is drawn towards that of the peers, and for how many cases these stand."""

NEAR, AS_LONG, EVERYONE = "region_and_tenure", "tenure", "everyone"
"""Whom a rep is compared with."""

_NULL = float("nan")


@dataclass(frozen=True)
class Figure:
    """One rep's figure; of a rate also its cases (`k` of `n`), null for what is no rate.

    Region and tenure are None where they are not known.
    """

    value: float
    region: str | None
    tenure: str | None
    k: float = _NULL
    n: float = _NULL


@dataclass(frozen=True)
class Place:
    """Where a rep stands: `percentile` (0 to 100, higher is better) and `median` are null without enough peers.

    `shrunk` is the figure as it was compared, `peers` how many there were, the rep included, and `among` whom.
    """

    percentile: float
    shrunk: float
    median: float
    peers: int
    among: str


def shrunk(k: float, n: float, rate: float) -> float:
    """Draw a rate of few cases towards that of the peers; from `PRIOR` cases on it stands for itself.

    >>> round(shrunk(3, 4, 0.40), 3)
    0.458
    """
    if n >= PRIOR or np.isnan(rate):
        return k / n
    return (k + PRIOR * rate) / (n + PRIOR)


def places(figures: Sequence[Figure], *, lower_is_better: bool = False) -> list[Place]:
    """Place each figure among its peers: same region and tenure, else same tenure, else all, until there are 5.

    A rep is one of its peers, but not part of the rate that its own few cases are drawn towards.
    """
    groups: dict[tuple[str, str | None, str | None], list[int]] = {}
    for place, figure in enumerate(figures):
        if not np.isnan(figure.value):
            for group in _groups_of(figure):
                groups.setdefault(group, []).append(place)
    settled = {group: _settled([figures[place] for place in members]) for group, members in groups.items()}
    found = []
    for place, figure in enumerate(figures):
        large = [group for group in _groups_of(figure) if len(groups.get(group, ())) >= FEWEST]
        group = large[0] if large else (EVERYONE, None, None)
        members, values = groups.get(group, []), settled.get(group, [])
        mine = values[members.index(place)] if place in members else _NULL
        enough = len(members) >= FEWEST
        found.append(
            Place(
                percentile(mine, values, lower_is_better=lower_is_better) if enough else _NULL,
                mine,
                float(np.median(values)) if enough else _NULL,
                len(members),
                group[0],
            )
        )
    return found


def _groups_of(figure: Figure) -> list[tuple[str, str | None, str | None]]:
    """Give the groups a figure belongs to, the closest first."""
    groups: list[tuple[str, str | None, str | None]] = [(EVERYONE, None, None)]
    if figure.tenure is not None:
        groups.insert(0, (AS_LONG, None, figure.tenure))
        if figure.region is not None:
            groups.insert(0, (NEAR, figure.region, figure.tenure))
    return groups


def _settled(members: Sequence[Figure]) -> list[float]:
    """Give the figures of a group as they are compared: a rate of few cases is drawn towards that of the others."""
    cases, hits = (float(np.nansum([getattr(each, side) for each in members])) for side in ("n", "k"))
    found = []
    for each in members:
        if np.isnan(each.n):
            found.append(each.value)
        else:
            rest = cases - each.n
            found.append(shrunk(each.k, each.n, (hits - each.k) / rest if rest else _NULL))
    return found
