"""What the coming months are likely to bring: the whole, its parts that sum to it, and where periods will land."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

import numpy as np

from salesmetrics.analysis.forecast.history import Values
from salesmetrics.analysis.forecast.landing import Landing, landing
from salesmetrics.analysis.forecast.outlook import Outlook, outlook
from salesmetrics.analysis.forecast.reconcile import bottom_up, fitted_to, in_cents
from salesmetrics.engine import Engine, default_engine
from salesmetrics.model.calendar import Grain, Period, add_months, bucket
from salesmetrics.model.conventions import Conventions
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.monthly_series import History, history
from salesmetrics.query.request import MetricQuery

PARTS = ("region", "product", "rep")
"""The dimensions that are forecast in parts; of the first that divides the sales the whole is the sum."""

MOST_PARTS = 12
"""Parts of a dimension that are forecast by themselves: those that brought most lately. The rest is one more."""

REST = "\u0000other"
"""The part that stands for all beyond `MOST_PARTS`; no value of a dimension starts like it."""

LATELY = 12
"""Months by which parts are ranked."""

PERIODS = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)
"""The periods whose landing is told: those that hold the first month to come."""


@dataclass(frozen=True, eq=False)
class Forecasts:
    """The forecast under one request: of everything (`whole`) and by dimension and value (`parts`).

    The parts of each dimension sum to the whole to the cent. `summed_by` is the dimension whose parts were forecast
    by themselves and added; the others are fitted to their sum. It is empty where nothing divides the sales.
    """

    history: History
    whole: Outlook
    parts: Mapping[str, Mapping[str, Outlook]]
    summed_by: str

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of the months ahead."""
        return tuple(add_months(self.history.next_month, place) for place in range(len(self.whole.expected)))


@dataclass(frozen=True)
class Stand:
    """Where a period stands and will land."""

    grain: Grain
    period: Period
    landing: Landing


def forecasts(
    data: Dataset, query: MetricQuery, dimensions: Sequence[str] = PARTS, engine: Engine | None = None
) -> Forecasts | str:
    """Forecast revenue by month under the filters of a request, or give the reason why it cannot be.

    All whole months up to the request's `as_of` (else the last day of the orders) count, whatever its period.
    Raises QueryError like `compute`.
    """
    engine = engine or default_engine()
    known = history(data, query, dimensions, engine)
    if isinstance(known, str):
        return known
    chosen = {name: _largest(parts) for name, parts in known.parts.items()}
    # A filter that leaves one region forecasts the same sums as that region has among the others.
    divided = [name for name, parts in chosen.items() if set(parts) - {UNKNOWN}]
    if not divided:
        alone = outlook(known.values)
        if alone is None:
            return "n_too_small"
        whole = replace(alone, expected=in_cents(alone.expected))
        return Forecasts(known, whole, {}, "")
    first, *others = divided
    summed = bottom_up(chosen[first])
    if summed is None:
        return "n_too_small"
    parts = {first: summed.parts}
    for name in others:
        found = bottom_up(chosen[name])
        if found is not None:
            fitted = fitted_to(
                {value: one.expected for value, one in found.parts.items()}, summed.outlook.expected
            )
            parts[name] = {value: replace(one, expected=fitted[value]) for value, one in found.parts.items()}
    return Forecasts(known, summed.outlook, parts, first)


def _largest(parts: Mapping[str, Values]) -> dict[str, Values]:
    """Give the parts that brought most lately, the largest first, and the sum of the rest; none that never sold."""
    sold = [name for name, values in parts.items() if np.any(values)]
    ranked = sorted(sold, key=lambda name: (-float(parts[name][-LATELY:].sum()), name))
    if len(ranked) <= MOST_PARTS + 1:
        return {name: parts[name] for name in ranked}
    found = {name: parts[name] for name in ranked[:MOST_PARTS]}
    return found | {REST: np.sum([parts[name] for name in ranked[MOST_PARTS:]], axis=0)}


def periods_ahead(found: Forecasts, conventions: Conventions) -> Mapping[Grain, Period]:
    """Give the month, the quarter and the fiscal year that hold the first month to come."""
    return {grain: bucket(found.history.next_month, grain, conventions) for grain in PERIODS}


def stands(
    found: Forecasts, conventions: Conventions, quotas: Mapping[Period, float] = MappingProxyType({})
) -> tuple[Stand, ...]:
    """Tell where the periods that hold the first month to come will land, against their quotas."""
    landed = [
        (grain, period, landing_of(found, period, quotas.get(period)))
        for grain, period in periods_ahead(found, conventions).items()
    ]
    return tuple(Stand(grain, period, land) for grain, period, land in landed if land is not None)


def landing_of(found: Forecasts, period: Period, quota: float | None = None) -> Landing | None:
    """Tell where a period of whole months will land; None where it is over, or the data or forecast does not cover it.

    A period that begins later than the first month to come lands on what its own months are expected to bring.
    """
    past = found.history
    return _landing(past, found.whole, period, past.before(period), past.booked, quota)


def landing_of_part(
    found: Forecasts, dimension: str, value: str, period: Period, quota: float | None = None
) -> Landing | None:
    """Tell where a period will land for one part; None also where the part is not forecast by itself."""
    past, part = found.history, found.parts.get(dimension, {}).get(value)
    if part is None:
        return None
    closed = past.before(period, past.parts[dimension][value])
    return _landing(past, part, period, closed, past.booked_parts[dimension][value], quota)


def _landing(
    past: History, told: Outlook, period: Period, closed: float, booked: float, quota: float | None
) -> Landing | None:
    if period.start.day != 1 or period.end.day != 1 or period.start < past.first:
        return None
    skipped = max(_months(past.next_month, period.start), 0)
    last = _months(past.next_month, period.end)
    if last <= skipped or last > len(told.expected):
        return None
    return landing(told, closed, 0.0 if skipped else booked, (skipped, last), quota)


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month
