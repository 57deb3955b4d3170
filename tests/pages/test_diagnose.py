"""The Diagnose page as a session sees it: what it names, how it is reached, how deep it goes, and what it lacks."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.charts.values import compact
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import Filter, MetricQuery, Period, compute, default_period
from salesmetrics.query.request import Compare

from .conftest import Drop, Start, opening


@pytest.fixture
def diagnose() -> Start:
    """Open the page anew, as from a link with these parameters."""
    return opening("diagnose")


def said(at: AppTest) -> str:
    parts = [*at.markdown, *at.caption, *at.info, *at.error]
    return "\n".join(one.value for one in parts).replace("\\", "").replace("\u00a0", " ")


def told(at: AppTest) -> str:
    """Read the sentences that say why."""
    [block] = [one.value for one in at.markdown if re.match(r"\S.* (rose|fell|was) ", one.value.replace("\\", ""))]
    return str(block).replace("\\", "").replace("\u00a0", " ")


def button(at: AppTest, label: str) -> None:
    [one] = [one for one in at.button if one.label.replace("\\", "").replace("\u00a0", " ").startswith(label)]
    one.click().run()
    assert not at.exception, at.exception


def in_words(value: float, unit: str) -> str:
    return compact(value, unit).replace("\u00a0", " ")


def of(data: Dataset, metric: str, **where: str) -> tuple[float, float]:
    filters = tuple(Filter(name, (value,)) for name, value in where.items())
    query = MetricQuery((metric,), default_period(data), where=filters, compare=(Compare.LAST_YEAR,))
    row = compute(data, query).frame.iloc[0]
    return float(row["last_year_value"]), float(row["value"])


def test_the_region_that_falls_and_its_conversion_are_named_for_revenue(diagnose: Start, sample: Dataset) -> None:
    words = told(diagnose(metric="revenue"))
    was, now = of(sample, "revenue")
    assert f"from {in_words(was, 'money')} in 2024 to {in_words(now, 'money')} in 2025." in words
    was, now = of(sample, "revenue", region="South")
    growth = in_words((now - was) / was, "percent")
    assert f"Region South went the other way ({in_words(now - was, 'money')}, {growth})" in words
    assert re.search(
        r"What moved most there, by leads.*: conversion of new leads fell from 11\.\d % to 4\.\d %", words
    )


@pytest.mark.parametrize("metric", ["win_rate", "lead_conversion_rate"])
def test_the_region_that_falls_is_named_for_conversion(diagnose: Start, sample: Dataset, metric: str) -> None:
    words = told(diagnose(metric=metric))
    was, now = of(sample, metric, region="South")
    assert "Nearly all of it is in region South" in words
    assert f"There it fell from {in_words(was, 'percent')} to {in_words(now, 'percent')}." in words


def test_the_cheap_bad_source_and_the_slow_answers_are_named(diagnose: Start, sample: Dataset) -> None:
    words = said(diagnose(metric="lead_conversion_rate"))
    query = MetricQuery(("lead_conversion_rate",), default_period(sample), by=("lead_source",))
    rows = compute(sample, query).frame
    ads = rows[rows["lead_source"] == "Social ads"].iloc[0]
    rest = rows[rows["lead_source"] != "Social ads"]
    others = rest["numerator"].sum() / rest["denominator"].sum()
    assert (
        f"Lead source Social ads: {in_words(ads['value'], 'percent')} ({ads['numerator']:.0f} of "
        f"{ads['denominator']:.0f}), all others {in_words(others, 'percent')}."
    ) in words
    assert re.search(r"Leads answered after 1 to 3 days: \d\.\d % \(\d+ of \d+\), all others", words)
    assert "Region South" in words


def test_no_sentence_claims_a_cause(diagnose: Start) -> None:
    at = diagnose(metric="revenue")
    words = said(at)
    assert not re.search(r"\b(because|due to|caused by|thanks to|led to)\b", words)
    assert "It measures no cause." in words


def test_one_click_leads_from_a_card_with_all_that_is_on(start: Start) -> None:
    at = start(region="South", period="last_quarter")
    links = [one.proto for one in at.get("page_link") if one.proto.label == "Why?"]
    asked = [parse_qs(link.query_string) for link in links]
    assert {"region": ["South"], "period": ["last_quarter"], "metric": ["revenue"]} in asked
    assert all(link.page == "diagnose" for link in links)
    assert "new_customers" not in [one["metric"][0] for one in asked], (
        "what cannot be taken apart has no such link"
    )


def test_three_levels_deep_and_back_up(diagnose: Start, sample: Dataset) -> None:
    at = diagnose(metric="revenue")
    for label in ("Look inside region South", "Look inside", "Look inside"):
        button(at, label) if label.endswith("South") else at.button(key="inside_0").click().run()
        assert not at.exception, at.exception
    assert "This is as deep as it goes" in said(at)
    assert [one.key for one in at.button if str(one.key).startswith("inside_")] == []
    crumbs = [one.label for one in at.button if str(one.key).startswith("up_")]
    assert crumbs[:2] == ["All", "Region\\: South"]
    assert len(crumbs) == 3
    at.button(key="up_1").click().run()
    was, now = of(sample, "revenue", region="South")
    assert f"from {in_words(was, 'money')} in 2024 to {in_words(now, 'money')} in 2025." in told(at)


def test_a_link_opens_at_its_depth_and_comparison(diagnose: Start, sample: Dataset) -> None:
    at = diagnose(
        metric="win_rate", at=["region=South", "lead_source=Website"], against="2023-01-01/2024-01-01", by="rep"
    )
    where = (Filter("region", ("South",)), Filter("lead_source", ("Website",)))
    base = Period(date(2023, 1, 1), date(2024, 1, 1))
    was = compute(sample, MetricQuery(("win_rate",), base, where=where)).frame["value"].iloc[0]
    assert f"from {in_words(was, 'percent')} in 2023" in told(at)
    assert "What each rep added to the change of win rate, 2025 against 2023" in said(at)


def test_every_number_and_cut_draws(diagnose: Start) -> None:
    at = diagnose()
    for metric in at.selectbox(key="diagnose_metric").options:
        assert metric
    for name in ("gross_margin", "pipeline_value", "orders", "won_value", "quota_attainment"):
        at = diagnose(metric=name)
        assert told(at)
        assert len(at.get("vega_lite_chart")) >= 2


def test_choosing_another_number_or_comparison_changes_what_is_told(diagnose: Start) -> None:
    at = diagnose(metric="revenue")
    at.selectbox(key="diagnose_metric").set_value("win_rate").run()
    assert told(at).startswith("Win rate")
    at = diagnose(metric="revenue", period="last_quarter")
    at.selectbox(key="diagnose_against").set_value("previous").run()
    assert "in Q3 2025 to" in told(at)


def test_odd_links_are_said(diagnose: Start) -> None:
    assert "cannot be taken apart" in said(diagnose(metric="csat"))
    at = diagnose(metric="revenue", at="region=Sout")
    assert "which is not in this data. Did you mean South?" in said(at)


ORDERS = b"Order Date,Amount,Region\n" + b"".join(
    f"20{year}-{month:02}-15,{10 * month * (year - 22)},{'North' if month % 2 else 'South'}\n".encode()
    for year in (23, 24)
    for month in range(1, 13)
)
DEALS = b"opportunity_id,status,amount,sales_rep\nD1,won,100,Ann\nD2,lost,50,Bo\n"


def test_orders_alone_are_taken_apart_by_orders_and_region(data_page: AppTest, drop: Drop) -> None:
    at = drop(data_page, {"orders.csv": ORDERS})
    at.switch_page("../pages/diagnose.py").run()
    assert not at.exception, at.exception
    # July to September: 70 + 80 + 90, and a year later twice that by as many orders.
    assert told(at).startswith("Revenue rose by 100 % (+240), from 240 in Q3 2023 to 480 in Q3 2024.")
    assert "it is average order value, which rose from 80 to 160 (+240)" in told(at)


def test_deals_without_dates_say_why_nothing_can_be_told(data_page: AppTest, drop: Drop) -> None:
    at = drop(data_page, {"deals.csv": DEALS})
    at.switch_page("../pages/diagnose.py").run()
    assert not at.exception, at.exception
    assert "carry no dates" in said(at)
