"""A team's quota periods settled in turn: what is shown, what is carried into it, and what it costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from salesmetrics.analysis.incentive_plan import Milestone, Plan, Tier
from salesmetrics.analysis.paid_reps import by_rep, cost, cost_at
from salesmetrics.analysis.payout import Sold
from salesmetrics.model.calendar import Period

D = Decimal
FLAT = Plan((Tier(D(0), D("0.10")),), milestones=(Milestone(D("1.2"), D(7)),))


def month(number: int) -> Period:
    return Period(date(2024, number, 1), date(2024, number + 1, 1))


def sold(revenue: str, quota: str = "100") -> Sold:
    return Sold(D(quota), D(revenue), {})


ROWS = [
    ("Bo", month(3), sold("50")), ("Ann", month(2), sold("200")), ("Ann", month(1), sold("-30")),
    ("Ann", month(3), sold("10")), ("Cy", month(1), sold("80")),
]  # fmt: skip


def test_what_earlier_months_left_to_take_back_is_carried_into_what_is_shown() -> None:
    ann, bo = by_rep(FLAT, ROWS, Period(date(2024, 2, 10), date(2024, 4, 1)))
    # January owes 3; February earns 20 and the milestone of 7; March 1.
    assert (ann.rep, ann.carried_in, ann.paid, ann.carried_out) == ("Ann", -3, 25, 0)
    assert [one.paid for one in ann.payouts] == [24, 1]
    assert (ann.quota, ann.revenue, ann.attainment) == (200, 210, D("1.05"))
    assert (bo.rep, bo.paid) == ("Bo", 5)


def test_what_a_plan_costs_is_what_it_pays_over_what_was_sold() -> None:
    shown = by_rep(FLAT, ROWS, month(3))
    assert (cost(shown).paid, cost(shown).revenue) == (6, 60)
    assert cost(shown).share == 0.1
    # Two quotas of 100: 12 and the milestone of 7 for each.
    at = cost_at(shown, D("1.2"))
    assert (at.paid, at.revenue) == (38, 240)
    assert cost(()).share is None


def test_a_rep_without_a_quota_in_what_is_shown_is_left_out() -> None:
    assert [one.rep for one in by_rep(FLAT, ROWS, month(1))] == ["Ann", "Cy"]
    assert by_rep(FLAT, ROWS, month(5)) == ()
