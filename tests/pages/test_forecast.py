"""The forecast as a session sees it: landing, errors in words, deals beside it, parts; and data that says less."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.model.calendar import add_months
from salesmetrics.query import MetricQuery, compute
from salesmetrics.query.expected_closes import expected_closes
from salesmetrics.query.forecasts import Forecasts, forecasts
from salesmetrics.query.request import Filter
from ui import datasets

from .conftest import Drop, Start


def opened(at: AppTest) -> AppTest:
    at.switch_page("../pages/forecast.py").run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    parts = [*at.markdown, *at.caption, *at.info, *at.subheader]
    return "\n".join(one.value for one in parts).replace("\\", "").replace("\u00a0", " ")


def lines(at: AppTest, title: str) -> dict[str, list[str]]:
    """Read the table whose first column is called `title`: figures in full, where they are said, by name."""
    html = next(one.proto.body for one in at.get("html") if f'class="name">{title}<' in one.proto.body)
    found = {}
    for line in re.findall(r"<tr style=.border-top.*?</tr>", html):
        name = unescape(re.sub("<[^>]+>", "", re.search(r'scope="row" class="name">(.*?)</th>', line)[1]))  # type: ignore[index]
        found[name] = [unescape(text) for text in re.findall(r'class="figure"[^>]*title="([^"]*)"', line)]
    return found


def told(*filters: Filter) -> Forecasts:
    found = forecasts(datasets.sample().data, MetricQuery(("revenue",), where=filters))
    assert isinstance(found, Forecasts)
    return found


@pytest.fixture
def sample_page(start: Start) -> AppTest:
    """The page of a new visitor, on the sample company."""
    return opened(start())


def test_the_sample_is_forecast_with_landing_errors_and_deals(sample_page: AppTest) -> None:
    text = said(sample_page)
    assert "Q1 2026 is expected to land at" in text
    assert "in 8 of 10 cases" in text
    assert re.search(
        r"made up to 12 months before were off by [\d.]+ % on average; the same month of last year", text
    )
    assert "Open deals expected in it, weighted" in text
    assert "No quota covers all that is sold here in these periods" in text
    assert "starts where the orders end, on 31 Dec 2025" in text
    charts = [one.proto.spec for one in sample_page.get("vega_lite_chart")]
    assert any("wide_low" in spec for spec in charts)


def test_the_regions_on_the_page_sum_to_the_whole(sample_page: AppTest) -> None:
    table = lines(sample_page, "Region")
    together = table.pop("Together")
    for place, whole in enumerate(together[:4]):
        figures = [float(figure[place].replace(",", "")) for figure in table.values()]
        assert round(sum(figures), 2) == float(whole.replace(",", ""))
    found = told()
    assert float(together[3].replace(",", "")) == pytest.approx(found.whole.expected.sum(), abs=0.01)


def test_deals_by_month_are_the_weighted_pipeline(sample_page: AppTest) -> None:
    table = lines(sample_page, "Month")
    assert next(iter(table)) == "Jan 2026"
    data = datasets.sample().data
    closes = expected_closes(data, MetricQuery(("weighted_pipeline",)))
    assert not isinstance(closes, str)
    every = [*closes.months, closes.overdue, closes.undated]
    asked = compute(data, MetricQuery(("weighted_pipeline",))).frame
    assert sum(one.weighted for one in every) == pytest.approx(asked["value"].iloc[0])
    shown = [float(figures[2].replace(",", "")) for figures in table.values()]
    ahead = [one.weighted for one in closes.months if one.month and one.month >= date(2026, 1, 1)]
    assert shown == pytest.approx(ahead, abs=0.006)
    assert "150 open deals are past their expected close" in said(sample_page)


def test_products_and_reps_can_be_chosen(sample_page: AppTest) -> None:
    sample_page.segmented_control(key="forecast_by").set_value("rep").run()
    assert not sample_page.exception
    table = lines(sample_page, "Rep")
    assert len(table) == 14
    assert "All others" in table


def test_a_filter_on_a_region_forecasts_that_region(start: Start) -> None:
    at = opened(start(region="North"))
    found = told(Filter("region", ("North",)))
    assert float(lines(at, "Product")["Together"][3].replace(",", "")) == pytest.approx(
        found.whole.expected.sum(), abs=0.01
    )


def orders(months: int) -> bytes:
    rows = [
        f"{add_months(date(2023, 1, day), place)},{100 + 10 * place}"
        for place in range(months)
        for day in (1, 15, 28)
    ]
    return ("Order Date,Amount\n" + "\n".join(rows)).encode()


def test_orders_alone_are_forecast_without_deals_or_parts(data_page: AppTest, drop: Drop) -> None:
    at = opened(drop(data_page, {"orders.csv": orders(14)}))
    text = said(at)
    assert "is expected to land at" in text
    assert "Open deals cannot be set beside it: Add a file of deals to see this number." in text
    # Nothing of the month to come has passed: that none of it is booked tells nothing.
    assert "Booked so far: 0" not in text
    assert "What each part is expected to bring" not in text
    assert "the last known month taken again" in text


def test_few_months_say_what_is_missing(data_page: AppTest, drop: Drop) -> None:
    at = opened(drop(data_page, {"orders.csv": orders(4)}))
    assert "fewer than six whole months" in said(at)


def test_data_without_orders_says_what_is_needed(data_page: AppTest, drop: Drop) -> None:
    deals = b"Opportunity ID,Stage,Created Date,Close Date,Amount,Status\nD1,Demo,2024-01-03,2024-05-01,100,open\n"
    at = opened(drop(data_page, {"deals.csv": deals}))
    assert "This page needs a file of orders with a date and an amount" in said(at)
    # One sentence says it: no heading stands above nothing.
    assert not at.subheader


def test_quotas_ahead_are_landed_against_with_a_chance(data_page: AppTest, drop: Drop) -> None:
    begun = orders(30) + b"\n2025-07-02,90\n2025-07-09,60"
    quotas = b"scope,scope_id,period_start,period_end,amount\ncompany,All,2025-07-01,2025-09-30,3600\n"
    at = opened(drop(data_page, {"orders.csv": begun, "quotas.csv": quotas}))
    text = said(at)
    assert "Booked so far: 150." in text
    assert re.search(r"Q3 2025 is expected to land at [\d,]+, between [\d,]+ and [\d,]+ in 8 of 10 cases\.", text)
    assert re.search(r"That is \d+\.\d % of the quota of 3,600: to reach it is (very )?(un)?likely", text)
    fan = next(one.proto for one in at.get("vega_lite_chart") if "wide_low" in one.proto.spec)
    assert "Quota" in fan.spec
