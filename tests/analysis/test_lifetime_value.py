"""What customers are worth from now on: discounting by hand, limits, and what there must be to learn from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesmetrics.analysis.bg_nbd import BuyingModel, Histories
from salesmetrics.analysis.lifetime_value import MONTH_DAYS, Enough, ahead, ahead_of_new, discounted, tie

IN_DAYS = BuyingModel(r=0.243, alpha=4.414 * 7, a=0.793, b=2.426)
"""The published CDNOW model, in days."""

PEOPLE = Histories.of([2, 26, 0], [30.43 * 7, 30.86 * 7, 0], [38.86 * 7, 31 * 7, 38.86 * 7])


def test_each_month_is_discounted_by_itself() -> None:
    found = ahead(IN_DAYS, PEOPLE, 3, yearly=0.10)
    by_hand = np.zeros(3)
    for month in (1, 2, 3):
        until = IN_DAYS.expected(PEOPLE.repeats, PEOPLE.last, PEOPLE.age, month * 30.4375)
        before = IN_DAYS.expected(PEOPLE.repeats, PEOPLE.last, PEOPLE.age, (month - 1) * 30.4375)
        by_hand += (until - before) / 1.1 ** (month / 12)
    assert found.discounted == pytest.approx(by_hand, rel=1e-12)


def test_without_a_discount_it_is_the_purchases_expected() -> None:
    found = ahead(IN_DAYS, PEOPLE, 9, yearly=0.0)
    weeks = 9 * MONTH_DAYS / 7
    published = BuyingModel(r=0.243, alpha=4.414, a=0.793, b=2.426)
    in_weeks = published.expected(PEOPLE.repeats, PEOPLE.last / 7, PEOPLE.age / 7, weeks)
    assert found.purchases == pytest.approx(in_weeks)
    assert found.discounted == pytest.approx(in_weeks)


def test_a_newcomer_is_a_customer_without_history() -> None:
    nobody = ahead(IN_DAYS, Histories.of([0], [0], [0]), 12)
    assert ahead_of_new(IN_DAYS, 12) == pytest.approx(float(nobody.discounted[0]))


@settings(max_examples=30, deadline=None)
@given(gains=st.lists(st.floats(0, 100), min_size=1, max_size=24), yearly=st.floats(0, 1), more=st.floats(0.01, 1))
def test_a_higher_discount_never_makes_more_of_it(gains: list[float], yearly: float, more: float) -> None:
    by_month = np.cumsum(gains)
    assert discounted(by_month, yearly + more) <= discounted(by_month, yearly) + 1e-9
    assert discounted(by_month, yearly) <= by_month[-1] * (1 + 1e-12)


@pytest.mark.parametrize(
    ("enough", "lacks"),
    [
        (Enough(99, 99, 900, 30.0), "customers"),
        (Enough(100, 49, 900, 30.0), "came_back"),
        (Enough(100, 50, 89, 30.0), "history"),
        (Enough(100, 50, 900, float("nan")), "history"),
        (Enough(100, 50, 90, 30.0), None),
    ],
)
def test_what_there_must_be_to_learn_from(enough: Enough, lacks: str | None) -> None:
    assert enough.lacks == lacks


def test_a_tie_is_a_correlation_and_none_where_nothing_varies() -> None:
    assert tie(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0])) == pytest.approx(-1)
    assert np.isnan(tie(np.array([1.0, 1.0]), np.array([3.0, 2.0])))
    assert np.isnan(tie(np.array([]), np.array([])))
