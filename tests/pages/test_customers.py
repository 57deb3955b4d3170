"""The Customers page as a session sees it: its numbers, its lists, and data that says less."""

from __future__ import annotations

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.query import MetricQuery, compute, default_period
from salesmetrics.query.customer_standing import METRIC
from salesmetrics.query.request import Filter
from ui import customers, datasets

from .conftest import Drop, Start


def opened(at: AppTest) -> AppTest:
    at.switch_page("../pages/customers.py").run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    parts = [*at.markdown, *at.caption, *at.info]
    return "\n".join(one.value for one in parts).replace("\\", "").replace("\u00a0", " ")


def values(at: AppTest) -> dict[str, float]:
    """Read the values in full, by the title beside them: those on cards and those in a line each."""
    found = {}
    for block in at.get("html"):
        for raw, title in re.findall(r'<data value="([^"]+)" aria-label="([^":]+)', block.proto.body):
            found[unescape(title)] = float(raw)
    return found


@pytest.fixture
def sample_page(start: Start) -> AppTest:
    """The page of a new visitor, on the sample company."""
    return opened(start())


def test_its_numbers_are_those_of_the_package(sample_page: AppTest) -> None:
    data = datasets.sample().data
    metrics = (*customers.CARDS, *customers.STAYING)
    asked = compute(data, MetricQuery(metrics, default_period(data))).frame
    shown = values(sample_page)
    titles = (
        "Active customers", "Customer retention", "Net revenue retention", "Customers at risk",
        "Share of new customers", "Customer acquisition rate", "Customer churn", "Gross revenue retention",
        "Days between purchases", "Cross-sell rate",
    )  # fmt: skip
    assert [shown[title] for title in titles] == pytest.approx(asked["value"].tolist())


def test_the_lists_name_the_first_and_count_all(sample_page: AppTest) -> None:
    high, _ahead, late = (one.value for one in sample_page.dataframe)
    told = said(sample_page)
    counts = {
        name: int(count.replace(",", "")) for count, name in re.findall(r"([\d,]+) customers (bring|stay)", told)
    }
    data = datasets.sample().data
    asked = compute(data, MetricQuery((customers.HIGH_VALUE, METRIC), default_period(data))).frame
    assert [counts["bring"], counts["stay"]] == asked["value"].tolist()
    assert len(high) == len(late) == customers.MOST_LISTED
    assert late["amount"].is_monotonic_decreasing
    assert high["worth"].is_monotonic_decreasing
    assert high["name"].notna().all()


def test_what_takes_time_is_told_of_customers_who_had_it(sample_page: AppTest) -> None:
    assert "These two are told of customers won in 2024" in said(sample_page)
    assert "Customer value so far" in values(sample_page)


def test_a_filter_on_a_region_narrows_numbers_and_lists(start: Start) -> None:
    at = opened(start(region="North"))
    data = datasets.sample().data
    query = MetricQuery(("active_customers",), default_period(data), where=(Filter("region", ("North",)),))
    assert values(at)["Active customers"] == compute(data, query).frame["value"].iloc[0]
    assert all(set(one.value["region"]) == {"North"} for one in at.dataframe)


def test_orders_without_customers_say_what_is_needed(data_page: AppTest, drop: Drop) -> None:
    at = opened(
        drop(data_page, {"orders.csv": b"Order Date,Amount,Region\n2024-01-15,10,North\n2024-02-20,20,South\n"})
    )
    assert "This page needs orders that name their customer" in said(at)
    assert not at.dataframe
    assert not at.get("vega_lite_chart")


def test_few_orders_of_few_weeks_are_told_without_a_number_too_many(data_page: AppTest, drop: Drop) -> None:
    lines = [f"2024-0{month}-15,10,C{number}" for month in (1, 2) for number in range(3)]
    at = opened(drop(data_page, {"orders.csv": ("Order Date,Amount,Customer ID\n" + "\n".join(lines)).encode()}))
    told = said(at)
    assert "To see more, add a list of customers with their names" in told
    assert "too few" in told
    assert "name" not in at.dataframe[0].value
