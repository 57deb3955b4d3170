"""What a rep earns under an incentive plan: exact money, returns taken back on their day, never below zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salesmetrics.analysis.incentive_plan import Plan
from salesmetrics.analysis.target_split import to_cents
from salesmetrics.model.calendar import Period

ZERO = Decimal(0)

WHAT_IF = (Decimal("0.8"), Decimal("1"), Decimal("1.2"))
"""The shares of a quota at which the payout is told beforehand."""


@dataclass(frozen=True)
class Sold:
    """What a rep sold against one quota: the quota (above 0), revenue net of returns, and net units by product."""

    quota: Decimal
    revenue: Decimal
    units: Mapping[str, Decimal]


@dataclass(frozen=True)
class TierPart:
    """The part of revenue that lies in a tier, and what it earns."""

    start: Decimal
    end: Decimal | None
    revenue: Decimal
    pay: Decimal


@dataclass(frozen=True)
class Payout:
    """What one quota period comes to.

    `parts` are the tiers in order; their revenue sums to the net revenue. `carried_in` (0 or below) is what returns
    took back beyond what was earned before; `paid` is at least 0, and `carried_out` (0 or below) what is left to be
    taken back from the next period.
    """

    parts: tuple[TierPart, ...]
    accelerator: Decimal
    bonus: Decimal
    milestones: Decimal
    carried_in: Decimal

    @property
    def commission(self) -> Decimal:
        """What the tiers earn together."""
        return sum((part.pay for part in self.parts), ZERO)

    @property
    def earned(self) -> Decimal:
        """What the period earns by itself; below 0 where returns outweigh sales."""
        return self.commission + self.accelerator + self.bonus + self.milestones

    @property
    def paid(self) -> Decimal:
        """What is paid for the period."""
        return max(ZERO, self.earned + self.carried_in)

    @property
    def carried_out(self) -> Decimal:
        """What the next period starts with."""
        return min(ZERO, self.earned + self.carried_in)


def prorated(quota: Decimal, period: Period, hired: date | None) -> Decimal:
    """Cut a quota, in whole cents, to the days from the hire on where that lies inside its period.

    >>> prorated(Decimal(910), Period(date(2024, 4, 1), date(2024, 7, 1)), date(2024, 6, 1))
    Decimal('300.00')
    """
    if hired is None or not period.start < hired < period.end:
        return quota
    return to_cents(quota * (period.end - hired).days / period.days)


def payout(plan: Plan, sold: Sold, carried_in: Decimal = ZERO) -> Payout:
    """Work out what a quota period pays. Source: METRICS.md, section 8.

    >>> from salesmetrics.analysis.incentive_plan import USUAL
    >>> payout(USUAL, Sold(Decimal(500), Decimal(550), {})).paid == 15
    True
    """
    return Payout(
        tiered(plan, sold.quota, sold.revenue),
        plan.accelerator * max(ZERO, sold.revenue - sold.quota),
        sum((one.per_unit * sold.units.get(one.product, ZERO) for one in plan.bonuses), ZERO),
        # By money, not by the quotient: a division may round.
        sum((one.amount for one in plan.milestones if sold.revenue >= one.at * sold.quota), ZERO),
        carried_in,
    )


def tiered(plan: Plan, quota: Decimal, revenue: Decimal) -> tuple[TierPart, ...]:
    """Lay revenue over the tiers; what is below 0 lies in the first, where it takes back what its rate gave."""
    reached = [tier for tier in plan.tiers if tier.start * quota <= max(revenue, ZERO)][-1]
    parts = []
    for tier, (start, end) in zip(plan.tiers, plan.edges, strict=True):
        low = start * quota
        high = revenue if end is None else min(revenue, end * quota)
        inside = revenue if revenue < 0 and start == 0 else max(ZERO, high - low)
        rate = reached.rate if plan.retroactive else tier.rate
        parts.append(TierPart(start, end, inside, inside * rate))
    return tuple(parts)


def settle(plan: Plan, periods: Sequence[Sold]) -> tuple[Payout, ...]:
    """Work out one rep's quota periods in the order of time, each with what the one before it left to take back."""
    found: list[Payout] = []
    for sold in periods:
        found.append(payout(plan, sold, found[-1].carried_out if found else ZERO))
    return tuple(found)


def at_level(plan: Plan, sold: Sold, level: Decimal) -> Decimal:
    """Give what would be paid at a share of the quota, with the units of bonus products as they are."""
    return payout(plan, Sold(sold.quota, level * sold.quota, sold.units)).paid
