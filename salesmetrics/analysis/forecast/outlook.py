"""The forecast of one series with all that there is to say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from salesmetrics.analysis.forecast.backtest import Backtest, Errors, origins_of
from salesmetrics.analysis.forecast.candidates import BASELINE, CANDIDATES, paths
from salesmetrics.analysis.forecast.choose import Mix, mix_of, published
from salesmetrics.analysis.forecast.history import CYCLE, FEWEST_MONTHS, Values, begun, stopped
from salesmetrics.analysis.forecast.intervals import Spread, spread_of, tested_coverage

HORIZON = 12
"""Months ahead that are forecast."""

LAST_MONTHS = 12
"""Months of the backtest whose errors are told."""

NARROW, WIDE = 0.80, 0.95
"""The shares of what comes that intervals are to hold."""


@dataclass(frozen=True, eq=False)
class Outlook:
    """What the next months will bring if things go on as they did.

    `values` is the history, `expected` the forecast of each month ahead, `baseline` the last year taken again (the
    last month where there is less than two years). `trust` tells how far `expected` stands before the baseline: at
    0 it is the baseline. `test` is the backtest with, at each of its origins, what would have been published by then,
    `told`, the baseline, `naive`, and what today's weights give, `fitted`; None with too short a history.
    """

    values: Values
    expected: Values
    baseline: Values
    weights: Mapping[str, float]
    trust: float
    test: Backtest | None = None
    told: Values | None = None
    naive: Values | None = None
    fitted: Values | None = None

    @cached_property
    def spread(self) -> Spread | None:
        """How far the forecast may be off; None where that cannot be told."""
        return spread_of(self.test, self.fitted) if self.test is not None and self.fitted is not None else None

    def interval(self, share: float) -> tuple[Values, Values] | None:
        """Give the ends of each month's interval; sums that were never below 0 are not expected to be."""
        if self.spread is None:
            return None
        low, high = self.spread.interval(self.expected, share)
        return (np.maximum(low, 0.0) if (self.values >= 0).all() else low), high

    def errors(self, last: int | None = None) -> Errors | None:
        """Sum up the backtest of what would have been published."""
        return self.test.errors(self.told, last) if self.test is not None and self.told is not None else None

    def naive_errors(self, last: int | None = None) -> Errors | None:
        """Sum up the backtest of the baseline."""
        return self.test.errors(self.naive, last) if self.test is not None and self.naive is not None else None

    def coverage(self, share: float) -> tuple[int, int] | None:
        """Count the backtest's months inside their interval, and all of them; None where there are none."""
        if self.test is None or self.told is None:
            return None
        inside, counted = tested_coverage(self.test, self.told, share)
        return (inside, counted) if counted else None


def outlook(values: Sequence[float] | Values, horizon: int = HORIZON, cycle: int = CYCLE) -> Outlook | None:
    """Forecast a monthly series; None where fewer than six months are known since the first sale.

    >>> steady = [100.0 + 10 * (month % 12) for month in range(48)]
    >>> outlook(steady).expected[:3].round(3)
    array([100., 110., 120.])
    """
    known = begun(np.asarray(values, dtype=float))
    if len(known) < FEWEST_MONTHS:
        return None
    origins = origins_of(len(known), cycle)
    tried = paths(known, (*origins, len(known)), horizon, cycle)
    last = {name: path[-1] for name, path in tried.items()}
    if stopped(known):
        nothing = np.zeros(horizon)
        return Outlook(known, nothing, last[BASELINE], dict.fromkeys(CANDIDATES, 0.0), 1.0)
    if not origins:
        return Outlook(known, last[BASELINE], last[BASELINE], {BASELINE: 1.0}, 0.0)
    test = Backtest.of(known, origins, horizon, cycle)
    before = {name: path[:-1] for name, path in tried.items()}
    mix: Mix = mix_of(test, before, ~np.isnan(test.actual))
    return Outlook(
        known, mix.of(last), last[BASELINE], mix.weights, mix.trust,
        test, published(test, before), before[BASELINE], mix.of(before),
    )  # fmt: skip
