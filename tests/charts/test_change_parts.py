"""The parts of a change as drawn: ranked, summing to the whole with the rest as one, and worded."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

import salesmetrics as sm
from salesmetrics.analysis.segment_changes import parts_of_sum
from salesmetrics.charts.change_parts import MOST, parts_figure
from salesmetrics.charts.mix_rate import mix_rate_figure
from salesmetrics.query.why import Cut, Why, why
from tests.company import AS_OF, Q2, example_company


def of_example(metric: str) -> Why:
    return why(example_company(), sm.MetricQuery((metric,), Q2, as_of=AS_OF), sm.Compare.PREVIOUS)


def test_parts_are_ranked_by_size_and_say_what_is_new_and_gone() -> None:
    found = of_example("revenue")
    cut = found.cut("region")
    assert cut is not None
    figure = parts_figure(found, cut)
    assert figure.columns["label"] == ["West", "East"]
    assert figure.columns["right"] == ["+550  (new)", "−400  (gone)"]
    assert figure.subtitle.endswith("Q2 2024 against Q1 2024; +150 in all")
    assert figure.picks == {"key": "region"}
    figure.chart()


def test_beyond_the_most_the_rest_is_one_and_all_sum_to_the_change() -> None:
    found = of_example("revenue")
    values = [(f"P{place}", 10.0 * place, 20.0 * place) for place in range(1, 31)]
    figure = parts_figure(found, Cut("product", parts_of_sum(values)))
    assert len(figure.columns["label"]) == MOST + 1
    assert figure.columns["label"][-1] == f"{30 - MOST} others"
    assert math.fsum(figure.columns["change"]) == pytest.approx(sum(10.0 * place for place in range(1, 31)))


def test_where_no_part_changed_there_is_nothing_to_draw() -> None:
    found = of_example("revenue")
    assert parts_figure(found, Cut("region", parts_of_sum([("A", 1.0, 1.0)]))).empty


def test_mix_and_rate_of_all_stand_first_and_sum_to_the_change() -> None:
    found = of_example("gross_margin")
    cut = found.cut("product")
    assert cut is not None
    figure = mix_rate_figure(found, cut)
    assert figure.columns["label"][0] == "All together"
    assert figure.columns["rate"][0] + figure.columns["mix"][0] == pytest.approx(found.change)
    assert math.fsum(figure.columns["rate"][1:]) == pytest.approx(figure.columns["rate"][0])
    assert math.fsum(figure.columns["mix"][1:]) == pytest.approx(figure.columns["mix"][0])
    assert "by its own figure" in figure.text
    figure.chart()


def test_what_rounds_to_nothing_is_neither_better_nor_worse() -> None:
    found = replace(of_example("revenue"), ratio=False)
    figure = parts_figure(found, Cut("region", parts_of_sum([("A", 100.0, 100.001), ("B", 100.0, 150.0)])))
    assert figure.columns["colour"][0] != figure.columns["colour"][1]
