"""The mix weighs candidates by their errors and falls back on the baseline."""

from __future__ import annotations

import numpy as np
import pytest

from salesmetrics.analysis.forecast.backtest import Backtest, origins_of
from salesmetrics.analysis.forecast.candidates import BASELINE
from salesmetrics.analysis.forecast.choose import mix_of
from salesmetrics.analysis.forecast.outlook import outlook
from tests.analysis.forecast.series import SEASON, noisy


def test_where_nothing_does_better_the_baseline_is_published():
    dice = np.random.default_rng(5)
    values = np.tile(1000 * SEASON * dice.lognormal(0, 0.5, 12), 5)
    told = outlook(values)
    assert told is not None
    assert told.trust == 0.0
    assert told.expected == pytest.approx(told.baseline)


def test_where_sales_grow_the_baseline_does_not_count():
    values = (1000 + 30.0 * np.arange(60)) * np.resize(SEASON, 60)
    told = outlook(values)
    assert told is not None
    assert told.trust == 1.0
    assert told.weights[BASELINE] < 0.01
    assert told.expected == pytest.approx((1000 + 30.0 * np.arange(60, 72)) * SEASON, rel=0.05)


def test_a_candidate_that_errs_half_as_much_weighs_sixteen_times_as_much():
    values = noisy(48, 7)
    origins = origins_of(48, 12)
    test = Backtest.of(values, origins, 12, 12)
    came = ~np.isnan(test.actual)
    off = np.where(came, test.usual[:, None], 0.0)
    truth = np.nan_to_num(test.actual)
    mix = mix_of(test, {BASELINE: truth + off, "better": truth + off / 2}, came)
    assert mix.weights["better"] / mix.weights[BASELINE] == pytest.approx(16)
