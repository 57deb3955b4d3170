"""The Acquisition page as a session sees it: sources, answers and costs, and data that lacks some of them."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.model.calendar import Period
from salesmetrics.query import MetricQuery, compute, default_period
from salesmetrics.query.request import Filter
from ui import datasets

from .conftest import Drop, Start

ORDERS = b"Order Date,Amount,Region,Customer ID\n2024-01-15,10,North,C1\n2024-02-20,20,South,C2\n2024-03-30,20,South,C2\n"
SPEND = (
    b"Date,Amount,Kind,Lead Source\n2024-01-10,5,marketing,Web\n2024-02-10,5,marketing,Web\n2024-03-31,7,sales,\n"
)
LEADS = "lead_id,created_at,converted_at,lead_source\n"


def opened(at: AppTest) -> AppTest:
    at.switch_page("../pages/acquisition.py").run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    parts = [one.value for one in (*at.markdown, *at.caption, *at.info)]
    parts += [block.proto.body for block in at.get("html")]
    return "\n".join(parts).replace("\\", "").replace("\u00a0", " ")


def values(at: AppTest) -> dict[str, float]:
    """Read each card's value in full, by the title on it."""
    found = {}
    for block in at.get("html"):
        if match := re.search(r'<data value="([^"]+)" aria-label="([^:]+): ', block.proto.body):
            found[unescape(match[2])] = float(match[1])
    return found


def leads(*rows: tuple[str, str, str]) -> dict[str, bytes]:
    """Write leads: when they came, when they became customers, and their source."""
    lines = (",".join((f"L{number}", *row)) for number, row in enumerate(rows))
    return {"leads.csv": (LEADS + "\n".join(lines) + "\n").encode()}


@pytest.fixture
def sample_page(start: Start) -> AppTest:
    """The page of a new visitor, on the sample company."""
    return opened(start())


def test_its_numbers_are_those_of_the_package(sample_page: AppTest) -> None:
    data, shown = datasets.sample().data, values(sample_page)
    for metric, title in (
        ("leads", "Leads"), ("lead_conversion_rate", "Lead conversion rate"), ("lead_response_time", "Response time"),
        ("unanswered_rate", "Unanswered rate"), ("missed_opportunity_estimate", "Missed opportunity"),
        ("followup_rate", "Follow-up rate"), ("cac", "Customer acquisition cost"),
    ):  # fmt: skip
        asked = compute(data, MetricQuery((metric,), default_period(data)))
        assert shown[title] == pytest.approx(float(asked.frame["value"].iloc[0])), metric


def test_filters_narrow_every_number(start: Start) -> None:
    data, shown = datasets.sample().data, values(opened(start(region="North", tenure="2-5y")))
    where = (Filter("region", ("North",)), Filter("tenure", ("2-5y",)))
    for metric, title in (("leads", "Leads"), ("response_within_sla", "Answered in time")):
        asked = compute(data, MetricQuery((metric,), default_period(data), where=where))
        assert shown[title] == pytest.approx(float(asked.frame["value"].iloc[0])), metric


def test_the_sources_stand_in_one_table(sample_page: AppTest) -> None:
    [table] = [block.proto.body for block in sample_page.get("html") if "<table" in block.proto.body]
    for name in ("Referral", "Website", "(unknown)", "All sources", "Return on spend", "Became customers"):
        assert name in table
    # Return is told of customers who have had 90 days: on the sample those up to September.
    assert "won Jan 2025 – Sep 2025" in table


def test_what_takes_time_is_told_of_customers_who_have_had_it(sample_page: AppTest) -> None:
    data = datasets.sample().data
    won = Period(default_period(data).start.replace(year=2024), default_period(data).start)
    asked = compute(data, MetricQuery(("clv_cac_ratio",), won)).frame["value"].iloc[0]
    assert f"{asked:.2f}×" in said(sample_page)
    assert "Of customers won in 2024" in said(sample_page)


def test_the_estimate_says_what_it_would_need_to_be_true(sample_page: AppTest) -> None:
    assert "if the link were causal" in said(sample_page)
    assert re.search(r"between [\d.]+ k and [\d.]+ M", said(sample_page))


def test_of_few_leads_no_estimate_is_made(start: Start) -> None:
    at = opened(start(period="last_quarter", product="Laptop Stand"))
    assert "Too few for an estimate" in said(at)
    assert "Missed opportunity" not in values(at)


def test_data_without_leads_says_what_it_needs_and_shows_no_empty_box(data_page: AppTest, drop: Drop) -> None:
    at = opened(drop(data_page, {"orders.csv": ORDERS}))
    assert "This page needs your leads" in said(at)
    assert values(at) == {}
    assert not at.get("vega_lite_chart")


def test_leads_alone_are_shown_and_one_line_says_what_else_there_could_be(data_page: AppTest, drop: Drop) -> None:
    rows = [(f"2024-01-{day:02}", "2024-02-15" if day % 3 == 0 else "", "Web") for day in range(1, 29)]
    rows += [(f"2024-06-{day:02}", "", "Fair") for day in range(1, 29)]
    at = opened(drop(data_page, leads(*rows)))
    assert "Leads" in values(at)
    assert "Response time" not in values(at)
    assert "Customer acquisition cost" not in said(at)
    [line] = [one.value for one in at.caption if one.value.startswith("To see more")]
    assert "when each lead was first answered" in line
    assert "marketing and sales costs by source" in line


def test_a_period_without_leads_names_the_month_of_the_last(data_page: AppTest, drop: Drop) -> None:
    # The files reach to September, since a lead became a customer then; the last lead came in May, and on those days
    # the page opens.
    rows = [("2024-04-10", "", "Web"), ("2024-05-11", "2024-09-30", "Web")]
    at = opened(drop(data_page, leads(*rows)))
    assert "The last came in" not in said(at)
    at.session_state["filter_period"] = "custom"
    at.session_state["filter_first_day"] = date(2024, 7, 1)
    at.session_state["filter_last_day"] = date(2024, 9, 30)
    at.run()
    assert "The last came in May 2024" in said(at)


def test_costs_without_leads_are_shown(data_page: AppTest, drop: Drop) -> None:
    at = opened(drop(data_page, {"orders.csv": ORDERS, "spend.csv": SPEND}))
    # 17 spent on the customers C1 and C2.
    assert values(at)["Customer acquisition cost"] == pytest.approx(8.5)
    assert "a file of leads" in said(at)
    assert "Do we answer fast enough" not in [one.value for one in at.subheader]


def test_a_filter_that_costs_do_not_know_leaves_no_empty_chart(start: Start) -> None:
    at = opened(start(product="Laptop Stand"))
    assert "Customer acquisition cost" not in values(at)
    assert "What customers give back" not in said(at)
    assert "This number cannot be filtered by product" in said(at)


def test_the_conversion_rate_says_on_how_few_leads_it_rests(start: Start) -> None:
    at = opened(start(period="last_quarter", product="Laptop Stand"))
    where = (Filter("product", ("Laptop Stand",)),)
    quarter = Period(date(2025, 10, 1), date(2026, 1, 1))
    row = compute(datasets.sample().data, MetricQuery(("lead_conversion_rate",), quarter, where=where)).frame.iloc[
        0
    ]
    assert row["n"] == 1
    assert f"{row['details']['too_young']:.0f} leads of this period still have some left" in said(at)
    assert "rests on the 1 lead that" in said(at)
    assert "too few leads to tell them apart by when they came in" in said(at)
