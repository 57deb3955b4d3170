"""Plan a request: which relation is aggregated how, over which periods, as few times as will do.

Every relation is aggregated alone to (period, dimensions). Measures that share a relation, a way of being placed
in time, filters and dimensions share one scan. A statement is compiled once for its shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from salesmetrics.engine import Engine
from salesmetrics.metrics.measure import Aggregate, Measure, Per
from salesmetrics.model.calendar import Period
from salesmetrics.query.placing import Lot, Scan, dimension, placed_rows


@dataclass
class Work:
    """The measures and periods that requests want of one scan, gathered while planning."""

    per: Per | None
    measures: dict[str, Measure] = field(default_factory=dict)
    periods: set[Period] = field(default_factory=set)


def shape(scan: Scan, lot: Lot, relation: ir.Table, measures: Sequence[str]) -> tuple[object, ...]:
    """Give what makes two statements the same but for dates, filter values and the data that they read."""
    return (
        scan.relation, relation.schema(), scan.date, scan.placed, scan.grain, scan.shift, scan.by,
        tuple(item.dimension for item in scan.where), scan.per, scan.scope, scan.undated,
        scan.window and scan.window.reach, scan.segment,
        lot.cut, len(lot.days), tuple(measures),
    )  # fmt: skip


def statement(engine: Engine, scan: Scan, lot: Lot, work: Work, relation: ir.Table) -> str:
    """Give the statement that answers a lot, dates and values left open; compiled at the first call of its shape."""
    return engine.statement(
        shape(scan, lot, relation, tuple(work.measures)), relation, lambda rows: aggregated(scan, lot, work, rows)
    )


def aggregated(scan: Scan, lot: Lot, work: Work, relation: ir.Table) -> ir.Table:
    """Build the aggregation of one lot: `key`, the dimensions as `by_NAME`, and a column for each measure."""
    rows = placed_rows(scan, lot, relation)
    rows = rows.mutate(**{f"by_{name}": dimension(rows, name, scan.date) for name in scan.by})
    groups = ["key", *(f"by_{name}" for name in scan.by)]
    if work.per is not None:
        rows = first_step(rows, work.per, groups)
    return rows.group_by(groups).aggregate(
        **{name: aggregate(measure, rows) for name, measure in work.measures.items()}
    )


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
    if measure.value is None:
        raise TypeError(f"{measure.name} aggregates nothing")
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
