"""The overview as a session sees it: its numbers, its link, its filters, and what it lacks."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.charts.theme import PALETTES
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import Compare, Filter, MetricQuery, Period, compute, default_period
from salesmetrics.query.availability import availability
from ui import datasets

from .conftest import Drop, Start


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return datasets.sample().data


def shown(at: AppTest) -> dict[str, float]:
    """Read each card's value in full, by the title on it."""
    found = {}
    for block in at.get("html"):
        body = block.proto.body
        if match := re.search(r'<data value="([^"]+)" aria-label="([^:]+): ', body):
            found[unescape(match[2])] = float(match[1])
    return found


def expected(data: Dataset, metric: str, *filters: Filter, period: Period | None = None) -> float:
    query = MetricQuery((metric,), period or default_period(data), where=filters)
    return float(compute(data, query).frame["value"].iloc[0])


def said_by(at: AppTest) -> str:
    return "\n".join(one.value for one in at.markdown).replace("\\", "")


def charts(at: AppTest) -> list[Any]:
    return [element.proto for element in at.get("vega_lite_chart")]


def test_it_opens_with_the_last_twelve_months_of_the_sample(start: Start, sample: Dataset) -> None:
    at = start()
    values = shown(at)
    assert values["Revenue"] == pytest.approx(expected(sample, "revenue"), abs=0.005)
    assert values["Win rate"] == expected(sample, "win_rate")
    assert len(values) == 8
    assert "Sample company" in at.sidebar.markdown[0].value
    assert "Orders to 31 Dec 2025" in at.sidebar.markdown[0].value


def test_each_chart_says_in_words_what_it_shows(start: Start) -> None:
    at = start()
    drawn = charts(at)
    assert len(drawn) == 8 + 1 + 1 + 3, "cards, the trend, what changed, and a breakdown a dimension"
    assert all(proto.alt for proto in drawn)
    bodies = [*(one.proto.body for one in at.get("html")), *(one.value for one in at.markdown)]
    sentences = [said for body in bodies for said in re.findall(r"<span style=[^>]*>(.+?)</span>", body)]
    assert len(sentences) == len(drawn), "each has its sentence beside it"
    assert all(said.endswith(".") for said in sentences)
    assert all(len(proto.datasets) == 1 for proto in drawn), "the data travels apart from the specification"
    assert [proto.id.rsplit("-", 1)[-1] for proto in drawn if proto.selection_mode] == [
        "trend_0", "drivers_0", "by_region_0", "by_product_0", "by_tenure_0",
    ]  # fmt: skip


def test_one_sentence_says_how_we_are_doing(start: Start, sample: Dataset) -> None:
    row = compute(sample, MetricQuery(("revenue",), default_period(sample), compare=tuple(Compare))).frame.iloc[0]
    quota = expected(sample, "quota_attainment")
    said = said_by(start())
    grown = f"{abs(row['last_year_growth']) * 100:.1f}\u00a0%"
    way = "up" if row["last_year_change"] > 0 else "down"
    sentence = f"Revenue was {row['value'] / 1e6:.2f}\u00a0M in 2025, {way} {grown} on 2024, and reached "
    assert sentence + f"{quota * 100:.1f}\u00a0% of quota. Worse:" in said


def test_the_revenue_card_shows_how_much_of_the_quota_was_reached(start: Start, sample: Dataset) -> None:
    (body,) = (one.proto.body for one in start().get("html") if "of quota" in one.proto.body)
    assert 'aria-label="Revenue: ' in body
    assert f"{expected(sample, 'quota_attainment') * 100:.1f}\u00a0% of quota" in body


def test_a_link_filters_as_the_command_line_does(start: Start, sample: Dataset) -> None:
    at = start(region=["North", "South"], from_="2025-01-01", to="2025-04-01", compare="none")
    period = Period(date(2025, 1, 1), date(2025, 4, 1))
    both = Filter("region", ("North", "South"))
    assert shown(at)["Revenue"] == pytest.approx(expected(sample, "revenue", both, period=period), abs=0.005)
    chips = said_by(at) + " ".join(button.label.replace("\\", "") for button in at.button)
    assert "Q1 2025" in chips
    assert "Region: North, South" in chips
    assert "no comparison" in chips


def test_choosing_in_the_sidebar_filters_and_is_mirrored_in_the_link(start: Start, sample: Dataset) -> None:
    at = start()
    at.multiselect(key="filter_region").set_value(["East"]).run()
    assert shown(at)["Revenue"] == pytest.approx(
        expected(sample, "revenue", Filter("region", ("East",))), abs=0.005
    )
    assert dict(at.query_params) in ({"region": "East"}, {"region": ["East"]})


def test_reset_takes_every_filter_off(start: Start, sample: Dataset) -> None:
    at = start(region="North", period="last_month")
    at.button(key="reset").click().run()
    assert at.multiselect(key="filter_region").value == []
    assert dict(at.query_params) == {}
    assert shown(at)["Revenue"] == pytest.approx(expected(sample, "revenue"), abs=0.005)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"region": "Nrth"}, "The link asks for region “Nrth”, which is not in this data. Did you mean North?"),
        ({"regon": "North"}, "The link asks for “regon”, which is no filter here. Did you mean region?"),
        (
            {"from_": "yesterday"},
            "The link asks for the date “yesterday”, which is no date. Write it as 2025-12-31.",
        ),
        (
            {"from_": "2025-04-01", "to": "2025-02-01"},
            "The first day, 2025-04-01, lies after the last day, 2025-01-31",
        ),
    ],
)
def test_a_link_that_cannot_be_followed_shows_no_number(start: Start, link: dict[str, str], sentence: str) -> None:
    at = start(**link)
    assert [error.value.replace("\\", "").startswith(sentence) for error in at.error] == [True]
    assert shown(at) == {}
    assert charts(at) == []
    assert set(at.query_params) == {name.rstrip("_") for name in link}, "a refresh says the same"


def test_an_unknown_value_is_taken_out_or_put_right_with_one_click(start: Start, sample: Dataset) -> None:
    right = start(region=["Nrth", "South"])
    next(button for button in right.button if button.label == "Use North").click().run()
    assert right.multiselect(key="filter_region").value == ["South", "North"]
    assert not right.error
    out = start(region="Nrth")
    next(button for button in out.button if button.label == "Show all regions").click().run()
    assert shown(out)["Revenue"] == pytest.approx(expected(sample, "revenue"), abs=0.005)


def test_filters_offer_what_the_data_holds_with_its_rows(start: Start, sample: Dataset) -> None:
    offered = start().multiselect(key="filter_region").options
    assert offered == [f"{value} ({rows:,})" for value, rows in datasets.values(sample, "region")]


def test_a_comparison_is_named_and_coloured_by_what_is_better(start: Start, sample: Dataset) -> None:
    at = start(period="last_quarter")
    query = MetricQuery(("revenue",), Period(date(2025, 10, 1), date(2026, 1, 1)), compare=tuple(Compare))
    row = compute(sample, query).frame.iloc[0]
    body = next(one.proto.body for one in at.get("html") if 'aria-label="Revenue: ' in one.proto.body)
    for compare, named in (("previous", "vs Q3 2025"), ("last_year", "vs Q4 2024")):
        up = row[f"{compare}_change"] > 0
        colour = PALETTES["light"].better if up else PALETTES["light"].worse
        text = f"{'+' if up else '−'}{abs(row[f'{compare}_growth']) * 100:.1f}\u00a0%"
        assert re.search(rf'color:{colour}">{re.escape(text)}</b> {named}<', body)


def test_a_filter_that_a_number_cannot_honour_is_said_on_its_card(start: Start, sample: Dataset) -> None:
    channel = datasets.values(sample, "channel")[0][0]
    at = start(channel=channel)
    cards = [one.proto.body for one in at.get("html")]
    assert len(cards) == 8, "a card that a filter empties keeps its place"
    assert sum("cannot be filtered by channel: deals carry no channel." in card for card in cards) == 2
    assert "Win rate" not in shown(at)
    assert shown(at)["Revenue"] == pytest.approx(
        expected(sample, "revenue", Filter("channel", (channel,))), abs=0.005
    )


ORDERS = b"Order Date,Amount,Region\n2024-01-15,10,North\n2024-02-20,20,South\n2024-03-25,30,South\n"
DEALS = b"""opportunity_id,status,created_date,close_date,amount,sales_rep
D1,won,2024-01-05,2024-03-01,100,Ann
D2,lost,2024-01-05,2024-03-02,50,Ben
D3,open,2024-02-05,2024-05-02,80,Ben
"""


def overview_of(data_page: AppTest, drop: Drop, **files: bytes) -> AppTest:
    drop(data_page, {f"{name}.csv": content for name, content in files.items()})
    return data_page.switch_page("../pages/overview.py").run()


def test_what_cannot_be_computed_is_one_row_that_says_what_would_unlock_it(data_page: AppTest, drop: Drop) -> None:
    at = overview_of(data_page, drop, orders=ORDERS)
    assert not at.exception
    titles = list(shown(at))
    assert titles[:3] == ["Revenue", "Orders", "Average order value"], "what there is comes first"
    absent = [one.proto.body for one in at.get("html") if "<data" not in one.proto.body]
    assert 0 < len(absent) <= 4
    assert sum("Add a file of deals to see this number." in body for body in absent) == 1
    assert any("The orders carry no cost" in body for body in absent)
    assert 0.0 not in shown(at).values()


def test_the_strip_at_the_foot_counts_what_the_files_allow(data_page: AppTest, drop: Drop) -> None:
    at = overview_of(data_page, drop, orders=ORDERS)
    reasons = availability(at.session_state["opened"].data)
    able = sum(reason is None for reason in reasons.values())
    assert f"{able} of {len(reasons)} numbers can be computed from your files." in said_by(at)
    assert re.search(r"A file of deals with [^.]+ would add \d+\.", said_by(at))


def test_data_of_deals_alone_leads_with_deals(data_page: AppTest, drop: Drop) -> None:
    at = overview_of(data_page, drop, deals=DEALS)
    assert not at.exception
    assert next(iter(shown(at))) == "Win rate"
    assert "Win rate was 50.0\u00a0%" in said_by(at)


def shown_titles(at: AppTest) -> list[str]:
    titles = (re.search(r'aria-label="([^:"]+)', block.proto.body) for block in at.get("html"))
    return [unescape(title[1]) for title in titles if title]


def test_titles_follow_the_language_of_the_link(start: Start) -> None:
    assert shown_titles(start(lang="zh"))[0] == CATALOGUE["revenue"].title_zh
