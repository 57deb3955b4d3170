"""The Pipeline page as a session sees it: its numbers, the deals to act on, and data without deals or amounts."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import sample_data
from salesmetrics.query import MetricQuery, compute, default_period
from ui import datasets, pipeline

from .conftest import Drop, Start

ORDERS = b"Order Date,Amount,Region\n2024-01-15,10,North\n2024-02-20,20,South\n"
HEAD = "opportunity_id,status,created_date,close_date,amount,stage,sales_rep\n"


def opened(at: AppTest) -> AppTest:
    at.switch_page("../pages/pipeline.py").run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    parts = [*at.markdown, *at.caption, *at.info]
    return "\n".join(one.value for one in parts).replace("\\", "")


def values(at: AppTest) -> dict[str, float]:
    """Read each card's value in full, by the title on it."""
    found = {}
    for block in at.get("html"):
        if match := re.search(r'<data value="([^"]+)" aria-label="([^:]+): ', block.proto.body):
            found[unescape(match[2])] = float(match[1])
    return found


def deals(rows: list[tuple[str, str, str, str, str, str]]) -> dict[str, bytes]:
    lines = (",".join((f"D{number}", *row)) for number, row in enumerate(rows))
    return {"deals.csv": (HEAD + "\n".join(lines) + "\n").encode()}


WON = [("won", "2024-01-05", f"2024-03-{day:02}", "100", "Closing", "Ann") for day in range(1, 29)]
LOST = [("lost", "2024-01-05", f"2024-03-{day:02}", "", "Closing", "Ben") for day in range(1, 29)]


@pytest.fixture
def sample_page(start: Start) -> AppTest:
    """The page of a new visitor, on the sample company."""
    return opened(start())


def test_its_numbers_are_those_of_the_package(sample_page: AppTest) -> None:
    data = datasets.sample().data
    shown = values(sample_page)
    for metric, title in (("win_rate", "Win rate"), ("weighted_pipeline", "Weighted pipeline")):
        asked = compute(data, MetricQuery((metric,), default_period(data)))
        assert shown[title] == pytest.approx(float(asked.frame["value"].iloc[0]))
    assert len(shown) == len((*pipeline.WORTH, *pipeline.LEVERS, *pipeline.ACT_ON))


def test_the_deals_to_act_on_are_the_open_ones_past_their_date(sample_page: AppTest) -> None:
    # Told from the file itself: the last row of a deal counts.
    file = pd.read_csv(sample_data.folder() / "opportunities.csv").drop_duplicates("opportunity_id", keep="last")
    late = file[(file["status"] == "open") & (file["close_date"] < "2025-12-31")]
    listed = sample_page.dataframe[0].value
    assert set(listed["opportunity_id"]) == set(late["opportunity_id"])
    assert listed["amount"].iloc[0] == late["amount"].max()
    assert listed["amount"].dropna().is_monotonic_decreasing
    assert f"{len(late)} open deals to act on" in said(sample_page)


def test_the_win_rate_is_cut_by_what_is_chosen(sample_page: AppTest) -> None:
    assert "Win rate by rep" in said(sample_page)
    sample_page.session_state["pipeline_cut"] = "region"
    sample_page.run()
    assert "Win rate by region" in said(sample_page)
    [told] = [one.value for one in sample_page.markdown if "by region, 2025" in one.value]
    assert all(name in told for name in ("North", "South", "East", "West", "Central"))


def test_data_without_deals_says_what_it_needs_and_shows_no_empty_box(data_page: AppTest, drop: Drop) -> None:
    at = opened(drop(data_page, {"orders.csv": ORDERS}))
    assert "This page needs your deals" in said(at)
    assert values(at) == {}
    assert not at.get("vega_lite_chart")
    assert not at.dataframe


def test_open_deals_without_amounts_are_counted_and_it_says_so(data_page: AppTest, drop: Drop) -> None:
    still_open = [("open", "2024-02-01", "", "", "Demo", "Ann")] * 3
    at = opened(drop(data_page, deals([*WON, *LOST, *still_open])))
    assert "this page counts deals instead of adding up their worth" in said(at)
    assert "told by count alone" in said(at)
    assert "Open deals carry no expected close date" in said(at)
    assert {"Open deals", "Average deal size", "Win rate", "Sales cycle"} <= set(values(at))
    assert not {"Pipeline value", "Weighted pipeline", "Win rate by value"} & set(values(at))
    assert any("3 of 3 carry no amount" in one.value for one in at.markdown)


def test_a_deal_that_is_late_is_told_with_its_age(data_page: AppTest, drop: Drop) -> None:
    still_open = [
        ("open", "2024-02-01", "2024-03-10", "700", "Demo", "Ann"),
        ("open", "2024-02-11", "2024-03-20", "", "Demo", "Ben"),
        ("open", "2024-02-11", "2024-06-20", "900", "Demo", "Ben"),
    ]
    at = opened(drop(data_page, deals([*WON, *LOST, *still_open])))
    listed = at.dataframe[0].value
    assert listed["rep"].tolist() == ["Ann", "Ben"]
    # The period and with it the day are those of the last complete month or quarter: 31 March 2024.
    assert listed["days_overdue"].tolist() == [21, 11]
    assert listed["age_days"].tolist() == [59, 49]
    assert "Worth 700 together" in said(at)
    assert "1 carries no amount and stands last" in said(at)


def test_late_deals_without_any_amount_are_not_worth_nought(data_page: AppTest, drop: Drop) -> None:
    late = [("open", "2024-02-01", f"2024-03-{day}", "", "Demo", "Ann") for day in (20, 10)]
    at = opened(drop(data_page, deals([*WON, *LOST, *late])))
    assert at.dataframe[0].value["days_overdue"].tolist() == [21, 11]
    assert "None carries an amount" in said(at)
    assert "Worth" not in said(at)


def test_of_more_late_deals_than_are_listed_all_are_counted(
    data_page: AppTest, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MOST_LISTED", 2)
    late = [("open", "2024-02-01", "2024-03-10", amount, "Demo", "Ann") for amount in ("100", "700", "300")]
    at = opened(drop(data_page, deals([*WON, *LOST, *late])))
    assert at.dataframe[0].value["amount"].tolist() == [700, 300]
    assert "3 open deals to act on" in said(at)
    assert "The first 2 are listed" in said(at)
    assert re.search("Worth 1,?100 together", said(at))
