"""The season in a series: how each place of a cycle (a month of the year) lies above or below the trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Season:
    """What the season of a series is.

    `index` has a number for each place of the cycle, 1 at the level of the trend; `strength` says how much of what
    departs from the trend is season (0 none, 1 all); `additive` that differences were taken, not ratios.
    """

    index: tuple[float, ...]
    strength: float
    additive: bool


def seasonal(values: Sequence[float], cycle: int, first: int = 0) -> Season | None:
    """Take a series of even `cycle` apart in the classical way, its first value at place `first` of the cycle.

    The trend is the centred moving average over a cycle; the season the median of ratios to it at each place,
    scaled to mean 1. Where a value is 0 or less it is differences from the trend, scaled to mean 0 and told in
    parts of the mean value. None where a place has no value beside a trend, or the mean is not above 0.

    >>> season = seasonal([10, 20, 30, 40, 12, 22, 32, 42], cycle=4)
    >>> [round(index, 3) for index in season.index]
    [0.455, 0.818, 1.182, 1.545]
    """
    series = np.asarray(values, dtype=float)
    half = cycle // 2
    if len(series) < 2 * cycle or series.mean() <= 0:
        return None
    weights = np.concatenate([[0.5], np.ones(cycle - 1), [0.5]]) / cycle
    trend = np.convolve(series, weights, mode="valid")
    inner = series[half : len(series) - half]
    places = (np.arange(half, len(series) - half) + first) % cycle
    additive = bool((series <= 0).any())
    apart = inner - trend if additive else inner / trend
    raw = np.array([np.median(apart[places == place]) for place in range(cycle)])
    index = raw - raw.mean() if additive else raw / raw.mean()
    left = apart - index[places]
    spread = apart.var()
    strength = float(max(0.0, 1 - left.var() / spread)) if spread > 0 else 0.0
    told = 1 + index / series.mean() if additive else index
    return Season(tuple(told.tolist()), strength, additive)
