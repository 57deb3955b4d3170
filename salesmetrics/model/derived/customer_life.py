"""What customers bought and brought back since they were won, by how long they had been customers by then."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.tenure import band


def completed_months(start: ir.DateValue, on: ir.DateValue) -> ir.IntegerValue:
    """Count the calendar months completed from `start` to `on`; a day that a month lacks is its last day."""
    months = (on.year() - start.year()) * 12 + on.month() - start.month()
    on_last_day = (on + ibis.interval(days=1)).day() == 1
    return months - ((on.day() < start.day()) & ~on_last_day).cast("int32")


def _build(source: Source, as_of: ir.DateScalar) -> ir.Table:
    rows = source.relation("ledger").drop("lead_source")
    # What a customer sent back before its first purchase belongs to no purchase that counts.
    rows = rows.filter(rows.first_purchase.notnull(), rows.date >= rows.first_purchase)
    sources = source.relation("customer_source").select(sourced="customer", lead_source="first_lead_source")
    rows = rows.left_join(sources, rows.customer_id == sources.sourced)
    costed = source.has("orders.cost")
    return rows.select(
        "line", "date", "kind", "amount", "cost", "order_id", "order_date", "customer_id", "first_purchase",
        "customer", "region", "product", "category", "channel", "segment", "rep", "team", "manager",
        lead_source=known(rows.lead_source),
        worth=(rows.amount - rows.cost if costed else rows.amount).cast("decimal(18,6)"),
        worth_is_revenue=ibis.literal(not costed),
        days_since_first=rows.date.delta(rows.first_purchase, unit="day"),
        months_since_first=completed_months(rows.first_purchase, rows.date),
        months_known=completed_months(rows.first_purchase, as_of),
        known_until=as_of,
        tenure_at_first_purchase=known(band(rows.hire_date, rows.first_purchase)),
    )  # fmt: skip


CUSTOMER_LIFE = Relation(
    name="customer_life",
    meaning="one row for each sale and return of a customer since its first purchase, with the source that brought it",
    key=("line", "kind"),
    tables=("orders",),
    dimensions=(
        "region", "product", "category", "channel", "segment", "rep", "team", "manager", "tenure", "customer",
        "lead_source",
    ),
    build=_build,
    needs=("ledger", "customer_source"),
    optional=("orders.cost",),
)  # fmt: skip
