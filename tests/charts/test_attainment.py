"""Attainment of each rep: the order, who is ahead when the period is over and when it is not, and the tooltips."""

from __future__ import annotations

from typing import Any

import pytest

from salesmetrics.charts import attainment_figure
from salesmetrics.charts.theme import PALETTES
from salesmetrics.query.result import Result
from tests.charts.results import by_value, nothing

LIGHT = PALETTES["light"]


def reps(**attained: float | None) -> Result:
    """Attainment against a quota of 1,000 each."""
    sold = {rep: None if share is None else share * 1000 for rep, share in attained.items()}
    return by_value(
        "quota_attainment", "rep", {rep: (share, 0.5) for rep, share in attained.items()},
        numerator=sold, denominator=dict.fromkeys(attained, 1000.0),
        details={rep: {"net_gain_loss": (share or 0.0) * 1000 - 1000} for rep, share in attained.items()},
    )  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("pace", [None, {"Ann": 0.5}])
def test_the_specification_that_is_sent_is_valid(theme: Any, pace: dict[str, float] | None) -> None:
    assert attainment_figure(reps(Ann=1.2, Ben=0.4), pace, theme).chart().to_dict()["layer"]


def test_the_furthest_ahead_stands_first_and_who_reached_the_quota_is_told() -> None:
    figure = attainment_figure(reps(Ann=0.4, Ben=1.3, Cy=1.0, **{"(unknown)": 5.0}, Di=None))
    assert figure.data["key"].tolist() == ["Ben", "Cy", "Ann"]
    assert figure.data["colour"].tolist() == [LIGHT.main, LIGHT.main, LIGHT.other]
    assert figure.title == "2 of 3 reps reached their quota"
    assert figure.data["short"].tolist() == ["130\u00a0%", "100\u00a0%", "40\u00a0%"]


def test_before_the_end_each_is_measured_by_the_own_pace() -> None:
    figure = attainment_figure(reps(Ann=0.6, New=0.3), {"Ann": 0.75, "New": 0.25})
    assert figure.title == "1 of 2 reps are on pace for their quota"
    assert figure.data.set_index("key")["reached"].to_dict() == {"Ann": False, "New": True}
    assert figure.data.set_index("key")["pace_text"].to_dict() == {"Ann": "75.0\u00a0%", "New": "25.0\u00a0%"}
    assert "1 Jan 2026" in figure.subtitle, "the day it is measured on"


def test_quotas_that_are_over_need_no_mark() -> None:
    figure = attainment_figure(reps(Ann=0.6, Ben=1.1), {"Ann": 1.0, "Ben": 1.0})
    assert figure.title == "1 of 2 reps reached their quota"
    assert "mark" not in figure.subtitle


def test_the_gap_to_the_quota_and_what_it_is_made_of_can_be_read() -> None:
    row = attainment_figure(reps(Ann=1.25, Ben=0.4)).data.set_index("key")
    assert row["gap_text"].to_dict() == {"Ann": "+250.00", "Ben": "−600.00"}
    assert row["sold_text"].to_dict() == {"Ann": "1,250.00", "Ben": "400.00"}
    assert row["quota_text"].to_dict() == {"Ann": "1,000.00", "Ben": "1,000.00"}
    assert row["compared_text"].to_dict() == {"Ann": "50.0\u00a0%", "Ben": "50.0\u00a0%"}


def test_bars_start_from_zero_and_leave_room_for_the_figures() -> None:
    figure = attainment_figure(reps(Ann=1.5))
    bar = figure.chart().to_dict()["layer"][0]["encoding"]["x"]
    assert bar["scale"]["zero"] is True
    assert figure.data["room"].iloc[0] > 1.5


def test_one_rep_is_named() -> None:
    assert attainment_figure(reps(Ann=1.2)).title == "Ann: 120\u00a0% of the quota"


def test_a_bar_can_be_picked_by_its_rep() -> None:
    figure = attainment_figure(reps(Ann=1.2))
    assert (figure.metric, dict(figure.picks)) == ("quota_attainment", {"key": "rep"})


def test_no_quotas_is_a_sentence() -> None:
    figure = attainment_figure(nothing("quota_attainment", "missing_column:quotas.scope", by=("rep",)))
    assert figure.empty
    assert figure.text.startswith("Quota attainment: ")
