"""Exponential smoothing over a grid of parameters at once, each setting weighed by how well it fitted.

One pass over time serves every setting and every origin of a backtest, which fits of one series after another
could not do while a page waits. The recursions are those of statsmodels' ExponentialSmoothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from salesmetrics.analysis.forecast.history import Values
from salesmetrics.analysis.forecast.seasons import slope

TEMPER = 0.5
"""Errors of neighbouring months are not independent: the likelihood counts as of half as many."""


@dataclass(frozen=True, eq=False)
class Grid:
    """Settings side by side: smoothing of level, trend and season, and the damping of the trend (0: no trend)."""

    level: Values
    trend: Values
    damping: Values
    season: Values

    @property
    def size(self) -> int:
        """How many settings there are."""
        return len(self.level)


def grid_of(settings: Sequence[tuple[float, float, float, float]]) -> Grid:
    """Make a grid of (level, trend, damping, season) settings."""
    level, trend, damping, season = np.array(settings, dtype=float).T
    return Grid(level, trend, damping, season)


_LEVELS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 0.99)
LEVEL_ONLY = grid_of([(level, 0.0, 0.0, 0.0) for level in _LEVELS])
DAMPED = grid_of(
    [(level, level * share, damping, 0.0) for level in _LEVELS for share in (0.02, 0.05, 0.1, 0.2, 0.4)
     for damping in (0.8, 0.9, 0.95, 0.98)]
    + [(level, 0.0, 0.0, 0.0) for level in _LEVELS]
)  # fmt: skip
SEASONAL = grid_of(
    [(level, level * share, damping, season) for level in (0.02, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9)
     for share, damping in ((0.0, 0.0), (0.1, 0.9), (0.3, 0.9), (0.05, 0.97))
     for season in (0.01, 0.1, 0.3, 0.6, 0.95)]
)  # fmt: skip

_FIRST_LEVEL, _FIRST_LINE = 6, 12
"""Months from which the first level, and the first line of a trend, are taken."""


def smoothed(histories: Sequence[Values], horizon: int, grid: Grid) -> Values:
    """Forecast several series without season by damped smoothing: a row each, `horizon` months long."""
    known = np.array([len(history) for history in histories])
    padded = np.zeros((len(histories), int(known.max())))
    for row, history in zip(padded, histories, strict=True):
        row[: len(history)] = history
    starts = [_start(history, grid) for history in histories]
    level, trend = np.array([one[0] for one in starts]), np.array([one[1] for one in starts])
    missed = np.zeros_like(level)
    for month in range(padded.shape[1]):
        # A series that has ended keeps its last state.
        live = (month < known)[:, None]
        expected = level + grid.damping * trend
        error = np.where(live, padded[:, month, None] - expected, 0.0)
        missed += error * error
        level = np.where(live, expected + grid.level * error, level)
        trend = np.where(live, grid.damping * trend + grid.trend * error, trend)
    ahead = level[:, :, None] + trend[:, :, None] * _damped_sums(grid, horizon)
    forecast: Values = (_weights(missed, known[:, None])[:, :, None] * ahead).sum(axis=1)
    return forecast


def _start(history: Values, grid: Grid) -> tuple[Values, Values]:
    first = history[:_FIRST_LINE]
    rise = slope(first)
    before = float(first.mean()) - rise * (len(first) + 1) / 2
    flat = float(history[:_FIRST_LEVEL].mean())
    return np.where(grid.damping > 0, before, flat), np.where(grid.damping > 0, rise, 0.0)


def _damped_sums(grid: Grid, horizon: int) -> Values:
    sums: Values = np.cumsum(grid.damping[:, None] ** np.arange(1, horizon + 1), axis=1)
    return sums


def _weights(missed: Values, known: Values | int) -> Values:
    """Weigh settings by the likelihood of their errors, along the last axis."""
    least = np.maximum(missed.min(axis=-1, keepdims=True), 1e-300)
    likely: Values = np.exp(-0.5 * TEMPER * known * np.log(np.maximum(missed, 1e-300) / least))
    return np.asarray(likely / likely.sum(axis=-1, keepdims=True))


def seasonal(values: Values, origins: Sequence[int], horizon: int, cycle: int, grid: Grid = SEASONAL) -> Values:
    """Forecast from several origins by smoothing of level, damped trend and an adding season (Holt and Winters).

    Each origin is the number of months known, two cycles at least; a row each, `horizon` months long. Values that
    are all above 0 are smoothed as logarithms: their season multiplies.
    """
    adds = bool((values <= 0).any())
    series = values if adds else np.log(values)
    level, trend, places = _seasonal_start(series[: 2 * cycle], cycle, grid)
    missed = np.zeros(grid.size)
    sums = _damped_sums(grid, horizon)
    found: dict[int, Values] = {}
    for month in range(max(origins) + 1):
        if month in origins:
            season = places[:, (month + np.arange(horizon)) % cycle]
            ahead = level[:, None] + trend[:, None] * sums + season
            mean = (_weights(missed, month)[:, None] * ahead).sum(axis=0)
            found[month] = mean if adds else np.exp(mean)
        if month == max(origins):
            break
        place = month % cycle
        expected = level + grid.damping * trend
        error = series[month] - expected - places[:, place]
        missed += error * error
        level = expected + grid.level * error
        trend = grid.damping * trend + grid.trend * error
        places[:, place] += grid.season * (1 - grid.level) * error
    return np.array([found[origin] for origin in origins])


def _seasonal_start(first: Values, cycle: int, grid: Grid) -> tuple[Values, Values, Values]:
    """Take the first level, trend and season from two cycles; the season only as far as both agree on it."""
    one, two = first[:cycle], first[cycle:]
    rise = float(two.mean() - one.mean()) / cycle
    before = float(one.mean()) - rise * (cycle + 1) / 2
    apart = first - before - rise * np.arange(1, 2 * cycle + 1)
    places = (apart[:cycle] + apart[cycle:]) / 2
    places = places - places.mean()
    chance, spread = ((apart[:cycle] - apart[cycle:]) / 2).var(), places.var()
    places = places * max(0.0, 1 - chance / spread) if spread > 0 else places
    level = np.where(grid.damping > 0, before, float(one.mean()))
    return level, np.where(grid.damping > 0, rise, 0.0), np.repeat(places[None], grid.size, axis=0)
