"""What customers will bring: purchases to expect of each, the chance that it still buys, and what that is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from salesmetrics.analysis import bg_nbd, gamma_gamma, holdout
from salesmetrics.analysis.bg_nbd import BuyingModel
from salesmetrics.analysis.gamma_gamma import SpendingModel
from salesmetrics.analysis.holdout import Holdout
from salesmetrics.analysis.lifetime_value import (
    FEWEST_BACK,
    MOST_TIED,
    YEARLY_DISCOUNT,
    Enough,
    ahead,
    ahead_of_new,
    tie,
)
from salesmetrics.engine import Engine, default_engine
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.compute import compute
from salesmetrics.query.customer_names import customer_names
from salesmetrics.query.purchase_histories import METRIC, Known, purchase_histories
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.result import Columns

__all__ = ["METRIC", "CustomerFuture", "NoFuture", "customer_future"]

Numbers = NDArray[np.float64]

BANDS = (0.8, 0.5, 0.2, 0.0)
"""Chances of still being active from which customers are told together, the highest first."""


@dataclass(frozen=True)
class Band:
    """Customers whose chance to be active is `least` or more (below the band before); None: those who bought once."""

    least: float | None
    customers: int
    purchases: float
    value: float


@dataclass(frozen=True)
class NoFuture:
    """Why nothing is told: a reason as metrics give it, or `customers`, `came_back`, `history` or `beaten`.

    `enough` is what there was to learn from, `test` the test that was lost, where it came to that.
    """

    reason: str
    enough: Enough | None = None
    test: Holdout | None = None


@dataclass(frozen=True, eq=False)
class CustomerFuture:
    """What to expect over `months` after `day` of the customers known by then.

    `purchases` and `value` are sums over all of them, `value` discounted by `yearly` and gross profit, unless
    `by_revenue`; `margin` is the gross margin that revenue was multiplied by (1 where none was). `of_new` is the
    value of a customer won now, its first purchase included. `unvalued` customers lost money on what they bought
    again: they have no value and are in no sum. `tie` correlates how often customers buy with for how much.
    `test` is None where it could not be made. `first` holds columns of the most valuable customers: `customer_id`,
    `name` (None where no file says it), `active` (NaN of one who bought once: nothing tells), `purchases`, `value`,
    `bought` (days on which it bought so far), `last_purchase`, and the `rep` and `region` of that one.
    """

    day: date
    months: int
    yearly: float
    enough: Enough
    buying: BuyingModel
    spending: SpendingModel
    by_revenue: bool
    margin: float
    tie: float
    test: Holdout | None
    purchases: float
    value: float
    of_new: float
    unvalued: int
    bands: tuple[Band, ...]
    first: Columns
    everybody: Columns

    @property
    def tied(self) -> bool:
        """Tell whether frequent buyers spend so much more or less each time that the value is off."""
        return abs(self.tie) >= MOST_TIED

    def active(self, customers: Sequence[str]) -> list[float | None]:
        """Give the chance that each of `customers` still buys; None of one who bought once, or is not known."""
        return [self._active.get(customer) for customer in customers]

    @cached_property
    def _active(self) -> dict[str, float]:
        told = zip(self.everybody["customer_id"].tolist(), self.everybody["active"].tolist(), strict=True)
        return {customer: chance for customer, chance in told if chance == chance}


def customer_future(
    data: Dataset,
    query: MetricQuery,
    months: int,
    most: int,
    yearly: float = YEARLY_DISCOUNT,
    engine: Engine | None = None,
) -> CustomerFuture | NoFuture:
    """Tell what the customers of a request for `METRIC` will bring in the `months` after its last day.

    `most` customers are listed at most. The histories are the engine's; the models are learnt from all customers
    asked for, and tested on the last quarter of the history. Raises QueryError like `compute`.
    """
    engine = engine or default_engine()
    found = purchase_histories(data, query, engine)
    if isinstance(found, str):
        return NoFuture(found)
    now = found.now
    x = now.histories.repeats
    enough = Enough(len(x), int(np.count_nonzero(x)), found.days, _usual_gap(data, query, engine))
    if enough.lacks:
        return NoFuture(enough.lacks, enough)
    test = holdout.check(found.then.histories, found.then.later, found.days_after)
    if test is not None and test.beaten:
        return NoFuture("beaten", enough, test)
    basis, margin = _worth(data, query, engine)
    again = now.money[f"again_{basis}"] / np.maximum(x, 1.0)
    priced = (x > 0) & (again > 0)
    buying = bg_nbd.fit(now.histories)
    spending = gamma_gamma.fit(x[priced], again[priced]) if np.count_nonzero(priced) >= FEWEST_BACK else None
    if buying is None or spending is None:
        return NoFuture("model_not_identified", enough, test)
    to_come = ahead(buying, now.histories, months, yearly)
    value = to_come.discounted * spending.expected(x, again) * margin
    value = np.where((x > 0) & ~priced, np.nan, value)
    chance = buying.active(x, now.histories.last, now.histories.age)
    first_time = float(np.nanmean(now.money[f"first_{basis}"]))
    everybody = {
        "customer_id": now.customer_id,
        # Of one who never came back the model has no way to tell that it left.
        "active": np.where(x > 0, chance, np.nan),
        "purchases": to_come.purchases,
        "value": value,
    }
    return CustomerFuture(
        day=now.day,
        months=months,
        yearly=yearly,
        enough=enough,
        buying=buying,
        spending=spending,
        by_revenue=basis == "amount" and margin == 1.0,
        margin=margin,
        tie=tie(x[priced], again[priced]),
        test=test,
        purchases=float(to_come.purchases.sum()),
        value=float(np.nansum(value)),
        of_new=(first_time + ahead_of_new(buying, months, yearly) * spending.mean) * margin,
        unvalued=int(np.count_nonzero(np.isnan(value))),
        bands=_bands(everybody),
        first=_first(data, everybody, now, most, engine),
        everybody=everybody,
    )


def _usual_gap(data: Dataset, query: MetricQuery, engine: Engine) -> float:
    """Give the median days between purchases, NaN where nobody came back."""
    row = compute(data, replace(query, metrics=(METRIC,), grain=None, by=(), compare=()), engine).columns
    return float(row["value"][0])


def _worth(data: Dataset, query: MetricQuery, engine: Engine) -> tuple[str, float]:
    """Tell which money of purchases to learn from, and the gross margin to multiply it by.

    Gross profit where every line has a cost; else revenue, times the margin of the lines that have one if these are
    enough; else revenue.
    """
    asked = replace(query, metrics=("revenue", "gross_margin"), grain=None, by=(), compare=(), params=())
    found = compute(data, asked, engine).columns
    revenue, margin = (float(value) for value in found["value"])
    if np.isnan(margin) or margin <= 0:
        return "amount", 1.0
    if abs(revenue - float(found["denominator"][1])) < 0.005:
        return "profit", 1.0
    return "amount", margin


def _bands(everybody: Columns) -> tuple[Band, ...]:
    chance, found = everybody["active"], []
    above = np.inf
    for least in BANDS:
        found.append(_band(least, (chance >= least) & (chance < above), everybody))
        above = least
    return (*found, _band(None, np.isnan(chance), everybody))


def _band(least: float | None, here: NDArray[np.bool_], everybody: Columns) -> Band:
    purchases, value = float(everybody["purchases"][here].sum()), float(np.nansum(everybody["value"][here]))
    return Band(least, int(np.count_nonzero(here)), purchases, value)


def _first(data: Dataset, everybody: Columns, now: Known, most: int, engine: Engine) -> Columns:
    """List the customers of the highest value first, of equal ones by their number."""
    valued = np.flatnonzero(~np.isnan(everybody["value"]))
    places = valued[np.lexsort((everybody["customer_id"][valued].astype(str), -everybody["value"][valued]))][:most]
    since = (now.histories.age - now.histories.last)[places]
    named = customer_names(data, set(everybody["customer_id"][places]), engine)
    listed = {name: column[places] for name, column in everybody.items()}
    return {
        **listed,
        "rep": now.rep[places],
        "region": now.region[places],
        "name": np.array([named.get(customer) for customer in listed["customer_id"]], dtype=object),
        "bought": now.histories.repeats[places] + 1,
        "last_purchase": np.datetime64(now.day) - since.astype("timedelta64[D]"),
    }
