"""Payouts as bars, beside what reaching the quota would pay."""

from __future__ import annotations

from salesmetrics.charts import payouts_figure
from salesmetrics.charts.payout import Paid

REPS = (
    Paid("Ann", 10.0, 10.0, 0.0, 0.0, 0.0, 12.0, 0.9),
    Paid("Bo", 25.0, 15.0, 0.0, 10.0, 0.0, 22.0, 1.1),
)


def test_who_is_paid_most_stands_first_and_the_mark_is_what_the_quota_pays() -> None:
    figure = payouts_figure(REPS, "Q2 2024")
    assert figure.columns["key"] == ["Bo", "Ann"]
    assert figure.columns["at_quota"] == [22.0, 12.0]
    assert min(figure.columns["room"]) > 25
    assert figure.title == "1 of 2 reps reached the quota"
    assert figure.subtitle == "Payout by rep, Q2 2024; mark: what reaching the quota would pay"
    assert figure.chart()


def test_nobody_with_a_quota_is_a_sentence() -> None:
    assert "No rep has a quota" in payouts_figure((), "Q2 2024").text
