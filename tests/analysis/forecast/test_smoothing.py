"""Smoothing over a grid is, for one setting, the exponential smoothing of statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.datasets import elec_equip
from statsmodels.tsa.holtwinters import ExponentialSmoothing

from salesmetrics.analysis.forecast import smoothing
from salesmetrics.analysis.forecast.history import Values
from salesmetrics.analysis.forecast.smoothing import grid_of, seasonal, smoothed

HORIZON = 12


@pytest.fixture(scope="module")
def made() -> Values:
    """Sixty months of electrical goods made in the euro area."""
    return np.asarray(elec_equip.load_pandas().data.iloc[-60:, 0], dtype=float)


@pytest.mark.parametrize(("level", "trend", "damping"), [(0.3, 0.06, 0.9), (0.8, 0.08, 0.98), (0.1, 0.04, 0.8)])
def test_one_setting_gives_the_damped_trend_of_statsmodels(
    made: Values, level: float, trend: float, damping: float
):
    grid = grid_of([(level, trend, damping, 0.0)])
    [before], [rise] = smoothing._start(made, grid)
    theirs = ExponentialSmoothing(
        made,
        trend="add",
        damped_trend=True,
        initialization_method="known",
        initial_level=before,
        initial_trend=rise,
    ).fit(smoothing_level=level, smoothing_trend=trend / level, damping_trend=damping, optimized=False)
    [ours] = smoothed([made], HORIZON, grid)
    assert ours == pytest.approx(theirs.forecast(HORIZON))


@pytest.mark.parametrize(("level", "trend", "damping", "season"), [(0.2, 0.02, 0.9, 0.3), (0.5, 0.15, 0.97, 0.95)])
def test_one_setting_gives_the_season_of_statsmodels(
    made: Values, level: float, trend: float, damping: float, season: float
):
    grid = grid_of([(level, trend, damping, season)])
    logs = np.log(made)
    [before], [rise], [places] = smoothing._seasonal_start(logs[:24], 12, grid)
    theirs = ExponentialSmoothing(
        logs, trend="add", damped_trend=True, seasonal="add", seasonal_periods=12, initialization_method="known",
        initial_level=before, initial_trend=rise, initial_seasonal=places,
    ).fit(
        smoothing_level=level, smoothing_trend=trend / level, damping_trend=damping,
        smoothing_seasonal=season * (1 - level), optimized=False,
    )  # fmt: skip
    [ours] = seasonal(made, [60], HORIZON, 12, grid)
    # From the twelfth month on statsmodels takes the season as it was before the last month's error.
    assert ours[:11] == pytest.approx(np.exp(theirs.forecast(11)))


def test_the_grid_forecasts_about_as_well_as_the_fit_of_statsmodels(made: Values):
    ours, theirs = [], []
    for origin in (36, 42, 48):
        came = made[origin : origin + HORIZON]
        [told] = seasonal(made, [origin], HORIZON, 12)
        fit = ExponentialSmoothing(
            np.log(made[:origin]), trend="add", damped_trend=True, seasonal="add", seasonal_periods=12
        ).fit()
        ours.append(np.abs(told - came).mean())
        theirs.append(np.abs(np.exp(fit.forecast(HORIZON)) - came).mean())
    assert np.mean(ours) <= 1.05 * np.mean(theirs)


def test_origins_and_series_do_not_touch_each_other(made: Values):
    together = seasonal(made, [30, 40, 60], HORIZON, 12)
    alone = [seasonal(made[:origin], [origin], HORIZON, 12)[0] for origin in (30, 40, 60)]
    assert together == pytest.approx(np.array(alone))
    several = smoothed([made[:20], made, made[:7]], HORIZON, smoothing.DAMPED)
    assert several[1] == pytest.approx(smoothed([made], HORIZON, smoothing.DAMPED)[0])
    assert several[2] == pytest.approx(smoothed([made[:7]], HORIZON, smoothing.DAMPED)[0])
