"""What is published: the candidates weighed by their errors, or the baseline where they do not beat it.

The one candidate that did best errs about as little on average, but on series that nothing foretells better than last
year it is picked by chance and errs more; a weighed mean drawn towards the baseline does not. See
`python -m benchmarks forecast`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salesmetrics.analysis.forecast.backtest import Backtest
from salesmetrics.analysis.forecast.candidates import BASELINE
from salesmetrics.analysis.forecast.history import Values

SHARPNESS = 4
"""A candidate weighs by the inverse of its mean error to this power: half the error, sixteen times the weight."""

SURE = 2.0
"""How many standard errors better than the baseline the mean must be to stand alone; below 0 it does not count."""

FEWEST_MONTHS = 6
"""Months of a backtest below which nothing can be told: all candidates weigh alike, half against the baseline."""


@dataclass(frozen=True)
class Mix:
    """How much each candidate weighs in the mean, and how far the mean stands before the baseline (0 to 1)."""

    weights: Mapping[str, float]
    trust: float

    def of(self, paths: Mapping[str, Values]) -> Values:
        """Give what is published of the candidates' forecasts."""
        mean = sum((weight * paths[name] for name, weight in self.weights.items()), np.zeros_like(paths[BASELINE]))
        return self.trust * mean + (1 - self.trust) * paths[BASELINE]


def mix_of(test: Backtest, paths: Mapping[str, Values], counted: NDArray[np.bool_]) -> Mix:
    """Weigh candidates by the errors that `counted` marks."""
    scaled = {name: np.where(counted, test.weighed(path), np.nan) for name, path in paths.items()}
    told = ~np.isnan(scaled[BASELINE])
    if len(np.unique(test.months[told])) < FEWEST_MONTHS:
        return Mix({name: 1 / len(paths) for name in paths}, 0.5)
    means = {name: float(errors[told].mean()) for name, errors in scaled.items()}
    # A candidate without any error would take all weight, whatever the others did.
    least = max(means.values()) * 1e-3
    raw = {name: (max(mean, least) / least) ** -SHARPNESS if least else 1.0 for name, mean in means.items()}
    whole = sum(raw.values())
    weights = {name: weight / whole for name, weight in raw.items()}
    mean = Mix(weights, 1.0).of(paths)
    return Mix(weights, trust(test, mean, paths[BASELINE], told))


def trust(test: Backtest, forecast: Values, baseline: Values, told: NDArray[np.bool_]) -> float:
    """Tell from 0 to 1 how surely a forecast errs less than the baseline, by the months that were forecast."""
    better, month = (test.weighed(baseline) - test.weighed(forecast))[told], test.months[told]
    counts = np.bincount(month)
    months = np.bincount(month, better)[counts > 0] / counts[counts > 0]
    if len(months) < FEWEST_MONTHS:
        return 0.5
    error = float(np.std(months, ddof=1)) / len(months) ** 0.5
    mean = float(np.mean(months))
    if not error:
        return 1.0 if mean > 0 else 0.0
    return float(np.clip(mean / error / SURE, 0.0, 1.0))


def published(test: Backtest, paths: Mapping[str, Values]) -> Values:
    """Give what would have been published at each origin: candidates weighed by what had come to pass by then."""
    rows = []
    for row, origin in enumerate(test.origins):
        mix = mix_of(test, paths, test.known_by(origin))
        rows.append(mix.of({name: path[row] for name, path in paths.items()}))
    return np.array(rows).reshape(test.actual.shape)
