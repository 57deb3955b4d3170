"""Whose desk is too full: limits of what a rep can carry, who falls behind, and how many hands are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isnan

import numpy as np

FEWEST = 5
"""Reps from which the load of the others tells what is too much."""

FENCE = 1.5
"""Widths of the middle half beyond its upper edge at which a load is out of the ordinary."""


@dataclass(frozen=True)
class Desk:
    """What one rep has open, what the rep can carry (null: not said), and how lately come leads were answered.

    `wait` is the median of hours to an answer (null: none answered), `unanswered` of `old` leads have none.
    """

    rep: str
    load: float
    capacity: float = float("nan")
    wait: float = float("nan")
    unanswered: float = 0.0
    old: float = 0.0

    @property
    def unanswered_rate(self) -> float:
        """The share of its old leads that nobody answered; null where there are none."""
        return self.unanswered / self.old if self.old else float("nan")

    @property
    def answers_known(self) -> bool:
        """Whether anything tells how well its leads are answered."""
        return self.old > 0 or not isnan(self.wait)


def usual_limit(loads: Sequence[float]) -> float:
    """Give the load (open items) above which a rep is out of the ordinary: Q3 + 1.5 x (Q3 - Q1); null under 5 reps.

    >>> usual_limit([10, 12, 14, 16, 60])
    22.0
    """
    if len(loads) < FEWEST:
        return float("nan")
    first, third = np.quantile(np.array(loads, dtype=float), [0.25, 0.75])
    return float(third + FENCE * (third - first))


def extra_reps(loads: Sequence[float]) -> float:
    """Give how many more reps would leave everyone the median load; null where that is nothing.

    >>> extra_reps([10, 12, 14, 16, 60])
    3.0
    """
    middle = float(np.median(loads)) if len(loads) else 0.0
    if middle <= 0:
        return float("nan")
    return float(max(ceil(float(np.sum(loads)) / middle) - len(loads), 0))


@dataclass(frozen=True)
class Team:
    """All desks that are looked at together, and what each of them is measured by.

    >>> team = Team.of([Desk("Ann", 10), Desk("Ben", 12), Desk("Cy", 14), Desk("Di", 16), Desk("Ed", 60)])
    >>> [desk.rep for desk in team.desks if team.is_overloaded(desk)]
    ['Ed']
    """

    desks: tuple[Desk, ...]
    usual_limit: float
    usual_wait: float
    unanswered_rate: float
    answers_known: bool

    @classmethod
    def of(cls, desks: Sequence[Desk]) -> Team:
        """Bring desks together: the team's wait is that of its median rep, its unanswered rate that of all leads."""
        waits = [desk.wait for desk in desks if not isnan(desk.wait)]
        old = sum(desk.old for desk in desks)
        return cls(
            tuple(desks),
            usual_limit([desk.load for desk in desks]),
            float(np.median(waits)) if waits else float("nan"),
            sum(desk.unanswered for desk in desks) / old if old else float("nan"),
            any(desk.answers_known for desk in desks),
        )

    def limit(self, desk: Desk) -> float:
        """Give the load above which a desk is too full: its capacity, else what is out of the ordinary."""
        return self.usual_limit if isnan(desk.capacity) else desk.capacity

    def is_full(self, desk: Desk) -> bool:
        """Tell whether a desk holds more than it should."""
        return desk.load > self.limit(desk)

    def is_overloaded(self, desk: Desk) -> bool:
        """Tell whether a full desk's leads wait longer or more often in vain; where no answers are known, a full one."""
        behind = desk.unanswered_rate > self.unanswered_rate or desk.wait > self.usual_wait
        return self.is_full(desk) and (behind or not self.answers_known)
