"""How each customer bought by a day, and by a day before it: what models of customers learn from and are tested on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from salesmetrics.analysis.bg_nbd import Histories
from salesmetrics.analysis.holdout import LEARNT_FROM
from salesmetrics.engine import Engine, default_engine
from salesmetrics.engine.base import slot
from salesmetrics.metrics.measure import Placed
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.listed import parts_of
from salesmetrics.query.placing import Lot, Scan, lots, placed_rows
from salesmetrics.query.plan import shape
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.resolve import last_day, resolve
from salesmetrics.query.result import Columns

METRIC = "repurchase_interval"
"""The metric whose customers are looked at: what a request for them asks."""

_MONEY = ("amount", "profit")
_TOLD = (
    "repeats",
    "last_days",
    "age_days",
    "later",
    "first_amount",
    "again_amount",
    "first_profit",
    "again_profit",
)

_DAYS_TO_SPLIT = 4
"""Fewer days than this are not split into those learnt from and those foretold."""


@dataclass(frozen=True, eq=False)
class Known:
    """Customers as they were known on `day`, one a row; money is net of what came back, NaN where not known.

    `rep` and `region` are those of the last purchase; `later` are purchases after `day` up to the day of the other
    state; `first_*` is money of the first purchase, `again_*` of all repeat purchases together.
    """

    day: date
    customer_id: NDArray[np.object_]
    rep: NDArray[np.object_]
    region: NDArray[np.object_]
    histories: Histories
    later: NDArray[np.float64]
    money: Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class PurchaseHistories:
    """Customers as known on the last day of a request, and on the day when three quarters of the history had passed.

    `start` is the first day of the data. Times are in days.
    """

    start: date
    now: Known
    then: Known

    @property
    def days(self) -> int:
        """How long the history is."""
        return (self.now.day - self.start).days

    @property
    def days_after(self) -> int:
        """How many days lie between the two."""
        return (self.now.day - self.then.day).days


def purchase_histories(data: Dataset, query: MetricQuery, engine: Engine | None = None) -> PurchaseHistories | str:
    """Give how the customers of a request for `METRIC` bought, from the first day of the data on; or why it cannot.

    A customer belongs to the parts (region, product...) of its last purchase by then, with its whole history; a
    customer and a day are one purchase. Raises QueryError like `compute`.
    """
    engine = engine or default_engine()
    [one] = resolve(engine, data, replace(query, grain=None, by=(), compare=()))
    if one.reason is not None:
        return one.reason
    [part] = [part for part in parts_of(engine, data, query, one) if part.scan.placed is Placed.AT_END]
    scan = replace(part.scan, grain=None, by=())
    day, start = last_day(one.spans[-1], one.as_of), one.covers["orders"].first
    if (day - start).days < _DAYS_TO_SPLIT:
        return "n_too_small"
    split = start + timedelta(days=int((day - start).days * LEARNT_FROM))
    periods = [Period(start, each + timedelta(days=1)) for each in (split, day)]
    [lot] = lots(scan, periods)
    relation = Prepared(engine, data, query.as_of).relation(scan.relation)
    written = engine.statement(
        ("purchase histories", *shape(scan, lot, relation, ())), relation, lambda rows: _histories(scan, lot, rows)
    )
    found = engine.columns(written, relation, lot.fill(scan))
    return PurchaseHistories(start, now=_known(found, day), then=_known(found, split))


def _histories(scan: Scan, lot: Lot, purchases: ir.Table) -> ir.Table:
    """Build a row for each customer and day of the lot, from its last purchase by that day."""
    purchases = purchases.filter(purchases.date <= slot(f"d{len(lot.days) - 1}").cast("date"))
    whole = ibis.window(group_by=purchases.customer_id)
    so_far = ibis.cumulative_window(group_by=purchases.customer_id, order_by=purchases.number)
    first = purchases.number == 1
    money = {
        f"{when}_{name}": is_so.ifelse(purchases[name], None).cast("float64").sum().over(so_far)
        for name in _MONEY
        for when, is_so in (("first", first), ("again", ~first))
    }
    purchases = purchases.mutate(later=purchases.count().over(whole) - purchases.number, **money)
    rows = placed_rows(scan, lot, purchases)
    return rows.select(
        "key", "customer_id", "rep", "region", "later", *money,
        repeats=rows.number - 1,
        last_days=rows.date.delta(rows.first_purchase, unit="day"),
        age_days=rows.key.delta(rows.first_purchase, unit="day"),
    )  # fmt: skip


def _known(found: Columns, day: date) -> Known:
    here = found["key"].astype("datetime64[D]") == np.datetime64(day)
    told = {name: found[name][here].astype(np.float64) for name in _TOLD}
    who = {name: found[name][here].astype(object) for name in ("customer_id", "rep", "region")}
    return Known(
        day=day,
        customer_id=who["customer_id"],
        rep=who["rep"],
        region=who["region"],
        histories=Histories.of(told["repeats"], told["last_days"], told["age_days"]),
        later=told["later"],
        money={name: told[name] for name in _TOLD if name.endswith(_MONEY)},
    )
