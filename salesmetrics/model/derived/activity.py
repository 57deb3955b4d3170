"""Activities as they stood at a date: what each rep did on which day, for whom, and in which direction."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.derived.team import with_rep
from salesmetrics.model.tenure import band

OUT, IN = "out", "in"

AUTO = "auto"
"""The type of what a machine sent: no rep did it."""


def _build_activity(source: Source, as_of: ir.DateScalar) -> ir.Table:
    done = source.table("activities")
    done = done.mutate(day=done["at"].cast("date"))
    done = with_rep(done.filter(done.day <= as_of), source)
    return done.select(
        "day", "lead_id", "opportunity_id", "customer_id", "rep_id", "hire_date", "leave_date",
        at=done["at"],
        logged_at=done.logged_at,
        type=done.type.lower(),
        direction=ibis.coalesce(done.direction, OUT),
        region=known(done.rep_region),
        rep=done.rep,
        team=done.team,
        manager=done.manager,
        tenure_at_day=known(band(done.hire_date, done.day)),
    )  # fmt: skip


ACTIVITY = Relation(
    name="activity",
    meaning="one row for each call, mail, meeting or other activity",
    key=(),
    tables=("activities",),
    dimensions=("rep", "region", "team", "manager", "tenure"),
    build=_build_activity,
)
