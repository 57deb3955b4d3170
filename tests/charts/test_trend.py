"""A metric over time, as a chart and in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pandas as pd
import pytest

from salesmetrics.charts import describe, trend, trend_figure
from salesmetrics.charts.theme import Theme
from salesmetrics.query.request import Grain, Period
from salesmetrics.query.result import Result
from tests.charts.results import nothing, over_time

MONTHS = [120.0, 90, 200, 150, 130, 110, 140, 160, 170, 180, 190, 175]


@pytest.mark.parametrize("theme", get_args(Theme))
@pytest.mark.parametrize("metric", ["revenue", "win_rate", "sales_cycle_length", "orders"])
def test_the_specification_that_is_sent_is_valid(metric: str, theme: Theme) -> None:
    # to_dict validates against Vega-Lite's own schema.
    sent = trend(over_time(metric, MONTHS), metric, theme).to_dict()
    assert all("data" not in layer for layer in sent["layer"]), "all layers draw the one table"
    assert sent["title"]["subtitle"].endswith("by month, 2025")


def encodings(spec: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    if isinstance(spec, dict):
        if "field" in spec and "type" in spec:
            found.append(spec)
        found += [one for part in spec.values() for one in encodings(part)]
    elif isinstance(spec, list):
        found += [one for part in spec for one in encodings(part)]
    return found


def test_every_encoding_says_its_type_and_every_field_is_in_the_data() -> None:
    figure = trend_figure(over_time("revenue", MONTHS), "revenue")
    known = {*figure.data.columns, "series"}
    assert {one["field"] for one in encodings(dict(figure.spec))} <= known
    assert figure.data["value"].dtype == "float64"


def test_a_second_chart_of_the_same_shape_is_not_built_anew() -> None:
    first = trend_figure(over_time("revenue", MONTHS), "revenue")
    second = trend_figure(over_time("revenue", [1.0] * 12), "revenue")
    assert second.spec is first.spec
    assert second.data["value"].tolist() == [1.0] * 12


def test_an_unfinished_month_is_dashed_and_the_line_does_not_break() -> None:
    warnings: list[tuple[str, ...]] = [()] * 11 + [("partial",)]
    data = trend_figure(over_time("revenue", MONTHS, warnings=warnings), "revenue").data
    assert data["solid"].isna().tolist() == [False] * 11 + [True]
    assert data["dashed"].notna().tolist() == [False] * 10 + [True, True]


def test_a_week_of_which_only_some_days_were_asked_for_is_dashed() -> None:
    # 1 October 2025 is a Wednesday.
    period = Period(date(2025, 10, 1), date(2025, 10, 20))
    data = trend_figure(over_time("revenue", [5.0, 8, 9], Grain.WEEK, period), "revenue").data
    assert data["dashed"].notna().tolist() == [True, True, False]
    assert data["solid"].isna().tolist() == [True, False, False]


def test_the_title_names_the_highest_whole_month() -> None:
    warnings: list[tuple[str, ...]] = [()] * 11 + [("partial",)]
    figure = trend_figure(over_time("revenue", [*MONTHS[:-1], 999.0], warnings=warnings), "revenue")
    assert figure.title == "Revenue peaked at 200 in Mar 2025"


def test_ratios_of_few_cases_are_pale() -> None:
    result = over_time("win_rate", [0.5, 0.6, 0.4], n=[30, 19, 20], denominator=[30.0, 19.0, 20.0])
    assert trend_figure(result, "win_rate").data["opacity"].tolist() == [1.0, 0.4, 1.0]


def test_the_sentence_comes_from_the_data() -> None:
    said = describe(over_time("revenue", MONTHS), "revenue")
    assert said == (
        "Revenue by month, 2025: highest in Mar 2025 (200), lowest in Feb 2025 (90), last in Dec 2025 (175)."
    )


def test_what_cannot_be_had_is_a_sentence_and_no_empty_box() -> None:
    result = nothing("gross_margin", "missing_column:orders.cost", Grain.MONTH)
    figure = trend_figure(result, "gross_margin")
    assert figure.empty
    assert "orders carry no cost" in figure.text
    with pytest.raises(ValueError, match="orders carry no cost"):
        trend(result, "gross_margin")


def test_a_mark_stands_for_its_days() -> None:
    figure = trend_figure(over_time("revenue", MONTHS), "revenue")
    assert (figure.metric, figure.picks) == ("revenue", {"key": "period"})
    assert figure.data["key"].iloc[10] == "2025-11-01/2025-12-01"
    assert figure.data["short"].iloc[10] == "190"


def test_every_day_of_the_chart_answers_to_the_pointer_for_one_period() -> None:
    data = trend_figure(over_time("revenue", MONTHS), "revenue").data
    assert (data["left"].iloc[1:].to_numpy() == data["right"].iloc[:-1].to_numpy()).all()
    assert (data["left"] <= data["start"]).all()
    assert (data["start"] <= data["right"]).all()
    assert (data["left"] < data["right"]).all()
    lone = trend_figure(over_time("revenue", [5.0]), "revenue").data
    assert lone["left"][0] < lone["right"][0]


def with_quotas(sold: list[float]) -> Result:
    """Revenue by month beside its quotas, of which `sold` counts towards them."""
    revenue = over_time("revenue", MONTHS)
    quotas = over_time("quota_attainment", [0.5] * 12, numerator=sold, denominator=[150.0] * 12)
    frame = pd.concat([revenue.frame, quotas.frame], ignore_index=True)
    return replace(revenue, given=frame)


def test_quotas_are_drawn_where_they_are_for_what_the_line_shows() -> None:
    figure = trend_figure(with_quotas(MONTHS), "revenue", against="quota_attainment")
    assert figure.data["target"].tolist() == [150.0] * 12
    figure.chart().to_dict()
    # Only half of the sales count towards these quotas: they say nothing about all.
    other = trend_figure(with_quotas([value / 2 for value in MONTHS]), "revenue", against="quota_attainment")
    assert "target" not in other.data


@pytest.mark.parametrize("grain", list(Grain))
def test_every_grain_gives_a_valid_axis(grain: Grain) -> None:
    assert trend(
        over_time("revenue", [1.0, 2.0], grain, Period(date(2024, 1, 1), date(2026, 1, 1))), "revenue"
    ).to_dict()


def test_a_trend_needs_a_cut_by_time() -> None:
    with pytest.raises(ValueError, match="cut by time"):
        trend(nothing("revenue", "no_rows"), "revenue")
