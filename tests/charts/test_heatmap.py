"""Two dimensions against each other."""

from __future__ import annotations

from typing import get_args

import pandas as pd
import pytest

from salesmetrics.charts import heatmap_figure
from salesmetrics.charts.bars import MOST
from salesmetrics.charts.figure import OTHER
from salesmetrics.charts.theme import Theme
from salesmetrics.query.request import Compare, MetricQuery
from salesmetrics.query.result import Result
from tests.charts.results import YEAR

Cells = dict[tuple[str, str], tuple[float | None, float]]


def crossed(cells: Cells, metric: str = "revenue", **more: list[float]) -> Result:
    rows = [
        {
            "metric": metric, "period_start": pd.Timestamp(YEAR.start), "period_end": pd.Timestamp(YEAR.end),
            "product": product, "region": region, "value": now, "reason": None, "n": 30 if now is not None else 0,
            "numerator": now, "denominator": float("nan"), "warnings": (), "last_year_value": before,
            "last_year_numerator": before, "last_year_denominator": float("nan"),
            "last_year_change": None if now is None else now - before,
            "last_year_growth": (now - before) / before if now is not None and before > 0 else None,
            "last_year_start": pd.Timestamp("2024-01-01"), "last_year_end": pd.Timestamp("2025-01-01"),
        } | {name: values[place] for name, values in more.items()}
        for place, ((product, region), (now, before)) in enumerate(cells.items())
    ]  # fmt: skip
    frame = pd.DataFrame(rows).astype({"value": "float64", "last_year_value": "float64", "numerator": "float64"})
    query = MetricQuery((metric,), YEAR, by=("product", "region"), compare=(Compare.LAST_YEAR,))
    return Result(query, YEAR.end, YEAR, frame)


FOUR: Cells = {
    ("Desk", "North"): (10.0, 20.0), ("Desk", "South"): (60.0, 50.0), ("Lamp", "North"): (90.0, 60.0),
    ("Lamp", "South"): (None, 0.0),
}  # fmt: skip


@pytest.mark.parametrize("theme", get_args(Theme))
def test_the_specification_that_is_sent_is_valid(theme: Theme) -> None:
    sent = heatmap_figure(crossed(FOUR), "revenue", theme).chart().to_dict()
    assert sent["title"]["text"] == "Strongest: Lamp in North, 90"


def test_a_pair_that_never_occurs_has_no_cell() -> None:
    data = heatmap_figure(crossed(FOUR), "revenue").data
    assert set(zip(data["key"], data["across"], strict=True)) == set(FOUR) - {("Lamp", "South")}


def test_rows_go_by_their_sum_which_stands_beside_them() -> None:
    data = heatmap_figure(crossed(FOUR), "revenue").data
    assert data.drop_duplicates("key")[["key", "whole"]].to_numpy().tolist() == [["Lamp", "90"], ["Desk", "70"]]


def test_the_comparison_stands_in_the_tooltip() -> None:
    data = heatmap_figure(crossed(FOUR), "revenue").data.set_index(["key", "across"])
    assert data["change_text"][("Desk", "North")] == "−50.0\u00a0%"
    assert data["compared_text"][("Lamp", "North")] == "60.00"


def test_beyond_twelve_the_rest_is_one_and_takes_no_part_in_the_scale() -> None:
    cells: Cells = {(f"P{place:02}", "North"): (100.0 - place, 0.0) for place in range(30)}
    data = heatmap_figure(crossed(cells), "revenue").data.set_index("key")
    assert len(data) == MOST
    assert data["label"][OTHER] == f"other ({30 - MOST + 1})"
    assert data["value"][OTHER] == sum(100.0 - place for place in range(MOST - 1, 30))
    assert data["colour"]["P00"] == data["colour"][OTHER], "the largest named one has the full colour"


def test_ratios_are_divided_after_they_are_summed() -> None:
    cells: Cells = {(f"P{place:02}", "North"): (0.5, 0.4) for place in range(13)}
    cells[("P12", "North")] = (0.1, 0.1)
    bottom = [10.0] * 12 + [90.0]
    top = [5.0] * 12 + [9.0]
    before = {"last_year_numerator": [4.0] * 12 + [2.0], "last_year_denominator": [10.0] * 12 + [20.0]}
    result = crossed(cells, "gross_margin", numerator=top, denominator=bottom, n=[*range(50, 38, -1), 5], **before)
    data = heatmap_figure(result, "gross_margin").data.set_index("key")
    # Beyond the eleven named are one of 5 / 10 and one of 9 / 90; before they were 4 / 10 and 2 / 20.
    assert data["value"][OTHER] == pytest.approx(14 / 100)
    assert data["compared_text"][OTHER] == "20.0000\u00a0%"
    assert data["change_text"][OTHER] == "−6.0\u00a0pp"


def test_a_mark_stands_for_a_pair() -> None:
    assert heatmap_figure(crossed(FOUR), "revenue").picks == {"key": "product", "across": "region"}


def test_without_rows_there_is_a_sentence() -> None:
    empty: Cells = {("Desk", "North"): (None, 0.0)}
    assert "no data" in heatmap_figure(crossed(empty), "revenue").text
