"""The rows that stand behind measures, as an expression: what tells about a row, and what it adds to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from salesmetrics.engine import Engine
from salesmetrics.metrics.measure import Aggregate, Measure, Per
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.compute import scan_of
from salesmetrics.query.placing import Lot, Scan, dimension, placed_rows
from salesmetrics.query.plan import first_step
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.resolve import Asked

_INNER = frozenset({"line", "key", "hire_date", "window", "period_end_at", "customer_id", "rep_id"})
"""Columns of relations that help computing and tell a reader nothing, or nothing that another does not."""

OWN_PERIOD = {"period_start": "own_start", "period_end": "own_end"}
"""How the first and last day of rows that have a period of their own (a quota's) are told from those asked for."""


@dataclass(frozen=True)
class Part:
    """Rows behind some measures of a metric: those of one relation, placed in time in one way."""

    scan: Scan
    measures: tuple[Measure, ...]

    def having(self, names: Sequence[str]) -> tuple[Measure, ...]:
        """Give the measures among `names`."""
        return tuple(measure for measure in self.measures if measure.name in names)


def parts_of(engine: Engine, data: Dataset, query: MetricQuery, one: Asked) -> tuple[Part, ...]:
    """Gather the measures of a metric whose rows are the same rows; measures in two steps read them too."""
    gathered: dict[Scan, list[Measure]] = {}
    for measure in one.measures:
        scan = replace(scan_of(engine, data, query, one, measure), per=None)
        gathered.setdefault(scan, []).append(measure)
    return tuple(Part(scan, tuple(measures)) for scan, measures in gathered.items())


def column_of(measure: Measure) -> str:
    """Name the column of a measure: its own name, and for one in two steps also what its first step totals for.

    Such a figure belongs to all rows of one thing together (a customer, an order): it counts once for each.
    """
    return measure.name if measure.per is None else f"{measure.name}_per_{'_'.join(measure.per.columns)}"


def columns_of(measure: Measure, columns: Sequence[str]) -> tuple[str, ...]:
    """Name the columns among `columns` that hold a measure: several where it is a list of several figures."""
    name = column_of(measure)
    if measure.aggregate is Aggregate.LIST:
        return tuple(column for column in columns if column == name or column.startswith(f"{name}."))
    return (name,) if name in columns else ()


def listed(part: Part, lot: Lot, relation: ir.Table) -> ir.Table:
    """Build the list of rows of a lot: `key`, the dimensions cut by as `by_NAME`, what tells about a row, shares.

    Rows that count for no measure are left out.
    """
    scan = part.scan
    rows = placed_rows(scan, lot, relation)
    groups = ["key", *(f"by_{name}" for name in scan.by)]
    rows = rows.mutate(**{f"by_{name}": dimension(rows, name, scan.date) for name in scan.by})
    plain = [measure for measure in part.measures if measure.per is None]
    firsts = {measure.per.name: measure.per for measure in part.measures if measure.per is not None}
    any_of_them = ibis.literal(False)
    for condition in (
        *(_counts(measure, rows) for measure in plain),
        *(_enters(per, rows) for per in firsts.values()),
    ):
        any_of_them = any_of_them | condition
    rows = rows.filter(any_of_them)
    shares = {measure.name: _share(measure, rows) for measure in plain}
    entered = {f"enters_{name}": _enters(per, rows) for name, per in firsts.items()}
    # A measure may bear the name of the column it sums: its own figure then stands for both.
    rows = rows.select(
        **{name: rows[name] for name in groups}, **{**_telling(part, rows, relation), **shares}, **entered,
        **{f"thing_{name}": rows[name] for per in firsts.values() for name in per.columns},
    )  # fmt: skip
    for per in firsts.values():
        things = _things(part, lot, relation, per, groups)
        own = [name for name in things.columns if name.startswith("share_")]
        met = [rows[name] == things[f"of_{name}"] for name in groups]
        met += [rows[f"thing_{name}"] == things[f"of_{name}"] for name in per.columns]
        rows = rows.left_join(things, [rows[f"enters_{per.name}"], *met])
        rows = rows.drop(*(name for name in things.columns if name.startswith("of_")))
        rows = rows.rename({name.removeprefix("share_"): name for name in own})
    return rows.drop(*(name for name in rows.columns if name.startswith(("enters_", "thing_"))))


def _telling(part: Part, rows: ir.Table, relation: ir.Table) -> dict[str, ir.Value]:
    """Give the columns that tell about a row."""
    needed = {name for measure in part.measures if measure.per for name in measure.per.columns}
    shown = {
        OWN_PERIOD.get(name, name): rows[name]
        for name in relation.columns
        if (name not in _INNER or name in needed) and not name.startswith("tenure_at")
    }
    if "overlap" in rows.columns:
        shown["days_inside"] = rows["overlap"]
    tenure = f"tenure_at_{part.scan.date}"
    if tenure in rows.columns:
        shown["tenure"] = rows[tenure]
    return shown


def _things(part: Part, lot: Lot, relation: ir.Table, per: Per, groups: list[str]) -> ir.Table:
    """Build what the first step totals for: its keys as `of_NAME`, the shares of its measures as `share_COLUMN`."""
    scan = part.scan
    rows = placed_rows(scan, lot, relation)
    rows = rows.mutate(**{f"by_{name}": dimension(rows, name, scan.date) for name in scan.by})
    things = first_step(rows, per, groups)
    shares: dict[str, ir.Value] = {}
    for measure in part.measures:
        if measure.per is None or measure.per.name != per.name:
            continue
        share = _share(measure, things)
        if isinstance(share, ir.StructValue):
            shares |= {f"share_{column_of(measure)}.{name}": share[name] for name in share.names}
        else:
            shares[f"share_{column_of(measure)}"] = share
    return things.select(**{f"of_{name}": things[name] for name in (*groups, *per.columns)}, **shares)


def _enters(per: Per, rows: ir.Table) -> ir.BooleanValue:
    return ibis.literal(True) if per.where is None else ibis.coalesce(per.where(rows), False)


def _counts(measure: Measure, rows: ir.Table) -> ir.BooleanValue:
    return ibis.literal(True) if measure.where is None else ibis.coalesce(measure.where(rows), False)


def _share(measure: Measure, rows: ir.Table) -> ir.Value:
    """Give what each row adds to a measure; null where the row does not count for it."""
    counts = _counts(measure, rows)
    if measure.aggregate is Aggregate.COUNT or measure.value is None:
        return counts.ifelse(1, ibis.null(dt.int8))
    value = measure.value(rows)
    return counts.ifelse(value, ibis.null(value.type()))
