"""What a purchase is worth: the likelihood as an integral, simulated customers, and the mean drawn towards all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import gamma

from salesmetrics.analysis.gamma_gamma import SpendingModel, fit, log_likelihood

PUBLISHED = SpendingModel(p=6.25, q=3.74, v=15.44)


@pytest.mark.parametrize(("x", "worth"), [(1, 12.0), (2, 25.0), (9, 80.0)])
def test_the_likelihood_is_the_mean_over_what_a_customer_may_spend(x: int, worth: float) -> None:
    def at(nu: float) -> float:
        # The mean of x Gamma(p, nu) values is Gamma(p x, nu x).
        mean = gamma.pdf(worth, PUBLISHED.p * x, scale=1 / (nu * x))
        return float(mean * gamma.pdf(nu, PUBLISHED.q, scale=1 / PUBLISHED.v))

    found = quad(at, 0, 5, limit=400, epsabs=0, epsrel=1e-10)[0]
    assert log_likelihood([x], [worth], PUBLISHED) == pytest.approx(np.log(found), abs=1e-7)


def made(customers: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(5)
    x = chance.integers(1, 9, customers).astype(float)
    nu = chance.gamma(PUBLISHED.q, 1 / PUBLISHED.v, customers)
    return x, chance.gamma(PUBLISHED.p * x) / (nu * x)


def test_the_parameters_of_simulated_customers_are_found() -> None:
    x, worth = made(20_000)
    found = fit(x, worth)
    assert found is not None
    best, right = (np.log([one.p, one.q, one.v]) for one in (found, PUBLISHED))

    def at(logs: np.ndarray) -> float:
        return log_likelihood(x, worth, SpendingModel(*np.exp(logs)))

    step = 1e-3
    moves = np.eye(3) * step
    bent = np.array(
        [[at(best + i + j) - at(best + i - j) - at(best - i + j) + at(best - i - j) for j in moves] for i in moves]
    ) / (4 * step**2)
    # Four standard errors, from the curvature at the best.
    errors = np.sqrt(np.diag(np.linalg.inv(-bent)))
    assert (np.abs(best - right) < 4 * errors).all()
    assert errors.max() < 0.1


@pytest.mark.parametrize("unit", [0.001, 1000.0])
def test_the_currency_changes_no_estimate(unit: float) -> None:
    x, worth = made(500)
    one, other = fit(x, worth), fit(x, worth * unit)
    assert one is not None
    assert other is not None
    assert other.expected(x, worth * unit) == pytest.approx(one.expected(x, worth) * unit, rel=1e-5)
    assert other.log_likelihood == pytest.approx(one.log_likelihood - len(x) * np.log(unit))


@settings(max_examples=50, deadline=None)
@given(x=st.integers(1, 200), worth=st.floats(0.01, 1e5))
def test_the_guess_lies_between_what_one_spent_and_what_all_do(x: int, worth: float) -> None:
    guess = float(PUBLISHED.expected(x, worth))
    low, high = sorted((worth, PUBLISHED.mean))
    assert low * (1 - 1e-9) <= guess <= high * (1 + 1e-9)


def test_of_many_purchases_only_these_count() -> None:
    assert float(PUBLISHED.expected(1e9, 25.0)) == pytest.approx(25.0)


def test_a_mean_that_is_not_finite_is_none() -> None:
    # Values whose spread over customers has no mean: Pareto with an exponent under 1.
    chance = np.random.default_rng(3)
    worth = chance.pareto(0.5, 3000) + 1
    assert fit(np.full(3000, 30.0), worth) is None
    assert fit([], []) is None
