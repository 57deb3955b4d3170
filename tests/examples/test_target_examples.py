"""The worked examples of targets, their review and incentive pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from salesmetrics.analysis.incentive_plan import Bonus, Plan, Tier
from salesmetrics.analysis.paid_reps import by_rep
from salesmetrics.analysis.payout import Sold, payout
from salesmetrics.analysis.suggested_target import Likely, suggested
from salesmetrics.analysis.target_review import review
from salesmetrics.analysis.target_split import split, weights
from salesmetrics.query.payouts import sold_against_quotas
from tests.company import Q2, example_company

PLAN = Plan(
    (
        Tier(Decimal("0"), Decimal("0.02")),
        Tier(Decimal("0.8"), Decimal("0.04")),
        Tier(Decimal("1"), Decimal("0.06")),
    ),
    bonuses=(Bonus("Q", Decimal(10)),),
)


def test_a_target_is_the_middle_of_the_forecast_and_the_ambition_but_no_more_than_its_high_end() -> None:
    likely = Likely(p10=850, p50=1000, p90=1150)
    found = suggested(likely, 0.10)
    assert (found.commit, found.target, found.stretch, found.capped) == (1000, 1100, 1150, False)
    assert (suggested(likely, 0.20).target, suggested(likely, 0.20).capped) == (1150, True)


def test_a_target_is_split_by_history_pipeline_and_ramp_to_the_cent() -> None:
    # R1: (30 % + 50 %) / 2 = .40, × .75 = .30; R2: (70 % + 50 %) / 2 = .60.
    by = weights({"R1": 30, "R2": 70}, {"R1": 50, "R2": 50}, {"R1": 0.75, "R2": 1})
    parts = split(Decimal(1100), by)
    assert parts == {"R1": Decimal("366.67"), "R2": Decimal("733.33")}
    assert sum(parts.values()) == 1100


def test_a_target_far_behind_the_season_is_looked_at_again() -> None:
    found = review(target=100, sold=36, passed=0.60)
    assert round(found.pace or 0, 12) == 0.60
    assert found.reasons == ("behind",)


def test_r2_earns_fifteen_by_tiers_and_ten_by_the_unit_of_q_that_stayed_sold() -> None:
    found = {row.rep: row for row in sold_against_quotas(example_company(), date(2024, 6, 30), ["Q"])}
    r2 = found["R2"]
    assert (r2.quota, r2.revenue, r2.units["Q"]) == (500, 550, 2 - 1)
    paid = payout(PLAN, Sold(r2.quota, r2.revenue, r2.units))
    assert [part.revenue for part in paid.parts] == [400, 100, 50]
    assert [part.pay for part in paid.parts] == [8, 4, 3]
    assert (paid.commission, paid.bonus, paid.paid) == (15, 10, 25)


def test_what_it_costs_is_the_payout_over_revenue_and_levels_are_told_beforehand() -> None:
    rows = sold_against_quotas(example_company(), date(2024, 6, 30), ["Q"])
    reps = by_rep(PLAN, [(row.rep, row.period, Sold(row.quota, row.revenue, row.units)) for row in rows], Q2)
    r1, r2 = sorted(reps, key=lambda one: one.rep)
    # O5 was sold and given back within the quarter: R1 sold nothing, net.
    assert (r1.revenue, r1.paid) == (0, 0)
    # 80 %: 400 · 2 %; 100 %: + 100 · 4 %; 120 %: + 100 · 6 %; each with the one unit of Q.
    assert [r2.at[Decimal(level)] for level in ("0.8", "1", "1.2")] == [8 + 10, 12 + 10, 18 + 10]
