"""What customers will bring: against the formulas applied one customer at a time, and where nothing is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import hyp2f1

import salesmetrics as sm
from salesmetrics.analysis.lifetime_value import Enough
from salesmetrics.query.customer_future import CustomerFuture, NoFuture, customer_future
from salesmetrics.query.purchase_histories import METRIC, PurchaseHistories, purchase_histories
from tests.company import AS_OF, dataset, example_company
from tests.query.buyers import bought
from ui import datasets

QUERY = sm.MetricQuery((METRIC,))


@pytest.fixture(scope="module")
def sample() -> CustomerFuture:
    found = customer_future(datasets.sample().data, QUERY, 12, 200)
    assert isinstance(found, CustomerFuture)
    return found


def value_by_hand(found: CustomerFuture, x: float, t_x: float, age: float, worth: float) -> float:
    """Apply the published formulas as METRICS writes them, month by month."""
    m, s = found.buying, found.spending

    def purchases(time: float) -> float:
        z = time / (m.alpha + age + time)
        gauss = hyp2f1(m.r + x, m.b + x, m.a + m.b + x - 1, z)
        some = 1 - ((m.alpha + age) / (m.alpha + age + time)) ** (m.r + x) * gauss
        left = m.a / (m.b + x - 1) * ((m.alpha + age) / (m.alpha + t_x)) ** (m.r + x) if x else 0.0
        return float((m.a + m.b + x - 1) / (m.a - 1) * some / (1 + left))

    one = s.p * (s.v + x * worth) / (s.p * x + s.q - 1) if x else s.p * s.v / (s.q - 1)
    months = [purchases(30.4375 * month) for month in range(found.months + 1)]
    gains = (months[k] - months[k - 1] for k in range(1, found.months + 1))
    return one * sum(gain / 1.1 ** (k / 12) for k, gain in enumerate(gains, start=1))


def test_each_customer_is_worth_what_the_published_formulas_say(sample: CustomerFuture) -> None:
    histories = purchase_histories(datasets.sample().data, QUERY)
    assert isinstance(histories, PurchaseHistories)
    now = histories.now
    values = dict(zip(sample.everybody["customer_id"], sample.everybody["value"], strict=True))
    for place in range(0, len(now.later), 97):
        x, t_x, age = (
            float(column[place]) for column in (now.histories.repeats, now.histories.last, now.histories.age)
        )
        worth = float(now.money["again_profit"][place]) / x if x else 0.0
        by_hand = value_by_hand(sample, x, t_x, age, worth)
        assert values[now.customer_id[place]] == pytest.approx(by_hand, rel=1e-6)
    assert sample.value == pytest.approx(sum(values.values()))


def test_bands_and_list_are_parts_of_the_whole(sample: CustomerFuture) -> None:
    assert sum(one.customers for one in sample.bands) == sample.enough.customers
    assert sum(one.value for one in sample.bands) == pytest.approx(sample.value)
    assert sum(one.purchases for one in sample.bands) == pytest.approx(sample.purchases)
    once = sample.bands[-1]
    assert once.customers == sample.enough.customers - sample.enough.came_back
    values = sample.first["value"]
    assert len(values) == 200
    assert (np.diff(values) <= 0).all()
    assert values[-1] >= np.sort(sample.everybody["value"])[-200]


def test_of_those_who_bought_once_no_chance_is_told(sample: CustomerFuture) -> None:
    once = sample.everybody["customer_id"][np.isnan(sample.everybody["active"])]
    assert sample.active([*once[:5], "nobody"]) == [None] * 6
    chances = sample.everybody["active"][~np.isnan(sample.everybody["active"])]
    assert ((chances > 0) & (chances < 1)).all()


def test_the_test_compares_with_the_purchases_that_are_listed(sample: CustomerFuture) -> None:
    assert sample.test is not None
    data = datasets.sample().data
    split = sample.day - timedelta(days=sample.test.days)
    kept_back = sm.Period(split + timedelta(days=1), sample.day + timedelta(days=1))
    rows = sm.records(data, sm.MetricQuery((METRIC,), kept_back))
    repeats = rows[(rows["relation"] == "purchase") & rows["gap_days"].notna()]
    came = repeats[(repeats["first_purchase"].dt.date <= split) & (repeats["date"].dt.date > split)]
    assert sample.test.actual == len(came.drop_duplicates(["customer", "date"]))


def test_more_months_bring_more(sample: CustomerFuture) -> None:
    shorter = customer_future(datasets.sample().data, QUERY, 6, 1)
    assert isinstance(shorter, CustomerFuture)
    assert shorter.purchases < sample.purchases
    assert shorter.of_new < sample.of_new
    assert shorter.buying == sample.buying


def test_a_filter_learns_from_its_customers_alone(sample: CustomerFuture) -> None:
    north = customer_future(
        datasets.sample().data, replace(QUERY, where=(sm.Filter("region", ("North",)),)), 12, 50
    )
    assert isinstance(north, CustomerFuture)
    assert set(north.first["region"]) == {"North"}
    assert north.enough.customers < sample.enough.customers


def future_of(rows: list[dict[str, Any]], folder: Path) -> CustomerFuture | NoFuture:
    data = dataset({"orders": rows}, folder, read_on=date(2025, 1, 1))
    return customer_future(data, replace(QUERY, as_of=date(2024, 12, 31)), 12, 5)


def test_without_costs_it_is_revenue_and_with_them_profit(tmp_path: Path) -> None:
    revenue, profit = (future_of(bought(150, cost), tmp_path / name) for cost, name in ((None, "a"), (0.75, "b")))
    assert isinstance(revenue, CustomerFuture)
    assert isinstance(profit, CustomerFuture)
    assert (revenue.by_revenue, profit.by_revenue) == (True, False)
    # A quarter of each sale is profit, whatever the purchase.
    assert profit.value == pytest.approx(revenue.value / 4, rel=0.01)
    assert profit.of_new == pytest.approx(revenue.of_new / 4, rel=0.01)


def test_costs_of_most_lines_give_the_margin_that_revenue_is_counted_at(tmp_path: Path) -> None:
    rows = bought(150, 0.75)
    for row in rows[::5]:
        row["cost"] = None
    some, revenue = future_of(rows, tmp_path / "a"), future_of(bought(150), tmp_path / "b")
    assert isinstance(some, CustomerFuture)
    assert isinstance(revenue, CustomerFuture)
    assert some.margin == pytest.approx(0.25, abs=0.001)
    assert not some.by_revenue
    assert some.value == pytest.approx(revenue.value * some.margin)


def test_who_loses_money_has_no_value(tmp_path: Path) -> None:
    rows = bought(150, 0.75)
    for row in rows:
        if row["customer_id"] == "C3":
            row["cost"] = row["amount"] * 2
    assert sum(row["customer_id"] == "C3" for row in rows) > 1
    found = future_of(rows, tmp_path)
    assert isinstance(found, CustomerFuture)
    values = dict(zip(found.everybody["customer_id"], found.everybody["value"], strict=True))
    assert found.unvalued == 1
    assert np.isnan(values["C3"])


def test_too_few_customers_are_not_learnt_from() -> None:
    found = customer_future(example_company(), replace(QUERY, as_of=AS_OF), 12, 5)
    assert found == NoFuture("customers", Enough(3, 2, 172, 104.0))


def test_too_few_who_came_back_are_not_learnt_from(tmp_path: Path) -> None:
    rows = bought(40) + [
        {"customer_id": f"Once{n}", "order_date": "2024-06-01", "amount": 5, "order_id": f"once{n}"}
        for n in range(90)
    ]
    found = future_of(rows, tmp_path)
    assert isinstance(found, NoFuture)
    assert found.reason == "came_back"


def test_a_short_history_is_not_learnt_from(tmp_path: Path) -> None:
    rows = [
        {"customer_id": f"C{n}", "order_date": day, "amount": 5, "order_id": f"{n}{day}"}
        for n in range(120)
        for day in ("2024-11-01", "2024-12-25")
    ]
    found = future_of(rows, tmp_path)
    # Sixty days of data, and 54 between purchases.
    assert found == NoFuture("history", Enough(120, 120, 60, 54.0))


def test_without_customers_it_says_what_lacks(tmp_path: Path) -> None:
    data = dataset({"orders": [{"order_date": "2025-01-01", "amount": 1}]}, tmp_path)
    assert customer_future(data, QUERY, 12, 5) == NoFuture("missing_column:orders.customer_id")


def test_where_carrying_on_the_rate_did_better_nothing_is_told(tmp_path: Path) -> None:
    # Clockwork: everybody buys every second week until the end, save in the weeks just before the test begins, where
    # everybody takes a break that the model takes for leaving.
    chance = np.random.default_rng(0)
    rows = []
    for number in range(160):
        step = int(chance.integers(7, 30))
        for day in range(int(chance.integers(0, 14)), 730, step):
            if 330 <= day < 548:
                continue
            booked = date(2023, 1, 1) + timedelta(days=day)
            row = {"customer_id": f"C{number}", "order_date": str(booked), "amount": 5 + number % 7}
            rows.append(row | {"order_id": f"{number}-{day}"})
    found = future_of(rows, tmp_path)
    assert isinstance(found, NoFuture)
    assert found.reason == "beaten"
    assert found.test is not None
    assert found.test.beaten
