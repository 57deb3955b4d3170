"""What holds of every target and every plan: parts make the whole, pay never jumps or falls as revenue grows."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesmetrics.analysis.incentive_plan import Bonus, Milestone, Plan, Tier
from salesmetrics.analysis.payout import Sold, payout, settle
from salesmetrics.analysis.target_split import split, spread_rest
from salesmetrics.analysis.what_if import apply, of_customers, of_leads, of_pipeline

many = settings(max_examples=200, deadline=None)

CENTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
MONEY = st.integers(-(10**8), 10**9).map(lambda cents: Decimal(cents) / 100)
QUOTA = st.integers(1, 10**8).map(lambda cents: Decimal(cents) / 100)
WEIGHTS = st.dictionaries(st.text(min_size=1, max_size=4), st.floats(0, 1e9), min_size=1, max_size=40)
RATE = st.integers(0, 1000).map(lambda part: Decimal(part) / 1000)


@st.composite
def plans(draw: st.DrawFn, *, rising: bool = False) -> Plan:
    starts = sorted(draw(st.sets(st.integers(1, 300), max_size=5)))
    rates = draw(st.lists(RATE, min_size=len(starts) + 1, max_size=len(starts) + 1))
    rates = sorted(rates) if rising else rates
    tiers = [Tier(Decimal(start) / 100, rate) for start, rate in zip([0, *starts], rates, strict=True)]
    return Plan(tuple(tiers), accelerator=draw(RATE))


@many
@given(CENTS, WEIGHTS)
def test_the_parts_of_a_target_sum_to_it_and_lie_within_a_cent_of_their_share(total, by) -> None:
    parts = split(total, by)
    assert sum(parts.values()) == total
    assert list(parts) == list(by)
    whole = sum(map(Fraction, by.values()))
    for name, part in parts.items():
        due = Fraction(total) * Fraction(by[name]) / whole if whole else Fraction(total) / len(by)
        assert abs(Fraction(part) - due) < Fraction(1, 100)


@many
@given(CENTS, st.data())
def test_what_is_locked_stays_and_the_rest_sums_to_what_is_left(total, data) -> None:
    now = data.draw(st.dictionaries(st.text(min_size=1, max_size=3), CENTS, min_size=1, max_size=20))
    locked = frozenset(data.draw(st.sets(st.sampled_from(sorted(now)))))
    found = spread_rest(total, now, locked, dict.fromkeys(now, 1.0))
    kept = sum((now[name] for name in locked), Decimal(0))
    if found is None:
        assert kept > total or (len(locked) == len(now) and kept != total)
        return
    assert sum(found.values()) == total
    assert all(found[name] == now[name] for name in locked)
    assert all(part >= 0 for part in found.values())


@many
@given(plans(), QUOTA, MONEY)
def test_the_revenue_of_the_tiers_sums_to_the_revenue_also_below_zero(plan, quota, revenue) -> None:
    assert sum(part.revenue for part in payout(plan, Sold(quota, revenue, {})).parts) == revenue


@many
@given(plans(), QUOTA, st.lists(CENTS, min_size=2, max_size=6))
def test_marginal_pay_never_falls_and_never_jumps_as_revenue_grows(plan, quota, revenues) -> None:
    fastest = max(tier.rate for tier in plan.tiers) + plan.accelerator
    paid = [(revenue, payout(plan, Sold(quota, revenue, {})).paid) for revenue in sorted(revenues)]
    for (less, before), (more, after) in pairwise(paid):
        assert 0 <= after - before <= fastest * (more - less)


@many
@given(plans(), QUOTA)
def test_marginal_pay_is_the_same_from_either_side_of_an_edge(plan, quota) -> None:
    grain = Decimal("0.000001")
    for tier in plan.tiers[1:]:
        edge = tier.start * quota
        below, at = (payout(plan, Sold(quota, edge - step, {})).paid for step in (grain, Decimal(0)))
        assert 0 <= at - below <= grain * (1 + plan.accelerator)


@many
@given(plans(rising=True), QUOTA, CENTS)
def test_rates_that_reach_back_pay_no_less_where_rates_rise(plan, quota, revenue) -> None:
    back = Plan(plan.tiers, True, plan.accelerator)
    sold = Sold(quota, revenue, {})
    assert payout(back, sold).paid >= payout(plan, sold).paid


@many
@given(plans(), QUOTA, CENTS, st.integers(1, 50))
def test_twice_the_quota_and_twice_the_revenue_pay_twice(plan, quota, revenue, times) -> None:
    once, often = (payout(plan, Sold(quota * by, revenue * by, {})).paid for by in (1, times))
    assert often == once * times


@many
@given(plans(), st.lists(st.tuples(QUOTA, MONEY, st.integers(-50, 50)), min_size=1, max_size=8))
def test_nobody_is_paid_less_than_nothing_and_what_is_owed_is_taken_back_later(plan, periods) -> None:
    plan = Plan(
        plan.tiers, False, plan.accelerator, (Bonus("Q", Decimal(10)),), (Milestone(Decimal(1), Decimal(50)),)
    )
    found = settle(plan, [Sold(quota, revenue, {"Q": Decimal(units)}) for quota, revenue, units in periods])
    assert all(one.paid >= 0 >= one.carried_out for one in found)
    # Over time: what was earned is what was paid and what is still owed.
    assert sum(one.earned for one in found) == sum(one.paid for one in found) + found[-1].carried_out


CHANGE = st.floats(-0.5, 0.5)
ABOVE = st.floats(0.01, 1e8)


@st.composite
def identities(draw: st.DrawFn):
    kind = draw(st.sampled_from(["customers", "leads", "pipeline"]))
    if kind == "leads":
        leads = draw(st.integers(1, 10_000))
        return of_leads(draw(ABOVE), draw(ABOVE), leads, draw(st.integers(1, leads)))
    if kind == "pipeline":
        return of_pipeline(
            draw(ABOVE), draw(st.integers(1, 900)), draw(st.floats(0.01, 1)), draw(ABOVE), draw(ABOVE)
        )
    customers = draw(st.integers(1, 5000))
    kept = draw(st.integers(0, customers))
    return of_customers(
        draw(ABOVE), draw(ABOVE), customers + draw(st.integers(0, 900)), customers, (kept, kept + 10),
        draw(st.floats(0, 0.9)),
    )  # fmt: skip


@many
@given(identities(), st.data())
def test_without_a_change_the_value_is_itself_and_with_one_the_bars_sum_to_the_difference(identity, data) -> None:
    assert apply(identity, {}).value == identity.value
    assert apply(identity, dict.fromkeys((one.name for one in identity.levers), 0.0)).value == identity.value
    changes = {one.name: data.draw(CHANGE) for one in identity.levers}
    found = apply(identity, changes)
    size = max(map(abs, (found.value, identity.value, identity.moved, *found.alone.values())))
    assert sum(found.alone.values()) + found.together == pytest.approx(found.value - found.before, abs=1e-9 * size)
