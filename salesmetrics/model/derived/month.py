"""What was sold in each month, for questions about the course of the year."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source

_KEPT = ("region", "product", "category", "channel", "segment", "rep", "team", "manager", "lead_source")


def _build_month_sale(source: Source, as_of: ir.DateScalar) -> ir.Table:
    ledger = source.relation("ledger")
    rows = ledger.mutate(
        month=ledger.date.truncate("M").cast("date"), tenure_at_period_start=ledger.tenure_at_date
    )
    rows = rows.group_by("month", *_KEPT, "tenure_at_period_start").aggregate(
        amount=rows.amount.sum(), lines=rows.count()
    )
    last_day = (rows.month + ibis.interval(months=1) - ibis.interval(days=1)).cast("date")
    return rows.mutate(period_start=rows.month, period_end=last_day)


def _over_by(rows: ir.Table, as_of: ir.DateScalar) -> ir.Table:
    """Keep the months that were over on each `snapshot`, with the last month that was."""
    rows = rows.filter(rows.period_end <= rows.snapshot)
    this_month = (rows.snapshot + ibis.interval(days=1)).cast("date").truncate("M")
    return rows.mutate(
        last_month=(this_month - ibis.interval(months=1)).cast("date"),
        tenure_at_snapshot=rows.tenure_at_period_start,
    )


MONTH_SALE = Relation(
    name="month_sale",
    meaning="what was sold in each month, by everything that tells about a sale but its customer",
    key=("month", *_KEPT, "tenure_at_period_start"),
    tables=("orders",),
    dimensions=(*_KEPT, "tenure"),
    build=_build_month_sale,
    needs=("ledger",),
    state=_over_by,
)
