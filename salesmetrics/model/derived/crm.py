"""How the CRM is kept: on which days each deal was worked on, and which of its cells are filled."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.activity import ACTIVITY
from salesmetrics.model.derived.opportunity import OPPORTUNITY
from salesmetrics.model.derived.relation import Relation, Source
from salesmetrics.model.dimensions import UNKNOWN

REQUIRED = ("amount", "close_date", "stage", "rep_id")
"""Columns that a deal's record should fill: without them it cannot be valued, dated, placed or answered for."""


def _build_deal_activity(source: Source, as_of: ir.DateScalar) -> ir.Table:
    done = ACTIVITY.build(source, as_of)
    days = done.filter(done.opportunity_id.notnull()).select(worked_deal="opportunity_id", worked_on="day")
    deals = OPPORTUNITY.build(source, as_of)
    met = deals.inner_join(days.distinct(), deals.opportunity_id == days.worked_deal)
    return met.drop("worked_deal")


def _worked_at(rows: ir.Table, as_of: ir.DateScalar) -> ir.Table:
    """Keep deals open on each `snapshot` with the days up to it on which they were worked on."""
    if OPPORTUNITY.state is None:
        raise TypeError("deals have no state at a date")
    return OPPORTUNITY.state(rows.filter(rows.worked_on <= rows.snapshot), as_of)


def _build_deal_record(source: Source, as_of: ir.DateScalar) -> ir.Table:
    deals = source.relation("opportunity")
    cells = {
        "amount": deals.amount.notnull(),
        "close_date": deals.expected_close.notnull() | deals.closed_on.notnull(),
        "stage": deals.stage != UNKNOWN,
        "rep_id": deals.rep_id.nullif("").notnull(),
    }
    # A column that no file has says nothing about how its cells are kept.
    asked = {name: filled for name, filled in cells.items() if source.has(f"opportunities.{name}")}
    counts = {f"{name}_filled": filled.cast("int8") for name, filled in asked.items()}
    missing = {f"{name}_filled": ibis.null("int8") for name in cells if name not in asked}
    rows = deals.mutate(**counts, **missing, cells=ibis.literal(len(asked)))
    filled = [rows[name].cast("int64") for name in counts]
    return rows.mutate(filled=sum(filled[1:], filled[0]) if filled else ibis.literal(0, "int64"))


DEAL_ACTIVITY = Relation(
    name="deal_activity",
    meaning="one row for each deal and each day on which something was done for it",
    key=("opportunity_id", "worked_on"),
    tables=("activities", "opportunities"),
    dimensions=OPPORTUNITY.dimensions,
    build=_build_deal_activity,
    state=_worked_at,
)

DEAL_RECORD = Relation(
    name="deal_record",
    meaning="one row a deal, with which of the cells that matter are filled",
    key=("opportunity_id",),
    tables=("opportunities",),
    dimensions=OPPORTUNITY.dimensions,
    build=_build_deal_record,
    needs=("opportunity",),
    optional=tuple(f"opportunities.{name}" for name in REQUIRED),
    state=OPPORTUNITY.state,
)
