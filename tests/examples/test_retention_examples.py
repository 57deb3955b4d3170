"""The worked examples of staying: retention and churn of customers and of their revenue."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import salesmetrics as sm
from tests.company import AS_OF, H1, Q1, Q2, answers, ask, dataset, days, example_company

RATES = ("customer_retention_rate", "customer_churn_rate", "grr", "nrr")


def _orders(*rows: tuple[str, str, int], **more: Any) -> list[dict[str, Any]]:
    return [
        {"order_id": str(k), "order_date": day, "customer_id": customer, "amount": amount, **more}
        for k, (day, customer, amount) in enumerate(rows)
    ]


def test_both_customers_of_the_first_quarter_bought_in_the_second():
    kept = ask(example_company(), "customer_retention_rate", Q2)
    assert (kept.value, kept.numerator, kept.denominator, kept.reason) == (1, 2, 2, None)
    lost = ask(example_company(), "customer_churn_rate", Q2)
    assert (lost.value, lost.numerator, lost.denominator) == (0, 0, 2)


def test_half_of_the_customers_of_before_stayed_away(tmp_path: Path):
    data = dataset(
        {"orders": _orders(("2024-01-10", "A", 5), ("2024-02-05", "B", 5), ("2024-05-01", "A", 5))}, tmp_path
    )
    assert ask(data, "customer_churn_rate", Q2).value == 0.5
    assert ask(data, "customer_retention_rate", Q2).value == 0.5


def test_a_new_customer_and_one_who_returns_from_earlier_are_in_neither_part(tmp_path: Path):
    orders = _orders(
        ("2023-11-10", "Z", 5), ("2024-01-10", "A", 5), ("2024-05-01", "A", 5), ("2024-05-01", "Z", 900),
        ("2024-05-02", "N", 900),
    )  # fmt: skip
    data = dataset({"orders": orders}, tmp_path)
    kept = ask(data, "customer_retention_rate", Q2)
    assert (kept.value, kept.denominator) == (1, 1)
    assert (ask(data, "nrr", Q2).value, ask(data, "grr", Q2).value) == (1, 1)


def test_customers_of_the_days_before_can_be_the_base(tmp_path: Path):
    orders = _orders(("2023-06-10", "Z", 5), ("2024-01-10", "A", 5), ("2024-05-01", "A", 5))
    data = dataset({"orders": orders}, tmp_path)
    kept = ask(data, "customer_retention_rate", Q2, params={"customer_retention_rate.base": "365"})
    assert (kept.value, kept.numerator, kept.denominator) == (0.5, 1, 2)


@pytest.mark.parametrize("metric", RATES)
def test_an_unfinished_period_has_no_value(metric):
    answer = ask(example_company(), metric, sm.Period(date(2024, 4, 1), date(2024, 10, 1)))
    assert (answer.value, answer.reason) == (None, "incomplete_period")


@pytest.mark.parametrize("metric", RATES)
def test_a_base_before_the_data_is_no_base(metric):
    assert ask(example_company(), metric, Q1).reason == "incomplete_period"


@pytest.mark.parametrize("metric", RATES)
def test_without_customers_in_the_base_there_is_nothing_to_divide_by(metric):
    answer = ask(example_company(), metric, days("2024-04-01", "2024-04-30"))
    assert (answer.value, answer.reason, answer.denominator) == (None, "zero_denominator", 0)


def test_a_period_shorter_than_the_usual_gap_says_so():
    # Gaps of 91 and 117 days: half of them longer than the 91 days of the quarter.
    answer = ask(example_company(), "customer_retention_rate", Q2)
    assert answer.details["usual_gap"] == 104
    assert answer.warns("period_shorter_than_buying_cycle")


def test_a_period_as_long_as_the_usual_gap_does_not(tmp_path: Path):
    orders = _orders(("2024-01-10", "A", 5), ("2024-04-10", "A", 5), ("2024-06-30", "A", 5))
    answer = ask(dataset({"orders": orders}, tmp_path), "customer_retention_rate", Q2)
    assert answer.details["usual_gap"] == (91 + 81) / 2
    assert not answer.warns("period_shorter_than_buying_cycle")


def test_a_customer_has_the_region_in_which_it_spent_most_before():
    # Both bought in the East first and in the West then.
    for metric, value in (("customer_retention_rate", 1), ("nrr", 450 / 400)):
        parts = answers(example_company(), metric, Q2, by=("region",))
        assert {part: answer.value for part, answer in parts.items() if answer.denominator} == {"East": value}
        assert ask(example_company(), metric, Q2, region="East").value == value
        assert ask(example_company(), metric, Q2, region="West").reason == "zero_denominator"


def test_of_two_regions_with_as_much_the_latest_counts(tmp_path: Path):
    rows = [("2024-01-10", "West"), ("2024-02-10", "East"), ("2024-05-10", "West")]
    orders = [
        {"order_id": str(k), "order_date": day, "customer_id": "A", "amount": 5, "region": region}
        for k, (day, region) in enumerate(rows)
    ]
    data = dataset({"orders": orders}, tmp_path)
    for metric in RATES:
        assert ask(data, metric, Q2, region="East").denominator > 0, metric
        assert ask(data, metric, Q2, region="West").denominator == 0, metric


def test_revenue_of_the_customers_of_before():
    net = ask(example_company(), "nrr", Q2)
    assert (net.value, net.numerator, net.denominator, net.n) == (1.125, 450, 400, 2)
    gross = ask(example_company(), "grr", Q2)
    assert (gross.value, gross.numerator, gross.denominator) == (1, 400, 400)


def test_growth_of_one_customer_does_not_make_up_for_another_in_gross_retention(tmp_path: Path):
    orders = _orders(
        ("2024-01-10", "A", 100), ("2024-01-11", "B", 100), ("2024-01-12", "C", 50), ("2024-05-01", "A", 300),
        ("2024-05-02", "B", 40), ("2024-05-03", "C", -20),
    )  # fmt: skip
    data = dataset({"orders": orders}, tmp_path)
    # A kept all of 100, B 40 of 100, and C, who only brought goods back, nothing of 50.
    assert ask(data, "grr", Q2).value == pytest.approx(140 / 250)
    assert ask(data, "nrr", Q2).value == pytest.approx(320 / 250)


def test_the_same_period_a_year_earlier_can_be_the_base(tmp_path: Path):
    orders = _orders(
        ("2023-03-01", "Z", 1), ("2023-05-01", "A", 100), ("2023-09-01", "B", 70), ("2024-02-01", "A", 900),
        ("2024-05-01", "A", 80), ("2024-06-30", "B", 10),
    )  # fmt: skip
    data = dataset({"orders": orders}, tmp_path)
    net = ask(data, "nrr", Q2, params={"nrr.base": "last_year"})
    assert (net.value, net.numerator, net.denominator) == (0.8, 80, 100)
    assert ask(data, "grr", Q2, params={"grr.base": "last_year"}).value == 0.8
    assert ask(data, "nrr", Q2).value == pytest.approx(80 / 900)


def test_half_years_are_set_against_the_half_year_before(tmp_path: Path):
    orders = _orders(("2023-07-03", "A", 5), ("2023-12-30", "B", 5), ("2024-06-30", "B", 5))
    kept = ask(dataset({"orders": orders}, tmp_path), "customer_retention_rate", H1, as_of=AS_OF)
    assert (kept.numerator, kept.denominator) == (1, 2)
