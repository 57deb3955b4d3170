"""The ways to forecast that are tried beside each other, each from any number of origins at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from salesmetrics.analysis.forecast.history import Values
from salesmetrics.analysis.forecast.seasons import Shape, shape_of, slope
from salesmetrics.analysis.forecast.smoothing import DAMPED, LEVEL_ONLY, seasonal, smoothed

BASELINE = "seasonal_naive"
DRIFT, DAMPED_TREND, THETA, HOLT_WINTERS = "drift", "damped_trend", "theta", "holt_winters"
CANDIDATES = (BASELINE, DRIFT, DAMPED_TREND, THETA, HOLT_WINTERS)

_NEW = 3
"""Months whose mean is the forecast of what is too new for anything else."""

YOUNG = 6
"""Months known below which only that mean can be told."""


def seasonal_naive(values: Values, horizon: int, cycle: int, least: int | None = None) -> Values:
    """Take the last cycle again and again; with fewer than `least` values (two cycles), the last value.

    >>> seasonal_naive(np.array([10.0, 20, 30, 40, 12, 22, 32, 42]), 5, 4)
    array([12., 22., 32., 42., 12.])
    """
    if len(values) < (2 * cycle if least is None else least):
        return np.repeat(values[-1], horizon)
    return values[len(values) - cycle + np.arange(horizon) % cycle]


def drift(level: Values, horizon: int) -> Values:
    """Carry on the line from the first to the last value.

    >>> drift(np.array([10.0, 12, 16]), 2)
    array([19., 22.])
    """
    step = (level[-1] - level[0]) / max(len(level) - 1, 1)
    return np.asarray(level[-1] + step * np.arange(1, horizon + 1))


def theta(levels: Sequence[Values], horizon: int) -> Values:
    """Forecast series without season by Theta: the mean of their line and of their doubled distance from it.

    The second is smoothed as a level (Assimakopoulos and Nikolopoulos 2000).
    """
    lines, curves = [], []
    for level in levels:
        rise = slope(level)
        line = level.mean() + rise * (np.arange(len(level) + horizon) - (len(level) - 1) / 2)
        lines.append(line[len(level) :])
        curves.append(2 * level - line[: len(level)])
    return np.asarray((np.array(lines) + smoothed(curves, horizon, LEVEL_ONLY)) / 2)


def paths(values: Values, origins: Sequence[int], horizon: int, cycle: int) -> Mapping[str, Values]:
    """Forecast from each origin by each candidate: for each a row an origin, `horizon` months long.

    An origin is the number of months known, each sees those alone. From fewer than `YOUNG` months every
    candidate gives the mean of the last three. Sums that were never below 0 are never forecast to be.
    """
    found = {name: np.zeros((len(origins), horizon)) for name in CANDIDATES}
    for row, origin in enumerate(origins):
        if 0 < origin < YOUNG:
            for name in CANDIDATES:
                found[name][row] = values[max(origin - _NEW, 0) : origin].mean()
    rows = [row for row, origin in enumerate(origins) if origin >= YOUNG]
    if rows:
        _tell(found, values, {row: origins[row] for row in rows}, horizon, cycle)
    # What an origin has not seen must not tell it anything, not even whether sums fall below 0.
    floor = np.array([0.0 if (values[:origin] >= 0).all() else -np.inf for origin in origins])[:, None]
    return {name: np.maximum(path, floor) for name, path in found.items()}


def _tell(found: dict[str, Values], values: Values, origins: Mapping[int, int], horizon: int, cycle: int) -> None:
    rows = list(origins)
    shapes: list[Shape] = [shape_of(values[:origin], cycle) for origin in origins.values()]
    levels = [shape.taken_out(values[:origin]) for shape, origin in zip(shapes, origins.values(), strict=True)]
    ahead = {
        DRIFT: np.array([drift(level, horizon) for level in levels]),
        DAMPED_TREND: smoothed(levels, horizon, DAMPED),
        THETA: theta(levels, horizon),
    }
    for name, forecast in ahead.items():
        for row, shape, level in zip(rows, shapes, forecast, strict=True):
            found[name][row] = shape.put_back(level, origins[row])
    for row, origin in origins.items():
        # What is published from two cycles on is tested as such, though at the first origins only one is known.
        least = cycle if max(origins.values()) >= 2 * cycle else None
        found[BASELINE][row] = seasonal_naive(values[:origin], horizon, cycle, least)
    # With less than two cycles there is no season to smooth.
    found[HOLT_WINTERS][rows] = found[DAMPED_TREND][rows]
    old = [row for row in rows if origins[row] >= 2 * cycle]
    for adds in (False, True):
        alike = [row for row in old if bool((values[: origins[row]] <= 0).any()) is adds]
        if alike:
            known = [origins[row] for row in alike]
            found[HOLT_WINTERS][alike] = seasonal(values[: max(known)], known, horizon, cycle)
