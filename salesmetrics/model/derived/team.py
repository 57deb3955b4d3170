"""Reps as the events of other tables see them, and the days on which each was employed."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, known, one_each
from salesmetrics.model.tenure import band


def roster(reps: ir.Table) -> ir.Table:
    """Give one row a rep: `rep_id`, `rep` (the name people read), `rep_region`, `team`, `manager`, dates.

    Two reps of the same name are told apart by their id.
    """
    reps = one_each(reps, "rep_id")
    namesakes = reps.name.count().over(ibis.window(group_by=reps.name))
    named = (namesakes > 1).ifelse(reps.name + " (" + reps.rep_id + ")", reps.name)
    return reps.select(
        rep_id=reps.rep_id,
        rep=ibis.coalesce(named, reps.rep_id),
        rep_region=reps.region,
        team=reps.team,
        manager=reps.manager,
        hire_date=reps.hire_date,
        leave_date=reps.leave_date,
        salary=reps.salary,
    )


def with_rep(events: ir.Table, source: Source) -> ir.Table:
    """Add to events that have a `rep_id` the rep's name, team, manager, region and dates, many to one."""
    reps = roster(source.table("reps")).rename(
        roster_rep_id="rep_id", rep_name="rep", rep_team="team", rep_manager="manager"
    )
    joined = events.left_join(reps, events.rep_id == reps.roster_rep_id).drop("roster_rep_id")
    return joined.mutate(
        rep=known(joined.rep_name, joined.rep_id),
        team=known(joined.rep_team),
        manager=known(joined.rep_manager),
    ).drop("rep_name", "rep_team", "rep_manager")


def _build_rep_day(source: Source, as_of: ir.DateScalar) -> ir.Table:
    reps = roster(source.table("reps"))
    reps = reps.filter(reps.hire_date.notnull(), reps.hire_date <= as_of)
    last = ibis.least(ibis.coalesce(reps.leave_date, as_of), as_of)
    day_after = last + ibis.interval(days=1)
    days = ibis.range(
        reps.hire_date.cast("timestamp"), day_after.cast("timestamp"), ibis.interval(days=1)
    ).unnest()
    each = reps.mutate(date=days)
    each = each.mutate(date=each.date.cast("date"))
    return each.select(
        rep=each.rep,
        region=known(each.rep_region),
        team=known(each.team),
        manager=known(each.manager),
        date=each.date,
        salary=each.salary,
        tenure_at_date=band(each.hire_date, each.date),
    )


REP_DAY = Relation(
    name="rep_day",
    meaning="one row for each day on which a rep with a known hire date was employed",
    key=("rep", "date"),
    tables=("orders",),
    dimensions=("rep", "region", "team", "manager", "tenure"),
    build=_build_rep_day,
)
