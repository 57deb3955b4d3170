"""What gained, lost, is new and is gone."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from salesmetrics.charts import movers_figure
from salesmetrics.charts.figure import OTHER
from salesmetrics.charts.movers import MOST, MOST_APART
from salesmetrics.charts.theme import PALETTES, Theme
from tests.charts.results import by_value, nothing

MOVED: dict[str, tuple[float | None, float | None]] = {
    "Desk": (150.0, 100.0), "Chair": (80.0, 100.0), "Lamp": (300.0, 100.0), "Sofa": (10.0, 90.0),
    "Pod": (44.0, 0.0), "Rack": (0.0, 33.0), "Same": (5.0, 5.0),
}  # fmt: skip


@pytest.mark.parametrize("theme", get_args(Theme))
def test_the_specification_that_is_sent_is_valid(theme: Theme) -> None:
    sent = movers_figure(by_value("revenue", "product", MOVED), "revenue", theme).chart().to_dict()
    assert sent["title"]["subtitle"] == "Change of revenue by product, 2025 against 2024"


def test_bars_are_in_order_of_the_change_and_new_and_gone_stand_apart() -> None:
    data = movers_figure(by_value("revenue", "product", MOVED), "revenue").data
    assert data["label"].tolist() == [
        "Lamp", "Desk", "Chair", "Sofa", "New: nothing sold in 2024", "Pod", "Gone: nothing sold in 2025", "Rack",
    ]  # fmt: skip
    assert data.loc[~data["head"], "value"].tolist() == [200.0, 50.0, -20.0, -80.0, 44.0, -33.0]
    assert data["growth_text"].str.replace("\u00a0", " ").tolist()[:4] == [
        "+200 %",
        "+50.0 %",
        "−20.0 %",
        "−88.9 %",
    ]


def test_green_and_red_are_for_better_and_worse_only() -> None:
    data = movers_figure(by_value("revenue", "product", MOVED), "revenue").data
    colours = PALETTES["light"]
    assert data.groupby("kind")["colour"].first().to_dict() == {
        "up": colours.better, "down": colours.worse, "new": colours.main, "gone": colours.compared,
    }  # fmt: skip


def test_the_title_names_the_first_of_each_side() -> None:
    title = movers_figure(by_value("revenue", "product", MOVED), "revenue").title
    assert title == "Lamp gained most: +200; Sofa lost most: −80"


def test_of_many_only_the_largest_changes_are_drawn_and_the_new_are_summed() -> None:
    many: dict[str, tuple[float | None, float | None]] = {f"U{n}": (100.0 + n, 100.0) for n in range(1, 30)}
    many |= {f"N{n}": (float(n), 0.0) for n in range(1, 11)}
    data = movers_figure(by_value("revenue", "product", many), "revenue").data
    assert data.loc[data["kind"] == "up", "label"].tolist() == [f"U{n}" for n in (29, 28, 27, 26, 25)][:MOST]
    new = data[(data["kind"] == "new") & ~data["head"]]
    assert new["label"].tolist() == ["N10", "N9", f"other ({11 - MOST_APART})"]
    assert new["change_text"].tolist()[-1] == "+36"
    assert new["key"].tolist()[-1] == OTHER
    assert new["value"].isna().tolist() == [False, False, True], "a bar of many would dwarf those of one"


def test_a_product_without_any_earlier_period_in_the_data_is_not_called_new() -> None:
    unknown: dict[str, tuple[float | None, float | None]] = {"Desk": (10.0, None), "Lamp": (5.0, None)}
    figure = movers_figure(by_value("revenue", "product", unknown), "revenue")
    assert figure.empty
    assert "does not reach back" in figure.text


def test_what_cannot_be_had_is_a_sentence() -> None:
    assert "no data" in movers_figure(nothing("revenue", "no_rows", by=("product",)), "revenue").text


def test_it_needs_a_comparison() -> None:
    result = by_value("revenue", "product", MOVED)
    with pytest.raises(ValueError, match="compared"):
        movers_figure(replace(result, query=replace(result.query, compare=())), "revenue")
