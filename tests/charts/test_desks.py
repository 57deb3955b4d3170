"""What is on desks: the overloaded first, their names in the title, the limit of each."""

from __future__ import annotations

import pandas as pd

from salesmetrics.charts import desks_figure
from salesmetrics.charts.desks import FLAG, LOAD, MOST
from salesmetrics.charts.figure import Figure
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.result import Result
from tests.charts.results import YEAR, by_value, nothing

DESKS = {"Ann": (40, 25, 35.0, True), "Ben": (50, 10, 60.0, False), "Cy": (12, 12, None, False)}
"""For each rep: open items, open leads among them, the limit, and whether it is too much."""


def drawn(desks: dict[str, tuple[int, int, float | None, bool]]) -> Figure:
    loads = by_value(
        LOAD, "rep", {rep: (float(load), None) for rep, (load, *_rest) in desks.items()},
        details={
            rep: {"open_leads": leads, "open_deals": load - leads, "limit": limit}
            for rep, (load, leads, limit, _much) in desks.items()
        },
    )  # fmt: skip
    flags = by_value(FLAG, "rep", {rep: (float(much), None) for rep, (*_rest, much) in desks.items()})
    frame = pd.concat([loads.frame, flags.frame], ignore_index=True)
    return desks_figure(Result(MetricQuery((LOAD, FLAG), YEAR, by=("rep",)), YEAR.end, YEAR, frame))


def test_the_overloaded_stand_first_though_others_hold_more() -> None:
    figure = drawn(DESKS)
    assert figure.columns["key"] == ["Ann", "Ben", "Cy"]
    assert figure.title == "1 of 3 reps has too much on the desk: Ann"
    assert figure.columns["label"] == ["40, too much", "50", "12"]


def test_bars_are_deals_and_then_leads() -> None:
    columns = drawn(DESKS).columns
    assert columns["deals"] == [15.0, 40.0, 0.0]
    assert columns["load"] == [40.0, 50.0, 12.0]
    assert columns["limit_text"] == ["35", "60", "–"]


def test_it_is_as_of_the_last_day_of_the_period() -> None:
    assert "31 Dec 2025" in drawn(DESKS).subtitle


def test_where_nobody_has_too_much_the_fullest_desk_is_named() -> None:
    assert drawn({"Ann": (7, 0, None, False), "Ben": (9, 0, None, False)}).title == (
        "Nobody has too much on the desk; the fullest is Ben's with 9"
    )


def test_beyond_the_most_the_emptiest_are_not_drawn_and_it_says_how_many() -> None:
    figure = drawn({f"Rep {number}": (number, 0, None, False) for number in range(1, MOST + 4)})
    assert len(figure.columns["key"]) == MOST
    assert figure.columns["key"][0] == f"Rep {MOST + 3}"
    assert "3 more are not drawn" in figure.subtitle


def test_without_desks_it_says_why() -> None:
    assert desks_figure(nothing(LOAD, "no_rows", by=("rep",))).empty


def test_it_is_a_valid_chart() -> None:
    assert drawn(DESKS).chart().to_dict()["layer"]
