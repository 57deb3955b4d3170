"""How far a forecast may be off: from the errors it made in the backtest, for a month or for several together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm
from scipy.stats import t as student

from salesmetrics.analysis.forecast.backtest import Backtest
from salesmetrics.analysis.forecast.history import Values

FEWEST_ERRORS = 20
"""Errors of a backtest below which nothing is said of how far a forecast may be off."""

GROWTH = 0.15
"""Errors of all months ahead are pooled, each over its distance to this power.

Were sums a walk without a season it would be a half; errors of sales grow far slower. On the benchmark's series, their
last year left away, a half gave intervals of 80 % that held 64 % of the first three months and 86 % of the last six.
"""

ORIGINS_EACH = 2
"""Origins that count as one independent look: their errors are about the same months."""

_SHARES = np.linspace(0.0, 0.98, 50)


@dataclass(frozen=True, eq=False)
class Spread:
    """What the errors of a backtest tell: `sizes` without their signs, over the forecast where `relative`, sorted.

    `freedom` is how many independent looks they are, `together` how errors of one forecast go along (0 to 1).
    """

    sizes: Values
    freedom: float
    together: float
    relative: bool

    def width(self, share: float) -> float:
        """Give how many units to either side hold `share` of what comes: wider where the looks are few."""
        point = (1 + share) / 2
        few = float(student.ppf(point, self.freedom) / norm.ppf(point)) if share else 1.0
        return float(np.quantile(self.sizes, share)) * few

    def units(self, expected: Values) -> Values:
        """Give the unit of each month ahead, the first of `expected` being one month ahead."""
        grown = np.arange(1.0, len(expected) + 1) ** GROWTH
        return np.asarray(grown * np.abs(expected) if self.relative else grown)

    def interval(self, expected: Values, share: float) -> tuple[Values, Values]:
        """Give the low and high end of each month ahead that hold `share` of what comes."""
        half = self.width(share) * self.units(expected)
        return expected - half, expected + half

    def unit_of_sum(self, expected: Values, first: int, last: int) -> float:
        """Give the unit of the sum of the months ahead from place `first` to the one before `last`."""
        units = self.units(expected)[first:last]
        return float(np.sqrt(self.together * units.sum() ** 2 + (1 - self.together) * (units**2).sum()))

    def chance(self, distance: float, unit: float) -> float:
        """Give the chance that what comes lies at least `distance` above what is expected, from 0.01 to 0.99."""
        if unit <= 0:
            return 0.99 if distance <= 0 else 0.01
        widths = np.maximum.accumulate([self.width(share) for share in _SHARES])
        inside = float(np.interp(abs(distance) / unit, widths, _SHARES))
        beyond = max((1 - inside) / 2, 0.01)
        return beyond if distance > 0 else 1 - beyond


def spread_of(test: Backtest, forecast: Values) -> Spread | None:
    """Gather what a backtest tells; None with too few errors."""
    came = ~np.isnan(test.actual)
    relative = bool((test.values > 0).all() and (forecast[came] > 0).all())
    grown = np.arange(1, forecast.shape[1] + 1) ** GROWTH
    units = np.maximum(forecast, 1e-300) * grown if relative else np.broadcast_to(grown, forecast.shape)
    errors = np.where(came, (test.actual - forecast) / units, np.nan)
    sizes = np.sort(np.abs(errors[came]))
    if len(sizes) < FEWEST_ERRORS:
        return None
    return Spread(sizes, len(test.origins) / ORIGINS_EACH, _together(errors, came), relative)


def _together(errors: Values, came: Values) -> float:
    """Give the mean product of two errors of one forecast over their mean square."""
    filled = np.where(came, errors, 0.0)
    square = float((filled**2).sum())
    pairs = float((filled.sum(axis=1) ** 2).sum()) - square
    counts = came.sum(axis=1)
    many = float((counts * (counts - 1)).sum())
    if not square or not many:
        return 0.0
    return float(np.clip(pairs / many / (square / counts.sum()), 0.0, 1.0))


def tested_coverage(test: Backtest, forecast: Values, share: float) -> tuple[int, int]:
    """Count the backtest's months inside the interval that could have been told at each origin, and all of them."""
    inside = counted = 0
    for row, origin in enumerate(test.origins):
        known = test.known_by(origin)
        seen = np.where(known, test.actual, np.nan)[:row]
        earlier = Backtest(test.values[:origin], test.origins[:row], seen, test.usual[:row])
        spread = spread_of(earlier, forecast[:row]) if row else None
        came = ~np.isnan(test.actual[row])
        if spread is None:
            continue
        low, high = spread.interval(forecast[row], share)
        hit = (test.actual[row] >= low) & (test.actual[row] <= high)
        inside += int(hit[came].sum())
        counted += int(came.sum())
    return inside, counted
