"""Each way to forecast follows its formula, and none sees what came later."""

from __future__ import annotations

import math

import numpy as np
import pytest

from salesmetrics.analysis.forecast.candidates import BASELINE, CANDIDATES, DRIFT, paths, seasonal_naive, theta
from salesmetrics.analysis.forecast.seasons import shape_of

MONTHS = np.arange(60)
SEASON = 1 + 0.4 * np.sin(2 * np.pi * MONTHS / 12)


def test_seasonal_naive_is_the_formula_of_the_definitions():
    values = np.random.default_rng(1).normal(100, 20, 41)
    told = seasonal_naive(values, 30, 12)
    t = len(values)
    # y(t+h) = y(t + h - m * ceil(h / m)), months counted from 1.
    assert told.tolist() == [values[t + h - 12 * math.ceil(h / 12) - 1] for h in range(1, 31)]


def test_with_less_than_two_cycles_the_last_value_stands_for_all():
    assert seasonal_naive(MONTHS[:23] * 1.0, 3, 12).tolist() == [22.0, 22.0, 22.0]


@pytest.mark.parametrize("origin", [8, 17, 24, 31, 48])
def test_no_candidate_sees_what_came_later(origin: int):
    values = 100 * SEASON * np.random.default_rng(2).lognormal(0, 0.1, 60)
    other = values.copy()
    # Later months below zero must not even change how the season is taken.
    other[origin:] = -5_000.0
    first, second = (paths(given, (origin, 55), 12, 12) for given in (values, other))
    for name in CANDIDATES:
        assert first[name][0] == pytest.approx(second[name][0])


def test_every_candidate_but_last_year_continues_growth_with_a_season():
    values = (1000 + 10.0 * MONTHS) * SEASON
    came = (1000 + 10.0 * np.arange(60, 72)) * SEASON[:12]
    told = paths(values, (60,), 12, 12)
    off = {name: float(np.abs(path[0] - came).mean() / came.mean()) for name, path in told.items()}
    assert off[BASELINE] == pytest.approx(120 / (1000 + 10 * 65.5), rel=0.05)
    assert all(share < 0.03 for name, share in off.items() if name != BASELINE), off


def test_drift_is_the_line_through_the_ends_of_what_has_no_season():
    values = np.array([10.0, 14, 9, 13, 11, 12, 16])
    assert paths(values, (7,), 2, 12)[DRIFT][0].tolist() == [17.0, 18.0]


def test_theta_of_a_line_goes_on_at_half_its_slope_or_more():
    [told] = theta([2.0 * np.arange(40)], 3)
    assert np.diff(told) == pytest.approx([1.0, 1.0])
    assert 78 < told[0] <= 81


def test_sums_that_were_never_below_zero_are_not_forecast_to_be():
    falling = np.maximum(100.0 - 6 * np.arange(18), 0.0)
    assert min(path.min() for path in paths(falling, (15, 18), 12, 12).values()) == 0.0
    assert paths(-falling, (18,), 12, 12)[DRIFT].min() < -0.1 or falling[-1] == 0


def test_a_season_is_believed_only_as_far_as_the_years_agree():
    dice = np.random.default_rng(3)
    noise = shape_of(100 * dice.lognormal(0, 0.2, 48), 12)
    true = shape_of(100 * SEASON[:48], 12)
    assert np.exp(true.places) * 1 == pytest.approx(SEASON[:12], rel=0.06)
    assert np.abs(noise.places).mean() < 0.06


def test_taking_a_season_out_and_putting_it_back_gives_the_series():
    for values in (100 * SEASON, 100 * SEASON - 80):
        shape = shape_of(values, 12)
        assert shape.adds == bool((values <= 0).any())
        assert shape.put_back(shape.taken_out(values), 0) == pytest.approx(values)
