"""The quotas that are running on a day: what each asks for and what was sold against it so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import ibis

from salesmetrics.engine import Engine, default_engine
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.quota import REVENUE
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.values import coverage

REVIEWED = ("company", "region", "rep")
"""The scopes whose quotas are looked at."""


@dataclass(frozen=True)
class RunningQuota:
    """A quota in money: whose it is (`name` as people say it), its period, and revenue against it by then."""

    scope: str
    name: str
    period: Period
    quota: float
    sold: float


def running_quotas(data: Dataset, engine: Engine | None = None) -> tuple[date, tuple[RunningQuota, ...]]:
    """Give the last day of the orders and the quotas above 0 whose period holds it, company first, then by name.

    None are given where no file has quotas or orders; the day is then the one on which the files were read.
    """
    engine = engine or default_engine()
    reached = coverage(data, engine).get("orders")
    day = reached.through if reached else data.read_on
    if reached is None or not data.has("quotas"):
        return day, ()
    prepared = Prepared(engine, data)
    quotas = prepared.relation("quota")
    on = ibis.literal(day)
    quotas = quotas.filter(
        quotas.scope.isin(REVIEWED), quotas.measure == REVENUE, quotas.amount > 0,
        quotas.period_start <= on, quotas.period_end >= on,
    )  # fmt: skip
    sales = prepared.relation("quota_sale")
    sold = sales.group_by(sold_quota="quota").aggregate(sold=sales.actual.sum())
    rows = quotas.left_join(sold, quotas.quota == sold.sold_quota)
    listed = rows.select(
        "scope", "period_start", "period_end",
        name=(rows.scope == "rep").ifelse(rows.rep, rows.scope_id),
        quota=rows.amount.cast("float64"),
        sold=ibis.coalesce(rows["sold"].cast("float64"), 0.0),
    )  # fmt: skip
    found = [
        RunningQuota(
            str(row["scope"]), str(row["name"]),
            Period(row["period_start"].date(), row["period_end"].date() + timedelta(days=1)),
            float(row["quota"]), float(row["sold"]),
        )
        for row in engine.run(listed).to_dict("records")
    ]  # fmt: skip
    return day, tuple(sorted(found, key=lambda one: (REVIEWED.index(one.scope), one.name.casefold())))
