"""One rep against the team: whose median it is, and when there is none."""

from __future__ import annotations

import math
from statistics import median

import pandas as pd

from salesmetrics.analysis.peers import FEWEST, against_team


def figures(**by_rep: float | None) -> pd.DataFrame:
    return pd.DataFrame(
        {"metric": "revenue", "rep": list(by_rep), "value": list(by_rep.values()), "n": 40},
    ).astype({"value": "float64"})


def test_the_median_is_that_of_all_reps_with_a_figure_the_rep_included() -> None:
    sold = {"Ann": 10.0, "Ben": 70.0, "Cy": 30.0, "Di": 20.0}
    row = against_team(figures(**sold, Eve=None), "Ben").iloc[0]
    assert row["median"] == median(sold.values())
    assert row["difference"] == 70.0 - median(sold.values())
    assert row["growth"] == row["difference"] / row["median"]
    assert row["reps"] == 4


def test_what_belongs_to_nobody_known_moves_no_median() -> None:
    sold = figures(Ann=10.0, Ben=20.0, Cy=30.0)
    nobody = pd.DataFrame({"metric": "revenue", "rep": ["(unknown)", None], "value": [900.0, 900.0], "n": 1})
    pd.testing.assert_frame_equal(against_team(pd.concat([sold, nobody]), "Cy"), against_team(sold, "Cy"))


def test_few_reps_have_no_median_and_no_difference() -> None:
    few = against_team(figures(Ann=10.0, Ben=20.0), "Ann").iloc[0]
    assert few["reps"] < FEWEST
    assert few["value"] == 10.0
    assert math.isnan(few["median"])
    assert math.isnan(few["difference"])


def test_a_rep_without_a_figure_has_none_rather_than_nought() -> None:
    row = against_team(figures(Ann=10.0, Ben=20.0, Cy=30.0, Di=None), "Di").iloc[0]
    assert math.isnan(row["value"])
    assert row["median"] == 20.0


def test_metrics_keep_their_order() -> None:
    several = pd.concat([figures(Ann=1.0).assign(metric=name) for name in ("win_rate", "revenue", "orders")])
    assert against_team(several, "Ann")["metric"].tolist() == ["win_rate", "revenue", "orders"]
