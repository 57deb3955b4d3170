"""What is unusual in a series of months: the worked example, and the two rules against numbers from elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import median_abs_deviation
from statsmodels.robust.scale import mad

from salesmetrics.analysis.forecast.outlook import outlook
from salesmetrics.analysis.threshold import Threshold
from salesmetrics.analysis.unusual import residuals, unusual, usual

SEASON = 1 + 0.3 * np.sin(2 * np.pi * np.arange(12) / 12)


def months(count: int, seed: int = 4, noise: float = 0.05) -> np.ndarray:
    dice = np.random.default_rng(seed)
    return 1000 * np.resize(SEASON, count) * dice.lognormal(0, noise, count)


def test_the_worked_example_a_spread_of_2_lets_residuals_reach_8_9() -> None:
    toy = [-9, -2, -2, -2, 0, 0, 0, 0, 2, 2, 2, 3, -3]
    found = usual(toy)
    assert found.median == 0
    assert median_abs_deviation(toy) == 2
    assert round(found.limit, 1) == 8.9
    assert not found.holds(-9)
    assert found.holds(-8.8)


def test_the_limit_is_three_robust_standard_deviations() -> None:
    values = np.random.default_rng(1).normal(3, 7, 40)
    assert usual(values).limit == pytest.approx(3 * mad(values), rel=1e-4)


def test_a_month_as_the_season_has_it_is_usual_though_half_of_the_month_before() -> None:
    season = np.array([100.0] * 11 + [50.0])
    dice = np.random.default_rng(2)
    assert unusual(np.resize(season, 48) * dice.lognormal(0, 0.03, 48)) is None


@pytest.mark.parametrize(("factor", "above"), [(0.5, False), (1.8, True)])
def test_a_month_far_off_leaves_the_forecast_made_before_it(factor: float, above: bool) -> None:
    values = months(48)
    values[-1] *= factor
    found = unusual(values)
    assert found is not None
    assert found.by_forecast
    told = outlook(values[:-1])
    assert told is not None
    low, high = told.interval(0.95) or (np.array([]), np.array([]))
    assert (found.low, found.high) == (low[0], high[0])
    assert found.expected == told.expected[0]
    assert (found.value > found.high) is above
    end = found.high if above else found.low
    assert found.times == pytest.approx(abs(found.value - found.expected) / abs(end - found.expected))
    assert found.times > 1


def test_what_comes_later_never_widens_the_forecasts_range() -> None:
    values = months(48)
    far, further = values.copy(), values.copy()
    far[-1] *= 2
    further[-1] *= 4
    one, other = unusual(far), unusual(further)
    assert one is not None
    assert other is not None
    assert (one.low, one.high) == (other.low, other.high)


def test_the_residual_rule_counts_distance_from_trend_and_season() -> None:
    values = months(36, noise=0.02)
    values[-1] *= 1.5
    left, shape, _trend = residuals(values)
    assert not shape.adds
    found = unusual(values)
    assert found is not None
    outside = abs(left[-1] - np.median(left)) > 3 * 1.4826 * median_abs_deviation(left)
    assert found.by_residual is bool(outside)


@pytest.mark.parametrize("known", [1, 6, 11])
def test_under_twelve_months_nothing_is_unusual(known: int) -> None:
    assert unusual([100.0] * (known - 1) + [900.0]) is None


def test_months_before_the_first_sale_do_not_count() -> None:
    assert unusual([0.0] * 30 + [5.0] * 10 + [80.0]) is None


def test_alike_months_are_no_ground_for_an_alert_by_a_last_digit() -> None:
    assert unusual([0.1 + 0.2] * 30 + [0.3]) is None


def test_a_share_is_never_expected_above_its_whole() -> None:
    dice = np.random.default_rng(3)
    shares = np.clip(dice.normal(0.9, 0.05, 40), 0, 1)
    shares[-1] = 0.2
    found = unusual(shares, ceiling=1.0)
    assert found is not None
    assert found.high <= 1


def test_noise_alone_seldom_alerts() -> None:
    alerts = sum(unusual(months(48, seed)) is not None for seed in range(100, 140))
    # One in twenty by the forecast's interval, and few more by the residuals: 40 series, so well under 10.
    assert alerts <= 9


@pytest.mark.parametrize(("above", "value", "crossed"), [
    (True, 5.0, False), (True, 5.1, True), (False, 5.0, False), (False, 4.9, True),
])  # fmt: skip
def test_a_limit_is_crossed_only_beyond_it(above: bool, value: float, crossed: bool) -> None:
    assert Threshold("orders", above, 5.0).crossed(value) is crossed
