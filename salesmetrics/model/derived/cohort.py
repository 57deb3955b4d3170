"""Cohorts: customers from their first purchase on, month by month."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.purchase import OWN_VALUES, PURCHASE_DIMENSIONS
from salesmetrics.model.derived.relation import Relation, Source


def _month(day: ir.DateValue) -> ir.IntegerValue:
    return day.year() * 12 + day.month()


def _build_cohort(source: Source, as_of: ir.DateScalar) -> ir.Table:
    purchases = source.relation("purchase")
    months = purchases.group_by(
        buyer=purchases.customer_id, months_since_first=_month(purchases.date) - _month(purchases.first_purchase)
    ).aggregate(purchases=purchases.count(), amount=purchases.amount.sum())
    first = purchases.filter(purchases.number == 1)
    met = first.drop("amount").inner_join(months, first.customer_id == months.buyer)
    # A month is over when the next one begins on the day after.
    months_over = _month(as_of + ibis.interval(days=1)) - 1
    return met.select(
        "customer_id", "customer", "first_purchase", "months_since_first", "purchases", "amount", *OWN_VALUES,
        second_purchase=met.next_purchase,
        days_to_second=met.next_purchase.delta(met.first_purchase, unit="day"),
        days_seen=as_of.delta(met.first_purchase, unit="day"),
        months_known=months_over - _month(met.first_purchase),
        tenure_at_first_purchase=met.tenure_at_date,
    )  # fmt: skip


COHORT = Relation(
    name="cohort",
    meaning="one row for each customer and month in which it bought, counted from the month of its first purchase",
    key=("customer_id", "months_since_first"),
    tables=("orders",),
    dimensions=(*PURCHASE_DIMENSIONS, "new_or_returning"),
    build=_build_cohort,
    needs=("purchase",),
)
