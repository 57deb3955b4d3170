"""Who was employed on which day: for figures of the team itself, and of what reps do on a working day."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.activity import AUTO, OUT
from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.derived.team import roster
from salesmetrics.model.tenure import band

WEEK_DAYS = 7


def employed_days(source: Source, as_of: ir.DateScalar) -> ir.Table:
    """Give one row for each rep with a known hire date and day employed, up to `as_of`."""
    reps = roster(source.table("reps"))
    reps = reps.filter(reps.hire_date.notnull(), reps.hire_date <= as_of)
    last_day = ibis.least(ibis.coalesce(reps.leave_date, as_of), as_of)
    after = last_day + ibis.interval(days=1)
    days = ibis.range(reps.hire_date.cast("timestamp"), after.cast("timestamp"), ibis.interval(days=1)).unnest()
    each = reps.mutate(day=days, last_day=last_day)
    each = each.mutate(day=each.day.cast("date"))
    return each.select(
        "rep_id", "rep", "day", "last_day", "leave_date", "salary",
        weekday=each.day.day_of_week.index() + 1,
        region=known(each.rep_region),
        team=known(each.team),
        manager=known(each.manager),
        tenure_at_day=known(band(each.hire_date, each.day)),
    )  # fmt: skip


def _build_employed(source: Source, as_of: ir.DateScalar) -> ir.Table:
    days = employed_days(source, as_of)
    return days.mutate(leaves=ibis.coalesce(days.day == days.leave_date, False)).drop("leave_date")


def _build_contact_day(source: Source, as_of: ir.DateScalar) -> ir.Table:
    days = employed_days(source, as_of).drop("last_day", "leave_date", "salary")
    done = source.table("activities")
    done = done.mutate(done_on=done["at"].cast("date"))
    begins = done.aggregate(begins=done.done_on.min())
    # Like all data, what reps did is taken to be known from the first month of the file on.
    days = days.cross_join(begins)
    days = days.filter(days.begins.isnull() | (days.day >= days.begins.truncate("M"))).drop("begins")
    sent = done.filter(ibis.coalesce(done.direction, OUT) == OUT, done.type.lower() != AUTO)
    sent = sent.group_by(sender="rep_id", done_on="done_on").aggregate(contacts=sent.count())
    days = days.left_join(sent, [days.rep_id == sent.sender, days.day == sent.done_on]).drop("sender", "done_on")
    days = days.mutate(contacts=ibis.coalesce(days.contacts, 0))
    week = ibis.window(group_by=days.rep_id, order_by=days.day, preceding=WEEK_DAYS - 1, following=0)
    return days.mutate(
        week_starts=(days.day - ibis.interval(days=WEEK_DAYS - 1)).cast("date"),
        days_of_week=days.count().over(week),
        contacts_of_week=days.contacts.sum().over(week),
    )


EMPLOYED_DAY = Relation(
    name="employed_day",
    meaning="one row for each day on which a rep was employed, whatever files of facts there are",
    key=("rep_id", "day"),
    tables=(),
    dimensions=("rep", "region", "team", "manager", "tenure"),
    build=_build_employed,
)

CONTACT_DAY = Relation(
    name="contact_day",
    meaning="one row for each day on which a rep was employed, with whom it contacted that day and the week up to it",
    key=("rep_id", "day"),
    tables=("activities",),
    dimensions=("rep", "region", "team", "manager", "tenure"),
    build=_build_contact_day,
)
