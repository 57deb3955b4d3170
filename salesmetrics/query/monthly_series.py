"""Revenue by whole month, for everything and for the parts of it: what forecasts start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from salesmetrics.analysis.forecast.history import Values
from salesmetrics.engine import Engine, default_engine
from salesmetrics.model.calendar import Grain, Period, add_months, floor
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.compute import compute_many
from salesmetrics.query.coverage import LARGEST_ORDINARY_GAP
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.resolve import resolve
from salesmetrics.query.result import Result

METRIC = "revenue"


@dataclass(frozen=True, eq=False)
class History:
    """Revenue of the whole months from `first` on; a month without orders is 0.

    `parts` hold the same by dimension and value. `booked` is what the month after them, which has begun, brought up
    to `through`; `booked_parts` the same by dimension and value.
    """

    first: date
    values: Values
    parts: Mapping[str, Mapping[str, Values]]
    through: date
    booked: float
    booked_parts: Mapping[str, Mapping[str, float]]

    @property
    def next_month(self) -> date:
        """The first day of the month after the whole ones."""
        return add_months(self.first, len(self.values))

    def before(self, period: Period, values: Values | None = None) -> float:
        """Give what the whole months of a period that are over brought: of everything, or of a part's `values`."""
        counted = self.values if values is None else values
        months = [add_months(self.first, place) for place in range(len(counted))]
        return float(
            sum(value for month, value in zip(months, counted, strict=True) if period.start <= month < period.end)
        )


def history(
    data: Dataset, query: MetricQuery, dimensions: Sequence[str] = (), engine: Engine | None = None
) -> History | str:
    """Give revenue by month under the filters and settings of a request for `METRIC`, or the reason why there is none.

    The period of the request does not count: all whole months do, up to its `as_of` or the last day of the orders.
    A first month that the data joins more than four days late is left out. Raises QueryError like `compute`.
    """
    engine = engine or default_engine()
    [one] = resolve(engine, data, replace(query, metrics=(METRIC,), period=None, grain=None, by=(), compare=()))
    if one.reason is not None:
        return one.reason
    first, through = one.covers["orders"].first, one.through
    start = floor(first, Grain.MONTH)
    if (first - start).days > LARGEST_ORDINARY_GAP:
        start = add_months(start, 1)
    end = floor(through + timedelta(days=1), Grain.MONTH)
    if end <= start:
        return "n_too_small"
    asked = replace(
        query, metrics=(METRIC,), period=Period(start, add_months(end, 1)), grain=Grain.MONTH, by=(), compare=()
    )
    whole, *cut = compute_many(data, (asked, *(replace(asked, by=(name,)) for name in dimensions)), engine)
    months = (end.year - start.year) * 12 + end.month - start.month
    [(values, booked)] = _series(whole, "", months).values()
    parts = {name: _series(result, name, months) for name, result in zip(dimensions, cut, strict=True)}
    return History(
        start, values, {name: {value: one for value, (one, _now) in found.items()} for name, found in parts.items()},
        through, booked,
        {name: {value: now for value, (_one, now) in found.items()} for name, found in parts.items()},
    )  # fmt: skip


def _series(result: Result, dimension: str, months: int) -> dict[str, tuple[Values, float]]:
    """Give by value its whole months and what the one after them brought so far."""
    columns = result.columns
    values = np.nan_to_num(columns["value"].astype(float))
    names = columns[dimension] if dimension else np.full(len(values), "", dtype=object)
    found: dict[str, tuple[Values, float]] = {}
    starts = np.array(columns["period_start"], dtype="datetime64[D]")
    for name in dict.fromkeys(names):
        own = names == name
        ordered = values[own][np.argsort(starts[own], kind="stable")]
        found[str(name)] = (ordered[:months], float(ordered[months]) if len(ordered) > months else 0.0)
    return found
