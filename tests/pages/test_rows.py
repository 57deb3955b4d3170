"""The rows behind a number as a session sees them: the number, how the rows add up, the way back, odd links."""

from __future__ import annotations

import io
import re
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import Filter, MetricQuery, Period, compute, records
from salesmetrics.query.behind import behind, largest
from ui.csv_text import frame_csv
from ui.rows_page import SHOWN

from .conftest import Start, opening

HALF = Period(date(2025, 1, 1), date(2025, 7, 1))
IN_HALF = {"from_": "2025-01-01", "to": "2025-07-01"}


@pytest.fixture
def start() -> Start:
    """Open the page of rows anew, as from a link with these parameters."""
    return opening("rows")


def number(at: AppTest) -> float:
    """Read the number on the page."""
    found = [re.search(r'<data value="([^"]+)"', block.proto.body) for block in at.get("html")]
    [value] = [float(match[1]) for match in found if match]
    return value


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.error, *at.info, *at.caption))


def links(at: AppTest) -> dict[str, tuple[str, str]]:
    return {one.proto.label: (one.proto.page, one.proto.query_string) for one in at.get("page_link")}


@pytest.mark.parametrize(
    ("metric", "column"),
    [("revenue", "revenue"), ("return_amount", "returned"), ("gross_profit", "profit"), ("units", "units")],
)
def test_the_number_is_that_of_compute_and_the_sum_of_its_rows(
    start: Start, sample: Dataset, metric: str, column: str
) -> None:
    query = MetricQuery((metric,), HALF, where=(Filter("region", ("North",)),))
    value = compute(sample, query).frame["value"].iloc[0]
    shown = start(metric=metric, region="North", **IN_HALF)
    assert number(shown) == pytest.approx(value)
    assert records(sample, query)[column].sum() == pytest.approx(value)
    assert re.search(
        r"These [\d,]+ rows add up to \*\*" + re.escape(f"{value:,.2f}".removesuffix(".00")), said(shown)
    )


@pytest.mark.parametrize("metric", ["average_transaction_value", "win_rate", "cross_sell_rate", "growth_yoy"])
def test_a_quotient_shows_its_parts_and_is_that_of_compute(start: Start, sample: Dataset, metric: str) -> None:
    value = compute(sample, MetricQuery((metric,), HALF)).frame["value"].iloc[0]
    shown = start(metric=metric, **IN_HALF)
    assert number(shown) == value
    assert "do not add up" not in said(shown)
    assert "sum over" in said(shown) or "counted once" in said(shown) or "once," in said(shown)


def test_every_metric_has_a_page_on_which_its_rows_agree(sample: Dataset) -> None:
    for metric in CATALOGUE.values():
        if not metric.by:
            found = behind(sample, MetricQuery((metric.id,), HALF))
            assert found.agrees, metric.id


def test_a_mark_narrows_the_rows_beside_the_filters_that_are_on(start: Start, sample: Dataset) -> None:
    shown = start(
        metric="revenue", at=["region=North", "period=2025-03-01/2025-04-01"], back="revenue",
        region=["North", "South"], **IN_HALF,
    )  # fmt: skip
    march = Period(date(2025, 3, 1), date(2025, 4, 1))
    query = MetricQuery(("revenue",), march, where=(Filter("region", ("North",)),))
    assert number(shown) == pytest.approx(compute(sample, query).frame["value"].iloc[0])
    assert set(shown.dataframe[0].value["Region"]) == {"North"}
    page, parameters = links(shown)["Revenue"]
    assert page == "revenue"
    assert parameters == "from=2025-01-01&to=2025-07-01&region=North&region=South"


def test_a_share_is_set_against_all_parts_and_not_against_itself(start: Start, sample: Dataset) -> None:
    frame = compute(sample, MetricQuery(("revenue_share",), HALF, by=("region",))).frame.set_index("region")
    shown = start(metric="revenue_share", at="region=North", **IN_HALF)
    assert number(shown) == frame["value"].to_dict()["North"]
    assert number(shown) < 1


def test_a_step_of_the_way_leads_up(start: Start) -> None:
    shown = start(metric="revenue", at=["region=North", "product=Rise Desk 140"])
    at_product = number(shown)
    shown.button(key="crumb_1").click().run()
    assert shown.query_params["at"] == "region=North"
    assert number(shown) > at_product


def test_rows_are_the_largest_first_and_no_more_than_fit(start: Start, sample: Dataset) -> None:
    shown = start(metric="revenue")
    table = shown.dataframe[0].value
    every = records(sample, MetricQuery(("revenue",), Period(date(2025, 1, 1), date(2026, 1, 1))))["revenue"]
    assert len(table) == SHOWN
    expected = every.abs().sort_values(ascending=False).head(SHOWN)
    assert list(table["Revenue"].abs()) == pytest.approx(list(expected))
    assert f"Showing the 1,000 largest of {len(every):,} rows" in said(shown)


def test_search_reaches_beyond_the_rows_that_are_shown(start: Start, sample: Dataset) -> None:
    every = records(sample, MetricQuery(("revenue",), Period(date(2025, 1, 1), date(2026, 1, 1))))
    smallest = every["order_id"].iloc[int(every["revenue"].abs().argmin())]
    shown = start(metric="revenue")
    assert smallest not in set(shown.dataframe[0].value["Order"])
    shown.text_input[0].input(f" {smallest.lower()} ").run()
    assert set(shown.dataframe[0].value["Order"]) == {smallest}
    assert len(shown.dataframe[0].value) == (every["order_id"] == smallest).sum()
    shown.text_input[0].input("%_'; no such thing").run()
    assert "No row contains that." in said(shown)


def test_the_csv_holds_all_rows_that_records_gives(sample: Dataset) -> None:
    query = MetricQuery(("average_transaction_value",), HALF, where=(Filter("region", ("North",)),))
    [listed] = behind(sample, query).lists
    read = pd.read_csv(io.BytesIO(frame_csv(largest(sample, query, listed)[0])))
    every = records(sample, query)
    every = every[every["order_revenue"].notna()]
    keys = ["order_id", "product", "kind", "order_revenue"]
    assert len(read) > 0
    pd.testing.assert_frame_equal(
        read[keys].sort_values(keys, ignore_index=True),
        every[keys].sort_values(keys, ignore_index=True),
        check_dtype=False,
    )


def test_what_starts_like_a_formula_is_text_in_the_csv() -> None:
    frame = pd.DataFrame({"customer": ["=HYPERLINK(1)", "Ann", None], "amount": [-12.5, 3.0, None]})
    lines = frame_csv(frame).decode("utf-8-sig").splitlines()
    assert lines == ["customer,amount", "'=HYPERLINK(1),-12.5", "Ann,3.0", ","]


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({}, "This link does not say which number's rows to show."),
        ({"metric": "revenu"}, "There is no number called “revenu”. Did you mean revenue"),
        ({"metric": "revenue", "at": "regionNorth"}, "narrows the rows to “regionNorth”, which cannot be read"),
        ({"metric": "revenue", "at": "regoin=North"}, "by “regoin”, which there is not. Did you mean region"),
        ({"metric": "revenue", "at": "region=Nroth"}, "“Nroth”, which is not in this data. Did you mean North?"),
        ({"metric": "revenue", "at": "period=2025-13-01/x"}, "the days “2025-13-01/x”, which are no days"),
        ({"metric": "win_rate", "at": "channel=Direct"}, "cannot be broken down by channel"),
        ({"metric": "revenue", "at": "region=North", "region": "South"}, "leaves “North” out"),
    ],
)
def test_an_odd_link_is_answered_in_a_sentence(start: Start, parameters: dict[str, str], sentence: str) -> None:
    shown = start(**parameters)
    assert sentence in said(shown).replace("\\", "")
    assert not shown.get("html"), "no number is shown for a question that was not asked"


def test_what_an_odd_link_may_have_meant_is_one_click_away(start: Start) -> None:
    shown = start(metric="revenue", at="region=Nroth")
    shown.button(key="meant").click().run()
    assert shown.query_params["at"] == "region=North"
    assert number(shown) > 0


def test_an_absent_number_says_why(start: Start) -> None:
    shown = start(metric="revenue", from_="2019-01-01", to="2019-02-01")
    assert "There is no data for this period and these filters." in said(shown)
    assert not shown.dataframe


def test_a_metric_of_many_numbers_offers_them(start: Start, sample: Dataset) -> None:
    shown = start(metric="revenue_by_tenure", **IN_HALF)
    assert "This is one number for each tenure" in said(shown)
    frame = compute(sample, MetricQuery(("revenue_by_tenure",), HALF)).frame
    shown.button(key="part_0").click().run()
    assert number(shown) == pytest.approx(frame["value"].max())


def test_one_part_has_its_number_where_others_have_none(start: Start, sample: Dataset) -> None:
    """Beside parts that are absent with a reason, a part that is known has none."""
    frame = compute(sample, MetricQuery(("revenue_per_rep_month",), HALF, by=("tenure",))).frame.set_index(
        "tenure"
    )
    assert frame["value"].isna().any()
    shown = start(metric="revenue_per_rep_month", at="tenure=1–2y", **IN_HALF)
    assert number(shown) == frame["value"].to_dict()["1-2y"]
