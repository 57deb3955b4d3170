"""Answer requests: plan them together, run each scan once, do the arithmetic, pair rows with their comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from salesmetrics.engine import Engine, default_engine
from salesmetrics.metrics.measure import Measure, Placed
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.quota import SCOPES
from salesmetrics.query import scope as quota_scope
from salesmetrics.query.evaluate import Cube, evaluate
from salesmetrics.query.placing import Scan, lots
from salesmetrics.query.plan import Work, statement
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import Compare, MetricQuery
from salesmetrics.query.resolve import Asked, Span, against, resolve
from salesmetrics.query.result import Result, empty_frame


def compute(data: Dataset, query: MetricQuery, engine: Engine | None = None) -> Result:
    """Answer one request; raises QueryError where it names what does not exist or does not fit."""
    return compute_many(data, (query,), engine)[0]


def compute_many(
    data: Dataset, queries: Sequence[MetricQuery], engine: Engine | None = None
) -> tuple[Result, ...]:
    """Answer several requests together, so that they share scans; results stand in the order of requests."""
    engine = engine or default_engine()
    asked = [resolve(engine, data, query) for query in queries]
    planned: dict[Scan, Work] = {}
    for query, metrics in zip(queries, asked, strict=True):
        for one in metrics:
            _plan(engine, data, query, one, planned)
    cube = _run(engine, data, queries, planned)
    return tuple(
        _result(engine, data, query, metrics, cube) for query, metrics in zip(queries, asked, strict=True)
    )


def scan_of(engine: Engine, data: Dataset, query: MetricQuery, one: Asked, measure: Measure) -> Scan:
    """Tell which scan gives a measure of a metric that was asked for."""
    chosen = None
    if measure.relation.startswith("quota"):
        used = {*one.by, *(item.dimension for item in one.where)}
        present = quota_scope.scopes_in(engine, data) if one.reason is None else SCOPES
        chosen = quota_scope.choose(present, used)
    return Scan(
        relation=measure.relation,
        date=measure.date,
        placed=measure.placed,
        as_of=one.as_of,
        grain=query.grain,
        by=one.by,
        where=one.where,
        per=measure.per.name if measure.per else None,
        scope=chosen,
        undated=one.undated,
    )


def needed(one: Asked, query: MetricQuery) -> set[Span]:
    """Give every span whose numbers a metric needs: its own, those it is compared with, and their bases."""
    spans = [*one.spans]
    for compare in query.compare:
        spans += [against(span, compare, query) for span in one.spans]
    if one.metric.shift is not None:
        spans += [against(span, Compare(one.metric.shift), query) for span in spans]
    return set(spans)


def periods_of(scan: Scan, spans: Iterable[Span]) -> set[Period]:
    """Give the periods that a scan answers for spans: a quota counts whole, however much of its period is over."""
    return {span.whole if scan.placed is Placed.OVERLAPPING else span.period for span in spans}


def _plan(engine: Engine, data: Dataset, query: MetricQuery, one: Asked, planned: dict[Scan, Work]) -> None:
    if one.reason is not None:
        return
    spans = needed(one, query)
    for measure in one.measures:
        scan = scan_of(engine, data, query, one, measure)
        work = planned.setdefault(scan, Work(measure.per))
        work.measures[measure.name] = measure
        work.periods |= periods_of(scan, spans)


def _run(engine: Engine, data: Dataset, queries: Sequence[MetricQuery], planned: Mapping[Scan, Work]) -> Cube:
    prepared = {query.as_of: Prepared(engine, data, query.as_of) for query in queries}
    cube = Cube()
    for scan, work in planned.items():
        # An explicit as_of is the scan's own; without one each relation reaches as far as it can.
        source = prepared.get(scan.as_of) or prepared.get(None) or Prepared(engine, data)
        relation = source.relation(scan.relation)
        for lot in lots(scan, work.periods):
            written = statement(engine, scan, lot, work, relation)
            cube.add(scan, lot, engine.answer(written, relation, lot.fill(scan)))
    return cube


def _result(engine: Engine, data: Dataset, query: MetricQuery, metrics: tuple[Asked, ...], cube: Cube) -> Result:
    frames = []
    for one in metrics:
        scans = {measure.name: scan_of(engine, data, query, one, measure) for measure in one.measures}
        spans_needed = needed(one, query)
        asked = {scan: periods_of(scan, spans_needed) for scan in scans.values()}
        groups = cube.groups(asked, one.by) if one.reason is None else None
        # The periods asked for and those they are compared with are evaluated in one go, then set side by side.
        spans = [*one.spans]
        for compare in query.compare:
            spans += [against(span, compare, query) for span in one.spans]
        every = evaluate(engine, data, one, query, tuple(spans), scans, groups, cube)
        size = len(every) // (1 + len(query.compare))
        frame = every.iloc[:size]
        for place, compare in enumerate(query.compare, start=1):
            base = every.iloc[place * size : (place + 1) * size].reset_index(drop=True)
            frame = _beside(frame, base, str(compare))
        frames.append(frame.drop(columns="counted_end"))
    frame = pd.concat(frames, ignore_index=True) if frames else empty_frame(query)
    return Result(query, max(one.as_of for one in metrics), _whole(metrics), frame)


def _beside(frame: pd.DataFrame, base: pd.DataFrame, name: str) -> pd.DataFrame:
    """Set the numbers of the paired periods beside those of a frame; rows pair by their order."""
    value, before = frame["value"], base["value"]
    paired = pd.DataFrame(
        {
            f"{name}_value": before,
            f"{name}_reason": base["reason"],
            f"{name}_n": base["n"],
            f"{name}_numerator": base["numerator"],
            f"{name}_denominator": base["denominator"],
            f"{name}_start": base["period_start"],
            f"{name}_end": base["counted_end"],
            f"{name}_change": value - before,
            f"{name}_growth": ((value - before) / before.where(before > 0)),
        }
    )
    return pd.concat([frame, paired], axis=1)


def _whole(metrics: tuple[Asked, ...]) -> Period:
    spans: list[Span] = [span for one in metrics for span in one.spans]
    first: date = min(span.whole.start for span in spans)
    return Period(first, max(span.whole.end for span in spans))
