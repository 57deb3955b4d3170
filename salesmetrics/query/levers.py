"""Where the factors of revenue stand: what customers, leads and open deals each make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import ibis
import pandas as pd

from salesmetrics.engine import Engine, default_engine
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.compute import compute_many
from salesmetrics.query.placing import dimension
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import MetricQuery, Period
from salesmetrics.query.result import Result

METRICS = (
    "revenue", "average_transaction_value", "active_customers", "customer_retention_rate", "discount_rate", "leads",
    "sales_velocity", "quota_attainment",
)  # fmt: skip
"""What is asked of the period; each is the metric's own value."""

LEAD_FILTERS = ("lead_source", "region", "product", "rep", "team", "manager", "tenure")
"""The dimensions that leads have."""


@dataclass(frozen=True)
class Found:
    """One metric of the period: its value, what it is made of, or why there is none."""

    value: float | None
    numerator: float | None
    denominator: float | None
    reason: str | None
    details: Mapping[str, Any]


@dataclass(frozen=True)
class Factors:
    """The factors of a period by metric, and what two of them need beside it.

    `ordered` is what orders of known customers came to and `orders` how many they were (of all orders where no file
    names customers); `converted` counts the leads of the period that became customers by the end of the data, and
    `from_leads` is what these customers brought in the period after they came (None where that cannot be told).
    """

    period: Period
    metrics: Mapping[str, Found]
    ordered: float
    orders: float
    converted: int | None
    from_leads: float | None


def factors(data: Dataset, query: MetricQuery, engine: Engine | None = None) -> Factors | None:
    """Give the factors of the period of a request, under its filters; None where there is no revenue to take apart.

    Raises QueryError like `compute`.
    """
    engine = engine or default_engine()
    if not data.has("orders"):
        return None
    known = data.has("orders", "customer_id")
    asked = [replace(query, metrics=METRICS, grain=None, by=(), compare=())]
    by = ("new_or_returning",) if known else ()
    asked.append(replace(asked[0], metrics=("average_transaction_value",), by=by))
    totals, orders = compute_many(data, asked, engine)
    found = {name: _found(totals, name) for name in METRICS}
    if found["revenue"].value is None:
        return None
    rows = orders.rows("average_transaction_value")
    if known:
        rows = rows[rows["new_or_returning"] != UNKNOWN]
    converted, brought = _from_leads(engine, data, query, totals.period)
    return Factors(
        totals.period, found, float(rows["numerator"].fillna(0).sum()), float(rows["denominator"].fillna(0).sum()),
        converted, brought,
    )  # fmt: skip


def _found(result: Result, metric: str) -> Found:
    row = result.rows(metric).iloc[0]
    # A metric that needs a whole period may answer for an earlier one, which is no factor of this one.
    period = Period(row["period_start"].date(), row["period_end"].date())
    if period != result.period and row["reason"] is None:
        return Found(None, None, None, "incomplete_period", {})
    value, numerator, denominator = (
        None if pd.isna(row[name]) else float(row[name]) for name in ("value", "numerator", "denominator")
    )
    return Found(value, numerator, denominator, row["reason"], row["details"] or {})


def _from_leads(
    engine: Engine, data: Dataset, query: MetricQuery, period: Period
) -> tuple[int | None, float | None]:
    """Count the period's leads that converted, and add up what their customers brought from then on."""
    wanted = ("leads", "converted_at"), ("leads", "customer_id"), ("orders", "customer_id")
    if not all(data.has(*one) for one in wanted):
        return None, None
    if any(one.dimension not in LEAD_FILTERS for one in query.where):
        return None, None
    prepared = Prepared(engine, data, query.as_of)
    leads, ledger = prepared.relation("lead"), prepared.relation("ledger")
    first, last = ibis.literal(period.start), ibis.literal(period.end)
    came = leads.filter(
        leads.created_on >= first, leads.created_on < last,
        *(dimension(leads, one.dimension, "created_on").isin(one.values) for one in query.where),
    )  # fmt: skip
    won = came.filter(came.converted_at.notnull())
    counted = engine.run(won.aggregate(converted=won.count()))
    customers = won.filter(won.customer_id.notnull()).group_by(lead_customer="customer_id")
    customers = customers.aggregate(came_on=won.created_on.min())
    sold = ledger.filter(
        ledger.date >= first, ledger.date < last, ledger.customer_id.notnull(),
        *(dimension(ledger, one.dimension, "date").isin(one.values) for one in query.where),
    )  # fmt: skip
    theirs = sold.inner_join(
        customers, [sold.customer_id == customers.lead_customer, sold.date >= customers.came_on]
    )
    brought = engine.run(theirs.aggregate(brought=theirs.amount.sum()))["brought"].iloc[0]
    return int(counted["converted"].iloc[0]), 0.0 if pd.isna(brought) else float(brought)
