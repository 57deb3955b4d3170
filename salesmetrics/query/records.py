"""The rows behind a number: those that its measures count, each with what it adds to each of them."""

from __future__ import annotations

from functools import partial

import pandas as pd

from salesmetrics.engine import Engine, default_engine
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.compute import needed, periods_of
from salesmetrics.query.listed import Part, listed, parts_of
from salesmetrics.query.placing import Lot, lots
from salesmetrics.query.plan import shape
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.resolve import Asked, resolve

THIS, EARLIER = "this period", "earlier period"
"""What rows belong to: a period that was asked for, or one that it is set against."""

FIRST_COLUMNS = ("metric", "relation", "role", "period_start", "period_end")


def records(data: Dataset, query: MetricQuery, engine: Engine | None = None) -> pd.DataFrame:
    """Give the rows behind each metric of a request, in the order of their dates.

    The frame has `metric`, `relation`, `role` (`this period`, or `earlier period` where a metric is a change),
    `period_start` and `period_end` (exclusive), the columns of the relation, and a column for each measure: the
    amounts in it add up to the measure where it is a sum; it holds 1 where rows are counted, and the thing
    counted where distinct ones are. A column `MEASURE_per_COLUMN` holds a figure of all rows of one thing
    together, such as a customer: it counts once for each. A row stands once for each date by which it counts:
    of an order's return, one by its own date and one by the order's. Rows that count for no measure are left
    out. A metric that cannot be computed has no rows. Raises QueryError like `compute`.
    """
    engine = engine or default_engine()
    frames = [
        _rows_of(engine, data, query, one, part)
        for one in resolve(engine, data, query)
        if one.reason is None
        for part in parts_of(engine, data, query, one)
    ]
    if not frames:
        return pd.DataFrame(columns=list(FIRST_COLUMNS))
    return pd.concat(frames, ignore_index=True)


def _rows_of(engine: Engine, data: Dataset, query: MetricQuery, one: Asked, part: Part) -> pd.DataFrame:
    scan = part.scan
    relation = Prepared(engine, data, query.as_of).relation(scan.relation)
    found = []
    for lot in lots(scan, periods_of(scan, needed(one, query))):
        names = tuple(measure.name for measure in part.measures)
        written = engine.statement(
            ("records", *shape(scan, lot, relation, names)), relation, partial(listed, part, lot)
        )
        found.append(in_periods(engine.answer(written, relation, lot.fill(scan)), lot))
    frame = pd.concat(found, ignore_index=True)
    frame = frame.rename(columns={f"by_{name}": name for name in scan.by if name not in frame.columns})
    frame = frame.drop(columns=[name for name in frame.columns if name.startswith("by_")])
    frame.insert(0, "metric", one.metric.id)
    frame.insert(1, "relation", scan.relation)
    frame.insert(2, "role", roles(frame, one, part))
    dated = scan.date if scan.date in frame.columns else "period_start"
    return frame.sort_values(["period_start", dated], kind="stable", ignore_index=True)


def in_periods(found: pd.DataFrame, lot: Lot) -> pd.DataFrame:
    """Put the periods that `key` stands for in its place; rows of periods that were not asked for go."""
    keys = pd.DataFrame(
        {
            "key": pd.to_datetime([day for day, _period in lot.keys]),
            "period_start": pd.to_datetime([period.start for _day, period in lot.keys]),
            "period_end": pd.to_datetime([period.end for _day, period in lot.keys]),
        }
    )
    found = found.assign(key=pd.to_datetime(found["key"]))
    return keys.merge(found, on="key").drop(columns="key")


def roles(frame: pd.DataFrame, one: Asked, part: Part) -> pd.Series:
    """Tell for each row what it belongs to."""
    asked = {(period.start, period.end) for period in periods_of(part.scan, one.spans)}
    edges = zip(frame["period_start"].dt.date, frame["period_end"].dt.date, strict=True)
    return pd.Series([THIS if edge in asked else EARLIER for edge in edges], index=frame.index, dtype=str)
