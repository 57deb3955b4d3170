"""Training as booked, and what became of the reps' attainment in the quarter after."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.derived.team import with_rep
from salesmetrics.model.tenure import band

NO_TRAINING = "(none)"
"""The topic of a rep without training in the quarter."""


def _build_training_session(source: Source, as_of: ir.DateScalar) -> ir.Table:
    sessions = source.table("training").mutate(session=ibis.row_number())
    rows = with_rep(sessions.filter(sessions.date <= as_of), source)
    return rows.select(
        "session", "date", "hours", "rep_id", "hire_date",
        topic=known(rows.topic),
        rep=rows.rep,
        region=known(rows.rep_region),
        team=rows.team,
        manager=rows.manager,
        tenure_at_date=known(band(rows.hire_date, rows.date)),
    )  # fmt: skip


def _quarter_of(day: ir.DateValue) -> ir.DateValue:
    return day.truncate("Q").cast("date")


def _rep_quarters(source: Source, as_of: ir.DateScalar) -> ir.Table:
    """How much of its quota each rep reached in each calendar quarter that is over."""
    quotas = source.relation("quota")
    quotas = quotas.filter(quotas.scope == "rep").select(
        "quota", "period_start", "period_end", "amount", "days", rep_id="scope_id"
    )
    quarters = ibis.range(
        _quarter_of(quotas.period_start).cast("timestamp"),
        (quotas.period_end + ibis.interval(days=1)).cast("timestamp"),
        ibis.interval(months=3),
    )
    each = quotas.mutate(quarter=quarters.unnest())
    each = each.mutate(quarter=each.quarter.cast("date"))
    each = each.mutate(quarter_end=(each.quarter + ibis.interval(months=3) - ibis.interval(days=1)).cast("date"))
    first = ibis.greatest(each.period_start, each.quarter)
    inside = ibis.least(each.period_end, each.quarter_end).delta(first, unit="day") + 1
    asked = each.mutate(part=each.amount.cast("float64") * inside / each.days)
    asked = asked.group_by("rep_id", "quarter", "quarter_end").aggregate(quota=asked.part.sum())
    sales = source.relation("quota_sale")
    whose = quotas.select(of_quota="quota", seller="rep_id")
    sold = sales.inner_join(whose, sales.quota == whose.of_quota)
    sold = sold.mutate(sold_in=_quarter_of(sold.date))
    sold = sold.group_by("seller", "sold_in").aggregate(sold=sold.actual.cast("float64").sum())
    rows = asked.filter(asked.quota > 0, asked.quarter_end <= as_of)
    rows = rows.left_join(sold, [rows.rep_id == sold.seller, rows.quarter == sold.sold_in])
    return rows.select("rep_id", "quarter", attainment=ibis.coalesce(rows.sold, 0.0) / rows.quota)


def _build_training_effect(source: Source, as_of: ir.DateScalar) -> ir.Table:
    quarters = _rep_quarters(source, as_of)
    later = quarters.select(
        same_rep="rep_id",
        quarter_before=(quarters.quarter - ibis.interval(months=3)).cast("date"),
        after="attainment",
    )
    rows = quarters.inner_join(
        later, [quarters.rep_id == later.same_rep, quarters.quarter == later.quarter_before]
    )
    sessions = _build_training_session(source, as_of)
    sessions = sessions.filter(sessions.hours > 0).mutate(trained_in=_quarter_of(sessions.date))
    learnt = sessions.group_by(trained="rep_id", trained_in="trained_in", topic="topic").aggregate(
        topic_hours=sessions.hours.cast("float64").sum()
    )
    rows = rows.left_join(learnt, [rows.rep_id == learnt.trained, rows.quarter == learnt.trained_in])
    rows = rows.mutate(topic=ibis.coalesce(rows.topic, NO_TRAINING), topic_hours=rows.topic_hours.fill_null(0.0))
    rows = with_rep(rows, source)
    hired_later = ibis.coalesce(rows.hire_date > rows.quarter, False)
    return rows.select(
        "rep_id", "quarter", "topic", "topic_hours",
        before=rows.attainment,
        after=rows.after,
        hours=rows.topic_hours.sum().over(group_by=[rows.rep_id, rows.quarter]),
        rep=rows.rep,
        region=known(rows.rep_region),
        team=rows.team,
        manager=rows.manager,
        tenure_at_quarter=known(hired_later.ifelse("0-3m", band(rows.hire_date, rows.quarter))),
    )  # fmt: skip


_DIMENSIONS = ("rep", "region", "team", "manager", "tenure")

TRAINING_SESSION = Relation(
    name="training_session",
    meaning="one row for each training of a rep",
    key=("session",),
    tables=("training",),
    dimensions=_DIMENSIONS,
    build=_build_training_session,
)

TRAINING_EFFECT = Relation(
    name="training_effect",
    meaning="one row for each rep, quarter and topic, with the attainment in the quarter and in the next",
    key=("rep_id", "quarter", "topic"),
    # Which quarters are over is a matter of the orders.
    tables=("orders",),
    dimensions=_DIMENSIONS,
    build=_build_training_effect,
    needs=("quota", "quota_sale"),
)
