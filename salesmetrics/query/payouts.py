"""What each rep sold against each quota, exact to the last decimal, and the incentive plan that files bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import ibis
import pandas as pd

from salesmetrics.engine import Engine, default_engine
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.quota import REVENUE
from salesmetrics.model.derived.team import roster
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.placing import dimension
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import Filter

FILTERED_BY = ("rep", "region", "team", "manager", "tenure")
"""The dimensions by which quotas of reps can be narrowed; a rep is paid for all that was sold."""


@dataclass(frozen=True)
class SoldAgainst:
    """A rep's quota of a period, with what was sold in its days: net of returns, each on its own day.

    `quota` is as in the file. `units` holds net units of the products asked for. `hired` is None where unknown.
    """

    rep: str
    period: Period
    quota: Decimal
    revenue: Decimal
    units: Mapping[str, Decimal]
    hired: date | None


def sold_against_quotas(
    data: Dataset,
    through: date,
    products: Sequence[str] = (),
    where: Sequence[Filter] = (),
    engine: Engine | None = None,
) -> tuple[SoldAgainst, ...]:
    """Give the quotas of reps, in money and above 0, that begin by `through`, by rep and then by time.

    Sales after `through` do not count. `where` narrows by `FILTERED_BY`; other dimensions are passed over. None
    where no file has quotas of reps, or orders that name theirs.
    """
    engine = engine or default_engine()
    if not (data.has("quotas") and data.has("orders", "rep_id")):
        return ()
    prepared = Prepared(engine, data)
    quotas = prepared.relation("quota")
    last = ibis.literal(through)
    conditions = [
        quotas.scope == "rep", quotas.measure == REVENUE, quotas.amount > 0, quotas.period_start <= last,
        quotas.scope_id != UNKNOWN,
        *(
            dimension(quotas, one.dimension, "period_start").isin(one.values)
            for one in where if one.dimension in FILTERED_BY
        ),
    ]  # fmt: skip
    quotas = quotas.filter(*conditions)
    ledger = prepared.relation("ledger")
    ledger = ledger.filter(ledger.rep_id.notnull(), ledger.date <= last)
    is_asked = ledger["product"].isin(list(products)) if products else ibis.literal(False)
    sold = ledger.group_by(
        seller="rep_id", sold_on="date", sold_product=is_asked.ifelse(ledger["product"], ibis.null("string"))
    ).aggregate(revenue=ledger.amount.sum(), units=ledger.quantity.sum())
    rows = quotas.left_join(
        sold,
        [quotas.scope_id == sold.seller, sold.sold_on >= quotas.period_start, sold.sold_on <= quotas.period_end],
    )
    totals = rows.group_by("scope_id", "rep", "period_start", "period_end", "quota", "amount", "sold_product")
    # As text: on its way here a decimal would become a float.
    summed = totals.aggregate(
        revenue=_exact(rows.revenue.sum()), units=_exact(rows.units.sum()), asked=_exact(rows.amount.max())
    )
    people = roster(engine.table(data, "reps")).select(person="rep_id", hired="hire_date")
    found = summed.left_join(people, summed.scope_id == people.person)
    found = found.order_by(["rep", "scope_id", "period_start", "period_end", "quota"])
    return tuple(_gathered(engine.run(found).to_dict("records"), products))


def _gathered(rows: Sequence[Mapping[Any, Any]], products: Sequence[str]) -> list[SoldAgainst]:
    by_quota: dict[int, list[Mapping[Any, Any]]] = {}
    for row in rows:
        by_quota.setdefault(int(row["quota"]), []).append(row)
    return [
        SoldAgainst(
            rep=str(parts[0]["rep"]),
            period=Period(parts[0]["period_start"].date(), parts[0]["period_end"].date() + timedelta(days=1)),
            quota=Decimal(parts[0]["asked"]),
            revenue=sum((Decimal(part["revenue"]) for part in parts), Decimal(0)),
            units={
                product: sum(
                    (Decimal(part["units"]) for part in parts if part["sold_product"] == product), Decimal(0)
                )
                for product in products
            },
            hired=None if pd.isna(parts[0]["hired"]) else parts[0]["hired"].date(),
        )
        for parts in by_quota.values()
    ]


def plan_rows(data: Dataset, engine: Engine | None = None) -> list[dict[str, Any]]:
    """Give the rows of an incentive plan that came with the files, as texts by column; none where none did."""
    if not data.has("incentive_plans"):
        return []
    table = (engine or default_engine()).table(data, "incentive_plans")
    texts = {name: table[name].cast("string") for name in table.columns}
    frame = (engine or default_engine()).run(table.select(**texts))
    return [
        {str(name): value for name, value in row.items() if isinstance(value, str)}
        for row in frame.to_dict("records")
    ]


def _exact(value: ibis.expr.types.Scalar) -> ibis.expr.types.StringScalar:
    return value.cast("decimal(38, 6)").fill_null(0).cast("string")
