"""The waterfall of the open pipeline: its bars lie end to end, and no bar lies about its size."""

from __future__ import annotations

from decimal import Decimal

import pytest

from salesmetrics.analysis.pipeline_waterfall import Waterfall, waterfall
from salesmetrics.charts import waterfall_figure


def found(opening: int = 1000) -> Waterfall:
    moves = {"new": (2, Decimal(200)), "won": (1, Decimal(-150)), "lost": (3, Decimal(-300))}
    return waterfall((9, Decimal(opening)), moves, (1, Decimal(10)), (7, Decimal(opening - 240)))


def test_bars_lie_end_to_end_from_the_opening_to_the_closing() -> None:
    columns = waterfall_figure(found()).columns
    assert columns["key"] == ["opening", "new", "won", "lost", "amount", "closing"]
    assert columns["low"] == [0, 1000, 1200, 1050, 750, 0]
    assert columns["high"] == [1000, 1200, 1050, 750, 760, 760]


def test_it_says_what_happened_and_lists_each_step() -> None:
    figure = waterfall_figure(found(), versions=("version 1", "version 2"))
    assert figure.title == "The open pipeline fell by 240; largest step: Lost −300"
    assert figure.subtitle == "Open pipeline, from version 1 to version 2"
    assert "Won −150 (1 deal)" in figure.text


def test_steps_too_small_to_see_are_drawn_on_a_scale_of_their_own_and_whole_bars_are_not() -> None:
    figure = waterfall_figure(found(1_000_000))
    assert figure.columns["low"][0] == figure.columns["high"][0]
    assert "the scale runs from" in figure.subtitle
    named = {one["name"]: one["value"] for one in figure.spec["params"]}
    domain = figure.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    low, high = (named[end["expr"]] for end in domain)
    assert 0 < low < 1_000_000 - 240 < 1_000_200 < high


def test_green_is_for_what_is_won_though_it_leaves_the_pipeline() -> None:
    columns = waterfall_figure(found()).columns
    colours = dict(zip(columns["key"], columns["colour"], strict=True))
    assert colours["won"] == colours["new"] != colours["lost"]


def test_without_amounts_deals_are_counted() -> None:
    nothing = Decimal(0)
    counted = waterfall((5, nothing), {"new": (2, nothing), "lost": (3, nothing)}, (0, nothing), (4, nothing))
    assert not counted.priced
    figure = waterfall_figure(counted)
    assert figure.columns["high"] == [5, 7, 4, 4]
    assert figure.title == "The number of open deals fell by 1; largest step: Lost −3"


def test_bars_that_do_not_add_up_are_a_fault() -> None:
    with pytest.raises(AssertionError, match="closes with"):
        waterfall((1, Decimal(10)), {}, (0, Decimal(0)), (1, Decimal(11)))


def test_no_open_deal_is_a_sentence() -> None:
    nothing = (0, Decimal(0))
    figure = waterfall_figure(waterfall(nothing, {}, nothing, nothing))
    assert figure.empty
    assert "No deal is open" in figure.text


def test_the_whole_chart_is_valid() -> None:
    assert waterfall_figure(found(), "dark").chart(width=300).to_dict()
