"""Answered in time by weekday and hour: shares, few cases, and what is said instead of a picture of chance."""

from __future__ import annotations

from typing import Any

import pytest

from salesmetrics.charts import Figure, arrivals_figure
from salesmetrics.query.waits import Arrival, Waits
from tests.charts.results import YEAR


def drawn(*arrivals: Arrival, **differing: Any) -> Figure:
    return arrivals_figure(Waits(60, 72, "90", (), arrivals, judged=False), YEAR, **differing)


SOME = (Arrival(1, 9, 50, 25), Arrival(1, 18, 40, 4), Arrival(6, 9, 5, 5))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_specification_that_is_sent_is_valid(theme: Any) -> None:
    assert drawn(*SOME, theme=theme).chart().to_dict()["layer"]


def test_the_title_names_the_best_and_the_worst_hours_of_enough_leads() -> None:
    title = drawn(*SOME).title.replace("\u00a0", " ")
    assert title == "Mon 9–12 h: 50.0 % answered within 1 h; Mon 18–21 h: 10.0 %"


def test_few_leads_are_pale_and_carry_no_figure() -> None:
    data = drawn(*SOME).data
    assert data["cell"].tolist() == ["50\u00a0%", "10\u00a0%", ""]
    assert data["opacity"].tolist()[2] < 1
    assert data["leads_text"].tolist() == ["50", "40", "5"]


def test_the_strongest_colour_is_that_of_the_best_hours_of_enough_leads() -> None:
    colours = drawn(*SOME).data["colour"].tolist()
    assert colours[0] == colours[2] != colours[1]


def test_where_most_leads_stand_in_cells_of_few_nothing_is_drawn() -> None:
    figure = drawn(Arrival(1, 9, 20, 5), *(Arrival(day, 12, 10, 5) for day in range(1, 6)))
    assert figure.empty
    assert "too few leads" in figure.text


def test_without_a_time_of_day_it_says_so() -> None:
    assert "no time of day" in drawn().text
    assert arrivals_figure(None, YEAR).empty
