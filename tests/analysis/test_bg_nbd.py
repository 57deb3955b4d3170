"""How often customers will buy: against integrals over what each may be like, simulated customers, and limits."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import beta, gamma

from salesmetrics.analysis.bg_nbd import BuyingModel, Histories, fit, log_likelihood

PUBLISHED = BuyingModel(r=0.243, alpha=4.414, a=0.793, b=2.426)
"""Of the CDNOW customers, in weeks (Fader, Hardie and Lee 2005)."""

FREQUENT = BuyingModel(r=2.5, alpha=26.0, a=14.0, b=190.0)
ALL_ALIKE = BuyingModel(r=200.0, alpha=900.0, a=0.4, b=1.7)


def likelihood_of(model: BuyingModel, x: int, t_x: float, age: float) -> float:
    """Average what one customer of a given rate and chance to leave would do over all that it may be like.

    Rates and chances are drawn apart from one another, so that each is averaged by itself.
    """

    def over_rates(until: float) -> float:
        density = gamma(model.r, scale=1 / model.alpha)
        return float(quad(lambda rate: rate**x * np.exp(-rate * until) * density.pdf(rate), 0, 20, limit=200)[0])

    def over_chances(leaves: int, stays: int) -> float:
        density = beta(model.a, model.b)
        return float(quad(lambda p: p**leaves * (1 - p) ** stays * density.pdf(p), 0, 1, limit=200)[0])

    left = over_chances(1, x - 1) * over_rates(t_x) if x else 0.0
    return over_chances(0, x) * over_rates(age) + left


@pytest.mark.parametrize(("x", "t_x", "age"), [(0, 0.0, 12.0), (1, 3.0, 12.0), (4, 9.0, 12.0)])
def test_the_likelihood_is_the_mean_over_rates_and_chances_to_leave(x: int, t_x: float, age: float) -> None:
    smooth = BuyingModel(r=1.7, alpha=6.0, a=1.4, b=2.6)
    found = log_likelihood(Histories.of([x], [t_x], [age]), smooth)
    assert found == pytest.approx(np.log(likelihood_of(smooth, x, t_x, age)), abs=1e-6)


def expected_while_active(model: BuyingModel, x: float, age: float, time: float) -> float:
    """Average the purchases of one who still buys, whose chance to leave is Beta(a, b + x), over that chance."""
    rate, shape = model.alpha + age, model.r + x

    def at(share: float) -> float:
        leaves = float(beta.ppf(share, model.a, model.b + x))
        if leaves < 1e-12:
            return shape * time / rate
        return float(-np.expm1(-shape * np.log1p(leaves * time / rate)) / leaves)

    pieces = [0.0, 1e-9, 1e-6, 1e-3, 0.1, 0.5, 0.9, 0.999, 1 - 1e-6, 1.0]
    return sum(quad(at, low, high, limit=200, epsabs=0, epsrel=1e-9)[0] for low, high in pairwise(pieces))


@pytest.mark.parametrize("model", [PUBLISHED, FREQUENT, ALL_ALIKE, BuyingModel(0.9, 60.0, 1.0, 2.0)])
@pytest.mark.parametrize(
    ("x", "age", "time"), [(0, 0.0, 52.0), (0, 30.0, 12.0), (3, 40.0, 26.0), (1000, 500.0, 52.0)]
)
def test_expected_purchases_are_the_mean_over_chances_to_leave(
    model: BuyingModel, x: float, age: float, time: float
) -> None:
    # Bought a moment ago, so that the chance to be active tells only of that last purchase.
    found = model.expected(x, age, age, time) / model.active(x, age, age)
    assert float(found) == pytest.approx(expected_while_active(model, x, age, time), rel=1e-5)


def test_a_newcomer_expects_what_a_customer_without_history_does() -> None:
    times = np.array([1.0, 13.0, 52.0])
    assert PUBLISHED.expected_of_new(times) == pytest.approx(PUBLISHED.expected(0.0, 0.0, 0.0, times))


def test_nothing_breaks_where_the_chance_to_leave_has_a_mean_of_none() -> None:
    beside = [float(BuyingModel(0.9, 60.0, a, 2.0).expected(5.0, 80.0, 100.0, 30.0)) for a in (0.999, 1.0, 1.001)]
    assert beside[1] == pytest.approx((beside[0] + beside[2]) / 2, rel=1e-6)


models = st.builds(
    BuyingModel, r=st.floats(0.05, 20), alpha=st.floats(0.5, 300), a=st.floats(0.05, 30), b=st.floats(0.05, 100)
)
pasts = st.tuples(st.integers(0, 60), st.floats(0, 1), st.floats(0.1, 500)).map(
    lambda past: (past[0], past[1] * past[2] if past[0] else 0.0, past[2])
)


@settings(max_examples=60, deadline=None)
@given(model=models, past=pasts, times=st.lists(st.floats(0, 1000), min_size=2, max_size=6))
def test_chances_are_chances_and_more_time_never_brings_less(
    model: BuyingModel, past: tuple[int, float, float], times: list[float]
) -> None:
    x, t_x, age = past
    assert 0 <= float(model.active(x, t_x, age)) <= 1
    ahead = model.expected(x, t_x, age, np.array([0.0, *sorted(times)]))
    assert ahead[0] == 0
    assert np.isfinite(ahead).all()
    assert (np.diff(ahead) >= -1e-9 * np.maximum(ahead[1:], 1)).all()


def simulated(
    model: BuyingModel, customers: int, seed: int, length: float, ahead: float
) -> tuple[Histories, np.ndarray]:
    """Let customers buy one after another as the model has it; give their histories and purchases after `length`."""
    chance = np.random.default_rng(seed)
    found, later = [], []
    for _customer in range(customers):
        won = chance.uniform(0, length / 3)
        rate, leaves = chance.gamma(model.r, 1 / model.alpha), chance.beta(model.a, model.b)
        days, day = [], won
        while (day := day + chance.exponential(1 / rate)) < length + ahead:
            days.append(day)
            if chance.random() < leaves:
                break
        known = [each for each in days if each < length]
        found.append((len(known), known[-1] - won if known else 0.0, length - won))
        later.append(len(days) - len(known))
    x, t_x, age = zip(*found, strict=True)
    return Histories.of(x, t_x, age), np.array(later, dtype=float)


@pytest.fixture(scope="module")
def made() -> tuple[BuyingModel, Histories, np.ndarray]:
    true = BuyingModel(r=0.8, alpha=10.0, a=0.9, b=2.5)
    return (true, *simulated(true, 4000, 11, 78.0, 52.0))


def test_the_parameters_of_simulated_customers_are_found(
    made: tuple[BuyingModel, Histories, np.ndarray],
) -> None:
    true, histories, _later = made
    found = fit(histories)
    assert found is not None
    names = ("r", "alpha", "a", "b")
    best = np.log([getattr(found, name) for name in names])
    right = np.log([getattr(true, name) for name in names])

    def at(logs: np.ndarray) -> float:
        return log_likelihood(histories, BuyingModel(*np.exp(logs)))

    step = 1e-3
    moves = np.eye(4) * step
    bent = np.array(
        [[at(best + i + j) - at(best + i - j) - at(best - i + j) + at(best - i - j) for j in moves] for i in moves]
    ) / (4 * step**2)
    # The curvature at the best tells how far the estimate may be off: four standard errors hold it 16,000 times to 1.
    errors = np.sqrt(np.diag(np.linalg.inv(-bent)))
    assert (np.abs(best - right) < 4 * errors).all()
    assert errors.max() < 0.25


def test_as_many_purchases_come_as_were_expected(made: tuple[BuyingModel, Histories, np.ndarray]) -> None:
    true, histories, later = made
    expected = true.expected(histories.repeats, histories.last, histories.age, 52.0)
    # The sum of what came differs by chance: by its own spread, of which four are allowed.
    assert abs(expected.sum() - later.sum()) < 4 * np.std(later - expected) * np.sqrt(len(later))


def test_equal_customers_may_stand_in_one_row(made: tuple[BuyingModel, Histories, np.ndarray]) -> None:
    _true, histories, _later = made
    whole = Histories.of(histories.repeats, np.round(histories.last), np.round(histories.age))
    together = whole.collapsed()
    assert len(together.repeats) < len(whole.repeats)
    assert together.customers.sum() == len(whole.repeats)
    one, other = fit(whole), fit(together)
    assert one is not None
    assert other is not None
    assert log_likelihood(whole, one) == pytest.approx(log_likelihood(together, one), rel=1e-12)
    assert (one.r, one.alpha, one.a, one.b) == pytest.approx((other.r, other.alpha, other.a, other.b), rel=1e-4)


@pytest.mark.parametrize("unit", [7.0, 1 / 24, 365.25])
def test_the_unit_of_time_changes_no_prediction(
    made: tuple[BuyingModel, Histories, np.ndarray], unit: float
) -> None:
    _true, histories, _later = made
    other = histories.per(unit)
    one, same = fit(histories), fit(other)
    assert one is not None
    assert same is not None
    ahead = one.expected(histories.repeats, histories.last, histories.age, 26.0)
    assert same.expected(other.repeats, other.last, other.age, 26.0 / unit) == pytest.approx(ahead, rel=1e-3)
    # Each repeat purchase has a density in time, which the unit stretches.
    assert same.log_likelihood == pytest.approx(
        one.log_likelihood + histories.repeats.sum() * np.log(unit), rel=1e-6
    )


@pytest.mark.parametrize("histories", [Histories.of([], [], []), Histories.of([0, 0], [0, 0], [5, 9])])
def test_where_nobody_came_back_nothing_is_learnt(histories: Histories) -> None:
    assert fit(histories) is None
