"""Customers as they stand on a day: the segments they fall in, those who stay away, and those who bring most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir
import numpy as np

from salesmetrics.engine import Engine, default_engine
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.standing import RFM_SEGMENTS
from salesmetrics.query.customer_names import customer_names
from salesmetrics.query.listed import parts_of
from salesmetrics.query.placing import Lot, Scan, lots, placed_rows
from salesmetrics.query.plan import shape
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.resolve import resolve
from salesmetrics.query.result import Columns

METRIC = "churn_risk"
"""The metric whose customers are looked at: what a request for them asks."""

AT_RISK = (
    "customer_id", "risk", "amount", "days_since", "expected_gap", "gaps", "rep", "region",
)  # fmt: skip
HIGH_VALUE = (
    "customer_id", "worth", "share", "amount", "purchases", "last_purchase", "risk", "rep", "region",
)  # fmt: skip
"""The columns of the two lists, beside `name`: what customers are called (None where no file says it)."""


@dataclass(frozen=True)
class Segment:
    """Customers of one RFM segment: how many, what they brought in the last 365 days, and how they buy.

    `days_since` is the median of days since their last purchase, `purchases` the mean number within 365 days.
    """

    name: str
    customers: int
    money: float
    days_since: float
    purchases: float


@dataclass(frozen=True, eq=False)
class Standings:
    """Customers on `day`: segments in their own order, and the first of two lists as columns.

    `at_risk` holds those who stay away longer than they use to, the largest amount of the last 365 days first;
    `high_value` the fewest who bring four fifths, the largest first: `worth` is gross profit where orders carry
    costs (`by_revenue` False), else revenue, and `share` its part of what all bring.
    """

    day: date
    segments: tuple[Segment, ...]
    at_risk: Columns
    high_value: Columns
    by_revenue: bool


def standings(data: Dataset, query: MetricQuery, most: int, engine: Engine | None = None) -> Standings | None:
    """Tell how the customers of a request for `METRIC` stand on its last day; lists have `most` rows at most.

    None where nobody had bought by then, or where that cannot be told. Counts, sums and order are the engine's.
    Raises QueryError like `compute`.
    """
    engine = engine or default_engine()
    [one] = resolve(engine, data, query)
    if one.reason is not None:
        return None
    [part] = parts_of(engine, data, query, one)
    scan = part.scan
    [lot] = lots(scan, [span.period for span in one.spans])
    relation = Prepared(engine, data, query.as_of).relation(scan.relation)

    def answered(what: str, build: Callable[[ir.Table], ir.Table]) -> Columns:
        written = engine.statement(
            (what, *shape(scan, lot, relation, ()), most), relation, lambda rows: build(_standing(scan, lot, rows))
        )
        return engine.columns(written, relation, lot.fill(scan))

    segments = answered("customer segments", _by_segment)
    at_risk = answered("customers at risk", lambda rows: _at_risk(rows, most))
    high_value = answered("customers of high value", lambda rows: _high_value(rows, most))
    if not len(segments["customers"]) and not len(at_risk["customer_id"]):
        return None
    named = customer_names(data, {*at_risk["customer_id"], *high_value["customer_id"]}, engine)
    by_revenue = high_value["by_revenue"]
    return Standings(
        day=lot.keys[0][0],
        segments=tuple(_segments(segments)),
        at_risk=_called({name: at_risk[name] for name in AT_RISK}, named),
        high_value=_called({name: high_value[name] for name in HIGH_VALUE}, named),
        by_revenue=bool(by_revenue[0]) if len(by_revenue) else False,
    )


def _standing(scan: Scan, lot: Lot, relation: ir.Table) -> ir.Table:
    rows = placed_rows(scan, lot, relation)
    return rows.filter(rows.last_purchase.notnull())


def _by_segment(rows: ir.Table) -> ir.Table:
    scored = rows.filter(rows.rfm_segment.notnull())
    return scored.group_by("rfm_segment").aggregate(
        customers=scored.count(),
        money=scored.amount.sum(),
        days_since=scored.days_since.median(),
        purchases=scored.purchases.mean(),
    )


def _at_risk(rows: ir.Table, most: int) -> ir.Table:
    late = rows.filter(rows.risk.notnull())
    order = [late.amount.desc(nulls_first=False), late.days_since, late.customer_id]
    return late.order_by(order).limit(most).select(*AT_RISK)


def _high_value(rows: ir.Table, most: int) -> ir.Table:
    top = rows.filter(rows.high_value)
    top = top.mutate(share=top.worth.cast("float64") / top.worth_of_all.cast("float64"))
    return top.order_by([top.worth.desc(), top.customer_id]).limit(most).select(*HIGH_VALUE, "by_revenue")


def _segments(found: Columns) -> list[Segment]:
    segments = [
        Segment(str(name), int(customers), float(money), float(days), float(purchases))
        for name, customers, money, days, purchases in zip(
            *(found[name] for name in ("rfm_segment", "customers", "money", "days_since", "purchases")),
            strict=True,
        )
    ]
    return sorted(segments, key=lambda one: RFM_SEGMENTS.index(one.name))


def _called(columns: Columns, named: dict[str, str]) -> Columns:
    called = [named.get(customer) for customer in columns["customer_id"]]
    return {**columns, "name": np.array(called, dtype=object)}
