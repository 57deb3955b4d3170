"""Numbers again from nothing but the rows that are listed for them, brought together here and not by the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from salesmetrics.engine import default_engine
from salesmetrics.metrics.measure import Aggregate, Measure
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.adding_up import PERIOD, evaluated
from salesmetrics.query.listed import column_of, columns_of, parts_of
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.resolve import resolve


def recomputed(data: Dataset, query: MetricQuery, rows: pd.DataFrame) -> pd.DataFrame:
    """Give the frame of `compute` (without comparisons) from what `records` lists."""
    engine = default_engine()
    frames = []
    for one in resolve(engine, data, query):
        own = rows[rows["metric"] == one.metric.id]
        cells = {part: _cells(own, part.measures, one.by) for part in parts_of(engine, data, query, one)}
        frames.append(evaluated(engine, data, query, one, cells))
    return pd.concat(frames, ignore_index=True)


def _cells(rows: pd.DataFrame, measures: Sequence[Measure], by: tuple[str, ...]) -> pd.DataFrame:
    """Bring rows together for each period and group."""
    keys = [*PERIOD, *by]
    found: dict[str, pd.Series] = {}
    for measure in measures:
        columns = columns_of(measure, list(rows.columns))
        counted = rows.dropna(subset=list(columns), how="all") if columns else rows.iloc[:0]
        values = {edge: _brought_together(measure, part, columns, keys) for edge, part in counted.groupby(keys)}
        index = pd.MultiIndex.from_tuples(list(values), names=keys) if values else None
        found[measure.name] = pd.Series(list(values.values()), index=index, dtype=object)
    known = [series for series in found.values() if len(series)]
    if not known:
        return pd.DataFrame(columns=[*keys, *found])
    together = pd.concat(known, axis=1, keys=[name for name, series in found.items() if len(series)])
    frame: pd.DataFrame = together.reindex(columns=list(found)).reset_index()
    return frame


def _brought_together(measure: Measure, rows: pd.DataFrame, columns: tuple[str, ...], keys: list[str]) -> Any:
    """Make one value of the rows of one period and group, as the measure says."""
    if measure.per is not None:
        rows = rows.drop_duplicates(subset=[*keys, *measure.per.columns])
    if measure.aggregate is Aggregate.LIST:
        fields = [column.removeprefix(f"{column_of(measure)}.") for column in columns]
        return [dict(zip(fields, line, strict=True)) for line in rows[list(columns)].itertuples(index=False)]
    return _TOGETHER[measure.aggregate](rows[columns[0]])


_TOGETHER: dict[Aggregate, Callable[[pd.Series], Any]] = {
    Aggregate.SUM: lambda amounts: amounts.astype(float).sum(),
    Aggregate.COUNT: lambda counted: len(counted),
    Aggregate.DISTINCT: lambda things: things.nunique(),
    Aggregate.MEAN: lambda amounts: amounts.astype(float).mean(),
    Aggregate.MEDIAN: lambda amounts: amounts.astype(float).quantile(0.5),
    Aggregate.P90: lambda amounts: amounts.astype(float).quantile(0.9),
}
