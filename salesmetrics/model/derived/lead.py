"""Leads as they stood at a date: when each was answered, qualified and converted, and by whom it is handled."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.activity import AUTO, OUT
from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.derived.team import with_rep
from salesmetrics.model.tenure import band

DISQUALIFIED = "disqualified"

_MICROSECONDS_IN_HOUR = 3_600_000_000


def leads_once(source: Source) -> ir.Table:
    """Give the leads, each once: of rows with the same id the one that was created first."""
    leads = source.table("leads")
    leads = leads.mutate(lead_line=ibis.row_number())
    place = ibis.row_number().over(group_by=leads.lead_id, order_by=[leads.created_at, leads.lead_line])
    leads = leads.mutate(place=place)
    return leads.filter(leads.place == 0).drop("place", "lead_line")


def end_of(day: ir.DateValue) -> ir.TimestampValue:
    """Give the moment at which a day is over."""
    return (day + ibis.interval(days=1)).cast("timestamp(6)")


def hours_between(start: ir.TimestampValue, end: ir.TimestampValue) -> ir.FloatingValue:
    """Give the hours from one moment to another, exact for whole minutes and below 0 where they run backwards."""
    return end.delta(start, unit="microsecond") / ibis.literal(_MICROSECONDS_IN_HOUR)


def _by(as_of: ir.DateValue, moment: ir.TimestampValue) -> ir.TimestampValue:
    return (moment < end_of(as_of)).ifelse(moment, ibis.null("timestamp(6)"))


def touches(source: Source, as_of: ir.DateScalar) -> ir.Table:
    """Give what went out to leads by the end of `as_of`: `touched_lead`, `touched_at`, and whether a machine sent it."""
    sent = source.table("activities")
    sent = sent.filter(
        sent.lead_id.notnull(), ibis.coalesce(sent.direction, OUT) == OUT, sent["at"] < end_of(as_of)
    )
    return sent.select(
        touched_lead=sent.lead_id,
        touched_at=sent["at"],
        automatic=ibis.coalesce(sent.type.lower() == AUTO, False),
    )


def lead_rows(source: Source, as_of: ir.DateScalar) -> ir.Table:
    """Give one row a lead created by `as_of`, with its dimensions; what came of it later has not happened yet.

    `first_response_at` is as in the file.
    """
    leads = leads_once(source)
    leads = leads.filter(leads.created_at < end_of(as_of))
    leads = with_rep(leads, source)
    created_on = leads.created_at.cast("date")
    return leads.select(
        "lead_id", "created_at", "customer_id", "rep_id", "status", "hire_date",
        created_on=created_on,
        first_response_at=leads.first_response_at,
        qualified_at=_by(as_of, leads.qualified_at),
        converted_at=_by(as_of, leads.converted_at),
        age_days=as_of.delta(created_on, unit="day"),
        age_hours=hours_between(leads.created_at, end_of(as_of)),
        lead_source=known(leads.lead_source),
        region=known(leads.region, leads.rep_region),
        product=known(leads["product"]),
        rep=leads.rep,
        team=leads.team,
        manager=leads.manager,
        tenure_at_created_on=known(band(leads.hire_date, created_on)),
    )  # fmt: skip


def _build_lead(source: Source, as_of: ir.DateScalar) -> ir.Table:
    leads = lead_rows(source, as_of)
    sent = touches(source, as_of)
    first = sent.group_by("touched_lead").aggregate(
        first_touch=sent.touched_at.min(where=~sent.automatic),
        automatic_reply_at=sent.touched_at.min(where=sent.automatic),
    )
    leads = leads.left_join(first, leads.lead_id == first.touched_lead).drop("touched_lead")
    leads = leads.mutate(
        responded_at=_by(as_of, ibis.coalesce(leads.first_response_at, leads.first_touch)),
    )
    qualified_on = leads.qualified_at.cast("date")
    told = source.has("leads.first_response_at") or source.has("activities.lead_id")
    return leads.mutate(
        qualified_on=qualified_on,
        wait_hours=hours_between(leads.created_at, leads.responded_at),
        automatic_wait_hours=hours_between(leads.created_at, leads.automatic_reply_at),
        answers_told=ibis.literal(told),
        tenure_at_qualified_on=known(band(leads.hire_date, qualified_on)),
    ).drop("first_response_at", "first_touch", "automatic_reply_at")


def _waiting_at(leads: ir.Table, as_of: ir.DateScalar) -> ir.Table:
    """Keep the leads that had come by each `snapshot` and had no answer at its end."""
    over = end_of(leads.snapshot)
    leads = leads.filter(leads.created_at < over, leads.responded_at.isnull() | (leads.responded_at >= over))
    return leads.mutate(
        waiting_hours=hours_between(leads.created_at, end_of(leads.snapshot)),
        tenure_at_snapshot=known(band(leads.hire_date, leads.snapshot)),
    )


LEAD = Relation(
    name="lead",
    meaning="one row a lead, as it stood at the date",
    key=("lead_id",),
    tables=("leads",),
    dimensions=("region", "product", "rep", "team", "manager", "tenure", "lead_source"),
    build=_build_lead,
    optional=("leads.first_response_at", "activities.lead_id"),
    state=_waiting_at,
)
