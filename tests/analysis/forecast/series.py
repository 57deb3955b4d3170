"""Monthly series that tests forecast: a season with noise of a known size."""

from __future__ import annotations

import numpy as np

from salesmetrics.analysis.forecast.history import Values

SEASON = 1 + 0.4 * np.sin(2 * np.pi * np.arange(12) / 12)


def noisy(months: int, seed: int, noise: float = 0.1) -> Values:
    dice = np.random.default_rng(seed)
    return np.asarray(1000 * np.resize(SEASON, months) * dice.lognormal(0, noise, months))
