"""Answer requests: plan them together, run each scan once, do the arithmetic, pair rows with their comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from salesmetrics.engine import Engine, default_engine
from salesmetrics.metrics.measure import Measure, Placed
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.quota import SCOPES
from salesmetrics.query import scope as quota_scope
from salesmetrics.query.cube import Cube, Group
from salesmetrics.query.evaluate import Planned, evaluate
from salesmetrics.query.placing import Scan, lots
from salesmetrics.query.plan import Work, statement
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import Compare, MetricQuery
from salesmetrics.query.resolve import Asked, Span, against, resolve
from salesmetrics.query.result import Result, answer_columns


def compute(data: Dataset, query: MetricQuery, engine: Engine | None = None) -> Result:
    """Answer one request; raises QueryError where it names what does not exist or does not fit."""
    return compute_many(data, (query,), engine)[0]


def compute_many(
    data: Dataset, queries: Sequence[MetricQuery], engine: Engine | None = None
) -> tuple[Result, ...]:
    """Answer several requests together, so that they share scans; results stand in the order of requests."""
    engine = engine or default_engine()
    planned = [[_plan(engine, data, query, one) for one in resolve(engine, data, query)] for query in queries]
    cube = _run(engine, data, queries, [each for metrics in planned for each in metrics])
    return tuple(
        _result(engine, data, query, metrics, cube) for query, metrics in zip(queries, planned, strict=True)
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
        conventions=query.conventions,
        window=measure.window,
        segment=measure.segment,
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


def _plan(engine: Engine, data: Dataset, query: MetricQuery, one: Asked) -> Planned:
    spans = [*one.spans]
    for compare in query.compare:
        spans += [against(span, compare, query) for span in one.spans]
    bases = [against(span, Compare(one.metric.shift), query) for span in spans] if one.metric.shift else []
    scans = {measure.name: scan_of(engine, data, query, one, measure) for measure in one.measures}
    return Planned(one, query.conventions, scans, tuple(spans), tuple(bases))


def _run(engine: Engine, data: Dataset, queries: Sequence[MetricQuery], planned: Sequence[Planned]) -> Cube:
    """Run every scan once, over all periods and for all measures that any metric wants of it."""
    prepared = {query.as_of: Prepared(engine, data, query.as_of) for query in queries}
    cube = Cube()
    for scan, work in _work(planned).items():
        # An explicit as_of is the scan's own; without one each relation reaches as far as it can.
        source = prepared.get(scan.as_of) or prepared.get(None) or Prepared(engine, data)
        relation = source.relation(scan.relation)
        for lot in lots(scan, work.periods):
            written = statement(engine, scan, lot, work, relation)
            cube.add(scan, lot, engine.columns(written, relation, lot.fill(scan)))
    return cube


def _work(planned: Sequence[Planned]) -> dict[Scan, Work]:
    found: dict[Scan, Work] = {}
    for each in planned:
        if each.one.reason is not None:
            continue
        for measure in each.one.measures:
            scan = each.scans[measure.name]
            work = found.setdefault(scan, Work(measure.per))
            work.measures[measure.name] = measure
        for scan in set(each.scans.values()):
            found[scan].periods |= periods_of(scan, (*each.spans, *each.bases))
    return found


def _result(engine: Engine, data: Dataset, query: MetricQuery, metrics: Sequence[Planned], cube: Cube) -> Result:
    blocks = []
    for each in metrics:
        groups: list[Group] = []
        if each.one.reason is None:
            asked = {scan: periods_of(scan, (*each.spans, *each.bases)) for scan in each.scans.values()}
            groups = cube.groups(asked, each.one.by)
        blocks.append(evaluate(engine, data, each, groups, cube))
    asked_for = tuple(each.one for each in metrics)
    return Result(query, max(one.as_of for one in asked_for), _whole(asked_for), answer_columns(query, blocks))


def _whole(metrics: tuple[Asked, ...]) -> Period:
    spans: list[Span] = [span for one in metrics for span in one.spans]
    first: date = min(span.whole.start for span in spans)
    return Period(first, max(span.whole.end for span in spans))
