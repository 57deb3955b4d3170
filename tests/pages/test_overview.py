"""The overview as a session sees it: its numbers, its link, its filters, and what it lacks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import Compare, Filter, MetricQuery, Period, compute, default_period
from ui import datasets
from ui.datasets import Opened

MAIN = Path(__file__).resolve().parents[2] / "ui" / "main.py"
Start = Callable[..., AppTest]


@pytest.fixture
def start() -> Start:
    """Open the app anew, as from a link with these parameters."""

    def run(**parameters: str | list[str]) -> AppTest:
        at = AppTest.from_file(MAIN, default_timeout=120)
        for name, asked in parameters.items():
            at.query_params[name.rstrip("_")] = asked
        at.run()
        assert not at.exception, at.exception
        return at

    return run


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
    drawn = charts(start())
    assert len(drawn) == 8 + 1 + 3
    assert all(proto.alt.endswith(".") for proto in drawn)
    assert all(len(proto.datasets) == 1 for proto in drawn), "the data travels apart from the specification"


def test_a_link_filters_as_the_command_line_does(start: Start, sample: Dataset) -> None:
    at = start(region=["North", "South"], from_="2025-01-01", to="2025-04-01", compare="none")
    period = Period(date(2025, 1, 1), date(2025, 4, 1))
    both = Filter("region", ("North", "South"))
    assert shown(at)["Revenue"] == pytest.approx(expected(sample, "revenue", both, period=period), abs=0.005)
    chips = " ".join(one.value for one in at.markdown)
    assert "Q1 2025" in chips
    assert "Region\\: North, South" in chips
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
    lines = next(one.value for one in at.markdown if "vs Q3 2025" in one.value)
    colour = "green" if row["previous_change"] > 0 else "red"
    assert (
        f":{colour}[**{'+' if row['previous_change'] > 0 else '−'}{abs(row['previous_growth']) * 100:.1f}" in lines
    )
    assert "vs Q4 2024" in lines


@pytest.fixture
def only_orders(tmp_path: Path) -> Opened:
    """Orders of three columns in a file, and nothing else."""
    path = tmp_path / "three columns.csv"
    path.write_text("Order Date,Amount,Region\n2024-01-15,10,North\n2024-02-20,20,South\n2024-03-25,30,South\n")
    return datasets.read([path])


def test_what_cannot_be_computed_says_what_would_unlock_it(
    start: Start, only_orders: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datasets, "current", lambda: only_orders)
    at = start()
    assert set(shown_titles(at)[:3]) == {"Revenue", "Orders", "Average order value"}, "what there is comes first"
    captions = [one.value for one in at.caption]
    assert any("orders.cost" in one for one in captions)
    assert any("opportunities" in one for one in captions)
    assert 0.0 not in shown(at).values()


def shown_titles(at: AppTest) -> list[str]:
    titles = (re.search(r'aria-label="([^:"]+)', block.proto.body) for block in at.get("html"))
    return [unescape(title[1]) for title in titles if title]


def test_titles_follow_the_language_of_the_link(start: Start) -> None:
    assert shown_titles(start(lang="zh"))[0] == CATALOGUE["revenue"].title_zh
