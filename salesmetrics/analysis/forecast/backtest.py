"""Forecasts made again as if from earlier months, set against what then came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from salesmetrics.analysis.forecast.errors import bias, usual_change, wape
from salesmetrics.analysis.forecast.history import Values

FEWEST_ORIGINS, MOST_ORIGINS = 6, 24


def origins_of(months: int, cycle: int) -> tuple[int, ...]:
    """Give the origins of a backtest, as numbers of months known; none where there would be fewer than six.

    Two cycles are known at the first where the history has them to spare, else as many as leave six origins.

    >>> origins_of(36, 12)[0], origins_of(24, 12)[0], origins_of(80, 12)[0], origins_of(11, 12)
    (24, 18, 56, ())
    """
    first = max(min(2 * cycle, months - FEWEST_ORIGINS), months - MOST_ORIGINS)
    return tuple(range(first, months)) if first >= FEWEST_ORIGINS else ()


@dataclass(frozen=True, eq=False)
class Backtest:
    """What came of forecasts from `origins`: a row an origin, a column a month ahead, NaN past the last month.

    `usual` is by how much the series usually changes over a cycle, as known at each origin; `actual` what came.
    """

    values: Values
    origins: tuple[int, ...]
    actual: Values
    usual: Values

    @classmethod
    def of(cls, values: Values, origins: Sequence[int], horizon: int, cycle: int) -> Backtest:
        """Set up the backtest of a series."""
        padded = np.concatenate([values, np.full(horizon, np.nan)])
        actual = np.array([padded[origin : origin + horizon] for origin in origins]).reshape(-1, horizon)
        usual = np.array([usual_change(values[:origin], cycle) for origin in origins])
        return cls(values, tuple(origins), actual, usual)

    @cached_property
    def months(self) -> NDArray[np.intp]:
        """The month that each column of each row is about, counted from the first of the series."""
        return np.array(self.origins)[:, None] + np.arange(self.actual.shape[1])

    def scaled(self, forecast: Values) -> Values:
        """Give absolute errors as multiples of the usual change; NaN where nothing came or nothing changes."""
        usual = np.where(self.usual > 0, self.usual, np.nan)[:, None]
        return np.asarray(np.abs(forecast - self.actual) / usual)

    def weighed(self, forecast: Values) -> Values:
        """Give absolute errors on one scale for all origins: `scaled`, or by the mean month where nothing changes."""
        return np.asarray(np.abs(forecast - self.actual) / self._scale)

    @cached_property
    def _scale(self) -> Values:
        level = np.array([float(np.abs(self.values[:origin]).mean()) for origin in self.origins])
        return np.where(self.usual > 0, self.usual, np.where(level > 0, level, 1.0))[:, None]

    def known_by(self, origin: int) -> NDArray[np.bool_]:
        """Tell what of the backtest had come to pass when `origin` months were known."""
        return (self.months < origin) & ~np.isnan(self.actual)

    def errors(self, forecast: Values, last: int | None = None) -> Errors:
        """Sum up how far `forecast` was off, in the `last` months where that is given."""
        counted = ~np.isnan(self.actual)
        if last is not None:
            counted = counted & (self.months >= len(self.values) - last)
        scaled = self.scaled(forecast)[counted]
        actual, told = self.actual[counted], forecast[counted]
        known = scaled[~np.isnan(scaled)]
        return Errors(
            mase=float(known.mean()) if len(known) else None,
            wape=wape(actual, told),
            bias=bias(actual, told),
            n=int(counted.sum()),
            months=len(np.unique(self.months[counted])),
        )


@dataclass(frozen=True)
class Errors:
    """How far forecasts were off: `n` forecasts of `months` months; see `errors` for the others."""

    mase: float | None
    wape: float | None
    bias: float | None
    n: int
    months: int
