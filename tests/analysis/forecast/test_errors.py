"""How far forecasts were off: the worked example of the metric definitions, and where nothing can be said."""

from __future__ import annotations

import numpy as np
import pytest

from salesmetrics.analysis.forecast.candidates import seasonal_naive
from salesmetrics.analysis.forecast.errors import bias, coverage, mase, usual_change, wape

TRAIN = np.array([10.0, 20, 30, 40, 12, 22, 32, 42])
CAME = np.array([14.0, 24, 34, 44])


def test_worked_example_of_the_definitions():
    told = seasonal_naive(TRAIN, 4, 4)
    assert told.tolist() == [12, 22, 32, 42]
    assert mase(CAME, told, TRAIN, 4) == 1.0
    assert wape(CAME, told) == pytest.approx(8 / 116)
    assert bias(CAME, told) == pytest.approx(-8 / 116)


def test_errors_without_anything_to_divide_by_are_none():
    nothing = np.zeros(4)
    assert wape(nothing, CAME) is None
    assert bias(nothing, CAME) is None
    assert mase(CAME, CAME, np.tile([5.0, 7.0], 4), 2) is None
    assert coverage(nothing[:0], nothing[:0], nothing[:0]) is None


def test_bias_is_above_zero_where_forecasts_lie_too_high():
    assert bias(np.array([10.0, -10.0]), np.array([12.0, -9.0])) == pytest.approx(3 / 20)


def test_a_history_of_little_more_than_a_cycle_is_measured_by_its_monthly_changes():
    assert usual_change(np.array([1.0, 4, 2, 5, 1]), 4) == pytest.approx((3 + 2 + 3 + 4) / 4)


def test_the_ends_of_an_interval_belong_to_it():
    assert coverage(np.array([1.0, 2.0, 3.1]), np.ones(3), np.array([2.0, 2.0, 3.0])) == pytest.approx(2 / 3)
