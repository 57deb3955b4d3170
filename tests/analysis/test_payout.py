"""Pay under an incentive plan against an integral of the rate, and the rules around it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesmetrics.analysis.incentive_plan import Bonus, Milestone, Plan, Tier
from salesmetrics.analysis.payout import Sold, payout, prorated, settle
from salesmetrics.model.calendar import Period

D = Decimal


def plan(*tiers: tuple[str, str], **more: object) -> Plan:
    return Plan(tuple(Tier(D(start), D(rate)) for start, rate in tiers), **more)  # type: ignore[arg-type]


THREE = plan(("0", "0.02"), ("0.8", "0.04"), ("1", "0.06"))


def integral(
    tiers: list[tuple[Fraction, Fraction]], extra: Fraction, quota: Fraction, revenue: Fraction
) -> Fraction:
    """Add up the rate over the revenue, between all points at which it changes: it is the same on either side."""

    def rate(at: Fraction) -> Fraction:
        return next(each for start, each in reversed(tiers) if start * quota <= at) + (extra if at > quota else 0)

    points = sorted({Fraction(0), revenue, *(p for p in (quota, *(s * quota for s, _r in tiers)) if p < revenue)})
    return sum((rate((low + high) / 2) * (high - low) for low, high in pairwise(points)), Fraction(0))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_marginal_pay_is_the_integral_of_the_rate(data: st.DataObject) -> None:
    starts = sorted(data.draw(st.sets(st.integers(1, 250), max_size=4)))
    rates = [data.draw(st.integers(0, 100)) for _start in (0, *starts)]
    extra, quota, revenue = (data.draw(st.integers(*ends)) for ends in ((0, 50), (1, 10**7), (0, 3 * 10**7)))
    given_plan = plan(
        *((str(D(s) / 100), str(D(r) / 100)) for s, r in zip((0, *starts), rates, strict=True)),
        accelerator=D(extra) / 100,
    )
    found = payout(given_plan, Sold(D(quota), D(revenue), {})).paid
    tiers = [(Fraction(s, 100), Fraction(r, 100)) for s, r in zip((0, *starts), rates, strict=True)]
    assert Fraction(found) == integral(tiers, Fraction(extra, 100), Fraction(quota), Fraction(revenue))


def test_a_rate_that_reaches_back_holds_for_all_revenue() -> None:
    back = plan(("0", "0.02"), ("0.8", "0.04"), ("1", "0.06"), retroactive=True)
    pay = {revenue: payout(back, Sold(D(500), D(revenue), {})).paid for revenue in (399, 400, 500, 550)}
    assert pay == {399: D("7.98"), 400: D(16), 500: D(30), 550: D(33)}


def test_an_accelerator_is_earned_above_the_quota_only() -> None:
    fast = plan(("0", "0.02"), accelerator=D("0.03"))
    assert payout(fast, Sold(D(100), D(100), {})).paid == 2
    assert payout(fast, Sold(D(100), D(150), {})).paid == 3 + D("1.5")


def test_a_milestone_is_paid_when_it_is_reached_exactly() -> None:
    # A third of the quota is no finite decimal: it must not be missed by a rounding.
    once = plan(("0", "0"), milestones=(Milestone(D(1), D(70)), Milestone(D("1.2"), D(30))))
    paid = [payout(once, Sold(D(3), D(sold), {})).paid for sold in ("2.99", "3", "3.6")]
    assert paid == [0, 70, 100]


def test_units_that_come_back_take_their_bonus_back() -> None:
    bonus = plan(("0", "0"), bonuses=(Bonus("Q", D(10)),))
    months = [Sold(D(1), D(0), {"Q": D(units)}) for units in (3, -5, 4)]
    found = settle(bonus, months)
    assert [one.paid for one in found] == [30, 0, 0]
    assert [one.carried_in for one in found] == [0, 0, -50]
    assert found[-1].carried_out == -10


def test_returns_beyond_sales_take_back_what_the_first_rate_gave() -> None:
    found = settle(THREE, [Sold(D(500), D(550), {}), Sold(D(500), D(-100), {}), Sold(D(500), D(200), {})])
    assert [one.paid for one in found] == [15, 0, 2]
    assert found[1].carried_out == -2


@pytest.mark.parametrize(
    ("hired", "left"),
    [
        (None, "910"), (date(2024, 3, 1), "910"), (date(2024, 4, 1), "910"), (date(2024, 7, 1), "910"),
        (date(2024, 6, 30), "10.00"), (date(2024, 5, 1), "610.00"),
    ],
)  # fmt: skip
def test_a_quota_counts_the_days_from_the_hire_on(hired: date | None, left: str) -> None:
    assert prorated(D(910), Period(date(2024, 4, 1), date(2024, 7, 1)), hired) == D(left)
