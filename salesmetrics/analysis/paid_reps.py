"""What an incentive plan pays a team: every rep's quota periods settled in turn, what it costs, and what if."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from salesmetrics.analysis.incentive_plan import Plan
from salesmetrics.analysis.payout import WHAT_IF, ZERO, Payout, Sold, at_level, settle
from salesmetrics.model.calendar import Period

RepPeriod = tuple[str, Period, Sold]
"""A rep, a quota period, and what was sold against it."""


@dataclass(frozen=True)
class Earned:
    """What one rep gets for the quota periods shown, in exact money.

    `carried_in` is what periods before them left to be taken back, `carried_out` what is left after them, both 0 or
    below. `at` gives what would be paid at each share of the quotas in `WHAT_IF`.
    """

    rep: str
    quota: Decimal
    revenue: Decimal
    payouts: tuple[Payout, ...]
    carried_in: Decimal
    carried_out: Decimal
    at: Mapping[Decimal, Decimal]

    @property
    def paid(self) -> Decimal:
        """What is paid for the periods together."""
        return sum((one.paid for one in self.payouts), ZERO)

    @property
    def attainment(self) -> Decimal:
        """The share of the quotas that was reached."""
        return self.revenue / self.quota


def by_rep(plan: Plan, periods: Sequence[RepPeriod], shown: Period) -> tuple[Earned, ...]:
    """Settle all periods of each rep, by rep and then by time, and give those that overlap `shown`.

    Earlier periods are settled by the same plan, so that what returns took back there is carried on.
    """
    found = []
    for rep, rows in groupby(sorted(periods, key=lambda row: (row[0], row[1])), key=lambda row: row[0]):
        listed = list(rows)
        payouts = settle(plan, [sold for _rep, _period, sold in listed])
        on = [
            (sold, paid)
            for (_rep, period, sold), paid in zip(listed, payouts, strict=True)
            if period.start < shown.end and period.end > shown.start
        ]
        if not on:
            continue
        found.append(
            Earned(
                rep,
                sum((sold.quota for sold, _paid in on), ZERO),
                sum((sold.revenue for sold, _paid in on), ZERO),
                tuple(paid for _sold, paid in on),
                on[0][1].carried_in,
                on[-1][1].carried_out,
                {level: sum((at_level(plan, sold, level) for sold, _paid in on), ZERO) for level in WHAT_IF},
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class Cost:
    """What a plan pays all reps, and the revenue that it pays for, both exact money."""

    paid: Decimal
    revenue: Decimal

    @property
    def share(self) -> float | None:
        """The payout as a share of revenue; None where there is none."""
        return float(self.paid / self.revenue) if self.revenue > 0 else None


def cost(earned: Sequence[Earned]) -> Cost:
    """Give what the plan costs."""
    return Cost(sum((one.paid for one in earned), ZERO), sum((one.revenue for one in earned), ZERO))


def cost_at(earned: Sequence[Earned], level: Decimal) -> Cost:
    """Give what the plan would cost if everybody reached `level` of the quota, one of `WHAT_IF`."""
    return Cost(sum((one.at[level] for one in earned), ZERO), sum((level * one.quota for one in earned), ZERO))
