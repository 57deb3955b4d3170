"""What customers will bring, in words: figures as they are, a bad test as a warning, a reason where nothing is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salesmetrics.analysis.holdout import Holdout
from salesmetrics.analysis.lifetime_value import Enough
from salesmetrics.charts.customer_future import (
    expected_in_words,
    holdout_in_words,
    how_it_is_worked_out,
    newcomer_in_words,
    no_future_in_words,
    to_mind,
    warning_of_the_test,
)
from salesmetrics.query.customer_future import NoFuture
from tests.charts.futures import FUTURE, TEST


def spoken(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_what_is_expected_is_said_with_its_figures() -> None:
    assert expected_in_words(FUTURE) == (
        "Today's 1,000 customers are expected to buy 812 more times in the 12 months after 31 Dec 2025, which is worth "
        "40.0\u00a0k of gross profit today."
    )


def test_the_test_is_said_beside_the_rate_so_far() -> None:
    said = holdout_in_words(TEST)
    assert said.startswith("In the last 6 months it would have said 812 purchases; 790 came.")
    assert "Carrying on each customer's rate so far would have said 1,104." in said
    assert "off by 0.61 purchases on average, the rate by 0.82" in said
    assert "could not be tested" in holdout_in_words(None)


@pytest.mark.parametrize(
    ("foretold", "actual", "said"),
    [
        (812.0, 790.0, ""),
        (140.0, 100.0, "Do not plan by this: in the test it said 40.0 % too many purchases."),
        (60.0, 100.0, "Do not plan by this: in the test it said 40.0 % too few purchases."),
        (12.0, 0.0, "Do not plan by this: in the test nobody came back, though 12 purchases were expected."),
    ],
)
def test_a_bad_test_is_a_warning(foretold: float, actual: float, said: str) -> None:
    assert spoken(warning_of_the_test(replace(TEST, foretold=foretold, actual=actual))) == said


def test_a_newcomer_is_set_against_what_it_costs() -> None:
    assert spoken(newcomer_in_words(FUTURE, 40.0)).endswith(": 3.00× what it cost to win one in this period (40).")
    # Nothing is set against a cost that is not known, nor revenue against a cost at all.
    for said in (newcomer_in_words(FUTURE, None), newcomer_in_words(replace(FUTURE, by_revenue=True), 40.0)):
        assert said.endswith("the first purchase included.")


def test_what_to_mind_is_said_where_it_holds() -> None:
    assert to_mind(FUTURE) == []
    assert "revenue, not profit" in to_mind(replace(FUTURE, by_revenue=True))[0]
    assert "at the margin of those that do, 35.0 %" in spoken(to_mind(replace(FUTURE, margin=0.35))[0])
    assert "spends less each time (correlation -0.41)" in to_mind(replace(FUTURE, tie=-0.41))[0]
    assert to_mind(replace(FUTURE, unvalued=2))[0].startswith("2 customers lost money")


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (NoFuture("customers", Enough(3, 2, 172, 104.0)), "3 customers are too few to learn from: it takes 100."),
        (NoFuture("came_back", Enough(300, 2, 172, 104.0)), "2 customers came back, too few to learn from"),
        (NoFuture("history", Enough(300, 90, 172, 104.0)), "covers 172 days, too short to learn from: customers usually "
         "come back after 104"),
        (NoFuture("beaten", Enough(300, 90, 172, 10.0), TEST), "It said 1,104 purchases, the model 812; 790 came."),
        (NoFuture("model_not_identified"), "differs too wildly"),
        (NoFuture("missing_column:orders.customer_id"), "The orders carry no customer"),
    ],
)  # fmt: skip
def test_why_nothing_is_told(why: NoFuture, said: str) -> None:
    assert said in no_future_in_words(why)


def test_names_of_models_stand_in_the_explanation_alone() -> None:
    shown = [expected_in_words(FUTURE), holdout_in_words(TEST), newcomer_in_words(FUTURE, 40.0), *to_mind(FUTURE)]
    assert not any("BG/NBD" in said or "gamma" in said for said in shown)
    assert any("BG/NBD" in said for said in how_it_is_worked_out(FUTURE))


def test_a_short_test_is_told_in_days() -> None:
    short = Holdout(20, 10, 5.0, 5.0, 5.0, 1.0, 1.0, ())
    assert holdout_in_words(short).startswith("In the last 20 days ")
