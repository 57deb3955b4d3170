"""What the pages that help to decide say where there is nothing to tell: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.model.calendar import add_months
from ui import what_if

from .conftest import Drop, opened, opening


def lines(blocks: Iterable[Any]) -> str:
    return "\n".join(one.value for one in blocks).replace("\\", "").replace("\u00a0", " ")


def said(at: AppTest) -> str:
    return lines([*at.markdown, *at.caption, *at.info, *at.warning, *at.error])


def orders(months: int) -> bytes:
    days = [f"{add_months(date(2023, 1, 1), place)},100" for place in range(months)]
    return ("Order Date,Amount\n" + "\n".join(days)).encode()


DEALS = ("opportunity_id,status,amount,created_date,close_date\n" + "\n".join(
    f"D{place},{'won' if place % 2 else 'lost'},{100 + place},2024-01-05,2024-{place + 4:02}-20" for place in range(9)
)).encode()  # fmt: skip


def test_where_the_file_begins_a_change_is_set_against_the_period_before(data_page: AppTest, drop: Drop) -> None:
    at = opened(drop(data_page, {"deals.csv": DEALS}), "diagnose")
    assert "in Q2 2024 to" in said(at)
    assert at.selectbox(key="diagnose_against").value == "previous"


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ({"metric": "csat"}, "A change of “csat” cannot be taken apart. Revenue is shown instead."),
        ({"against": "last winter"}, "The link sets it against “last winter”, which are no days."),
        ({"by": "regin"}, "The link cuts by “regin”, which there is not. Did you mean region?"),
        (
            {"region": "North", "at": "region=South"},
            "The filter on region leaves “South” out: take the filter off",
        ),
        ({"against": "2025-01-01/2026-01-01"}, "Both are the same days, so nothing changed."),
        (
            {"against": "1990-01-01/1991-01-01"},
            "Revenue of 2025 cannot be set against 1990: there is no data of it.",
        ),
        (
            {"from_": "2030-01-01", "to": "2030-02-01"},
            "There is no data of Revenue in Jan 2030 under these filters.",
        ),
    ],
)
def test_what_a_link_asks_and_cannot_have_is_said(link: dict[str, str], words: str) -> None:
    assert words in said(opening("diagnose")(**link))


@pytest.mark.parametrize("by", ["+500", "ten"])
def test_a_lever_says_how_far_it_can_be_moved(by: str) -> None:
    at = opening("forecast")(**{what_if.PARAMETER: [f"basket:{by}"]})
    assert f"“basket:{by}”: what it moves takes whole per cent from -50 to +50" in lines(at.warning)


def test_two_months_say_how_many_it_takes(data_page: AppTest, drop: Drop) -> None:
    at = opened(drop(data_page, {"orders.csv": orders(2)}), "forecast")
    assert "There is no suggestion for Q2 2023. There are fewer than six whole months with sales" in said(at)
    at = opened(at, "diagnose")
    assert "Choose other days under “Set against”, or another period." in said(at)


def test_an_agenda_without_kpis_or_quotas_says_so(data_page: AppTest, drop: Drop) -> None:
    at = opened(drop(data_page, {"deals.csv": DEALS}), "reviews")
    assert "There are no KPIs yet." in said(at).splitlines()
    assert "are on track" not in said(at)
    assert "Targets are looked at here once there is a file of quotas beside the orders." in said(at)
    assert "No quota runs" not in said(at)


def test_leads_alone_have_an_overview(data_page: AppTest, drop: Drop) -> None:
    leads = "lead_id,created_at,source,status,converted_at\n" + "\n".join(
        f"L{place},2024-{place % 9 + 1:02}-10,{'Web' if place % 2 else 'Fair'},new," for place in range(40)
    )
    at = opened(drop(data_page, {"leads.csv": leads.encode()}), "overview")
    assert not at.error
    assert "Leads by lead source" in said(at)
    assert [one.proto for one in at.get("vega_lite_chart")]


def test_reps_alone_say_what_is_lacking(data_page: AppTest, drop: Drop) -> None:
    at = opened(
        drop(data_page, {"reps.csv": b"rep_id,name,region,hire_date\nR1,Ann,North,2020-01-01\n"}), "overview"
    )
    assert not at.error


def test_the_target_of_one_region_is_not_split(data_page: AppTest, drop: Drop) -> None:
    lines = [f"{add_months(date(2023, 1, 28), place)},{100 + place},France" for place in range(14)]
    at = opened(
        drop(data_page, {"orders.csv": ("Order Date,Amount,Region\n" + "\n".join(lines)).encode()}), "forecast"
    )
    assert "no file tells two reps or regions apart" in said(at)
    # Of one year the season is not known, which is said.
    assert "Under two whole years no season can be told from a trend" in said(at)


def test_deals_alone_show_when_they_are_expected_to_close(data_page: AppTest, drop: Drop) -> None:
    deals = DEALS.decode() + "".join(
        f"\nE{n},open,{n}00,2024-11-05,2025-0{n}-15" for n in range(1, 5)
    )  # fmt: skip
    at = opened(drop(data_page, {"deals.csv": deals.encode()}), "forecast")
    text = said(at)
    assert "This page needs a file of orders with a date and an amount" in text
    assert "Open deals expected in the coming months are worth" in text
    table = "".join(one.value for one in at.get("html"))
    assert "Jan 2025" in table
    assert "Forecast of all sales" not in table
