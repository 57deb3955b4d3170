"""Whether the last of a series of months is unusual: outside the range that was to be expected of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from salesmetrics.analysis.forecast.history import CYCLE, Values, begun
from salesmetrics.analysis.forecast.outlook import WIDE, outlook
from salesmetrics.analysis.forecast.seasons import Shape, shape_of, trend_of

FEWEST_MONTHS = 12
"""Months below which nothing is called unusual."""

NORMAL = 1.4826
"""What a median distance from the median is multiplied with to stand for a standard deviation."""

FAR = 3.0
"""So many of these from the median a residual is unusual."""

MOST_TIMES = 99.0
"""How far beyond its range a number is said to lie at most: a range can have almost no width."""


@dataclass(frozen=True)
class Usual:
    """The middle of residuals, and how far from it one may lie (`limit`) before it is unusual."""

    median: float
    limit: float

    def holds(self, residual: float) -> bool:
        """Tell whether a residual is as usual."""
        return abs(residual - self.median) <= self.limit


@dataclass(frozen=True)
class Unusual:
    """A last value outside what was `expected` of it, from `low` to `high`.

    `by_forecast` tells that it is outside the 95 % interval of a forecast made a month earlier, `by_residual` that
    its distance from trend and season is unlike that of the other months. `times` is its distance from what was
    expected as a multiple of half the range.
    """

    value: float
    expected: float
    low: float
    high: float
    times: float
    by_forecast: bool
    by_residual: bool


def usual(residuals: Sequence[float] | Values) -> Usual:
    """Give the median of residuals and three times their spread, 1.4826 x the median distance from the median.

    Source: METRICS.md, `alerts`.

    >>> usual([-9, -2, 0, 2, 1, -2, 3, 0, -3, 2, 5, -1, 0]).limit.__round__(1)
    8.9
    """
    values = np.asarray(residuals, dtype=float)
    median = float(np.median(values))
    return Usual(median, FAR * NORMAL * float(np.median(np.abs(values - median))))


def residuals(values: Values, cycle: int = CYCLE) -> tuple[Values, Shape, Values]:
    """Give what trend and season leave of each value, the season and the trend: logarithms where the season is factors.

    With less than two cycles no season can be told, with one cycle or less no trend but the median.
    """
    shape = shape_of(values, cycle)
    trend = trend_of(values, cycle) if len(values) > cycle else np.full(len(values), float(np.median(values)))
    fitted = shape.put_back(trend, 0)
    return (values - fitted if shape.adds else np.log(values / fitted)), shape, trend


def unusual(series: Sequence[float] | Values, ceiling: float | None = None) -> Unusual | None:
    """Tell in what way the last month of a series is unusual; None where it is not, or under twelve months.

    Zeros before the first other value do not count. `ceiling` is what the number cannot exceed. Source: METRICS.md,
    `alerts`.

    >>> unusual([100.0, 104, 98, 101, 99, 103, 97, 100, 102, 98, 101, 99, 160]).by_residual
    True
    """
    values = begun(np.asarray(series, dtype=float))
    if len(values) < FEWEST_MONTHS:
        return None
    value = float(values[-1])
    near = 1e-9 * float(np.abs(values).max())
    told, left = _by_forecast(values), _by_residual(values)
    found = [one for one in (told, left) if one is not None and not one[0] - near <= value <= one[2] + near]
    if not found:
        return None
    low, expected, high = found[0]
    half = expected - low if value < low else high - expected
    times = min(abs(value - expected) / half, MOST_TIMES) if half > near else MOST_TIMES
    return Unusual(
        value, expected, low, high if ceiling is None else min(high, ceiling), times, told in found, left in found
    )


def _by_forecast(values: Values) -> tuple[float, float, float] | None:
    before = outlook(values[:-1])
    ends = before.interval(WIDE) if before is not None else None
    if before is None or ends is None:
        return None
    return float(ends[0][0]), float(before.expected[0]), float(ends[1][0])


def _by_residual(values: Values) -> tuple[float, float, float] | None:
    left, shape, trend = residuals(values)
    kept = usual(left)
    # Where more than half the months are alike to the last digit, the spread is 0 and tells nothing.
    if not kept.limit > 0:
        return None
    fitted = float(shape.put_back(trend, 0)[-1])
    ends = (kept.median - kept.limit, kept.median, kept.median + kept.limit)
    low, middle, high = (fitted + end if shape.adds else fitted * float(np.exp(end)) for end in ends)
    return (max(low, 0.0) if (values >= 0).all() else low), middle, high
