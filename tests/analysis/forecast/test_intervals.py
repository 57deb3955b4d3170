"""Intervals hold what they promise, for a month and for several together; chances follow from them."""

from __future__ import annotations

import numpy as np
import pytest

from salesmetrics.analysis.forecast.backtest import Backtest, origins_of
from salesmetrics.analysis.forecast.candidates import BASELINE, paths
from salesmetrics.analysis.forecast.intervals import Spread, spread_of
from salesmetrics.analysis.forecast.outlook import NARROW, WIDE, outlook
from tests.analysis.forecast.series import noisy


@pytest.mark.parametrize(("share", "least", "most"), [(NARROW, 0.75, 0.88), (WIDE, 0.91, 0.99)])
def test_intervals_hold_what_they_promise_on_months_not_seen(share: float, least: float, most: float):
    inside = []
    for seed in range(40):
        values = noisy(60, 100 + seed, 0.15)
        told = outlook(values[:48])
        assert told is not None
        low, high = told.interval(share) or (values[:0], values[:0])
        inside.append((values[48:] >= low) & (values[48:] <= high))
    assert least <= np.mean(inside) <= most


def test_few_errors_give_no_interval():
    values = noisy(12, 3)
    assert origins_of(11, 12) == ()
    test = Backtest.of(values, [10, 11], 12, 12)
    assert spread_of(test, paths(values, [10, 11], 12, 12)[BASELINE]) is None
    short = outlook(values[:11])
    assert short is not None
    assert short.spread is None
    assert short.errors() is None


def test_chances_are_even_at_the_middle_and_tail_off_to_both_sides():
    spread = Spread(np.sort(np.abs(np.random.default_rng(4).normal(0, 1, 400))), 8.0, 0.3, relative=False)
    chances = [spread.chance(distance, 1.0) for distance in (-3, -1, 0, 1, 3)]
    assert chances[2] == pytest.approx(0.5)
    assert chances == sorted(chances, reverse=True)
    assert [1 - one for one in reversed(chances)] == pytest.approx(chances)
    # The end of an interval of 80 % is passed by one in ten.
    assert spread.chance(spread.width(NARROW), 1.0) == pytest.approx(0.1, abs=0.005)


def test_errors_of_months_together_lie_between_independent_and_alike():
    sizes = np.ones(30)
    expected = np.full(12, 100.0)
    units = Spread(sizes, 8.0, 0.0, relative=True).units(expected)[:3]
    alone = Spread(sizes, 8.0, 0.0, relative=True).unit_of_sum(expected, 0, 3)
    alike = Spread(sizes, 8.0, 1.0, relative=True).unit_of_sum(expected, 0, 3)
    between = Spread(sizes, 8.0, 0.4, relative=True).unit_of_sum(expected, 0, 3)
    assert alone == pytest.approx(np.sqrt((units**2).sum()))
    assert alike == pytest.approx(units.sum())
    assert alone < between < alike
