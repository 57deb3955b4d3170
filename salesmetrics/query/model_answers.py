"""What models and kept lists answer, as rows like those of metrics: for the command line and for Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from salesmetrics.analysis.forecast.outlook import LAST_MONTHS, NARROW, WIDE, Outlook
from salesmetrics.analysis.lifetime_value import USUAL_HORIZON
from salesmetrics.analysis.reviews import Rate, action_close_rate, review_on_time_rate
from salesmetrics.engine import Engine, default_engine
from salesmetrics.errors import QueryError
from salesmetrics.i18n import _
from salesmetrics.model.calendar import Grain, Period, add_months
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.compute import compute_many
from salesmetrics.query.customer_future import METRIC as HISTORIES
from salesmetrics.query.customer_future import NoFuture, customer_future
from salesmetrics.query.forecasts import PARTS, REST, Forecasts, forecasts
from salesmetrics.query.kpis import board, kpis_in_files
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.result import Result
from salesmetrics.query.reviews import last_day, reviews_in_files

OTHERS = "(others)"
"""The name of the parts that are forecast as one."""

KPI = "kpi"
"""The column that names the KPI of a row."""


@dataclass(frozen=True)
class _Row:
    """One row of an answer; `by` names its part."""

    period: Period
    value: float | None = None
    reason: str | None = None
    n: int | None = None
    numerator: float | None = None
    denominator: float | None = None
    by: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    details: Mapping[str, float | str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class _Answer:
    """The rows of a model, the day up to which it knows, and the columns by which rows are told apart."""

    as_of: date
    rows: Sequence[_Row]
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """How a model is asked: the metric under whose filters it stands, and the dimensions it can be cut by."""

    metric: str
    cut_by: tuple[str, ...]
    give: Callable[[str, Dataset, MetricQuery, Engine], _Answer]


def model_answer(data: Dataset, model: str, query: MetricQuery, engine: Engine | None = None) -> Result:
    """Give what a model of `MODEL_ANSWERS` answers, in the columns of a metric's answer; its metrics do not count.

    `forecast` gives a row for each month ahead, in `details` its range, whatever the period; errors are those of
    the last 12 months; `clv_predictive` is the mean of all customers, or one row each by customer. Raises QueryError
    like `compute`, and for a comparison or a cut that the model does not have.
    """
    if model not in MODEL_ANSWERS:
        raise QueryError(
            _("“{model}” cannot be asked by itself. These can: {names}.").format(
                model=model, names=", ".join(MODEL_ANSWERS)
            )
        )
    asked = MODEL_ANSWERS[model]
    _check(model, asked, query)
    found = asked.give(
        model, data, replace(query, metrics=(asked.metric,), grain=None), engine or default_engine()
    )
    whole = Period(found.rows[0].period.start, found.rows[-1].period.end)
    return Result(query, found.as_of, whole, _framed(model, found))


def _check(model: str, asked: _Asked, query: MetricQuery) -> None:
    if query.compare:
        raise QueryError(_("“{model}” is not compared with other periods: leave that out.").format(model=model))
    if query.grain not in (None, Grain.MONTH) or (query.grain and model != "forecast"):
        raise QueryError(
            _("“{model}” is not cut by {grain}: leave that out.").format(model=model, grain=query.grain)
        )
    wrong = [name for name in query.by if name not in asked.cut_by]
    if wrong or len(query.by) > 1:
        can = _("It can be cut by one of: {names}.").format(names=", ".join(asked.cut_by)) if asked.cut_by else ""
        said = _("“{model}” is not cut by {names}.").format(model=model, names=", ".join(wrong or query.by))
        raise QueryError(f"{said} {can}".strip())


def _framed(model: str, found: _Answer) -> pd.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            "metric": model,
            "period_start": pd.Timestamp(row.period.start),
            "period_end": pd.Timestamp(row.period.end),
            **{name: row.by.get(name) for name in found.by},
            "value": np.nan if row.value is None else row.value,
            "reason": row.reason,
            "n": row.n,
            "numerator": np.nan if row.numerator is None else row.numerator,
            "denominator": np.nan if row.denominator is None else row.denominator,
            "warnings": row.warnings,
            "details": dict(row.details),
        }
        for row in found.rows
    ]
    return pd.DataFrame(rows)


def _last(day: date) -> Period:
    return Period(day, date.fromordinal(day.toordinal() + 1))


def _forecast(model: str, data: Dataset, query: MetricQuery, engine: Engine) -> _Answer:
    found = forecasts(data, replace(query, period=None, by=()), PARTS, engine)
    if isinstance(found, str):
        day = last_day(data, engine)
        return _Answer(day, [_Row(_last(day), reason=found)], query.by)
    if model != "forecast":
        return _Answer(found.history.through, [_errors(model, found)], query.by)
    outlooks = _parts(found, query.by[0]) if query.by else {"": found.whole}
    rows = [row for name, each in outlooks.items() for row in _months(found, query.by, name, each)]
    return _Answer(found.history.through, rows, query.by)


def _parts(found: Forecasts, dimension: str) -> Mapping[str, Outlook]:
    # Where there is one part alone, it is the whole.
    known = found.history.parts.get(dimension, {})
    return found.parts.get(dimension) or {next(iter(known)) if len(known) == 1 else UNKNOWN: found.whole}


def _months(found: Forecasts, by: tuple[str, ...], name: str, each: Outlook) -> Iterator[_Row]:
    ends = {f"{share:.0%}".rstrip("%"): each.interval(share) for share in (NARROW, WIDE)}
    part = dict.fromkeys(by, OTHERS if name == REST else name)
    for place, month in enumerate(found.months):
        reach = {
            f"{side}_{share}": float(pair[at][place])
            for share, pair in ends.items() if pair is not None for at, side in enumerate(("low", "high"))
        }  # fmt: skip
        period = Period(month, add_months(month, 1))
        yield _Row(
            period, float(each.expected[place]), n=len(found.history.values), by=part,
            warnings=() if reach else ("no_interval",), details=reach,
        )  # fmt: skip


def _errors(model: str, found: Forecasts) -> _Row:
    ahead = found.history.next_month
    period = Period(add_months(ahead, -LAST_MONTHS), ahead)
    if model == "interval_coverage":
        held = found.whole.coverage(NARROW)
        if held is None:
            return _Row(period, reason="n_too_small")
        inside, counted = held
        return _Row(period, inside / counted, None, counted, inside, counted)
    errors, naive = found.whole.errors(LAST_MONTHS), found.whole.naive_errors(LAST_MONTHS)
    name = model.removeprefix("forecast_")
    value = getattr(errors, name) if errors is not None else None
    if errors is None or value is None:
        return _Row(period, reason="n_too_small")
    return _Row(period, value, n=errors.n, details={"naive": getattr(naive, name) if naive is not None else None})


def _customer_value(_model: str, data: Dataset, query: MetricQuery, engine: Engine) -> _Answer:
    found = customer_future(data, replace(query, by=()), USUAL_HORIZON, 1, engine=engine)
    if isinstance(found, NoFuture):
        day = last_day(data, engine)
        few = found.reason in ("customers", "came_back", "history")
        return _Answer(day, [_Row(_last(day), reason="n_too_small" if few else found.reason)], query.by)
    period = Period(found.day, add_months(found.day, found.months))
    each = found.everybody
    if not query.by:
        n = len(each["customer_id"]) - found.unvalued
        details = {"purchases": found.purchases, "of_new": found.of_new}
        return _Answer(found.day, [_Row(period, found.value / n, None, n, found.value, n, details=details)])
    rows = [
        _Row(
            period, None if value != value else value, "loss_making" if value != value else None, 1,
            by={"customer": str(customer)},
            details={"purchases": purchases, "active": None if active != active else active},
        )
        for customer, value, purchases, active in zip(
            *(each[name].tolist() for name in ("customer_id", "value", "purchases", "active")), strict=True
        )
    ]  # fmt: skip
    return _Answer(found.day, rows, query.by)


def _kpis(_model: str, data: Dataset, query: MetricQuery, engine: Engine) -> _Answer:
    asked = board(data, kpis_in_files(data, engine), query.conventions, query.params, engine)
    lines = asked.lines(compute_many(data, asked.questions, engine)) if asked.kpis else ()
    day = last_day(data, engine)
    rows = [
        _Row(
            line.period or _last(day), line.standing.reached if line.standing else None,
            line.reason or (None if line.standing else "no_target"), None, line.value,
            line.standing.paced if line.standing else line.kpi.target,
            {KPI: " ".join(filter(None, (line.kpi.metric, line.kpi.period, line.kpi.region)))}, line.warnings,
            {"status": str(line.standing.status) if line.standing else None, "target": line.kpi.target},
        )
        for line in lines
    ]  # fmt: skip
    return _Answer(day, rows or [_Row(_last(day), reason="no_rows")], (KPI,))


def _reviews(model: str, data: Dataset, query: MetricQuery, engine: Engine) -> _Answer:
    day = query.as_of or last_day(data, engine)
    held = reviews_in_files(data, engine)
    rate: Rate = review_on_time_rate(held, day) if model == "review_on_time_rate" else action_close_rate(held)
    reason = None if rate.denominator else "no_rows"
    row = _Row(_last(day), rate.share, reason, rate.denominator, rate.numerator, rate.denominator)
    return _Answer(day, [row])


_SOLD = _Asked("revenue", PARTS, _forecast)
_TESTED = _Asked("revenue", (), _forecast)
_KEPT = _Asked("revenue", (), _reviews)

MODEL_ANSWERS: Mapping[str, _Asked] = MappingProxyType(
    {
        "forecast": _SOLD, "forecast_mase": _TESTED, "forecast_wape": _TESTED, "forecast_bias": _TESTED,
        "interval_coverage": _TESTED, "clv_predictive": _Asked(HISTORIES, ("customer",), _customer_value),
        "kpi_status": _Asked("revenue", (), _kpis), "review_on_time_rate": _KEPT, "action_close_rate": _KEPT,
    }
)  # fmt: skip
"""The models that can be asked like metrics; the others set two periods against each other, or need a plan."""
