"""How rows add up to a number: what each measure comes to over them, and the metric's value from these alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from salesmetrics.engine import Engine
from salesmetrics.i18n import ngettext
from salesmetrics.metrics.measure import Aggregate, Measure
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.compute import periods_of
from salesmetrics.query.cube import Cube, Group
from salesmetrics.query.evaluate import Planned, evaluate
from salesmetrics.query.listed import Part
from salesmetrics.query.placing import Cut, Lot
from salesmetrics.query.request import Compare, MetricQuery
from salesmetrics.query.resolve import Asked, against
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


def sum_of(measure: Measure, value: Any, rows: int, role: str, period: Period) -> Sum:
    """Say what a measure comes to over `rows` rows."""
    number = float(value) if isinstance(value, (int, float, np.number)) else float("nan")
    label = measure_title(measure.name)
    return Sum(measure.name, measure.aggregate, label, _how(measure, rows), number, rows, role, period)


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
