"""The season as a forecast uses it: found in a few years, and believed as far as they bear it out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salesmetrics.analysis.forecast.history import Values


@dataclass(frozen=True, eq=False)
class Shape:
    """How far each place of a cycle lies from the level: logarithms of a factor, or sums where `adds`."""

    places: Values
    adds: bool

    def taken_out(self, values: Values) -> Values:
        """Give the values without their season; the first stands at place 0."""
        season = np.resize(self.places, len(values))
        return values - season if self.adds else values / np.exp(season)

    def put_back(self, level: Values, first: int) -> Values:
        """Give levels with the season of the places from `first` on."""
        season = self.places[(first + np.arange(len(level))) % len(self.places)]
        return level + season if self.adds else level * np.exp(season)


def shape_of(values: Values, cycle: int) -> Shape:
    """Find the season of a series whose first value stands at place 0; flat where it has less than two cycles.

    Distances from the trend are averaged for each place, twice over: the second trend is that of the series
    without the first season. The result is drawn towards flat by the share of its spread that chance alone would
    give (James and Stein; Miller and Williams 2003 for seasons). Where a value is not above 0 distances are
    differences, else ratios.

    >>> shape_of(np.tile([50.0, 100.0, 150.0, 100.0], 5), 4).places.round(1)
    array([-0.6,  0.1,  0.5,  0.1])
    """
    if len(values) < 2 * cycle:
        return Shape(np.zeros(cycle), adds=True)
    adds = bool((values <= 0).any())
    trend = trend_of(values, cycle)
    adds = adds or bool((trend <= 0).any())
    shape = _averaged(values, trend, cycle, adds)
    again = trend_of(shape.taken_out(values), cycle)
    if adds or (again > 0).all():
        trend = again
        shape = _averaged(values, trend, cycle, adds)
    return _drawn_in(shape, _apart(values, trend, adds), cycle)


def trend_of(values: Values, cycle: int) -> Values:
    """Give the centred moving average over an even cycle, its ends carried on at half their last slope."""
    weights = np.concatenate([[0.5], np.ones(cycle - 1), [0.5]]) / cycle
    inner = np.convolve(values, weights, mode="valid")
    half = cycle // 2
    seen = min(len(inner), half + 1)
    before, after = slope(inner[:seen]) / 2, slope(inner[-seen:]) / 2
    return np.concatenate(
        [inner[0] - before * np.arange(half, 0, -1), inner, inner[-1] + after * np.arange(1, half + 1)]
    )


def slope(values: Values) -> float:
    """Give the slope of the straight line of least squares; 0 for fewer than three values."""
    if len(values) < 3:
        return 0.0
    time = np.arange(len(values)) - (len(values) - 1) / 2
    return float((time * values).sum() / (time * time).sum())


def _apart(values: Values, trend: Values, adds: bool) -> Values:
    apart: Values = values - trend if adds else np.log(values / trend)
    return apart


def _averaged(values: Values, trend: Values, cycle: int, adds: bool) -> Shape:
    apart = _apart(values, trend, adds)
    places = np.array([apart[place::cycle].mean() for place in range(cycle)])
    return Shape(places - places.mean(), adds)


def _drawn_in(shape: Shape, apart: Values, cycle: int) -> Shape:
    left = apart - np.resize(shape.places, len(apart))
    chance = left.var() * len(apart) / max(len(apart) - cycle - 2, 1) / (len(apart) / cycle)
    spread = (shape.places**2).sum() / (cycle - 1)
    kept = max(0.0, 1 - (cycle - 3) / (cycle - 1) * chance / spread) if spread > 0 else 0.0
    return Shape(shape.places * kept, shape.adds)
