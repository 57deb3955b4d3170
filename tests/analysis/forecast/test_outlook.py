"""A forecast of one series, of broken and short histories too."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from salesmetrics.analysis.forecast.outlook import NARROW, outlook
from tests.analysis.forecast.series import SEASON, noisy

HARD = {
    "zeros between": np.array([0.0, 500, 0, 0, 900, 0] * 6),
    "all the same": np.full(40, 250.0),
    "a level that breaks": np.concatenate([np.full(34, 100.0), np.full(6, 300.0)]) * np.resize(SEASON, 40),
    "returns above sales": np.array([100.0, -40, 60, 80] * 9),
    "one sale": np.array([0.0] * 20 + [100.0] + [0.0] * 15),
    "sales that stop": np.concatenate([noisy(30, 9), np.zeros(6)]),
    "twelve months": noisy(12, 10),
    "two years": noisy(24, 11),
    "large": noisy(36, 12) * 1e9,
    "tiny": noisy(36, 13) * 1e-4,
}


@pytest.mark.parametrize("name", HARD)
def test_a_broken_history_is_forecast_in_silence(name: str):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = outlook(HARD[name])
        assert told is not None
        assert np.isfinite(told.expected).all()
        ends = told.interval(NARROW)
        told.coverage(NARROW)
    if (HARD[name] >= 0).all():
        assert (told.expected >= 0).all()
    if ends is not None:
        assert (ends[0] <= told.expected + 1e-9).all()
        assert (told.expected <= ends[1] + 1e-9).all()


def test_who_has_stopped_selling_is_expected_to_sell_nothing():
    told = outlook(HARD["sales that stop"])
    assert told is not None
    assert told.expected.tolist() == [0.0] * 12


def test_after_a_break_the_forecast_is_nearer_to_the_new_level_than_last_year_was():
    told = outlook(HARD["a level that breaks"])
    assert told is not None
    new = 300 * np.resize(SEASON, 52)[40:]
    assert np.abs(told.expected - new).mean() < np.abs(told.baseline - new).mean()


def test_less_than_six_months_are_not_forecast_and_leading_zeros_are_no_history():
    assert outlook(np.full(5, 10.0)) is None
    assert outlook(np.array([0.0] * 30 + [10.0] * 5)) is None
    assert outlook(np.array([])) is None
