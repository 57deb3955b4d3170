"""A year by month with the same months of earlier years."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from salesmetrics.charts import season_figure
from salesmetrics.charts.theme import Theme
from salesmetrics.query.request import Grain, Period
from tests.charts.results import nothing, over_time

THREE_YEARS = Period(date(2023, 1, 1), date(2026, 1, 1))
YEAR = [5.0, 4, 6, 5, 7, 6, 3, 2, 6, 8, 9, 12]


def three(first: float = 1.0, last: float = 2.0) -> list[float | None]:
    return [value * factor for factor in (first, 1.5, last) for value in YEAR]


@pytest.mark.parametrize("theme", get_args(Theme))
@pytest.mark.parametrize("metric", ["revenue", "gross_margin"])
def test_the_specification_that_is_sent_is_valid(theme: Theme, metric: str) -> None:
    assert season_figure(over_time(metric, three(), period=THREE_YEARS), metric, theme).chart().to_dict()


def test_the_same_months_of_three_years_lie_on_one_another() -> None:
    data = season_figure(over_time("revenue", three(), period=THREE_YEARS), "revenue").data
    december = data[data["month"] == "Dec"]
    assert december["year"].tolist() == ["2023", "2024", "2025"]
    assert december["value"].tolist() == [12.0, 18.0, 24.0]
    assert december["before_text"].tolist() == ["–", "12.00", "18.00"]


def test_a_month_that_is_strongest_every_year_is_the_title() -> None:
    figure = season_figure(over_time("revenue", three(), period=THREE_YEARS), "revenue")
    assert figure.title == "Dec is the strongest month in each of 3 years"


def test_where_the_years_differ_the_title_names_the_last_years_best_against_the_year_before() -> None:
    values = three()
    values[2] = 99.0
    figure = season_figure(over_time("revenue", values, period=THREE_YEARS), "revenue")
    assert figure.title.replace("\u00a0", " ") == "Revenue was highest in Dec 2025: 24, +33.3 % on a year earlier"


def test_years_that_the_data_does_not_reach_are_no_line() -> None:
    values = three()
    values[:12] = [None] * 12
    figure = season_figure(over_time("revenue", values, period=THREE_YEARS), "revenue")
    assert set(figure.data["year"]) == {"2024", "2025"}


def test_an_unfinished_month_is_dashed_and_is_not_called_a_change() -> None:
    warnings: list[tuple[str, ...]] = [()] * 35 + [("partial",)]
    result = over_time("revenue", three(), period=THREE_YEARS, warnings=warnings)
    last = season_figure(result, "revenue").data.iloc[-1]
    assert (last["solid"] == last["solid"], last["dashed"], last["change_text"]) == (False, 24.0, "–")


def test_a_mark_stands_for_its_days() -> None:
    figure = season_figure(over_time("revenue", three(), period=THREE_YEARS), "revenue")
    assert figure.picks == {"key": "period"}
    assert figure.data["key"].iloc[-1] == "2025-12-01/2026-01-01"


def test_without_data_there_is_a_sentence_and_another_cut_is_refused() -> None:
    assert season_figure(nothing("revenue", "no_rows", Grain.MONTH), "revenue").empty
    with pytest.raises(ValueError, match="by month"):
        season_figure(nothing("revenue", "no_rows", Grain.WEEK), "revenue")
