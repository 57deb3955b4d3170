"""Spend as booked, with the dimensions that it shares with orders."""

from __future__ import annotations

import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, known


def _build_spending(source: Source, as_of: ir.DateScalar) -> ir.Table:
    spend = source.table("spend")
    spend = spend.filter(spend.date <= as_of)
    return spend.select(
        "date", "amount", "kind", "campaign",
        channel=known(spend.channel),
        lead_source=known(spend.lead_source),
        region=known(spend.region),
    )  # fmt: skip


SPENDING = Relation(
    name="spending",
    meaning="one row for each booking of marketing or sales cost",
    key=(),
    tables=("spend",),
    dimensions=("channel", "lead_source", "region"),
    build=_build_spending,
)
