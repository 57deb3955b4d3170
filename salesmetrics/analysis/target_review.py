"""Which targets should be looked at again: too far behind or ahead by now, or out of the forecast's reach."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from salesmetrics.analysis.pace import elapsed
from salesmetrics.analysis.suggested_target import Likely
from salesmetrics.model.calendar import Grain, Period, bucket, buckets

BEHIND, AHEAD = 0.80, 1.20
"""Pace below and above which a target is looked at again."""

HALF = 0.5
"""The part of a period's season that must be over before pace says anything."""

NEARLY = 1e-9
"""What a float may be off a limit that is met."""


@dataclass(frozen=True)
class Review:
    """What is known of a target: its pace (None before any of the period has passed) and why to look at it again.

    `reasons` are any of `behind`, `ahead`, `out_of_reach` (forecast's 90 % point below it) and `too_easy` (its
    10 % point above it); none where it can stand.
    """

    pace: float | None
    reasons: tuple[str, ...]


def seasonal_share(
    period: Period, as_of: date, season: Sequence[float] | None, working_days: Collection[int]
) -> float:
    """Give the share of a period's usual sales that falls before the end of `as_of`.

    `season` has an index for each calendar month (January first); None where there is no season to tell. Within a
    month working days count, and a month of which the period holds a part weighs by that part. Source: METRICS.md,
    section 10.

    >>> year = Period(date(2024, 1, 1), date(2025, 1, 1))
    >>> seasonal_share(year, date(2024, 6, 30), [0.5] * 6 + [1.5] * 6, (1, 2, 3, 4, 5))
    0.25
    """
    over = whole = 0.0
    for part in buckets(period, Grain.MONTH):
        month = bucket(part.start, Grain.MONTH)
        level = 1.0 if season is None else max(0.0, float(season[month.start.month - 1]))
        weight = level * (1.0 if part == month else part.days / month.days)
        whole += weight
        over += weight * elapsed(part, as_of, working_days)
    if whole <= 0:
        return elapsed(period, as_of, working_days)
    return over / whole


def review(target: float, sold: float | None, passed: float, likely: Likely | None = None) -> Review:
    """Tell whether a target of more than 0 should be looked at again; `passed` is the part of its season that is over.

    `sold` counts towards it so far (None: nothing is known). `likely` is what the whole period is likely to bring.
    Source: METRICS.md, section 10.

    >>> review(100, 36, 0.60)
    Review(pace=0.6, reasons=('behind',))
    """
    pace = sold / target / passed if sold is not None and passed > 0 else None
    reasons = []
    if pace is not None and passed >= HALF - NEARLY:
        if pace < BEHIND - NEARLY:
            reasons.append("behind")
        elif pace > AHEAD + NEARLY:
            reasons.append("ahead")
    if likely is not None and likely.p90 < target:
        reasons.append("out_of_reach")
    if likely is not None and likely.p10 > target:
        reasons.append("too_easy")
    return Review(pace, tuple(reasons))
