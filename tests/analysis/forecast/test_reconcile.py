"""Parts sum to the whole to the cent, whatever the parts; new and gone ones are forecast for what they are."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesmetrics.analysis.forecast.outlook import NARROW, outlook
from salesmetrics.analysis.forecast.reconcile import bottom_up, fitted_to, in_cents

SEASON = 1 + 0.4 * np.sin(2 * np.pi * np.arange(48) / 12)


def company() -> dict[str, np.ndarray]:
    dice = np.random.default_rng(8)
    sold = {name: level * SEASON * dice.lognormal(0, 0.1, 48) for name, level in (("a", 900.0), ("b", 300.0))}
    sold["new"] = np.concatenate([np.zeros(44), [50.0, 60, 70, 80]])
    sold["gone"] = np.concatenate([200 * SEASON[:40], np.zeros(8)])
    return sold


def exact(values: np.ndarray) -> list[Decimal]:
    return [Decimal(f"{value:.2f}") for value in values]


def test_the_whole_is_the_sum_of_its_parts_to_the_cent():
    whole = bottom_up(company())
    assert whole is not None
    sums = [sum(months) for months in zip(*(exact(part.expected) for part in whole.parts.values()), strict=True)]
    assert exact(whole.outlook.expected) == sums


def test_new_parts_go_on_as_lately_and_those_gone_bring_nothing():
    whole = bottom_up(company())
    assert whole is not None
    assert whole.parts["new"].expected.tolist() == pytest.approx([70.0] * 12)
    assert whole.parts["gone"].expected.max() == 0.0
    assert whole.parts["new"].spread is None


def test_the_backtest_of_the_whole_is_of_the_sum():
    sold = company()
    whole = bottom_up(sold)
    assert whole is not None
    assert whole.outlook.values == pytest.approx(np.sum(list(sold.values()), axis=0))
    errors = whole.outlook.errors(12)
    naive = whole.outlook.naive_errors(12)
    assert errors is not None
    assert naive is not None
    assert errors.wape is not None
    assert naive.wape is not None
    assert 0 < errors.wape < 0.25
    assert whole.outlook.interval(NARROW) is not None


def test_a_whole_of_one_part_is_that_part():
    alone = company()["a"]
    whole, by_itself = bottom_up({"a": alone}), outlook(alone)
    assert whole is not None
    assert by_itself is not None
    assert whole.parts["a"].baseline == pytest.approx(by_itself.baseline)
    assert whole.parts["a"].weights == pytest.approx(by_itself.weights)


def test_too_short_a_whole_is_none():
    assert bottom_up({"a": np.full(5, 1.0), "b": np.full(5, 2.0)}) is None
    short = bottom_up({"a": np.full(8, 1.0), "b": np.full(8, 2.005)})
    assert short is not None
    assert exact(short.outlook.expected)[0] == sum(exact(part.expected)[0] for part in short.parts.values())


AMOUNTS = st.lists(st.floats(0, 1e7), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(AMOUNTS, st.floats(0, 1e9))
def test_parts_fitted_to_a_whole_sum_to_it_and_keep_their_order(amounts: list[float], whole: float):
    target = in_cents(np.array([whole]))
    fitted = fitted_to({str(place): np.array([amount]) for place, amount in enumerate(amounts)}, target)
    assert sum(exact(part)[0] for part in fitted.values()) == exact(target)[0]
    if sum(amounts) > 1e-3:
        shares = [float(part[0]) for part in fitted.values()]
        for amount, share in zip(amounts, shares, strict=True):
            assert abs(share - amount * whole / sum(amounts)) <= 0.011
