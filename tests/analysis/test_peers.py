"""One rep against the team: whose median it is, and when there is none."""

from __future__ import annotations

import math
from statistics import median
from typing import Any

from salesmetrics.analysis.peers import FEWEST, against_team


def figures(metric: str = "revenue", **by_rep: float | None) -> list[dict[str, Any]]:
    return [{"metric": metric, "rep": rep, "value": value, "n": 40} for rep, value in by_rep.items()]


def test_the_median_is_that_of_all_reps_with_a_figure_the_rep_included() -> None:
    sold: dict[str, Any] = {"Ann": 10.0, "Ben": 70.0, "Cy": 30.0, "Di": 20.0}
    row = against_team(figures(**sold, Eve=None), "Ben")[0]
    assert row.median == median(sold.values())
    assert row.difference == 70.0 - median(sold.values())
    assert row.growth == row.difference / row.median
    assert row.reps == 4


def test_what_belongs_to_nobody_known_moves_no_median() -> None:
    sold = figures(Ann=10.0, Ben=20.0, Cy=30.0)
    nobody = [{"metric": "revenue", "rep": rep, "value": 900.0, "n": 1} for rep in ("(unknown)", None)]
    assert against_team([*nobody, *sold], "Cy") == against_team(sold, "Cy")


def test_few_reps_have_no_median_and_no_difference() -> None:
    few = against_team(figures(Ann=10.0, Ben=20.0), "Ann")[0]
    assert few.reps < FEWEST
    assert few.value == 10.0
    assert math.isnan(few.median)
    assert math.isnan(few.difference)


def test_a_rep_without_a_figure_has_none_rather_than_nought() -> None:
    row = against_team(figures(Ann=10.0, Ben=20.0, Cy=30.0, Di=None), "Di")[0]
    assert math.isnan(row.value)
    assert row.median == 20.0


def test_metrics_keep_their_order() -> None:
    several = [row for name in ("win_rate", "revenue", "orders") for row in figures(name, Ann=1.0)]
    assert [row.metric for row in against_team(several, "Ann")] == ["win_rate", "revenue", "orders"]
