"""The board of KPIs: what is asked of the data for it, and where each KPI stands."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesmetrics.analysis.kpi_status import Key, Kpi, Standing, Wanted, kpi_status, named_period
from salesmetrics.analysis.pace import elapsed
from salesmetrics.analysis.target_review import seasonal_share
from salesmetrics.engine import Engine, default_engine
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.measure import Placed
from salesmetrics.metrics.metric import Metric, Unit
from salesmetrics.model.calendar import Grain, Period, add_months, floor
from salesmetrics.model.conventions import Conventions
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.request import Filter, MetricQuery
from salesmetrics.query.result import Result
from salesmetrics.query.values import coverage, dimension_values

SEASON = "seasonality_index"
SEASONAL = ("revenue", "gross_sales")
"""Metrics that are paced by the usual share of each month where the data knows it; others by working days."""

_COUNTED = (
    "orders", "active_customers", "new_customers", "returning_customers", "new_revenue", "returning_revenue",
)  # fmt: skip
_SUMS = (Unit.MONEY, Unit.COUNT, Unit.UNITS)


@dataclass(frozen=True)
class KpiLine:
    """A KPI with what is known of it.

    `reason` says why `value` is absent: the engine's codes, or `not_begun`, `unknown_metric`, `no_single_number`,
    `unknown_period`, `unknown_region`. `passed` is the part of the period's usual course that is over by `as_of`,
    1 where the KPI is not paced; `seasonal` tells that months weighed as they usually do. `standing` is None for a
    metric that is no KPI yet and for a target that nothing can be divided by.
    """

    kpi: Kpi
    metric: Metric | None
    period: Period | None
    as_of: date | None = None
    value: float | None = None
    reason: str | None = None
    passed: float = 1.0
    seasonal: bool = False
    standing: Standing | None = None
    warnings: tuple[str, ...] = ()


def builds_up(metric: Metric) -> bool:
    """Tell whether a metric adds up over its period, so that a part of the target is due after a part of it.

    Ratios and balances do not: they should hold all the time.
    """
    if metric.id in _COUNTED:
        return True
    placed = {measure.placed for measure in metric.made_of(metric.settings({}))}
    return metric.additive and metric.unit in _SUMS and placed == {Placed.BY_DATE}


def can_be_kpi(metric: Metric) -> bool:
    """Tell whether a metric is one number for a period; some always show parts."""
    return not metric.by


def kpis_in_files(data: Dataset, engine: Engine | None = None) -> tuple[Kpi, ...]:
    """Give the KPIs that a file lists, the last line of a metric and period; none without such a file."""
    if not data.has("kpis"):
        return ()
    engine = engine or default_engine()
    names = ("metric_id", "period", "objective", "target", "owner")
    rows = engine.run(engine.table(data, "kpis").select(*names))
    found: dict[Key, Kpi] = {}
    for values in rows.itertuples(index=False):
        metric, period, objective, target, owner = (None if _absent(value) else value for value in values)
        one = Kpi(
            _metric_id(_text(metric)),
            _text(period),
            _text(objective),
            None if target is None else float(target),
            _text(owner),
        )
        found[one.key] = one
    return tuple(found.values())


def _metric_id(text: str) -> str:
    """Give the id of a metric that a file names by it or by its title; what names none stays as it is."""
    asked = text.casefold()
    for one in CATALOGUE.values():
        if asked in (one.id, one.title.casefold(), one.title_zh):
            return one.id
    return text


def _absent(value: object) -> bool:
    return value is None or value != value


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


@dataclass(frozen=True)
class Board:
    """The KPIs of a board, and what is asked of the data for them: one request, of which `lines` reads the answers."""

    kpis: tuple[Kpi, ...]
    conventions: Conventions
    questions: tuple[MetricQuery, ...]
    asked: Mapping[Key, int]
    seasons: Mapping[Key, int]
    unanswered: Mapping[Key, KpiLine]

    def lines(self, results: Sequence[Result]) -> tuple[KpiLine, ...]:
        """Give where each KPI stands, by the answers to `questions` in their order."""
        return tuple(self.unanswered.get(one.key) or self._line(one, results) for one in self.kpis)

    def _line(self, kpi: Kpi, results: Sequence[Result]) -> KpiLine:
        result = results[self.asked[kpi.key]]
        metric, period, columns = CATALOGUE[kpi.metric], result.period, result.columns
        line = KpiLine(kpi, metric, period, result.as_of, warnings=tuple(columns["warnings"][0] or ()))
        if result.as_of < period.start:
            return replace(line, reason="not_begun")
        value = float(columns["value"][0])
        if columns["reason"][0] is not None or math.isnan(value):
            return replace(line, reason=str(columns["reason"][0] or "no_rows"))
        season = season_of(results[self.seasons[kpi.key]]) if kpi.key in self.seasons else None
        passed = 1.0
        if builds_up(metric):
            days = self.conventions.working_days
            passed = (
                seasonal_share(period, result.as_of, season, days)
                if season
                else elapsed(period, result.as_of, days)
            )
        line = replace(line, value=value, passed=passed, seasonal=season is not None)
        if kpi.target is None or not kpi.objective:
            return line
        return replace(line, standing=kpi_status(value, kpi.target, Wanted(metric.better), passed))


def season_of(result: Result) -> tuple[float, ...] | None:
    """Give the usual weight of each month, January first, from an answer on `SEASON`; None where none can be told."""
    columns = result.columns
    details = columns["details"][0] or {}
    if columns["reason"][0] is not None or "not_seasonal" in (columns["warnings"][0] or ()):
        return None
    months = tuple(float(details.get(f"month_{place:02d}", math.nan)) for place in range(1, 13))
    return None if any(map(math.isnan, months)) else months


def board(
    data: Dataset,
    kpis: Sequence[Kpi],
    conventions: Conventions = Conventions(),
    params: tuple[tuple[str, str], ...] = (),
    engine: Engine | None = None,
) -> Board:
    """Plan the one request that tells where KPIs stand; what cannot be asked carries its reason."""
    through = {name: one.through for name, one in coverage(data, engine).items()}
    regions: Collection[str] = ()
    if any(one.region for one in kpis):
        regions = {name for name, _count in dimension_values(data, "region", engine)}
    questions: dict[MetricQuery, int] = {}
    asked, seasons, unanswered = {}, {}, {}
    for one in kpis:
        period = named_period(one.period, conventions)
        metric = CATALOGUE.get(one.metric)
        reason = _cannot_be_asked(one, metric, period, regions)
        if reason is not None or metric is None or period is None:
            unanswered[one.key] = KpiLine(one, metric, period, reason=reason)
            continue
        where = (Filter("region", (one.region,)),) if one.region else ()
        query = MetricQuery((one.metric,), period, where=where, params=params, conventions=conventions)
        asked[one.key] = questions.setdefault(query, len(questions))
        known = through.get("orders")
        if one.metric in SEASONAL and known is not None and period.start <= known < period.end - timedelta(days=1):
            # The months before the period tell their usual shares; the period itself would tell its own.
            before = Period(add_months(floor(period.start, Grain.MONTH), -1), floor(period.start, Grain.MONTH))
            usual = replace(query, metrics=(SEASON,), period=before)
            seasons[one.key] = questions.setdefault(usual, len(questions))
    return Board(tuple(kpis), conventions, tuple(questions), asked, seasons, unanswered)


def _cannot_be_asked(
    kpi: Kpi, metric: Metric | None, period: Period | None, regions: Collection[str]
) -> str | None:
    if metric is None:
        return "unknown_metric"
    if not can_be_kpi(metric):
        return "no_single_number"
    if period is None:
        return "unknown_period"
    if kpi.region and kpi.region not in regions:
        return "unknown_region"
    return None
