"""What a team or one rep should know after a week or a month: what changed, why, what is at risk, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np
import pandas as pd

from salesmetrics.analysis.target_review import Review, review, seasonal_share
from salesmetrics.engine import Engine, default_engine
from salesmetrics.errors import QueryError
from salesmetrics.i18n import _
from salesmetrics.model.calendar import Grain, Period, bucket, floor, previous, year_before
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.alerts import Alerts, alerts
from salesmetrics.query.compute import compute
from salesmetrics.query.coverage import Coverage
from salesmetrics.query.customer_names import customer_names
from salesmetrics.query.customer_standing import METRIC as AT_RISK
from salesmetrics.query.customer_standing import Standings, standings
from salesmetrics.query.overdue import METRIC as OPEN_DEALS
from salesmetrics.query.overdue import Overdue, overdue
from salesmetrics.query.records import records
from salesmetrics.query.request import Compare, Filter, MetricQuery
from salesmetrics.query.resolve import resolve
from salesmetrics.query.result import Result
from salesmetrics.query.running_quotas import RunningQuota, running_quotas
from salesmetrics.query.values import check_values, coverage
from salesmetrics.query.why import Why, why

TOLD = (
    "revenue", "orders", "average_transaction_value", "gross_margin", "return_rate", "new_customers", "leads",
    "lead_response_time", "win_rate", "pipeline_value",
)  # fmt: skip
"""The numbers whose change is told."""

EXPLAINED = ("revenue", "win_rate", "leads")
"""The numbers whose change is taken apart: the first that the data allows."""

MOST = 5
"""Rows of a list, and alerts, that are told."""

LATELY = timedelta(days=30)
"""The last days of whose leads it is told which nobody answered."""

UNANSWERED, _SEASON = "unanswered_rate", "seasonality_index"

_OVER = ("disqualified", "converted")
"""What became of leads that nobody needs to answer any more."""


@dataclass(frozen=True)
class Lead:
    """A lead that nobody answered in time, `days` after it came in."""

    id: str
    source: str
    rep: str
    days: int


@dataclass(frozen=True)
class Behind:
    """A running quota that is behind its pace, with `passed`, the part of its season that is over."""

    quota: RunningQuota
    passed: float
    review: Review


@dataclass(frozen=True, eq=False)
class Digest:
    """All that a digest tells of `period`, the last whole week or month, for the team or one `rep`.

    `changes` holds `TOLD` with the period before and last year; `why` takes the first of them apart against
    last year (else the period before). What is at risk is as of `through`, the last day of the data. Of `leads`
    there were `unanswered`. `tables` are those that the data holds; `absent` tells for each part that could not be
    told the reason; its field is None.
    """

    rep: str | None
    grain: Grain
    period: Period
    before: Period
    last_year: Period
    through: date
    changes: Result
    why: Why | None
    unusual: Alerts | None
    customers: Standings | None
    deals: Overdue | None
    leads: tuple[Lead, ...] | None
    unanswered: int
    behind: tuple[Behind, ...] | None
    absent: Mapping[str, str]
    tables: tuple[str, ...]


def digest(
    data: Dataset, query: MetricQuery, grain: Grain, rep: str | None = None, engine: Engine | None = None
) -> Digest:
    """Gather what a digest tells, under the settings of a request.

    Raises QueryError for a rep that the data does not name, and where no whole week or month is there.
    """
    engine = engine or default_engine()
    where = (Filter("rep", (rep,)),) if rep is not None else ()
    check_values(data, where, engine)
    plain = replace(query, metrics=(), period=None, grain=None, by=(), compare=(), where=where, as_of=None)
    reached = _reached(data, engine)
    period = _last_whole(reached, grain, plain)
    absent: dict[str, str] = {}
    changes = compute(
        data, replace(plain, metrics=TOLD, period=period, grain=grain, compare=tuple(Compare)), engine
    )
    unusual = None
    if rep is None and grain is Grain.MONTH:
        unusual = alerts(data, plain, most=MOST, explained=False, engine=engine)
    leads = _leads(data, plain, engine, absent)
    return Digest(
        rep, grain, period, previous(period), year_before(period, grain), reached.through, changes,
        _why(data, plain, period, grain, engine), unusual,
        standings(data, _if_known(data, plain, AT_RISK, "customers", engine, absent), MOST, engine),
        _deals(data, _if_known(data, plain, OPEN_DEALS, "deals", engine, absent), engine),
        leads[:MOST] if leads is not None else None, len(leads or ()),
        _behind(data, plain, rep, engine, absent), MappingProxyType(absent), tuple(data.tables),
    )  # fmt: skip


def _reached(data: Dataset, engine: Engine) -> Coverage:
    reached = coverage(data, engine)
    known = [reached[table] for table in ("orders", "opportunities", "leads") if table in reached]
    if not known:
        raise QueryError(_("A digest needs orders, deals or leads with their dates."))
    return known[0]


def _last_whole(reached: Coverage, grain: Grain, query: MetricQuery) -> Period:
    end = floor(reached.through + timedelta(days=1), grain, query.conventions)
    period = bucket(end - timedelta(days=1), grain, query.conventions)
    if period.start < floor(reached.first, grain, query.conventions):
        raise QueryError(
            _("The data holds no whole {grain}: it begins on {first} and ends on {through}.").format(
                grain=str(grain), first=reached.first, through=reached.through
            )
        )
    return period


def _if_known(
    data: Dataset, query: MetricQuery, metric: str, part: str, engine: Engine, absent: dict[str, str]
) -> MetricQuery:
    asked = replace(query, metrics=(metric,))
    [one] = resolve(engine, data, asked)
    if one.reason is not None:
        absent[part] = one.reason
    return asked


def _deals(data: Dataset, asked: MetricQuery, engine: Engine) -> Overdue | None:
    """Give the deals to act on, with their customers as people call them."""
    found = overdue(data, asked, MOST, engine)
    if found is None:
        return None
    customers = [str(one) for one in found.deals["customer"]]
    named = customer_names(data, set(customers), engine)
    called = np.array([named.get(one, one) for one in customers], dtype=object)
    return replace(found, deals={**found.deals, "customer": called})


def _why(data: Dataset, query: MetricQuery, period: Period, grain: Grain, engine: Engine) -> Why | None:
    for name in EXPLAINED:
        asked = replace(query, metrics=(name,), period=period)
        for base in (year_before(period, grain), previous(period)):
            found = why(data, asked, base, engine)
            if found.reason is None:
                return found
    return None


def _leads(data: Dataset, query: MetricQuery, engine: Engine, absent: dict[str, str]) -> tuple[Lead, ...] | None:
    """Give the leads of the last days that nobody answered, those that wait longest first."""
    [one] = resolve(engine, data, replace(query, metrics=(UNANSWERED,)))
    if one.reason is not None:
        absent["leads"] = one.reason
        return None
    end = coverage(data, engine)["leads"].through + timedelta(days=1)
    rows = records(data, replace(query, metrics=(UNANSWERED,), period=Period(end - LATELY, end)), engine)
    # The first of what the metric is made of marks the leads without an answer.
    measure = one.measures[0].name
    if measure not in rows:
        return ()
    late = rows[rows[measure].notna()]
    if "status" in late:
        late = late[~late["status"].isin(_OVER)]
    late = late.sort_values(["age_days", "lead_id"], ascending=[False, True])
    return tuple(
        Lead(str(row["lead_id"]), str(row["lead_source"]), str(row["rep"]), int(row["age_days"]))
        for row in late.to_dict("records")
    )


def _behind(
    data: Dataset, query: MetricQuery, rep: str | None, engine: Engine, absent: dict[str, str]
) -> tuple[Behind, ...] | None:
    """Give the running quotas that are behind their pace, the furthest behind first."""
    day, quotas = running_quotas(data, engine)
    own = [one for one in quotas if rep is None or (one.scope == "rep" and one.name == rep)]
    if not own:
        absent["quotas"] = "missing_column:quotas.amount" if not data.has("quotas") else "no_rows"
        return None
    season = _season(data, query, Period(min(one.period.start for one in own), day), engine)
    found = []
    for one in own:
        passed = seasonal_share(one.period, day, season, query.conventions.working_days)
        told = review(one.quota, one.sold, passed)
        if "behind" in told.reasons:
            found.append(Behind(one, passed, told))
    return tuple(sorted(found, key=lambda one: (one.review.pace or 0.0, one.quota.name)))


def _season(data: Dataset, query: MetricQuery, period: Period, engine: Engine) -> tuple[float, ...] | None:
    """Give the season of all sales by calendar month, where there is one."""
    if period.end <= period.start:
        return None
    rows = compute(data, replace(query, metrics=(_SEASON,), period=period, where=()), engine).rows(_SEASON)
    row = rows.iloc[0]
    if pd.isna(row["value"]) or "not_seasonal" in row["warnings"]:
        return None
    return tuple(float(row["details"][f"month_{place:02d}"]) for place in range(1, 13))
