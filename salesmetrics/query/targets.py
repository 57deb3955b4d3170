"""What the split of a target rests on: what each rep or region sold, has open, and how far new people are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from salesmetrics.engine import Engine, default_engine
from salesmetrics.errors import QueryError
from salesmetrics.i18n import _
from salesmetrics.model.calendar import Grain, Period, add_months, bucket, floor, year_before
from salesmetrics.model.conventions import Conventions
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.team import roster
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.model.tenure import BANDS, LAST_BAND
from salesmetrics.query.compute import compute_many
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.values import coverage

SCOPES = ("rep", "region")
"""Whose targets a total is split into."""

TENURED = ("1-2y", "2-5y", LAST_BAND)
"""The bands of reps who are measured by others like them: a year and more."""

FEWEST_MONTHS = 3
"""Rep-months that a band must have for its productivity to say something."""


@dataclass(frozen=True)
class Holder:
    """Who gets a part of a target: `id` as a quota file names them, and `name` as people do.

    `sold` is revenue of the trailing 12 months, `last_year` that of the same period a year earlier (None where the
    data does not reach it), `pipeline` the open weighted pipeline, `ramp` what people of this tenure sell as a part
    of what tenured ones do (1 where that is not known), `tenure` the band at the start of the period. `whole` tells
    that they worked all through the same period of last year.
    """

    id: str
    name: str
    sold: float
    last_year: float | None
    pipeline: float
    ramp: float = 1.0
    tenure: str | None = None
    whole: bool = True


@dataclass(frozen=True)
class TargetBasis:
    """What a split for `period` rests on: its holders by name, and what the whole sold a year earlier.

    `known_through` is the last day of orders that counted; `pipeline_known` and `ramp_known` tell whether deals and
    hire dates had a part in it.
    """

    scope: str
    period: Period
    known_through: date
    holders: tuple[Holder, ...]
    last_year: float | None
    pipeline_known: bool
    ramp_known: bool


def coming_quarter(data: Dataset, conventions: Conventions = Conventions()) -> Period:
    """Give the first quarter that begins after the orders end; raises QueryError where there are no orders."""
    next_day = _through(data) + timedelta(days=1)
    start = floor(next_day, Grain.QUARTER, conventions)
    return bucket(start if start == next_day else add_months(start, 3), Grain.QUARTER, conventions)


def target_basis(
    data: Dataset,
    scope: str,
    period: Period,
    conventions: Conventions = Conventions(),
    engine: Engine | None = None,
) -> TargetBasis:
    """Give what a target for `period` is split by; holders without anything are among them.

    Reps who left before the period, and sales without a name, hold no part. Raises QueryError where the data has no
    orders, or none that name a rep or region.
    """
    engine = engine or default_engine()
    if scope not in SCOPES:
        raise QueryError(_("Targets are split by rep or region, not by {scope}.").format(scope=scope))
    through, reached = _through(data), coverage(data, engine)
    year = Period(add_months(through + timedelta(days=1), -12), through + timedelta(days=1))
    before = year_before(period)
    asked = [
        MetricQuery(("revenue",), year, by=(scope,), conventions=conventions),
        MetricQuery(("revenue",), before, by=(scope,), conventions=conventions),
        MetricQuery(("revenue",), before, conventions=conventions),
    ]
    if data.has("opportunities", "amount"):
        # As of the last day of the deals, which need not be that of the orders.
        ended = reached["opportunities"].through if "opportunities" in reached else through
        today = Period(ended, ended + timedelta(days=1))
        asked.append(MetricQuery(("weighted_pipeline",), today, by=(scope,), conventions=conventions))
    if data.has("reps", "hire_date"):
        asked.append(MetricQuery(("revenue_per_rep_month",), year, by=("tenure",), conventions=conventions))
    found = compute_many(data, asked, engine)
    sold, last_year = _values(found[0].rows("revenue"), scope), _values(found[1].rows("revenue"), scope)
    pipeline = next((_values(one.rows("weighted_pipeline"), scope) for one in found[3:]
                     if one.query.metrics == ("weighted_pipeline",)), {})  # fmt: skip
    ramp = next((_ramp(one.rows("revenue_per_rep_month")) for one in found[3:]
                 if one.query.metrics == ("revenue_per_rep_month",)), {})  # fmt: skip
    whole = found[2].rows("revenue")["value"].iloc[0]
    reaches = reached["orders"].first <= before.start
    holders = (
        _reps(engine, data, period, before, sold, last_year, pipeline, ramp)
        if scope == "rep"
        else [
            Holder(name, name, sold.get(name, 0.0), last_year.get(name, 0.0), pipeline.get(name, 0.0))
            for name in dict.fromkeys((*sold, *pipeline))
        ]
    )
    if not reaches:
        holders = [Holder(**{**vars(one), "last_year": None}) for one in holders]
    return TargetBasis(
        scope, period, through, tuple(sorted(holders, key=lambda one: (one.name.casefold(), one.id))),
        float(whole) if reaches and pd.notna(whole) else None, bool(pipeline), bool(ramp) and scope == "rep",
    )  # fmt: skip


def _through(data: Dataset) -> date:
    reached = coverage(data).get("orders")
    if reached is None:
        raise QueryError(_("A target needs orders with their dates and amounts."))
    return reached.through


def _values(rows: pd.DataFrame, scope: str) -> dict[str, float]:
    named = rows[rows[scope].notna() & (rows[scope] != UNKNOWN) & rows["value"].notna()]
    return {str(name): float(value) for name, value in zip(named[scope], named["value"], strict=True)}


def _ramp(rows: pd.DataFrame) -> dict[str, float]:
    """Give by tenure band what a rep-month sells as a part of one of tenured reps, at most 1."""
    sold = dict(zip(rows["tenure"], zip(rows["numerator"], rows["denominator"], strict=True), strict=True))
    money, months = (sum(float(sold[band][place]) for band in TENURED if band in sold) for place in (0, 1))
    if months < FEWEST_MONTHS or money <= 0:
        return {}
    usual = money / months
    new = {
        name: min(1.0, max(0.0, float(sold[name][0]) / float(sold[name][1]) / usual))
        for name, _until in BANDS
        if name not in TENURED and name in sold and float(sold[name][1]) >= FEWEST_MONTHS
    }
    return {**new, **dict.fromkeys(TENURED, 1.0)}


def _reps(
    engine: Engine,
    data: Dataset,
    period: Period,
    before: Period,
    sold: Mapping[str, float],
    last_year: Mapping[str, float],
    pipeline: Mapping[str, float],
    ramp: Mapping[str, float],
) -> list[Holder]:
    listed: list[dict[str, Any]] = []
    if data.has("reps"):
        people = roster(engine.table(data, "reps"))
        frame = engine.run(people.select("rep_id", "rep", "hire_date", "leave_date"))
        listed = [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
    known = {str(row["rep"]) for row in listed}
    holders = []
    for row in listed:
        hired, left = _day(row["hire_date"]), _day(row["leave_date"])
        if (left is not None and left < period.start) or (hired is not None and hired >= period.end):
            continue
        name = str(row["rep"])
        tenure = _band(hired, period.start) if hired else None
        holders.append(
            Holder(
                str(row["rep_id"]), name, sold.get(name, 0.0), last_year.get(name, 0.0), pipeline.get(name, 0.0),
                _factor(ramp, tenure), tenure,
                whole=hired <= before.start if hired else name in last_year,
            )
        )  # fmt: skip
    # Who sells and stands in no list is known by the name that orders and deals give.
    for name in dict.fromkeys((*sold, *pipeline)):
        if name not in known:
            holders.append(
                Holder(name, name, sold.get(name, 0.0), last_year.get(name, 0.0), pipeline.get(name, 0.0),
                       whole=name in last_year)
            )  # fmt: skip
    return holders


def _factor(ramp: Mapping[str, float], tenure: str | None) -> float:
    if tenure is None or not ramp:
        return 1.0
    if tenure in ramp:
        return ramp[tenure]
    # A band that nobody was in long enough is told by the next one up.
    names = [*(name for name, _until in BANDS), LAST_BAND]
    return next(ramp[name] for name in names[names.index(tenure) :] if name in ramp)


def _band(hired: date, on: date) -> str:
    """Give the tenure band on a day; who is hired later starts in the first."""
    months = (on.year - hired.year) * 12 + on.month - hired.month
    if add_months(hired, months) > on:
        months -= 1
    return next((name for name, until in BANDS if months < until), LAST_BAND)


def _day(value: Any) -> date | None:
    if value is None or value != value:
        return None
    moment = pd.Timestamp(value)
    return None if pd.isna(moment) else moment.date()
