"""Plan a request: which relation is aggregated how, over which periods, as few times as will do.

Every relation is aggregated alone to (period, dimensions). Measures that share a relation, a way of being placed
in time, filters and dimensions share one scan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from salesmetrics.metrics.measure import Aggregate, Measure, Per, Placed
from salesmetrics.model import calendar
from salesmetrics.model.calendar import Grain, Period
from salesmetrics.model.derived import RELATIONS
from salesmetrics.model.dimensions import NEW, RETURNING, UNKNOWN
from salesmetrics.query.request import Filter

_TRUNCATE = {Grain.DAY: "D", Grain.WEEK: "W", Grain.MONTH: "M", Grain.QUARTER: "Q", Grain.YEAR: "Y"}
_LITERAL_PERIODS = 6
"""Periods that one scan tells apart by comparing dates; more are dearer than another scan."""


@dataclass(frozen=True)
class Scan:
    """What one aggregation shares: the relation, how rows are placed in time, filters and dimensions."""

    relation: str
    date: str
    placed: Placed
    as_of: date
    grain: Grain | None
    by: tuple[str, ...]
    where: tuple[Filter, ...]
    per: str | None
    scope: str | None = None
    undated: bool = False


@dataclass
class Work:
    """The measures and periods that requests want of one scan, gathered while planning."""

    per: Per | None
    measures: dict[str, Measure] = field(default_factory=dict)
    periods: set[Period] = field(default_factory=set)


@dataclass(frozen=True)
class Step:
    """One engine query: its result has `key`, the dimensions as `by_NAME`, and a column for each measure.

    `keys` tells which asked period each `key` (a date) stands for.
    """

    expression: ir.Table
    keys: tuple[tuple[date, Period], ...]


def dimension(rows: ir.Table, name: str, placed_by: str) -> ir.StringValue:
    """Give the values of a dimension for rows placed in time by one of their date columns."""
    if name == "tenure":
        return rows[f"tenure_at_{placed_by}"]
    if name == "new_or_returning":
        return ibis.cases(
            (rows.first_purchase.isnull() | (rows.first_purchase >= rows.period_end), UNKNOWN),
            (rows.first_purchase >= rows.period_start, NEW),
            else_=RETURNING,
        )
    return rows[name]


def placed_rows(scan: Scan, relation: ir.Table, periods: Iterable[Period]) -> list[tuple[ir.Table, list]]:
    """Give the rows of a relation that fall in the periods, each with its `key`, filters applied.

    Where periods overlap each lot of disjoint ones comes as a table of its own, beside the (key, period) pairs.
    """
    wanted = sorted(set(periods))
    if scan.undated:
        lots = [(_undated(scan, relation), [(wanted[0].start, wanted[0])])]
    elif scan.placed is Placed.AT_END:
        lots = [_at_end(scan, relation, wanted)]
    elif scan.placed is Placed.OVERLAPPING:
        lots = [_overlapping(relation, lot) for lot in _by_start(wanted)]
    else:
        lots = _by_date(scan, relation, wanted)
    return [(_filtered(scan, rows), keys) for rows, keys in lots]


def steps(scan: Scan, work: Work, relation: ir.Table) -> list[Step]:
    """Give the engine queries of one scan."""
    found = []
    for rows, keys in placed_rows(scan, relation, work.periods):
        rows = rows.mutate(**{f"by_{name}": dimension(rows, name, scan.date) for name in scan.by})
        groups = ["key", *(f"by_{name}" for name in scan.by)]
        if work.per is not None:
            rows = first_step(rows, work.per, groups)
        columns = {name: aggregate(measure, rows) for name, measure in work.measures.items()}
        found.append(Step(rows.group_by(groups).aggregate(**columns), tuple(keys)))
    return found


def first_step(rows: ir.Table, per: Per, groups: list[str]) -> ir.Table:
    """Total the rows for each of `per.columns` within the groups, and rank them where it says so."""
    if per.where is not None:
        rows = rows.filter(per.where(rows))
    totals = {name: give(rows) for name, give in per.totals}
    things = rows.group_by([*groups, *per.columns]).aggregate(**totals)
    if per.ranked is None:
        return things
    things = things.filter(things[per.ranked] > 0)
    within = [things[name] for name in groups]
    order = [things[per.ranked].desc(), *(things[name] for name in per.columns)]
    all_of_it = ibis.window(group_by=within)
    so_far = ibis.cumulative_window(group_by=within, order_by=order)
    return things.mutate(
        place=ibis.row_number().over(group_by=within, order_by=order) + 1,
        running=things[per.ranked].sum().over(so_far),
        whole=things[per.ranked].sum().over(all_of_it),
        things=things.count().over(all_of_it),
    )


def aggregate(measure: Measure, rows: ir.Table) -> ir.Scalar:
    """Build the aggregate of a measure over rows."""
    where = None if measure.where is None else measure.where(rows)
    if measure.aggregate is Aggregate.COUNT:
        return rows.count(where=where)
    assert measure.value is not None, measure.name  # noqa: S101
    value = measure.value(rows)
    match measure.aggregate:
        case Aggregate.SUM:
            return value.sum(where=where)
        case Aggregate.DISTINCT:
            return value.nunique(where=where)
        case Aggregate.MEAN:
            return value.mean(where=where)
        case Aggregate.MEDIAN:
            return value.quantile(0.5, where=where)
        case Aggregate.P90:
            return value.quantile(0.9, where=where)
        case Aggregate.LIST:
            return value.collect(where=where)


def _filtered(scan: Scan, rows: ir.Table) -> ir.Table:
    conditions = [dimension(rows, item.dimension, scan.date).isin(item.values) for item in scan.where]
    if scan.scope is not None:
        conditions.append(rows.scope == scan.scope)
    return rows.filter(*conditions) if conditions else rows


def _undated(scan: Scan, relation: ir.Table) -> ir.Table:
    rows = relation.mutate(key=ibis.literal(scan.as_of))
    state = RELATIONS[scan.relation].state
    if scan.placed is Placed.AT_END and state is not None:
        rows = state(rows.mutate(snapshot=ibis.literal(scan.as_of)), scan.as_of)
    return rows


def _at_end(scan: Scan, relation: ir.Table, periods: list[Period]) -> tuple[ir.Table, list]:
    days = {period: min(period.end - timedelta(days=1), scan.as_of) for period in periods}
    distinct = sorted(set(days.values()))
    rows = relation.mutate(snapshot=ibis.array([ibis.literal(day) for day in distinct]).unnest())
    state = RELATIONS[scan.relation].state
    assert state is not None, scan.relation  # noqa: S101
    rows = state(rows, scan.as_of)
    return rows.mutate(key=rows.snapshot), [(day, period) for period, day in days.items()]


def _overlapping(relation: ir.Table, periods: list[Period]) -> tuple[ir.Table, list]:
    windows = ibis.array(
        [ibis.struct({"start": ibis.literal(p.start), "end": ibis.literal(p.end)}) for p in periods]
    )
    rows = relation.mutate(window=windows.unnest())
    rows = rows.mutate(key=rows.window["start"], period_end_at=rows.window["end"]).drop("window")
    rows = rows.filter(rows.period_start < rows.period_end_at, rows.period_end >= rows.key)
    last = ibis.least(rows.period_end, rows.period_end_at - ibis.interval(days=1))
    overlap = last.delta(ibis.greatest(rows.period_start, rows.key), unit="day") + 1
    return rows.mutate(overlap=overlap), [(period.start, period) for period in periods]


def _by_date(scan: Scan, relation: ir.Table, periods: list[Period]) -> list[tuple[ir.Table, list]]:
    day = relation[scan.date]
    aligned = [p for p in periods if scan.grain is not None and p == calendar.bucket(p.start, scan.grain)]
    lots = []
    if aligned and scan.grain is not None:
        rows = relation.filter(day >= aligned[0].start, day < max(p.end for p in aligned))
        start = rows[scan.date].truncate(_TRUNCATE[scan.grain]).cast("date")
        rows = rows.mutate(key=start, period_start=start)
        rows = rows.mutate(period_end=(rows.period_start + _length(scan.grain)).cast("date"))
        lots.append((rows, [(p.start, p) for p in aligned]))
    for lot in _disjoint([p for p in periods if p not in set(aligned)]):
        inside = [(day >= p.start) & (day < p.end) for p in lot]
        condition = inside[0]
        for more in inside[1:]:
            condition = condition | more
        rows = relation.filter(condition)
        start, end = _which(rows[scan.date], lot)
        lots.append((rows.mutate(key=start, period_start=start, period_end=end), [(p.start, p) for p in lot]))
    return lots


def _which(day: ir.DateValue, lot: list[Period]) -> tuple[ir.DateValue, ir.DateValue]:
    """Give start and end of the period of the lot that each day lies in; lots are sorted and disjoint."""
    if len(lot) == 1:
        return ibis.literal(lot[0].start), ibis.literal(lot[0].end)
    *earlier, last = lot
    return (
        ibis.cases(*((day < p.end, ibis.literal(p.start)) for p in earlier), else_=ibis.literal(last.start)),
        ibis.cases(*((day < p.end, ibis.literal(p.end)) for p in earlier), else_=ibis.literal(last.end)),
    )


def _length(grain: Grain) -> ir.IntervalScalar:
    if grain is Grain.DAY:
        return ibis.interval(days=1)
    if grain is Grain.WEEK:
        return ibis.interval(days=7)
    return ibis.interval(months=calendar.MONTHS_IN[grain])


def _disjoint(periods: list[Period]) -> list[list[Period]]:
    """Split sorted periods into as few lots as will do, none with two that overlap."""
    lots: list[list[Period]] = []
    for period in periods:
        for lot in lots:
            if lot[-1].end <= period.start and len(lot) < _LITERAL_PERIODS:
                lot.append(period)
                break
        else:
            lots.append([period])
    return lots


def _by_start(periods: list[Period]) -> list[list[Period]]:
    """Split periods into lots in which each start stands once, so that a start names its period."""
    lots: list[list[Period]] = []
    for period in periods:
        for lot in lots:
            if all(period.start != other.start for other in lot):
                lot.append(period)
                break
        else:
            lots.append([period])
    return lots
