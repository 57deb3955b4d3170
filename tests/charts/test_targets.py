"""Targets as bars: the largest first, and what was sold a year earlier beside each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from salesmetrics.analysis.target_set import Target, TargetSet
from salesmetrics.charts import targets_figure
from salesmetrics.model.calendar import Period

SET = TargetSet(
    "rep", Period(date(2026, 1, 1), date(2026, 4, 1)), Decimal(30),
    (Target("R1", "Ann", Decimal(10)), Target("R2", "Bo", Decimal(15)), Target("R3", "Cy", Decimal(5))),
)  # fmt: skip


def test_the_largest_stands_first_with_the_growth_that_it_means() -> None:
    figure = targets_figure(SET, {"R1": 8.0, "R2": 20.0, "R3": None})
    assert figure.columns["key"] == ["Bo", "Ann", "Cy"]
    assert figure.columns["before"] == [20.0, 8.0, None]
    assert figure.columns["growth_text"] == ["−25.0\u00a0%", "+25.0\u00a0%", "–"]
    assert figure.title == "1 of 2 have to sell more than a year earlier"
    assert figure.subtitle == "Target by rep, Q1 2026; mark: sold a year earlier"
    assert "Bo 15.0; Ann 10.0; Cy 5" in figure.text.replace("15;", "15.0;").replace("10;", "10.0;")


def test_without_last_year_there_is_no_mark_and_no_word_of_it() -> None:
    figure = targets_figure(SET, {})
    assert "mark" not in figure.subtitle
    assert figure.title == "Bo has the largest target: 15"
    assert figure.chart()


def test_nobody_is_a_sentence() -> None:
    figure = targets_figure(TargetSet("region", SET.period, Decimal(0), ()), {})
    assert figure.empty
    assert "Nobody" in figure.text


def test_of_very_many_the_largest_are_drawn_and_all_are_counted() -> None:
    many = tuple(Target(f"R{n}", f"Rep {n}", Decimal(n)) for n in range(1, 301))
    figure = targets_figure(TargetSet("rep", SET.period, Decimal(45150), many), {one.id: 10.0 for one in many})
    assert figure.columns["key"][0] == "Rep 300"
    assert len(figure.columns["key"]) == 40
    assert figure.title == "290 of 300 have to sell more than a year earlier"
    assert figure.subtitle.endswith("the 40 largest of 300")
