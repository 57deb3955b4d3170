"""How long it took each rep who was hired within the data to sell like those who have been there for a year."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.derived.team import roster
from salesmetrics.model.tenure import band

TENURED_MONTHS = 12
"""Full months after the hire from which a rep counts as one of those to be caught up with."""

FEWEST_TENURED = 3
"""Reps of a year and more without whom a month has nothing to catch up with."""

MONTHS_IN_ROW = 3
"""Months in a row over which a rep is compared."""


def _hired(source: Source, as_of: ir.DateScalar) -> ir.Table:
    """Give reps with their first full month, the day after their last one, and the month in which sales begin."""
    reps = roster(source.table("reps"))
    reps = reps.filter(reps.hire_date <= as_of)
    before = (reps.hire_date - ibis.interval(days=1)).cast("date")
    last_day = ibis.least(ibis.coalesce(reps.leave_date, as_of), as_of)
    reps = reps.mutate(
        first_month=(before.truncate("M") + ibis.interval(months=1)).cast("date"),
        end=(last_day + ibis.interval(days=1)).cast("date").truncate("M").cast("date"),
    )
    ledger = source.relation("ledger")
    return reps.cross_join(ledger.aggregate(begins=ledger.date.min().truncate("M").cast("date")))


def _months_of_reps(source: Source, as_of: ir.DateScalar) -> ir.Table:
    """Give one row a rep and full month employed, with what was sold in it; months that are over by `as_of`."""
    reps = _hired(source, as_of)
    ledger = source.relation("ledger")
    starts = ibis.greatest(reps.first_month, reps.begins)
    months = reps.mutate(
        month=ibis.range(starts.cast("timestamp"), reps.end.cast("timestamp"), ibis.interval(months=1)).unnest()
    )
    months = months.mutate(month=months.month.cast("date"))
    sold = ledger.mutate(sold_in=ledger.date.truncate("M").cast("date"))
    sold = sold.group_by(seller="rep_id", sold_in="sold_in").aggregate(sold=sold.amount.sum().cast("float64"))
    months = months.left_join(sold, [months.rep_id == sold.seller, months.month == sold.sold_in])
    passed = (months.month.year() - months.first_month.year()) * 12 + (
        months.month.month() - months.first_month.month()
    )
    return months.mutate(sold=ibis.coalesce(months.sold, 0.0), passed=passed).drop("seller", "sold_in")


def _build_ramp(source: Source, as_of: ir.DateScalar) -> ir.Table:
    months = _months_of_reps(source, as_of)
    tenured = months.filter(months.passed >= TENURED_MONTHS)
    usual = tenured.group_by(usual_in="month").aggregate(usual=tenured.sold.quantile(0.5), tenured=tenured.count())
    usual = usual.filter(usual.tenured >= FEWEST_TENURED)
    new = months.filter(months.first_month >= months.begins)
    new = new.left_join(usual, new.month == usual.usual_in)
    in_row = ibis.window(group_by=new.rep_id, order_by=new.month, preceding=MONTHS_IN_ROW - 1, following=0)
    new = new.mutate(
        judged=new.usual.count().over(in_row) == MONTHS_IN_ROW,
        sold_in_row=new.sold.sum().over(in_row),
        usual_in_row=new.usual.sum().over(in_row),
    )
    # In fifths, which are exact where eight tenths are not.
    caught_up = new.judged & (new.usual_in_row > 0) & (new.sold_in_row * 5 >= new.usual_in_row * 4)
    of_rep = new.group_by(new_rep="rep_id").aggregate(
        months=new.count(),
        months_judged=new.usual.count(),
        caught_up_after=(new.passed + 1).min(where=caught_up),
    )
    reps = _hired(source, as_of)
    reps = reps.filter(reps.first_month >= reps.begins)
    reps = reps.left_join(of_rep, reps.rep_id == of_rep.new_rep)
    return reps.select(
        "rep_id", "rep", "hire_date", "leave_date",
        months_judged=ibis.coalesce(reps.months_judged, 0),
        months=ibis.coalesce(reps.caught_up_after, reps.months, 0),
        caught_up=reps.caught_up_after.notnull(),
        region=known(reps.rep_region),
        team=known(reps.team),
        manager=known(reps.manager),
        tenure_at_hire_date=known(band(reps.hire_date, reps.hire_date)),
    )  # fmt: skip


RAMP = Relation(
    name="ramp",
    meaning="one row for each rep hired within the data, with the months until it sold like the others, or so far",
    key=("rep_id",),
    tables=("orders",),
    dimensions=("rep", "region", "team", "manager", "tenure"),
    build=_build_ramp,
    needs=("ledger",),
)
