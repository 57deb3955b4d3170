"""How long leads waited: what is in time, what became of them, and what is said where little is known."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

import pytest

from salesmetrics.charts import Figure, waits_figure
from salesmetrics.charts.theme import PALETTES
from salesmetrics.query.waits import Arrival, Wait, Waits
from tests.charts.results import YEAR

SOME = Waits(
    sla=60, grace=72, horizon="90",
    waits=(
        Wait(0.0, 0.25, True, 30, 25, 5), Wait(0.25, 1.0, True, 10, 8, 2), Wait(1.0, 4.0, True, 50, 40, 2),
        Wait(4.0, inf, True, 0, 0, 0), Wait(72.0, inf, False, 10, 10, 0), Wait(0.0, 72.0, False, 0, 0, 0),
    ),
    arrivals=(Arrival(1, 9, 100, 40),), judged=True,
)  # fmt: skip


def drawn(found: Waits | None = SOME, **differing: Any) -> Figure:
    return waits_figure(found, YEAR, **differing)


def said(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("judged", [True, False])
def test_the_specification_that_is_sent_is_valid(theme: Any, judged: bool) -> None:
    assert drawn(replace(SOME, judged=judged), theme=theme).chart().to_dict()["layer"]


def test_the_title_counts_those_in_time_and_those_never_answered() -> None:
    assert said(drawn().title) == "40 of 100 leads were answered within 1 h, 10 never"


def test_only_what_is_in_time_is_firm_and_only_what_was_never_answered_is_worse() -> None:
    data = drawn().data.set_index("label")
    assert data["opacity"].tolist()[:3] == [1.0, 1.0, 0.4]
    assert data["colour"].tolist().count(PALETTES["light"].worse) == 1
    assert data.loc["no answer for more than 3\u00a0d", "colour"] == PALETTES["light"].worse


def test_each_kind_says_what_share_became_customers_with_its_range() -> None:
    data = drawn().data
    # 5 of 25; the Wilson interval of that share is 8.9 to 39.1 per cent.
    assert said(data["below"][0]) == "20.0 % became customers (likely 8.9 % to 39.1 %)"
    assert data["certain"].tolist()[:3] == [1.0, 0.4, 1.0]


def test_a_kind_that_no_lead_can_be_of_yet_is_left_out_and_an_empty_one_stands() -> None:
    labels = [said(label) for label in drawn().data["label"]]
    assert "over 4 h" in labels
    assert not any("no answer yet" in label for label in labels)


def test_of_too_few_leads_nothing_is_said_of_what_became_of_them() -> None:
    young = tuple(replace(one, judged=0, converted=0) for one in SOME.waits)
    figure = drawn(replace(SOME, waits=young))
    assert "customers" not in figure.subtitle
    assert "customers" not in figure.text


def test_without_leads_it_says_so() -> None:
    assert drawn(None).empty
    assert drawn(replace(SOME, waits=tuple(replace(one, leads=0) for one in SOME.waits))).empty
