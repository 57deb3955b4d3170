"""Where a period lands: what is booked and what its months are expected to bring, with the interval of their sum."""

from __future__ import annotations

import numpy as np
import pytest

from salesmetrics.analysis.forecast.backtest import Backtest
from salesmetrics.analysis.forecast.intervals import Spread
from salesmetrics.analysis.forecast.landing import landing
from salesmetrics.analysis.forecast.outlook import Outlook


class Fixed(Outlook):
    """A forecast of 100 a month whose errors are known."""

    spread = Spread(np.linspace(0, 10, 101), 1e6, 0.0, relative=False)  # type: ignore[assignment]


def told() -> Outlook:
    return Fixed(
        np.full(40, 100.0), np.full(12, 100.0), np.full(12, 100.0), {}, 1.0, Backtest.of(np.ones(40), [], 12, 12)
    )


def test_booked_and_expected_are_added_and_the_ends_are_a_tenth_each():
    land = landing(told(), closed=200.0, begun=30.0, months=(0, 1))
    assert (land.booked, land.expected) == (230.0, 300.0)
    # Errors of all sizes up to 10 alike: four of five lie within 8.
    assert (land.low, land.high) == (pytest.approx(292.0), pytest.approx(308.0))
    assert land.chance is None


def test_a_month_that_has_begun_does_not_come_to_less_than_it_has():
    land = landing(told(), closed=0.0, begun=130.0, months=(0, 2))
    assert land.expected == 230.0
    assert land.low is not None
    assert land.low >= 130.0


@pytest.mark.parametrize(("quota", "chance"), [(300.0, 0.5), (308.0, 0.1), (292.0, 0.9), (400.0, 0.01)])
def test_the_chance_is_that_of_the_interval(quota: float, chance: float):
    assert landing(told(), 200.0, 0.0, (0, 1), quota).chance == pytest.approx(chance, abs=0.01)


def test_a_period_further_ahead_takes_its_own_months():
    assert landing(told(), 0.0, 0.0, (3, 6)).expected == 300.0


def test_without_a_backtest_nothing_is_said_of_chance():
    plain = Outlook(np.full(8, 50.0), np.full(12, 50.0), np.full(12, 50.0), {}, 0.0)
    land = landing(plain, 100.0, 0.0, (0, 1), 160.0)
    assert (land.expected, land.low, land.high, land.chance) == (150.0, None, None, None)
