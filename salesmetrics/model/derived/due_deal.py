"""Open deals on the day on which they are hoped to close."""

from __future__ import annotations

import ibis.expr.types as ir

from salesmetrics.model.derived.opportunity import OPEN
from salesmetrics.model.derived.relation import Relation, Source
from salesmetrics.model.derived.stage_spell import DEAL_DIMENSIONS


def _build_due_deal(source: Source, as_of: ir.DateScalar) -> ir.Table:
    deals = source.relation("opportunity")
    due = deals.filter(deals.status == OPEN, deals.expected_close.notnull())
    return due.select(
        "opportunity_id", "created_date", "expected_close", "amount", "stage", "rep_id", "customer_id",
        *DEAL_DIMENSIONS,
        # The day as a period of its own: it may lie ahead of the data, as quotas do.
        period_start="expected_close",
        period_end="expected_close",
        overdue=due.expected_close < as_of,
    )  # fmt: skip


DUE_DEAL = Relation(
    name="due_deal",
    meaning="one row a deal that is open and has a day on which it is hoped to close",
    key=("opportunity_id",),
    tables=("opportunities",),
    dimensions=(*DEAL_DIMENSIONS, "stage"),
    build=_build_due_deal,
    needs=("opportunity",),
)
