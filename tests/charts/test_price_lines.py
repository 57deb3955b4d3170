"""Price, discount, returns and margin as small charts."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from salesmetrics.charts import small_trend_figure
from salesmetrics.charts.price_lines import HEIGHT
from salesmetrics.charts.theme import Theme
from salesmetrics.query.request import Grain
from salesmetrics.query.result import Result
from tests.charts.results import by_value, nothing, over_time

PRICES: list[float | None] = [120.0, 119, 118, 121, 120, 122, 118, 117, 121, 120, 119, 118]


def total(metric: str, now: float, before: float) -> Result:
    result = by_value(metric, "region", {"all": (now, before)})
    return replace(result, query=replace(result.query, by=()))


@pytest.mark.parametrize("theme", get_args(Theme))
@pytest.mark.parametrize("metric", ["price_per_unit", "discount_rate", "return_rate", "gross_margin"])
def test_the_specification_that_is_sent_is_valid(theme: Theme, metric: str) -> None:
    figure = small_trend_figure(over_time(metric, PRICES), total(metric, 0.4, 0.3), metric, theme)
    assert figure.chart().to_dict()["height"] == HEIGHT
    assert figure.subtitle.endswith("by month; pale: a year earlier")


def test_the_title_is_the_value_of_the_period_and_its_change() -> None:
    figure = small_trend_figure(
        over_time("gross_margin", PRICES), total("gross_margin", 0.4, 0.38), "gross_margin"
    )
    assert figure.title.replace("\u00a0", " ") == "Gross margin: 40.0 %, +2.0 pp vs 2024"


@pytest.mark.parametrize(("before", "held"), [(100.0, True), (99.0, True), (95.0, False), (110.0, False)])
def test_a_price_that_hardly_changed_has_held(before: float, held: bool) -> None:
    over = over_time("price_per_unit", PRICES)
    title = small_trend_figure(over, total("price_per_unit", 100.0, before), "price_per_unit").title
    assert ("held" in title) is held


def test_without_an_earlier_year_nothing_pale_is_promised() -> None:
    over = over_time("price_per_unit", PRICES, last_year_value=[None] * 12)
    figure = small_trend_figure(over, nothing("price_per_unit", "no_rows"), "price_per_unit")
    assert figure.subtitle == "Price per unit by month"


def test_what_cannot_be_had_is_a_sentence() -> None:
    over = nothing("gross_margin", "missing_column:orders.cost", Grain.MONTH)
    assert small_trend_figure(over, over, "gross_margin").empty
