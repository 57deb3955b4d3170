"""The worked examples of customers, new and returning."""

from __future__ import annotations

from pathlib import Path

import pytest

import salesmetrics as sm
from tests.company import H1, Q1, Q2, answers, ask, dataset, example_company


@pytest.mark.parametrize(
    ("metric", "period", "value"),
    [
        ("active_customers", Q2, 3), ("active_customers", Q1, 2), ("active_customers", H1, 3),
        ("new_customers", Q1, 2), ("new_customers", Q2, 1), ("new_customers", H1, 3),
        ("returning_customers", Q1, 0), ("returning_customers", Q2, 2), ("returning_customers", H1, 0),
        ("new_revenue", Q2, 100), ("returning_revenue", Q2, 450),
        ("new_revenue", H1, 950), ("returning_revenue", H1, 0),
    ],
)  # fmt: skip
def test_customers_and_what_they_brought(metric, period, value):
    answer = ask(example_company(), metric, period)
    assert (answer.value, answer.reason) == (value, None)


def test_new_and_returning_shares():
    assert round(ask(example_company(), "new_revenue", Q2).details["share"], 3) == 0.182
    assert round(ask(example_company(), "returning_revenue", Q2).details["share"], 3) == 0.818


def test_a_customer_new_in_april_is_returning_in_may_by_month_but_new_by_quarter(tmp_path: Path):
    orders = [
        {"order_date": day, "order_id": str(k), "customer_id": customer, "amount": amount}
        for k, (day, customer, amount) in enumerate(
            [("2023-01-10", "Z", 5), ("2024-04-10", "A", 100), ("2024-05-10", "A", 30), ("2024-06-30", "Z", 7)]
        )
    ]
    data = dataset({"orders": orders}, tmp_path)
    new = answers(data, "new_revenue", Q2, grain=sm.Grain.MONTH)
    returning = answers(data, "returning_revenue", Q2, grain=sm.Grain.MONTH)
    assert [answer.value for answer in new.values()] == [100, 0, 0]
    assert [answer.value for answer in returning.values()] == [0, 30, 7]
    assert ask(data, "new_revenue", Q2).value == 130


def test_new_returning_and_unknown_revenue_add_up(tmp_path: Path):
    orders = [
        {"order_date": "2023-01-10", "order_id": "1", "customer_id": "A", "amount": 5},
        {"order_date": "2024-04-10", "order_id": "2", "customer_id": "A", "amount": 100},
        {"order_date": "2024-04-11", "order_id": "3", "customer_id": "B", "amount": 40},
        {"order_date": "2024-04-12", "order_id": "4", "customer_id": None, "amount": 20},
        # C bought once and brought everything back: no purchase survives.
        {"order_date": "2024-04-13", "order_id": "5", "customer_id": "C", "amount": 9},
        {"order_date": "2024-05-13", "order_id": "5R", "customer_id": "C", "amount": -9, "orig_order_id": "5"},
        {"order_date": "2024-06-30", "order_id": "6", "customer_id": "A", "amount": 1},
    ]
    data = dataset({"orders": orders}, tmp_path)
    parts = answers(data, "revenue", Q2, by=("new_or_returning",))
    assert {part: answer.value for part, answer in parts.items()} == {"new": 40, "returning": 101, "(unknown)": 20}
    assert ask(data, "active_customers", Q2).value == 2
    assert ask(data, "new_revenue", Q2).value == 40
    assert ask(data, "returning_revenue", Q2).value == 101
    assert ask(data, "revenue", Q2).value == 161


def test_first_purchase_is_fixed_before_filters_apply(tmp_path: Path):
    orders = [
        {"order_date": "2023-01-10", "order_id": "1", "customer_id": "A", "region": "East", "amount": 5},
        {"order_date": "2024-04-10", "order_id": "2", "customer_id": "A", "region": "West", "amount": 100},
        {"order_date": "2024-06-30", "order_id": "3", "customer_id": "B", "region": "West", "amount": 1},
    ]
    data = dataset({"orders": orders}, tmp_path)
    assert ask(data, "new_customers", Q2, region="West").value == 1
    assert ask(data, "returning_customers", Q2, region="West").value == 1
    assert ask(data, "new_revenue", Q2, region="West").value == 1


def test_a_first_order_that_came_back_is_no_first_purchase(tmp_path: Path):
    orders = [
        {"order_date": "2023-01-01", "order_id": "0", "customer_id": "Z", "amount": 5},
        {"order_date": "2024-02-10", "order_id": "1", "customer_id": "A", "amount": 50, "returned": True},
        {"order_date": "2024-05-10", "order_id": "2", "customer_id": "A", "amount": 60, "returned": False},
    ]
    data = dataset({"orders": orders}, tmp_path)
    assert (ask(data, "new_customers", Q1).value, ask(data, "new_customers", Q2).value) == (0, 1)


def test_a_customer_is_active_in_every_region_it_bought_in(tmp_path: Path):
    orders = [
        {"order_date": "2024-04-10", "order_id": "1", "customer_id": "A", "region": "East", "amount": 5},
        {"order_date": "2024-05-10", "order_id": "2", "customer_id": "A", "region": "West", "amount": 5},
    ]
    data = dataset({"orders": orders}, tmp_path)
    regions = answers(data, "active_customers", Q2, by=("region",))
    assert {region: answer.value for region, answer in regions.items()} == {"East": 1, "West": 1}
    assert ask(data, "active_customers", Q2).value == 1


def test_new_customers_against_those_of_the_year_before():
    answer = ask(example_company(), "customer_acquisition_rate", Q2)
    assert (answer.value, answer.numerator, answer.denominator) == (0.5, 1, 2)
    # The data begins in January: the 365 days before April reach further back than it does.
    assert answer.warns("short_history")
    assert answer.warns("left_truncated")
    assert ask(example_company(), "new_customer_share", Q2).value == 1 / 3


def test_with_nobody_before_there_is_no_acquisition_rate():
    answer = ask(example_company(), "customer_acquisition_rate", Q1)
    assert (answer.value, answer.reason, answer.numerator) == (None, "zero_denominator", 2)


def test_the_days_before_can_be_set():
    # In the sixty days before April only B bought, on 5 February.
    answer = ask(
        example_company(), "customer_acquisition_rate", Q2, params={"customer_acquisition_rate.days": "60"}
    )
    assert (answer.value, answer.denominator) == (1, 1)


def test_without_customers_in_the_file_nothing_is_said_about_them(tmp_path: Path):
    data = dataset({"orders": [{"order_date": "2024-04-10", "amount": 5}]}, tmp_path)
    for metric in (
        "customer_acquisition_rate", "new_customer_share", "customer_retention_rate", "customer_churn_rate",
        "cohort_retention", "repeat_purchase_rate", "repurchase_interval", "grr", "nrr", "rfm_segment",
        "high_value_customers", "churn_risk",
    ):  # fmt: skip
        assert ask(data, metric, Q2).reason == "missing_column:orders.customer_id", metric
