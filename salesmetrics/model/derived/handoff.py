"""Hand-overs between departments: when a lead or a won deal was handed on, and when it was first taken up."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.activity import ACTIVITY, AUTO, OUT
from salesmetrics.model.derived.lead import end_of, hours_between, lead_rows, touches
from salesmetrics.model.derived.opportunity import OPPORTUNITY, WON
from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.tenure import band

SERVICE = "service"
LINKS_TO_LEAD = ("activities.lead_id", "activities.opportunity_id")
LINKS_TO_DEAL = ("activities.customer_id", "activities.opportunity_id")
"""Columns of which one at least must tell what an activity was for."""

_MICROSECONDS_IN_MINUTE = 60_000_000


def _waits(rows: ir.Table, as_of: ir.DateScalar) -> ir.Table:
    """Add how long each waited to be taken up, in whole minutes told as hours; the others wait to the end of the date."""
    until = ibis.coalesce(rows.taken_up_at, end_of(as_of))
    minutes = until.delta(rows.handed_at, unit="microsecond") // _MICROSECONDS_IN_MINUTE
    return rows.mutate(
        taken_up=rows.taken_up_at.notnull(),
        hours_since=hours_between(rows.handed_at, end_of(as_of)),
        handover_hours=minutes / 60,
    )


def _sent(source: Source, as_of: ir.DateScalar) -> ir.Table:
    """Give what reps sent to leads, under the lead or under a deal that came of it: `touched_lead`, `touched_at`."""
    to_lead = touches(source, as_of)
    to_lead = to_lead.filter(~to_lead.automatic).select("touched_lead", "touched_at")
    done = ACTIVITY.build(source, as_of)
    done = done.filter(done.direction == OUT, done.type != AUTO).select(
        worked_deal="opportunity_id", touched_at="at"
    )
    deals = source.table("opportunities")
    deals = deals.filter(deals.lead_id.notnull()).select("opportunity_id", touched_lead="lead_id").distinct()
    for_deal = deals.inner_join(done, deals.opportunity_id == done.worked_deal)
    return to_lead.union(for_deal.select("touched_lead", "touched_at"))


def _build_lead_handoff(source: Source, as_of: ir.DateScalar) -> ir.Table:
    leads = lead_rows(source, as_of)
    leads = leads.filter(leads.qualified_at.notnull()).mutate(handed_at=leads.qualified_at)
    sent = _sent(source, as_of)
    met = leads.select("lead_id", "handed_at").inner_join(sent, leads.lead_id == sent.touched_lead)
    # What carries a day and no hour took place some time on that day, not before the lead was handed over on it.
    day = met.handed_at.truncate("D")
    no_hour = (met.touched_at == met.touched_at.truncate("D")) & (met.touched_at == day)
    met = met.filter((met.touched_at >= met.handed_at) | no_hour)
    met = met.mutate(taken_up_at=ibis.greatest(met.touched_at, met.handed_at))
    first = met.group_by("touched_lead").aggregate(taken_up_at=met.taken_up_at.min())
    rows = _waits(leads.left_join(first, leads.lead_id == first.touched_lead), as_of)
    day = rows.handed_at.cast("date")
    return rows.select(
        "lead_id", "handed_at", "taken_up_at", "taken_up", "handover_hours", "hours_since", "lead_source", "region",
        "product", "rep", "team", "manager",
        told=ibis.literal(any(source.has(column) for column in LINKS_TO_LEAD)),
        handed_on=day,
        tenure_at_handed_on=known(band(rows.hire_date, day)),
    )  # fmt: skip


def _build_deal_handoff(source: Source, as_of: ir.DateScalar) -> ir.Table:
    deals = OPPORTUNITY.build(source, as_of)
    deals = deals.filter(deals.status == WON, deals.closed_on <= as_of)
    # A close has no hour: what was done on its day was done after it.
    deals = deals.mutate(handed_at=deals.closed_on.cast("timestamp(6)"))
    done = ACTIVITY.build(source, as_of)
    done = done.filter(done.type == SERVICE)
    met = []
    for key in ("opportunity_id", "customer_id"):
        served = done.select(served=key, served_at="at")
        either = deals.select("opportunity_id", "handed_at", served_for=key).inner_join(
            served, [ibis._.served_for == served.served, ibis._.handed_at <= served.served_at]
        )
        met.append(either.select(served_deal="opportunity_id", served_at="served_at"))
    both = ibis.union(*met)
    first = both.group_by("served_deal").aggregate(taken_up_at=both.served_at.min())
    rows = _waits(deals.left_join(first, deals.opportunity_id == first.served_deal), as_of)
    return rows.select(
        "opportunity_id", "handed_at", "taken_up_at", "taken_up", "handover_hours", "hours_since", "customer", "region",
        "product", "category", "segment", "lead_source", "stage", "rep", "team", "manager",
        told=ibis.literal(any(source.has(column) for column in LINKS_TO_DEAL)),
        handed_on=rows.closed_on,
        tenure_at_handed_on=rows.tenure_at_closed_on,
    )  # fmt: skip


LEAD_HANDOFF = Relation(
    name="lead_handoff",
    meaning="one row for each qualified lead, with the first call or mail of a rep after it was qualified",
    key=("lead_id",),
    tables=("activities", "leads"),
    dimensions=("lead_source", "region", "product", "rep", "team", "manager", "tenure"),
    build=_build_lead_handoff,
    optional=LINKS_TO_LEAD,
)

DEAL_HANDOFF = Relation(
    name="deal_handoff",
    meaning="one row for each won deal, with the first service for it or its customer",
    key=("opportunity_id",),
    tables=("activities", "opportunities"),
    dimensions=(
        "region", "product", "category", "segment", "rep", "team", "manager", "tenure", "customer", "lead_source",
        "stage",
    ),
    build=_build_deal_handoff,
    optional=LINKS_TO_DEAL,
)  # fmt: skip
