"""What tells how quick and how busy reps are: answers to leads, deals won, and contacts made."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.activity import ACTIVITY, AUTO, OUT
from salesmetrics.model.derived.lead import LEAD
from salesmetrics.model.derived.opportunity import OPPORTUNITY, WON
from salesmetrics.model.derived.relation import Relation, Source

ANSWER, WIN, CONTACT = "answer", "win", "contact"

_WHOSE = ("rep", "region", "team", "manager")


def _build_effort(source: Source, as_of: ir.DateScalar) -> ir.Table:
    # Built anew and not needed: what is kept of them reaches only as far as each one's own files.
    leads = LEAD.build(source, as_of)
    leads = leads.filter(leads.wait_hours >= 0)
    deals = OPPORTUNITY.build(source, as_of)
    deals = deals.filter(deals.status == WON, deals.cycle_days >= 0)
    done = ACTIVITY.build(source, as_of)
    done = done.filter(done.direction == OUT, done.type != AUTO)
    return ibis.union(
        leads.select(
            *_WHOSE, kind=ibis.literal(ANSWER), day=leads.created_on, took=leads.wait_hours.cast("float64"),
            tenure_at_day=leads.tenure_at_created_on,
        ),
        deals.select(
            *_WHOSE, kind=ibis.literal(WIN), day=deals.closed_on, took=deals.cycle_days.cast("float64"),
            tenure_at_day=deals.tenure_at_closed_on,
        ),
        done.select(
            *_WHOSE, kind=ibis.literal(CONTACT), day=done.day, took=ibis.null("float64"),
            tenure_at_day=done.tenure_at_day,
        ),
    )  # fmt: skip


EFFORT = Relation(
    name="effort",
    meaning="one row for each answered lead (hours), each won deal (days of its cycle), and each contact made",
    key=(),
    tables=(),
    dimensions=("rep", "region", "team", "manager", "tenure"),
    build=_build_effort,
    optional=LEAD.optional,
)
