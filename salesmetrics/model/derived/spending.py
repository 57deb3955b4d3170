"""Spend as booked, with the dimensions that it shares with orders."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, known

UNALLOCATED = "(unallocated)"
"""The lead source of spend that names none: it is shared out to no source."""


def _build_spending(source: Source, as_of: ir.DateScalar) -> ir.Table:
    spend = source.table("spend")
    spend = spend.filter(spend.date <= as_of)
    month = ibis.window(group_by=[spend.kind, spend.date.truncate("M")])
    once_a_month = spend.date.min().over(month) == spend.date.max().over(month)
    spend = spend.mutate(once_a_month=once_a_month)
    by_month = spend.once_a_month.all().over(ibis.window(group_by=spend.kind))
    return spend.select(
        "date", "amount", "kind", "campaign",
        channel=known(spend.channel),
        lead_source=ibis.coalesce(spend.lead_source.nullif(""), UNALLOCATED),
        region=known(spend.region),
        booked_by_month=by_month,
        known_until=as_of,
    )  # fmt: skip


SPENDING = Relation(
    name="spending",
    meaning="one row for each booking of marketing or sales cost",
    key=(),
    tables=("spend",),
    dimensions=("channel", "lead_source", "region"),
    build=_build_spending,
)
