"""How rows add up to a number: what each measure comes to over them, and the metric's value from these alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from salesmetrics.engine import Engine, default_engine
from salesmetrics.i18n import ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.measure import Aggregate, Measure
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.compute import periods_of
from salesmetrics.query.cube import Cube, Group
from salesmetrics.query.evaluate import Planned, evaluate
from salesmetrics.query.listed import Part, column_of, columns_of, parts_of
from salesmetrics.query.placing import Cut, Lot
from salesmetrics.query.request import Compare, MetricQuery
from salesmetrics.query.resolve import Asked, against, resolve
from salesmetrics.query.result import answer_columns, framed
from salesmetrics.query.row_words import column_title, measure_title

PERIOD = ["period_start", "period_end"]


@dataclass(frozen=True)
class Sum:
    """What one measure comes to over the rows of one period.

    `label` names it and `how` says in plain words how the rows come to `value` (null for a list of figures), such
    as "sum over 12 rows"; `rows` counts the rows that add to it, `role` and the period are theirs.
    """

    measure: str
    aggregate: Aggregate
    label: str
    how: str
    value: float
    rows: int
    role: str
    period: Period


def adding_up(rows: pd.DataFrame, metric: str, settings: Mapping[str, str] | None = None) -> tuple[Sum, ...]:
    """Tell what each measure of `metric` comes to over its `records`, for each of their periods.

    `settings` are the metric's parameters where they are not as usual.
    """
    declared = CATALOGUE[metric]
    own = rows[rows["metric"] == metric]
    found = []
    for measure in declared.made_of(declared.settings(settings or {})):
        columns = columns_of(measure, list(own.columns))
        counted = own.dropna(subset=list(columns), how="all") if columns else own.iloc[:0]
        for edges, part in counted.groupby([*PERIOD, "role"]):
            value = _brought_together(measure, part, columns, PERIOD)
            found.append(sum_of(measure, value, len(part), str(part["role"].iloc[0]), _period(edges)))
    return tuple(found)


def sum_of(measure: Measure, value: Any, rows: int, role: str, period: Period) -> Sum:
    """Say what a measure comes to over `rows` rows."""
    number = float(value) if isinstance(value, (int, float, np.number)) else float("nan")
    label = measure_title(measure.name)
    return Sum(measure.name, measure.aggregate, label, _how(measure, rows), number, rows, role, period)


def recomputed(
    data: Dataset, query: MetricQuery, rows: pd.DataFrame, engine: Engine | None = None
) -> pd.DataFrame:
    """Give the frame of `compute` (without comparisons) from nothing but the rows that `records` lists."""
    engine = engine or default_engine()
    frames = []
    for one in resolve(engine, data, query):
        parts = parts_of(engine, data, query, one)
        own = rows[rows["metric"] == one.metric.id]
        cells = {part: _cells(own, part.measures, one.by) for part in parts}
        frames.append(evaluated(engine, data, query, one, cells))
    return pd.concat(frames, ignore_index=True)


def evaluated(
    engine: Engine, data: Dataset, query: MetricQuery, one: Asked, cells: Mapping[Part, pd.DataFrame]
) -> pd.DataFrame:
    """Do a metric's arithmetic on what its measures come to: a row for each period and group, a column for each."""
    scans = {measure.name: part.scan for part in cells for measure in part.measures}
    bases = [against(span, Compare(one.metric.shift), query) for span in one.spans] if one.metric.shift else []
    planned = Planned(one, query.conventions, scans, one.spans, tuple(bases))
    cube, groups = Cube(), list[Group]()
    if one.reason is None:
        for part, frame in cells.items():
            _fill(cube, part, frame, one.by)
        spans = (*one.spans, *bases)
        groups = cube.groups({scan: periods_of(scan, spans) for scan in scans.values()}, one.by)
    alone = replace(query, compare=())
    return framed(answer_columns(alone, [evaluate(engine, data, planned, groups, cube)]))


def _fill(cube: Cube, part: Part, frame: pd.DataFrame, by: tuple[str, ...]) -> None:
    """Put what measures come to where the arithmetic finds it; also where no row is there at all."""
    keyed = frame.rename(columns={name: f"by_{name}" for name in by}).assign(
        key=pd.to_datetime(frame["period_start"])
    )
    pieces: list[tuple[Lot, pd.DataFrame]] = [(Lot(Cut.LISTED, (), ()), keyed.iloc[:0])]
    for edges, of_period in keyed.groupby(PERIOD):
        period = _period(edges)
        pieces.append((Lot(Cut.LISTED, (), ((period.start, period),)), of_period))
    for lot, piece in pieces:
        cube.add(part.scan, lot, {str(name): piece[name].to_numpy() for name in piece.columns})


def _period(edges: Any) -> Period:
    return Period(edges[0].date(), edges[1].date())


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


def _how(measure: Measure, rows: int) -> str:
    n = f"{rows:,}"
    if measure.per is not None:
        sentences = {
            Aggregate.SUM: ngettext(
                "sum over {n} row, {thing} by {thing}", "sum over {n} rows, {thing} by {thing}", rows
            ),
            Aggregate.COUNT: ngettext("each {thing} once, {n} row", "each {thing} once, {n} rows", rows),
            Aggregate.MEDIAN: ngettext(
                "median, {thing} by {thing}, {n} row", "median, {thing} by {thing}, {n} rows", rows
            ),
        }
        usual = ngettext("{thing} by {thing}, {n} row", "{thing} by {thing}, {n} rows", rows)
        of = ", ".join(column_title(name) for name in measure.per.columns).lower()
        return sentences.get(measure.aggregate, usual).format(thing=of, n=n)
    sentences = {
        Aggregate.SUM: ngettext("sum over {n} row", "sum over {n} rows", rows),
        Aggregate.COUNT: ngettext("{n} row, counted once", "{n} rows, each counted once", rows),
        Aggregate.DISTINCT: ngettext("different ones in {n} row", "different ones in {n} rows", rows),
        Aggregate.MEAN: ngettext("mean over {n} row", "mean over {n} rows", rows),
        Aggregate.MEDIAN: ngettext("median over {n} row", "median over {n} rows", rows),
        Aggregate.P90: ngettext("9 in 10 of {n} row are below", "9 in 10 of {n} rows are below", rows),
        Aggregate.LIST: ngettext("{n} row", "{n} rows", rows),
    }
    return sentences[measure.aggregate].format(n=n)
