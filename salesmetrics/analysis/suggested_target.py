"""What a team could be asked for: the target that the forecast supports, and whether it can be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from salesmetrics.analysis.target_split import to_cents

TOO_HARD, TOO_EASY = 0.40, 0.80
"""Where fewer reps would have made it last year a target is too hard, where more would have, too easy."""

ENOUGH_REPS = 5
"""Reps from which a share of them says something."""


@dataclass(frozen=True)
class Likely:
    """What a period is likely to bring, in money: one in ten chances below `p10`, half below `p50`, nine below `p90`."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Suggested:
    """Three levels in whole cents: what can be promised, what to aim for, and what would be a stretch.

    `capped` tells that the ambition reached beyond what nine of ten chances stay below, and was cut to it.
    """

    commit: Decimal
    target: Decimal
    stretch: Decimal
    capped: bool


def suggested(likely: Likely, ambition: float) -> Suggested:
    """Suggest a target: the middle of the forecast × (1 + ambition), at most its 90 % point.

    `ambition` is a share such as 0.10. Source: METRICS.md, section 10.

    >>> suggested(Likely(850, 1000, 1150), 0.10).target, suggested(Likely(850, 1000, 1150), 0.20).target
    (Decimal('1100.00'), Decimal('1150.00'))
    """
    aimed = to_cents(Decimal(repr(float(likely.p50))) * (1 + Decimal(repr(float(ambition)))))
    stretch = to_cents(likely.p90)
    return Suggested(to_cents(likely.p50), min(aimed, stretch), stretch, aimed > stretch)


def growth(target: Decimal, last_year: float | None) -> float | None:
    """Give the growth that a target means over the same period of last year; None where nothing was sold then.

    >>> growth(Decimal(1100), 1000.0), growth(Decimal(1100), None)
    (0.1, None)
    """
    if last_year is None or not last_year > 0:
        return None
    return float(target - Decimal(repr(float(last_year)))) / last_year


@dataclass(frozen=True)
class MadeIt:
    """How many of `reps` sold at least their target in the same period of last year."""

    made: int
    reps: int

    @property
    def share(self) -> float | None:
        """The share of them; None where there was nobody."""
        return self.made / self.reps if self.reps else None

    @property
    def verdict(self) -> str:
        """`too_hard`, `too_easy` or `fair`; empty where too few reps can be asked."""
        if self.share is None or self.reps < ENOUGH_REPS:
            return ""
        return "too_hard" if self.share < TOO_HARD else "too_easy" if self.share > TOO_EASY else "fair"


def made_it(targets: Mapping[str, Decimal], last_year: Mapping[str, float]) -> MadeIt:
    """Count who would have made the new target last year, of those who sold through the whole of that period.

    `last_year` holds those reps only, with what they sold then: who came later cannot be asked.

    >>> made_it({"A": Decimal(10), "B": Decimal(10), "C": Decimal(5)}, {"A": 12.0, "B": 9.0})
    MadeIt(made=1, reps=2)
    """
    asked = [name for name in targets if name in last_year]
    return MadeIt(sum(to_cents(last_year[name]) >= targets[name] for name in asked), len(asked))
