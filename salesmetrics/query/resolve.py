"""Check a request against the catalogue and the data, and settle everything that it left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from salesmetrics.engine import Engine
from salesmetrics.errors import QueryError, nearest
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.metrics.measure import Measure, Placed, alternatives
from salesmetrics.metrics.models import MODELS
from salesmetrics.model import calendar
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived import RELATIONS
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.coverage import Coverage, coverage, day_after
from salesmetrics.query.request import Compare, Filter, MetricQuery
from salesmetrics.query.settings import SETTINGS


@dataclass(frozen=True)
class Span:
    """A period asked for and, where the data ends inside it, the number of its days that are compared."""

    whole: Period
    days: int | None = None

    @property
    def period(self) -> Period:
        """The days that are counted."""
        return self.whole if self.days is None else calendar.first_days(self.whole, self.days)


@dataclass(frozen=True)
class Asked:
    """One metric of a request with everything settled.

    `spans` are the rows in order; `covers` what each fact table it reads covers; `reason` why it cannot be
    computed at all; `undated` that its table has no dates, so that it is computed over the whole file.
    """

    metric: Metric
    settings: Mapping[str, str]
    measures: tuple[Measure, ...]
    by: tuple[str, ...]
    where: tuple[Filter, ...]
    spans: tuple[Span, ...]
    as_of: date
    covers: Mapping[str, Coverage]
    reason: str | None
    undated: bool

    @property
    def through(self) -> date:
        """The last day that every table it reads covers."""
        return min((cover.through for cover in self.covers.values()), default=self.as_of)

    def is_partial(self, period: Period) -> bool:
        """Tell whether the data ends inside the period."""
        return period.end > day_after(self.through)


def dimensions_of(metric: Metric, measures: tuple[Measure, ...]) -> tuple[str, ...]:
    """Give the dimensions that every relation behind a metric has, in their usual order."""
    shared = set(DIMENSIONS) if metric.dimensions is None else set(metric.dimensions)
    for measure in measures:
        shared &= set(RELATIONS[measure.relation].dimensions)
    return tuple(name for name in DIMENSIONS if name in shared)


def resolve(engine: Engine, data: Dataset, query: MetricQuery) -> tuple[Asked, ...]:
    """Settle each metric of a request; raises QueryError with the nearest right name for what does not exist."""
    if not query.metrics:
        raise QueryError(_("No metric was asked for: name at least one, such as revenue."))
    settings = _settings(query)
    where = tuple(_filter(item) for item in query.where)
    for name in query.by:
        _check_dimension(name, query.metrics)
    return tuple(_ask(engine, data, query, _metric(name), settings, where) for name in query.metrics)


def _metric(name: str) -> Metric:
    if name in MODELS:
        raise QueryError(
            _("“{name}” is no metric but a model. {where}").format(name=name, where=_where_asked(name))
        )
    if name not in CATALOGUE:
        raise QueryError(
            _("There is no metric “{name}”.").format(name=name)
            + (nearest(name, CATALOGUE) or " " + _("`python -m salesmetrics metrics` lists them."))
        )
    return CATALOGUE[name]


def _where_asked(model: str) -> str:
    if model in ("driver_decomposition", "mix_rate_split"):
        return _("`sm.why` gives it in Python; in the app it is on the page Diagnose.")
    if model == "alerts":
        return _("`python -m salesmetrics alerts` tells it.")
    if model in ("suggested_target", "target_review_flag", "incentive_payout"):
        return _("In the app it is on the page Forecast and targets.")
    return _("Ask for it by itself: `python -m salesmetrics compute`, or `sm.model_answer` in Python.")


def _check_dimension(name: str, metrics: tuple[str, ...] = ()) -> None:
    if name not in DIMENSIONS:
        whose = _(" to cut {metrics} by").format(metrics=", ".join(metrics)) if metrics else ""
        raise QueryError(
            _("There is no dimension “{name}”{whose}.").format(name=name, whose=whose)
            + (nearest(name, DIMENSIONS) or " " + _("There are {names}.").format(names=", ".join(DIMENSIONS)))
        )


def _filter(item: Filter) -> Filter:
    _check_dimension(item.dimension)
    # An en dash is how bands are printed, a hyphen how they are stored.
    values = tuple(value.replace("–", "-") for value in item.values) if item.dimension == "tenure" else item.values
    return Filter(item.dimension, values)


def _settings(query: MetricQuery) -> dict[str, dict[str, str]]:
    given: dict[str, dict[str, str]] = {}
    for name, value in query.params:
        metric_id, _dot, parameter_name = name.partition(".")
        metric = _metric(metric_id)
        parameters = [parameter.name for parameter in metric.parameters]
        if parameter_name not in parameters:
            raise QueryError(
                _("{metric} has no parameter “{name}”.").format(metric=metric_id, name=parameter_name)
                + (nearest(parameter_name, parameters) or " " + _("It has: {names}.").format(
                    names=", ".join(parameters) or _("none")
                ))
            )  # fmt: skip
        given.setdefault(metric_id, {})[parameter_name] = SETTINGS[name].read(value)
    return given


def _ask(
    engine: Engine,
    data: Dataset,
    query: MetricQuery,
    metric: Metric,
    given: Mapping[str, Mapping[str, str]],
    where: tuple[Filter, ...],
) -> Asked:
    settings = metric.settings(given.get(metric.id, {}))
    measures = metric.made_of(settings)
    by = query.by or metric.by
    dimensions = dimensions_of(metric, measures)
    for name in by:
        if name not in dimensions:
            raise QueryError(
                _("{metric} cannot be broken down by {dimension}; it can be by {dimensions}.").format(
                    metric=metric.id, dimension=name, dimensions=", ".join(dimensions)
                )
            )
    reason = missing_input(data, measures)
    for item in where:
        if reason is None and item.dimension not in dimensions:
            reason = f"filter_not_applicable:{item.dimension}"
    tables = sorted({table for measure in measures for table in RELATIONS[measure.relation].tables})
    covers = {table: cover for table, cover in coverage(engine, data).items() if table in tables}
    if query.as_of is not None:
        covers = {table: Coverage(cover.first, query.as_of) for table, cover in covers.items()}
    as_of = query.as_of or max((cover.through for cover in covers.values()), default=data.read_on)
    undated = _is_undated(data, tables)
    spans = _spans(query, covers, as_of, undated)
    if reason is None and not undated:
        reason = _missing_date(data, measures)
    if reason is None and not undated and any(table not in covers for table in tables):
        reason = "no_rows"
    return Asked(metric, settings, measures, by, where, spans, as_of, covers, reason, undated)


def missing_input(data: Dataset, measures: tuple[Measure, ...]) -> str | None:
    """Give the reason `missing_column:TABLE.COLUMN` for the first column that measures need and no file has."""
    return missing_column(data, [name for measure in measures for name in measure.inputs])


def missing_column(data: Dataset, inputs: Iterable[str]) -> str | None:
    """Give the reason `missing_column:TABLE.COLUMN` for the first of `inputs` that no file has."""
    for name in inputs:
        columns = alternatives(name)
        if not any(data.has(*column.split(".")) for column in columns):
            return f"missing_column:{columns[0]}"
    return None


def _is_undated(data: Dataset, tables: list[str]) -> bool:
    return tables == ["opportunities"] and not (
        data.has("opportunities", "created_date") or data.has("opportunities", "close_date")
    )


def _missing_date(data: Dataset, measures: tuple[Measure, ...]) -> str | None:
    for measure in measures:
        if (
            measure.relation == "opportunity"
            and measure.placed is Placed.BY_DATE
            and not data.has("opportunities", "close_date")
        ):
            return "missing_column:opportunities.close_date"
    return None


def _spans(query: MetricQuery, covers: Mapping[str, Coverage], as_of: date, undated: bool) -> tuple[Span, ...]:
    first = min((cover.first for cover in covers.values()), default=as_of)
    whole = Period(min(first, as_of), day_after(as_of))
    if undated:
        return (Span(query.period or whole),)
    period = query.period or calendar.widen(whole, query.grain, query.conventions)
    through = min((cover.through for cover in covers.values()), default=as_of)
    spans = []
    for bucket in calendar.buckets(period, query.grain, query.conventions):
        elapsed = (day_after(through) - bucket.start).days
        spans.append(Span(bucket, elapsed if 0 < elapsed < bucket.days else None))
    return tuple(spans)


def against(span: Span, compare: Compare, query: MetricQuery) -> Span:
    """Give the span that one is compared with, cut to the same number of elapsed days."""
    if compare is Compare.PREVIOUS:
        return Span(calendar.previous(span.whole), span.days)
    return Span(calendar.year_before(span.whole, query.grain), span.days)


def last_day(span: Span, as_of: date) -> date:
    """Give the day on which a balance is taken: the last of the span, no later than `as_of`."""
    return min(span.period.end - timedelta(days=1), as_of)
