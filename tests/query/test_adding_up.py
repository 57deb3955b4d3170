"""What is said of how rows add up is so, and can be found again from the rows by other means."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

import salesmetrics as sm
from salesmetrics.engine import default_engine
from salesmetrics.query.adding_up import Sum
from salesmetrics.query.behind import behind, largest
from salesmetrics.query.made_of import made_of
from salesmetrics.query.resolve import resolve
from tests.company import H1, Q2, example_company

AS_OF = date(2024, 6, 30)


def asked(metric: str, period: sm.Period = H1, **more) -> sm.MetricQuery:
    return sm.MetricQuery((metric,), period, as_of=AS_OF, **more)


def rows_of(metric: str, period: sm.Period = H1) -> pd.DataFrame:
    return sm.records(example_company(), asked(metric, period))


def value_of(metric: str, period: sm.Period = H1) -> float:
    return float(sm.compute(example_company(), asked(metric, period)).frame["value"].iloc[0])


def told(metric: str, period: sm.Period = H1) -> list[Sum]:
    """What each measure that the value is made of is said to come to."""
    found = behind(example_company(), asked(metric, period))
    return [*found.top, *found.bottom]


def test_each_measure_is_told_with_its_rows():
    found = {one.measure: one for one in told("average_transaction_value", Q2)}
    orders, revenue = found["orders"], found["order_revenue"]
    assert revenue.value / orders.value == pytest.approx(value_of("average_transaction_value", Q2))
    assert (orders.label, orders.role, orders.period) == ("Orders", "this period", Q2)
    assert orders.how == f"different ones in {orders.rows} rows"
    assert revenue.rows == rows_of("average_transaction_value", Q2)["order_revenue"].notna().sum()


def test_a_change_lists_the_rows_of_both_periods():
    rows = rows_of("growth_pop", Q2)
    sums = rows.groupby("role")["revenue"].sum()
    now, before = sums["this period"], sums["earlier period"]
    assert (now - before) / before == pytest.approx(value_of("growth_pop", Q2))
    found = {one.role: one.value for one in told("growth_pop", Q2) if one.measure == "revenue"}
    assert found == {"this period": pytest.approx(now), "earlier period": pytest.approx(before)}


def test_a_figure_of_a_thing_stands_in_each_of_its_rows_and_counts_once():
    rows = rows_of("cross_sell_rate")
    bought = rows[(rows["kind"] == "sale") & rows["kept"] & rows["customer_id"].notna()]
    several = bought.groupby("customer_id")["product"].nunique() >= 2
    column = rows.loc[rows["customers_with_several_products_per_customer_id"].notna(), "customer_id"]
    assert set(column) == set(several.index[several])
    [found] = [one for one in told("cross_sell_rate") if one.measure == "customers_with_several_products"]
    assert found.value == several.sum()


def test_the_median_order_is_that_of_the_orders_in_the_rows():
    rows = rows_of("average_transaction_value")
    worth = rows.dropna(subset="order_revenue").groupby("order_id")["order_revenue"].sum()
    [details] = sm.compute(example_company(), asked("average_transaction_value")).frame["details"]
    assert details["median"] == pytest.approx(float(np.median(worth)))


def test_concentration_comes_from_what_each_customer_brought_in_the_rows(tmp_path):
    rows = rows_of("hhi")
    worth = rows[rows["customer"] != "(unknown)"].groupby("customer")["volume"].size()
    assert set(worth.index) >= set(rows.loc[rows["worth_customer_per_customer"].notna(), "customer"])
    each = rows.dropna(subset="worth_customer_per_customer").drop_duplicates("customer")
    brought = rows[rows["customer"].isin(each["customer"])].groupby("customer")["amount"].sum()
    assert dict(zip(each["customer"], each["worth_customer_per_customer"], strict=True)) == pytest.approx(
        dict(brought)
    )
    [found] = [one for one in told("hhi") if one.measure == "squares_customer"]
    assert found.value == pytest.approx(((brought / brought.sum()) ** 2).sum())


def test_quotas_bring_their_days_inside_the_period():
    month = sm.Period(date(2024, 4, 1), date(2024, 5, 1))
    rows = rows_of("quota_attainment", month)
    quotas = rows[rows["relation"] == "quota"]
    assert len(quotas)
    share = quotas["amount"] * quotas["days_inside"] / quotas["days"]
    assert quotas["quota_amount"].to_numpy() == pytest.approx(share.to_numpy())
    sold = rows.loc[rows["relation"] == "quota_sale", "sold_against_quota"].sum()
    assert sold / share.sum() == pytest.approx(value_of("quota_attainment", month))


@pytest.mark.parametrize("metric", sm.CATALOGUE.values(), ids=lambda metric: metric.id)
def test_what_a_metric_is_made_of_are_measures_of_its_own(metric):
    [one] = resolve(default_engine(), example_company(), asked(metric.id))
    made = made_of(one)
    assert made.top
    assert set(made.names) <= {measure.name for measure in one.measures}


def test_coverage_and_cautions_are_no_part_of_the_value():
    [one] = resolve(default_engine(), example_company(), asked("gross_margin"))
    assert made_of(one).top == ("profit",)
    assert made_of(one).bottom == ("revenue_with_cost",)


def test_the_engine_orders_counts_and_searches_like_anyone_would():
    query = asked("revenue")
    found = behind(example_company(), query)
    [listed] = found.lists
    every, count = largest(example_company(), query, listed)
    assert count == len(every) == len(rows_of("revenue"))
    assert list(every["revenue"].abs()) == sorted(every["revenue"].abs(), reverse=True)
    assert math.fsum(every["revenue"]) == pytest.approx(found.value)
    two, still = largest(example_company(), query, listed, most=2)
    assert (len(two), still) == (2, count)
    order = every["order_id"].iloc[-1]
    some, matching = largest(example_company(), query, listed, search=order.lower())
    texts = every.select_dtypes(["object", "str"]).fillna("").astype(str)
    holding = texts.apply(lambda column: column.str.contains(order, case=False, regex=False)).any(axis=1)
    assert 0 < matching == len(some) == holding.sum() < count


def test_rows_of_a_part_are_told_apart_by_its_group():
    query = asked("revenue_share", by=("region",))
    found = behind(example_company(), query, ("East",))
    whole = sm.compute(example_company(), asked("revenue")).frame["value"].iloc[0]
    assert found.agrees
    assert found.denominator == pytest.approx(whole)
    assert found.top[0].value == pytest.approx(found.value * whole)
