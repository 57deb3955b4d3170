"""What deal metrics are made of: deals by the date they closed or were created, and deals open on a day."""

from __future__ import annotations

import ibis.expr.types as ir

from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Placed
from salesmetrics.model.derived.opportunity import LOST, OPEN, WON

STATUS = ("opportunities.status",)
AMOUNT = (*STATUS, "opportunities.amount")
CLOSE = (*STATUS, "opportunities.close_date")
CYCLE = (*CLOSE, "opportunities.created_date")


def closed(
    name: str,
    aggregate: Aggregate = Aggregate.COUNT,
    value: Expression | None = None,
    where: Expression | None = None,
    inputs: tuple[str, ...] = STATUS,
) -> Measure:
    """Declare a measure of deals by the date they closed."""
    return Measure(name, "opportunity", "closed_on", aggregate, value, where, inputs)


def created(
    name: str,
    aggregate: Aggregate = Aggregate.COUNT,
    value: Expression | None = None,
    where: Expression | None = None,
    inputs: tuple[str, ...] = CYCLE,
) -> Measure:
    """Declare a measure of deals by the date they were created."""
    return Measure(name, "opportunity", "created_date", aggregate, value, where, inputs)


def opened(
    name: str,
    aggregate: Aggregate = Aggregate.COUNT,
    value: Expression | None = None,
    where: Expression | None = None,
    inputs: tuple[str, ...] = STATUS,
) -> Measure:
    """Declare a measure of the deals that are open on the last day of the period."""
    return Measure(name, "opportunity", "snapshot", aggregate, value, where, inputs, placed=Placed.AT_END)


def is_won(t: ir.Table) -> ir.BooleanValue:
    """Tell won deals."""
    return t.status == WON


def is_lost(t: ir.Table) -> ir.BooleanValue:
    """Tell lost deals."""
    return t.status == LOST


def is_decided(t: ir.Table) -> ir.BooleanValue:
    """Tell deals that were won or lost."""
    return t.status != OPEN


WON_DEALS = closed("won", where=is_won)
CLOSED_DEALS = closed("closed", where=is_decided)
WON_AMOUNT = closed("won_amount", Aggregate.SUM, lambda t: t.amount, is_won, AMOUNT)
WON_WITH_AMOUNT = closed("won_with_amount", where=lambda t: is_won(t) & t.amount.notnull(), inputs=AMOUNT)
CLOSED_AMOUNT = closed("closed_amount", Aggregate.SUM, lambda t: t.amount, is_decided, AMOUNT)
CLOSED_WITH_AMOUNT = closed(
    "closed_with_amount", where=lambda t: is_decided(t) & t.amount.notnull(), inputs=AMOUNT
)
LOST_DEALS = closed("lost", where=is_lost)
LOST_WITHOUT_AMOUNT = closed(
    "lost_without_amount", where=lambda t: is_lost(t) & (t.amount.isnull() | (t.amount == 0)), inputs=AMOUNT
)

OPEN_DEALS = opened("open_deals")
OPEN_AMOUNT = opened("open_amount", Aggregate.SUM, lambda t: t.amount, inputs=AMOUNT)
OPEN_WITH_AMOUNT = opened("open_with_amount", where=lambda t: t.amount.notnull(), inputs=AMOUNT)
UNDATED = opened("open_without_created_date", where=lambda t: t.created_date.isnull())
OVERDUE = opened("overdue", where=lambda t: t.expected_close < t.snapshot)
