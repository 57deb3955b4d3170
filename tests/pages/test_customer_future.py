"""What customers will bring, on the Customers page: the package's numbers, the test in words, and when it steps back."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.charts.customer_future import expected_in_words, holdout_in_words
from salesmetrics.query import MetricQuery
from salesmetrics.query.customer_future import METRIC, CustomerFuture
from salesmetrics.query.customer_future import customer_future as future_of
from salesmetrics.query.request import Filter
from tests.query.buyers import bought
from ui import customer_future, datasets

from .conftest import Drop, Start
from .test_customers import opened, said, values


@pytest.fixture
def sample_page(start: Start) -> AppTest:
    """The page of a new visitor, on the sample company."""
    return opened(start())


def future(months: int = 12, **more: object) -> CustomerFuture:
    query = MetricQuery((METRIC,), **more)
    found = future_of(datasets.sample().data, query, months, customer_future.MOST_LISTED)
    assert isinstance(found, CustomerFuture)
    return found


def test_it_says_what_the_package_says(sample_page: AppTest) -> None:
    told, found = said(sample_page), future()
    for sentence in (expected_in_words(found), holdout_in_words(found.test)):
        assert sentence.replace("\u00a0", " ") in told
    assert not sample_page.error
    listed = sample_page.dataframe[1].value
    assert listed["value"].tolist() == [round(one) for one in found.first["value"]]
    assert listed["name"].tolist() == found.first["name"].tolist()


def test_what_winning_customers_gave_back_stands_beside_it(sample_page: AppTest) -> None:
    shown = values(sample_page)
    assert {"Customer value to acquisition cost", "Months until acquisition pays back"} <= set(shown)
    assert "what it cost to win one in this period" in said(sample_page)


def test_another_horizon_is_another_sum(sample_page: AppTest) -> None:
    sample_page.segmented_control(key="customers_months_ahead").set_value(24).run()
    assert not sample_page.exception
    assert expected_in_words(future(24)).replace("\u00a0", " ") in said(sample_page)


def test_a_filter_narrows_who_is_learnt_from(start: Start) -> None:
    at = opened(start(region="North"))
    found = future(where=(Filter("region", ("North",)),))
    assert expected_in_words(found).replace("\u00a0", " ") in said(at)


def test_a_period_in_the_past_changes_nothing_of_what_is_ahead(start: Start) -> None:
    at = opened(start(from_="2024-01-01", to="2025-01-01"))
    assert expected_in_words(future()).replace("\u00a0", " ") in said(at)


def test_each_watched_customer_has_its_reason_and_what_is_at_risk(sample_page: AppTest) -> None:
    late = sample_page.dataframe[2].value
    assert late["amount"].is_monotonic_decreasing
    away = late["why"].str.extract(r"^(?:Bought once, )?([\d,]+) days (?:away|ago)")[0]
    assert away.notna().all()
    doubted = late["why"].str.extract(r"([\d.]+)\s% likely still active")[0].dropna().astype(float)
    assert len(doubted)
    assert (doubted < 50).all()


def test_few_customers_are_told_as_too_few(data_page: AppTest, drop: Drop) -> None:
    lines = [f"2024-0{month}-15,10,C{number}" for month in (1, 2, 3) for number in range(3)]
    at = opened(drop(data_page, {"orders.csv": ("Order Date,Amount,Customer ID\n" + "\n".join(lines)).encode()}))
    told = said(at)
    assert "3 customers are too few to learn from: it takes 100." in told
    assert "are expected to buy" not in told
    assert "Customer value to acquisition cost" not in values(at)


def test_orders_alone_are_told_as_revenue_and_who_bought_once_without_a_chance(
    data_page: AppTest, drop: Drop
) -> None:
    lines = [f"{row['order_date']},{row['amount']},{row['customer_id']}" for row in bought(150)]
    at = opened(drop(data_page, {"orders.csv": ("Order Date,Amount,Customer ID\n" + "\n".join(lines)).encode()}))
    told = said(at)
    assert "Today's 150 customers are expected to buy" in told
    assert "this is revenue, not profit" in told
    assert "what it cost to win one" not in told
    listed = at.dataframe[1].value
    assert {"rep", "region", "name"}.isdisjoint(listed.columns)
    # Of who bought once no chance is shown, least of all certainty.
    once = listed["bought"] == 1
    assert 0 < once.sum() < len(listed) == 150
    assert listed.loc[once, "active"].isna().all()
    assert listed.loc[~once, "active"].between(0, 100, inclusive="neither").all()
