"""How far forecasts were off, as the metric definitions say it; None where there is nothing to divide by."""

from __future__ import annotations

import numpy as np

from salesmetrics.analysis.forecast.history import Values


def usual_change(train: Values, cycle: int) -> float:
    """Give the mean absolute change of a series over a cycle: what the seasonal naive errs by within it.

    Over one month where there is no more than a cycle and half of one.

    >>> usual_change(np.array([10.0, 20, 30, 40, 12, 22, 32, 42]), 4)
    2.0
    """
    step = cycle if len(train) >= cycle + cycle // 2 else 1
    return float(np.abs(train[step:] - train[:-step]).mean()) if len(train) > step else 0.0


def mase(actual: Values, forecast: Values, train: Values, cycle: int) -> float | None:
    """Give the mean absolute error over `usual_change` of the months before.

    >>> train = np.array([10.0, 20, 30, 40, 12, 22, 32, 42])
    >>> mase(np.array([14.0, 24, 34, 44]), np.array([12.0, 22, 32, 42]), train, 4)
    1.0
    """
    usual = usual_change(train, cycle)
    return float(np.abs(forecast - actual).mean() / usual) if usual else None


def wape(actual: Values, forecast: Values) -> float | None:
    """Give the sum of absolute errors over the sum of absolute actuals.

    >>> round(wape(np.array([14.0, 24, 34, 44]), np.array([12.0, 22, 32, 42])), 3)
    0.069
    """
    whole = float(np.abs(actual).sum())
    return float(np.abs(forecast - actual).sum() / whole) if whole else None


def bias(actual: Values, forecast: Values) -> float | None:
    """Give the sum of (forecast - actual) over the sum of absolute actuals: above 0 where forecasts lie too high.

    >>> round(bias(np.array([14.0, 24, 34, 44]), np.array([12.0, 22, 32, 42])), 3)
    -0.069
    """
    whole = float(np.abs(actual).sum())
    return float((forecast - actual).sum() / whole) if whole else None


def coverage(actual: Values, low: Values, high: Values) -> float | None:
    """Give the share of actuals that lie inside their interval, its ends included.

    >>> coverage(np.array([1.0, 5.0]), np.array([0.0, 0.0]), np.array([2.0, 2.0]))
    0.5
    """
    return float(((actual >= low) & (actual <= high)).mean()) if len(actual) else None
