"""The rows behind a number: those that its measures count, each with what it adds to each of them."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir
import pandas as pd

from salesmetrics.engine import Engine, default_engine
from salesmetrics.metrics.measure import Aggregate, Measure
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.compute import needed, periods_of, scan_of
from salesmetrics.query.placing import Lot, Scan, lots, placed_rows
from salesmetrics.query.plan import shape
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.resolve import Asked, resolve

_INNER = frozenset({"line", "key", "hire_date", "window", "period_end_at", "customer_id", "rep_id"})
"""Columns of relations that help computing and tell a reader nothing, or nothing that another does not."""


def records(data: Dataset, query: MetricQuery, engine: Engine | None = None) -> pd.DataFrame:
    """Give the rows behind each metric of a request, in the order of their dates.

    The frame has `metric`, `relation`, `period_start`, the columns of the relation, and a column for each
    measure: the amounts in it add up to the measure where it is a sum; it holds 1 where rows are counted, and
    the thing counted where distinct ones are. Rows that count for no measure are left out. A metric that
    cannot be computed has no rows. Raises QueryError like `compute`.
    """
    engine = engine or default_engine()
    frames = [
        _rows_of(engine, data, query, one, scan, measures)
        for one in resolve(engine, data, query)
        if one.reason is None
        for scan, measures in _by_scan(engine, data, query, one).items()
    ]
    if not frames:
        return pd.DataFrame(columns=["metric", "relation", "period_start"])
    return pd.concat(frames, ignore_index=True)


def _by_scan(engine: Engine, data: Dataset, query: MetricQuery, one: Asked) -> dict[Scan, list[Measure]]:
    """Gather the measures whose rows are the same rows: measures in two steps read what the first step reads."""
    gathered: dict[Scan, list[Measure]] = {}
    for measure in one.measures:
        scan = scan_of(engine, data, query, one, measure)
        gathered.setdefault(scan, []).append(measure)
    plain = {scan: measures for scan, measures in gathered.items() if scan.per is None}
    return plain or gathered


def _rows_of(
    engine: Engine, data: Dataset, query: MetricQuery, one: Asked, scan: Scan, measures: list[Measure]
) -> pd.DataFrame:
    relation = Prepared(engine, data, query.as_of).relation(scan.relation)
    found = []
    for lot in lots(scan, periods_of(scan, needed(one, query))):
        names = tuple(measure.name for measure in measures)
        written = engine.statement(
            ("records", *shape(scan, lot, relation, names)),
            relation,
            partial(_listed, scan, lot, measures),
        )
        frame = engine.answer(written, relation, lot.fill(scan))
        starts = pd.DataFrame(
            {
                "key": pd.to_datetime([day for day, _period in lot.keys]),
                "period_start": pd.to_datetime([period.start for _day, period in lot.keys]),
            }
        )
        frame["key"] = pd.to_datetime(frame["key"])
        found.append(frame.merge(starts, on="key").drop(columns="key"))
    frame = pd.concat(found, ignore_index=True)
    frame.insert(0, "metric", one.metric.id)
    frame.insert(1, "relation", scan.relation)
    frame.insert(2, "period_start", frame.pop("period_start"))
    dated = scan.date if scan.date in frame.columns else "period_start"
    return frame.sort_values(["period_start", dated], kind="stable", ignore_index=True)


def _listed(scan: Scan, lot: Lot, measures: list[Measure], relation: ir.Table) -> ir.Table:
    """Build the list of rows: `key`, what tells about a row, and what it adds to each measure."""
    rows = placed_rows(scan, lot, relation)
    first = measures[0].per
    if first is not None and first.where is not None:
        rows = rows.filter(first.where(rows))
    counted = [measure for measure in measures if measure.per is None]
    if counted:
        any_of_them = _counts(counted[0], rows)
        for measure in counted[1:]:
            any_of_them = any_of_them | _counts(measure, rows)
        rows = rows.filter(any_of_them)
    shown = {
        name: rows[name]
        for name in relation.columns
        if name not in _INNER and not name.startswith("tenure_at") and name != "period_start"
    }
    tenure = f"tenure_at_{scan.date}"
    if tenure in rows.columns:
        shown["tenure"] = rows[tenure]
    # A measure may bear the name of the column it sums: its own figure then stands for both.
    return rows.select(key=rows.key, **{**shown, **{measure.name: _share(measure, rows) for measure in counted}})


def _counts(measure: Measure, rows: ir.Table) -> ir.BooleanValue:
    return ibis.literal(True) if measure.where is None else ibis.coalesce(measure.where(rows), False)


def _share(measure: Measure, rows: ir.Table) -> ir.Value:
    """Give what each row adds to a measure; null where the row does not count for it."""
    counts = _counts(measure, rows)
    if measure.aggregate is Aggregate.COUNT or measure.value is None:
        return counts.ifelse(1, ibis.null("int8"))
    value = measure.value(rows)
    return counts.ifelse(value, ibis.null(value.type()))
