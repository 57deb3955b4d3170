"""What each rep has on the desk: open leads and open deals of those who are employed, on a day."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.lead import DISQUALIFIED, end_of, hours_between, leads_once
from salesmetrics.model.derived.lead import LEAD as LEADS
from salesmetrics.model.derived.relation import Relation, Source, known, one_each
from salesmetrics.model.derived.team import roster
from salesmetrics.model.tenure import band

REP, LEAD, DEAL, RECENT_LEAD = "rep", "lead", "deal", "recent lead"

RECENT_DAYS = 90
"""Days up to the one at hand over which it is looked at how well leads are answered."""

_CONVERTED = "converted"


def _build_workload(source: Source, as_of: ir.DateScalar) -> ir.Table:
    reps = source.table("reps")
    capacity = one_each(reps, "rep_id").select(able="rep_id", capacity="capacity")
    people = roster(reps)
    people = people.left_join(capacity, people.rep_id == capacity.able).drop("able")
    listed = leads_once(source)
    listed = listed.mutate(came_on=listed.created_at.cast("date"), converted_on=listed.converted_at.cast("date"))
    # Nothing tells when a lead was given up, and one marked as converted without a date is no open one either.
    kept = listed.filter(
        ibis.coalesce(listed.status != DISQUALIFIED, True),
        ibis.coalesce((listed.status != _CONVERTED) | listed.converted_on.notnull(), True),
    )
    # Built anew and not needed: what is kept of leads reaches only as far as their own file.
    told = LEADS.build(source, as_of)
    told = told.filter(told.answers_told)
    deals = source.relation("opportunity")
    items = ibis.union(
        _items(people, REP, "rep_id", people.hire_date),
        _items(kept, LEAD, "lead_id", kept.came_on, closed_on=kept.converted_on),
        _items(deals, DEAL, "opportunity_id", deals.created_date, closed_on=deals.closed_on),
        _items(told, RECENT_LEAD, "lead_id", told.created_on, came_at=told.created_at, answered_at=told.responded_at),
    )  # fmt: skip
    rows = items.inner_join(people, items.holder == people.rep_id)
    return rows.select(
        "kind", "item", "since", "closed_on", "came_at", "answered_at", "rep_id", "rep", "capacity", "hire_date",
        "leave_date",
        region=known(rows.rep_region),
        team=known(rows.team),
        manager=known(rows.manager),
    )  # fmt: skip


def _items(rows: ir.Table, kind: str, item: str, since: ir.DateValue, **more: ir.Value) -> ir.Table:
    """Give rows as things on a rep's desk."""
    none = {
        "closed_on": ibis.null("date"), "came_at": ibis.null("timestamp(6)"), "answered_at": ibis.null("timestamp(6)")
    }  # fmt: skip
    return rows.select(holder=rows.rep_id, kind=ibis.literal(kind), item=rows[item], since=since, **none | more)


def _on_desk(rows: ir.Table, as_of: ir.DateScalar) -> ir.Table:
    """Keep those employed on each `snapshot`, with what was open on it; undated deals are open only as of now."""
    day = rows.snapshot
    employed = ibis.coalesce(rows.hire_date <= day, True) & ibis.coalesce(rows.leave_date >= day, True)
    is_open = ibis.coalesce(rows.since <= day, day == as_of) & ibis.coalesce(rows.closed_on > day, True)
    is_recent = (rows.since <= day) & (rows.since > day - ibis.interval(days=RECENT_DAYS))
    in_force = ibis.cases((rows.kind == REP, True), (rows.kind == RECENT_LEAD, is_recent), else_=is_open)
    rows = rows.filter(employed, ibis.coalesce(in_force, False))
    over = end_of(rows.snapshot)
    answered = rows.answered_at < over
    return rows.mutate(
        wait_hours=answered.ifelse(hours_between(rows.came_at, rows.answered_at), ibis.null("float64")),
        age_hours=hours_between(rows.came_at, over),
        tenure_at_snapshot=known(band(rows.hire_date, rows.snapshot)),
    )


WORKLOAD = Relation(
    name="workload",
    meaning="one row for each rep, for each lead and deal that a rep has open, and for each lead lately come in",
    key=("kind", "item"),
    tables=("opportunities",),
    dimensions=("rep", "region", "team", "manager", "tenure"),
    build=_build_workload,
    needs=("opportunity",),
    optional=LEADS.optional,
    state=_on_desk,
)
