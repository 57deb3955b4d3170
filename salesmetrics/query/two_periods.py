"""Metrics in two periods side by side, each cut in its own way, read together so that scans are shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from salesmetrics.engine import Engine
from salesmetrics.metrics.metric import Metric
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived import RELATIONS
from salesmetrics.query.compute import periods_of, scan_of
from salesmetrics.query.coverage import Coverage, coverage
from salesmetrics.query.cube import Cube
from salesmetrics.query.evaluate import Planned, evaluate
from salesmetrics.query.placing import Scan, lots
from salesmetrics.query.plan import Work, statement
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.resolve import Asked, Span, dimensions_of, missing_input


@dataclass(frozen=True)
class Side:
    """A metric in one period: as in a row of a result."""

    value: float
    top: float
    bottom: float
    n: int
    reason: str | None
    warnings: tuple[str, ...]
    details: Mapping[str, Any]


@dataclass(frozen=True)
class Pair:
    """A metric for one value of each dimension that it is cut by (none: all), before and after."""

    group: tuple[str, ...]
    before: Side
    after: Side


def asked_like(engine: Engine, data: Dataset, query: MetricQuery, like: Asked, metric: Metric) -> Asked:
    """Ask for a metric outside the catalogue over the same days and with the same filters as `like`."""
    measures = metric.made_of({})
    dimensions = dimensions_of(metric, measures)
    tables = {table for measure in measures for table in RELATIONS[measure.relation].tables}
    known = {table: cover for table, cover in coverage(engine, data).items() if table in tables}
    if query.as_of is not None:
        known = {table: Coverage(cover.first, query.as_of) for table, cover in known.items()}
    reason = missing_input(data, measures)
    for item in like.where:
        if reason is None and item.dimension not in dimensions:
            reason = f"filter_not_applicable:{item.dimension}"
    if reason is None and not like.undated and tables - known.keys():
        reason = "no_rows"
    # Where one of the tables ends before the days that are counted, its rows would be too few beside the others.
    last = like.spans[0].period.end - timedelta(days=1)
    if reason is None and any(cover.through < min(last, like.through) for cover in known.values()):
        reason = "incomplete_period"
    return replace(like, metric=metric, settings={}, measures=measures, covers=known, reason=reason, by=())


def in_two_periods(
    engine: Engine, data: Dataset, query: MetricQuery, asked: Sequence[Asked], base: Span
) -> list[list[Pair]]:
    """Read what was `asked`, each over its one span and over `base`; a group that is in neither is left out.

    Balances are taken at the end of each period. Every scan runs once, whatever asks for it.
    """
    planned = [_planned(engine, data, query, one, base) for one in asked]
    work: dict[Scan, Work] = {}
    for plan in planned:
        for measure in plan.one.measures if plan.one.reason is None else ():
            found = work.setdefault(plan.scans[measure.name], Work(measure.per))
            found.measures[measure.name] = measure
            found.periods |= periods_of(plan.scans[measure.name], plan.spans)
    prepared, cube = Prepared(engine, data, query.as_of), Cube()
    for scan, wanted in work.items():
        relation = prepared.relation(scan.relation)
        for lot in lots(scan, wanted.periods):
            written = statement(engine, scan, lot, wanted, relation)
            cube.add(scan, lot, engine.columns(written, relation, lot.fill(scan)))
    return [_pairs(engine, data, plan, cube) for plan in planned]


def _planned(engine: Engine, data: Dataset, query: MetricQuery, one: Asked, base: Span) -> Planned:
    measures = () if one.reason is not None else one.measures
    scans = {measure.name: scan_of(engine, data, query, one, measure) for measure in measures}
    return Planned(one, query.conventions, scans, (one.spans[0], base))


def _pairs(engine: Engine, data: Dataset, plan: Planned, cube: Cube) -> list[Pair]:
    groups = [()] if plan.one.reason is not None else cube.groups(
        {scan: periods_of(scan, plan.spans) for scan in plan.scans.values()}, plan.one.by
    )  # fmt: skip
    if plan.one.reason is not None and plan.one.by:
        return []
    found = evaluate(engine, data, plan, groups, cube)
    size = len(groups)
    columns = ("value", "numerator", "denominator", "n", "reason", "warnings", "details")
    rows = [
        Side(float(value), float(top), float(bottom), int(n), reason, tuple(warnings), details)
        for value, top, bottom, n, reason, warnings, details in zip(
            *(found[name] for name in columns), strict=True
        )
    ]
    return [
        Pair(tuple(str(value) for value in group), rows[size + place], rows[place])
        for place, group in enumerate(groups)
    ]


def days_of(period: Period, like: Span) -> Span:
    """Give the span of a period, cut to as many elapsed days as the one that it is set beside."""
    return Span(period, None if like.days is None or like.days >= period.days else like.days)
