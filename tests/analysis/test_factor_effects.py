"""Shares of factors in a change: the worked example, the axioms, and Shapley values by brute force."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest

from salesmetrics.analysis.factor_effects import effects, lmdi, logarithmic_mean, shapley

BEFORE, AFTER = (100.0, 0.10, 200.0), (120.0, 0.08, 250.0)


def by_every_order(before: list[float], after: list[float]) -> list[float]:
    """Work Shapley values out as they are defined: switch the factors over one after another, in every order."""
    shares = [0.0] * len(before)
    orders = list(permutations(range(len(before))))
    for order in orders:
        now = list(before)
        for factor in order:
            old = math.prod(now)
            now[factor] = after[factor]
            shares[factor] += (math.prod(now) - old) / len(orders)
    return shares


def test_the_worked_example() -> None:
    assert logarithmic_mean(np.array(2400.0), np.array(2000.0)) == pytest.approx(2193.9, abs=0.05)
    shares, method = effects(BEFORE, AFTER)
    assert method == "lmdi"
    assert shares == pytest.approx((400.0, -489.6, 489.6), abs=0.05)
    assert math.fsum(shares) == 400.0
    assert shapley(np.array(BEFORE), np.array(AFTER)) == pytest.approx((403.3, -496.7, 493.3), abs=0.05)


def test_the_worked_example_by_its_formula() -> None:
    mean = 400 / math.log(2400 / 2000)
    expected = [mean * math.log(now / was) for was, now in zip(BEFORE, AFTER, strict=True)]
    assert lmdi(np.array(BEFORE), np.array(AFTER)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([3.0, 0.0, 5.0], [4.0, 0.5, 6.0]),
        ([3.0, -2.0], [4.0, 2.0]),
        ([0.0, 0.0, 1.0], [2.0, 3.0, 1.0]),
        ([1.5, 2.5, 0.0, 4.0, 5.0, 6.0], [2.5, 0.5, 1.0, 1.0, 7.0, 3.0]),
    ],
)
def test_a_factor_of_zero_or_less_is_shared_out_by_shapley(before: list[float], after: list[float]) -> None:
    shares, method = effects(before, after)
    assert method == "shapley"
    assert shares == pytest.approx(by_every_order(before, after), rel=1e-12, abs=1e-12)


def test_a_factor_that_is_missing_brings_nothing_of_its_own() -> None:
    # Without leads there is no conversion and no value: all that came is by the leads.
    shares, method = effects([0.0, math.nan, math.nan], [100.0, 0.1, 50.0])
    assert (shares, method) == ((500.0, 0.0, 0.0), "shapley")
    assert effects([0.0, math.nan], [0.0, math.nan])[0] == (0.0, 0.0)


def test_one_order_more_than_can_be_looked_at_is_refused() -> None:
    with pytest.raises(ValueError, match="7 factors are more than 6"):
        effects([0.0] * 7, [1.0] * 7)


def test_shares_sum_to_the_change_on_ten_thousand_random_cases() -> None:
    chance = np.random.default_rng(20240630)
    worst, methods = 0.0, set()
    for count in range(1, 7):
        for case in range(1_700):
            # Factors of any size, each of which moves to between a tenth and ten times what it was.
            before = 10 ** chance.uniform(-4, 6, count)
            after = before * 10 ** chance.uniform(-1, 1, count)
            if case % 3 == 0:
                before[chance.integers(count)] = 0.0
            if case % 5 == 0:
                after[chance.integers(count)] *= -1
            shares, method = effects(before.tolist(), after.tolist())
            change = after.prod() - before.prod()
            worst = max(worst, abs(math.fsum(shares) - change) / max(abs(change), 1e-300) if change else 0.0)
            methods.add(method)
    assert methods == {"lmdi", "shapley"}
    assert worst <= 1e-9


def test_where_much_moves_and_nearly_nothing_comes_of_it_shares_sum_to_the_last_digit() -> None:
    chance = np.random.default_rng(7)
    for _case in range(500):
        before = 10 ** chance.uniform(-4, 6, 4)
        after = before[::-1] * (1 + chance.uniform(-1e-6, 1e-6, 4))
        shares, _method = effects(before.tolist(), after.tolist())
        left = math.fsum(shares) - (after.prod() - before.prod())
        assert abs(left) <= 4 * np.spacing(max(abs(share) for share in shares))


def test_what_did_not_move_brought_nothing_and_equal_moves_bring_the_same() -> None:
    shares, _method = effects([10.0, 4.0, 2.0], [10.0, 8.0, 4.0])
    assert shares[0] == 0
    assert shares[1] == pytest.approx(shares[2])
    backwards, _method = effects([10.0, 8.0, 4.0], [10.0, 4.0, 2.0])
    assert backwards == pytest.approx([-share for share in shares])
