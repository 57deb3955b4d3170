"""Which numbers left the range that they usually keep, or crossed a limit that was set, and what drives them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType

import numpy as np
import pandas as pd

from salesmetrics.analysis.forecast.history import Values, begun
from salesmetrics.analysis.threshold import Threshold
from salesmetrics.analysis.unusual import FEWEST_MONTHS, MOST_TIMES, Unusual, unusual
from salesmetrics.engine import Engine, default_engine
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.metric import Better, Metric, Unit
from salesmetrics.model.calendar import Grain, Period, add_months, bucket, floor
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.availability import availability
from salesmetrics.query.compute import compute_many
from salesmetrics.query.coverage import LARGEST_ORDINARY_GAP
from salesmetrics.query.monthly_series import METRIC, history
from salesmetrics.query.request import Compare, Filter, MetricQuery
from salesmetrics.query.resolve import Asked, resolve
from salesmetrics.query.result import Result
from salesmetrics.query.why import SUBJECTS, Why, why

PARTS = ("region", "product")
"""The dimensions by which revenue is watched."""

RATIOS = (
    "average_transaction_value", "gross_margin", "return_rate", "win_rate", "lead_conversion_rate", "lead_response_time",
)  # fmt: skip
"""The ratios and typical values that are watched, of everything."""

MOST = 20
"""Alerts beyond which nobody reads on."""

MOST_PARTS = 12
"""Parts of a dimension that are watched: those that brought most lately."""

LEAST_SHARE = 0.05
"""Share of what was sold lately below which a part needs nobody, whatever becomes of it."""

LATELY = 12
"""Months by which parts are ranked."""

FEWEST_CASES = 20
"""Cases of a month below which a ratio may be chance."""


@dataclass(frozen=True)
class Alert:
    """A number of one whole month that needs a look.

    `part` is the dimension and value that it is about, None for everything. `usual` tells in what way it left its
    range, `threshold` which limit it crossed; one of them is None. `good` is None where neither way is better.
    `times` is how far it lies from what was expected as a multiple of what is usual (of the limit, for a
    threshold). `why` takes its change apart, where that goes the same way; else None.
    """

    metric: Metric
    part: tuple[str, str] | None
    period: Period
    value: float
    above: bool
    good: bool | None
    times: float
    usual: Unusual | None = None
    threshold: Threshold | None = None
    why: Why | None = None


@dataclass(frozen=True)
class Alerts:
    """What needs a look, the most useful first, of `all` that were found among `watched` numbers.

    `reasons` tells for each metric that could not be judged why (a reason of the catalogue, `n_too_small` with
    under twelve months or too few cases).
    """

    found: tuple[Alert, ...]
    all: int
    watched: int
    reasons: MappingProxyType[str, str]


@dataclass(frozen=True)
class _Series:
    """A number by month up to the last one that is told."""

    metric: Metric
    part: tuple[str, str] | None
    period: Period
    values: Values


def alerts(
    data: Dataset,
    query: MetricQuery,
    thresholds: Sequence[Threshold] = (),
    most: int = MOST,
    explained: bool = True,
    engine: Engine | None = None,
) -> Alerts:
    """Find what is unusual in the last whole month under the filters and settings of a request.

    Its metrics and period do not count. At most `most` are given, `explained` by what drives them. Worse comes
    before better, limits that were set before unusual numbers, then what lies furthest out. Source: METRICS.md,
    `alerts`. Raises QueryError like `compute`.
    """
    engine = engine or default_engine()
    reasons: dict[str, str] = {}
    wanted = dict.fromkeys((*RATIOS, *(one.metric for one in thresholds)))
    ratios = _monthly(engine, data, query, tuple(wanted), reasons)
    series_of_all = [*_sums(engine, data, query, reasons), *(ratios[name] for name in RATIOS if name in ratios)]
    watched = [one for one in series_of_all if len(begun(one.values)) >= FEWEST_MONTHS]
    short = {one.metric.id: "n_too_small" for one in series_of_all}
    found = [
        _alert(ratios[one.metric], one)
        for one in thresholds
        if one.metric in ratios and one.crossed(float(ratios[one.metric].values[-1]))
    ]
    for series in watched:
        percent = series.metric.unit is Unit.PERCENT and bool((series.values <= 1).all())
        strange = unusual(series.values, 1.0 if percent else None)
        if strange is not None:
            found.append(_alert(series, strange))
    ranked = sorted(found, key=_usefulness)
    judged = {one.metric.id for one in watched} | {one.metric for one in thresholds if one.metric in ratios}
    untold = {name: reason for name, reason in (short | reasons).items() if name not in judged}
    told = tuple(ranked[:most])
    if explained:
        told = tuple(replace(one, why=_why(engine, data, query, one)) for one in told)
    return Alerts(told, len(ranked), len(watched), MappingProxyType(untold))


def _alert(series: _Series, what: Unusual | Threshold) -> Alert:
    value = float(series.values[-1])
    if isinstance(what, Threshold):
        size = abs(value - what.value) / abs(what.value) if what.value else math.inf
        known = Alert(series.metric, series.part, series.period, value, what.above, None, min(size, MOST_TIMES))
        known = replace(known, threshold=what)
    else:
        known = Alert(series.metric, series.part, series.period, value, value > what.expected, None, what.times)
        known = replace(known, usual=what)
    better = series.metric.better
    return known if better is Better.NEITHER else replace(known, good=known.above is (better is Better.HIGHER))


def _usefulness(alert: Alert) -> tuple[int, bool, float, bool, str, tuple[str, str]]:
    # A limit that someone set is crossed for that person, whichever way is called better.
    worse = 0 if alert.good is False or alert.threshold else 1 if alert.good is None else 2
    return (
        worse, alert.threshold is None, -alert.times, alert.part is not None, alert.metric.id, alert.part or ("", ""),
    )  # fmt: skip


def _sums(engine: Engine, data: Dataset, query: MetricQuery, reasons: dict[str, str]) -> Iterator[_Series]:
    """Give revenue by month: of everything and of the parts that brought most lately."""
    known = history(data, query, PARTS, engine)
    if isinstance(known, str):
        reasons[METRIC] = known
        return
    period = bucket(add_months(known.next_month, -1), Grain.MONTH)
    metric = CATALOGUE[METRIC]
    yield _Series(metric, None, period, known.values)
    for name, parts in known.parts.items():
        named = [value for value in parts if value != UNKNOWN and parts[value][-LATELY:].any()]
        lately = {value: -float(parts[value][-LATELY:].sum()) for value in named}
        least = LEAST_SHARE * float(known.values[-LATELY:].sum())
        if len(named) > 1:
            large = [value for value in named if -lately[value] >= least]
            for value in sorted(large, key=lately.__getitem__)[:MOST_PARTS]:
                yield _Series(metric, (name, value), period, parts[value])


def _monthly(
    engine: Engine, data: Dataset, query: MetricQuery, metrics: Sequence[str], reasons: dict[str, str]
) -> dict[str, _Series]:
    """Give numbers by month that are no sums of parts, each up to the last month that is told whole."""
    plain = replace(query, period=None, grain=None, by=(), compare=())
    asked: dict[str, tuple[Asked, MetricQuery]] = {}
    lacking = availability(data)
    for name in metrics:
        [one] = resolve(engine, data, replace(plain, metrics=(name,)))
        reason = lacking[name] or one.reason or ("undated" if one.undated else None)
        if reason is not None or not one.covers:
            reasons[name] = reason or "no_rows"
            continue
        first = max(cover.first for cover in one.covers.values())
        start = floor(first, Grain.MONTH)
        if (first - start).days > LARGEST_ORDINARY_GAP:
            start = add_months(start, 1)
        end = floor(one.through + timedelta(days=1), Grain.MONTH)
        if end <= start:
            reasons[name] = "n_too_small"
            continue
        asked[name] = (one, replace(plain, metrics=(name,), period=Period(start, end), grain=Grain.MONTH))
    answers = compute_many(data, [own for _one, own in asked.values()], engine) if asked else ()
    found = {}
    for name, answer in zip(asked, answers, strict=True):
        series = _series(answer, CATALOGUE[name])
        if isinstance(series, str):
            reasons[name] = series
        else:
            found[name] = series
    return found


def _series(answer: Result, metric: Metric) -> _Series | str:
    """Give the months without a gap up to the last one of which all cases have had their days, or why not."""
    columns = answer.columns
    values = columns["value"].astype(float)
    early = [
        reason == "immature_cohort" or "immature_left_out" in warnings
        for reason, warnings in zip(columns["reason"], columns["warnings"], strict=True)
    ]
    last = len(values)
    while last and early[last - 1]:
        last -= 1
    if not last or math.isnan(values[last - 1]):
        return str(columns["reason"][last - 1] or "n_too_small") if last else "immature_cohort"
    if metric.unit is not Unit.COUNT and metric.unit is not Unit.MONEY and columns["n"][last - 1] < FEWEST_CASES:
        return "n_too_small"
    gaps = np.flatnonzero(np.isnan(values[:last]))
    start = int(gaps[-1]) + 1 if len(gaps) else 0
    month = bucket(pd.Timestamp(columns["period_start"][last - 1]).date(), Grain.MONTH)
    return _Series(metric, None, month, values[start:last])


def _why(engine: Engine, data: Dataset, query: MetricQuery, alert: Alert) -> Why | None:
    """Take the change against last year apart, or against the month before, whichever went the way of the alert."""
    if alert.metric.id not in SUBJECTS:
        return None
    where = (*query.where, Filter(alert.part[0], (alert.part[1],))) if alert.part else query.where
    asked = replace(
        query, metrics=(alert.metric.id,), period=alert.period, grain=None, by=(), compare=(), where=where
    )
    for base in (Compare.LAST_YEAR, Compare.PREVIOUS):
        found = why(data, asked, base, engine)
        if found.reason is None and (found.change > 0 if alert.above else found.change < 0):
            return found
    return None
