"""Purchases: a customer buying on a day, however many orders that took, in the order in which the customer made them.

METRICS rule: all repeat, retention and recency logic counts purchases, over the whole history and before filters.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.entry import SALE
from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.tenure import band

PURCHASE_DIMENSIONS = (
    "region", "product", "category", "channel", "segment", "rep", "team", "manager", "tenure", "customer",
    "lead_source",
)  # fmt: skip

OWN_VALUES = tuple(name for name in PURCHASE_DIMENSIONS if name not in ("tenure", "customer"))
"""Dimensions of a purchase that are columns of their own: the tenure depends on a date, the customer is its key."""

_DAY = ["customer_id", "order_date"]


def _build_purchase(source: Source, as_of: ir.DateScalar) -> ir.Table:
    lines = source.relation("ledger")
    lines = lines.filter(lines.customer_id.notnull(), lines.order_date.notnull())
    days = lines.group_by(_DAY).aggregate(
        sales=lines.count(where=lines.kind == SALE),
        first_purchase=lines.first_purchase.min(),
        amount=lines.amount.sum(),
        profit=(lines.amount - lines.cost).sum(),
        **{f"one_{name}": lines[name].min() for name in (*OWN_VALUES, "tenure_at_order_date")},
        **{f"other_{name}": lines[name].max() for name in (*OWN_VALUES, "tenure_at_order_date")},
        hired=lines.hire_date.min(),
    )
    # A line that brings nothing but goods back to an order of somebody else is no purchase.
    days = days.filter(days.sales > 0)
    filed = days
    for name in (*OWN_VALUES, "tenure_at_order_date"):
        filed = _with_largest(filed, days, lines, name)
    history = ibis.window(group_by=filed.customer_id, order_by=filed.order_date)
    filed = filed.mutate(
        number=ibis.row_number().over(history) + 1,
        previous_purchase=filed.order_date.lag().over(history),
        next_purchase=filed.order_date.lead().over(history),
    )
    return filed.select(
        "customer_id", "number", "previous_purchase", "next_purchase", "first_purchase", "amount", "profit",
        *OWN_VALUES,
        date=filed.order_date,
        gap_days=filed.order_date.delta(filed.previous_purchase, unit="day"),
        open_days=as_of.delta(filed.next_purchase.isnull().ifelse(filed.order_date, None), unit="day"),
        customer=known(filed.customer_id),
        hire_date=filed.hired,
        tenure_at_date=filed.tenure_at_order_date,
    )  # fmt: skip


def _with_largest(filed: ir.Table, days: ir.Table, lines: ir.Table, name: str) -> ir.Table:
    """Add to each day the value of a dimension that brought the most money; of equal ones the first by name.

    Lines are only weighed where a day has several values: nearly all have one.
    """
    mixed = days.filter(days[f"one_{name}"] != days[f"other_{name}"]).select(
        mixed_customer="customer_id", mixed_day="order_date"
    )
    weighed = lines.inner_join(
        mixed, [lines.customer_id == mixed.mixed_customer, lines.order_date == mixed.mixed_day]
    )
    brought = weighed.group_by("mixed_customer", "mixed_day", name).aggregate(
        worth=weighed.amount.sum(), worth_hired=weighed.hire_date.min()
    )
    order = [brought.worth.desc(), brought[name].asc()]
    largest = brought.group_by("mixed_customer", "mixed_day").aggregate(
        largest=brought[name].first(order_by=order),
        largest_hired=brought.worth_hired.first(order_by=order, include_null=True),
    )
    met = filed.left_join(
        largest, [filed.customer_id == largest.mixed_customer, filed.order_date == largest.mixed_day]
    )
    chosen = {name: ibis.coalesce(met.largest, met[f"one_{name}"])}
    if name == "rep":
        chosen["hired"] = met.largest.notnull().ifelse(met.largest_hired, met.hired)
    return met.mutate(**chosen).drop(
        "mixed_customer", "mixed_day", "largest", "largest_hired", f"one_{name}", f"other_{name}"
    )


def _open_at(purchases: ir.Table, as_of: ir.DateScalar) -> ir.Table:
    """Keep each customer's last purchase before each `snapshot`, with the days that have passed since."""
    unfollowed = purchases.next_purchase.isnull() | (purchases.next_purchase > purchases.snapshot)
    last = purchases.filter(purchases.date <= purchases.snapshot, unfollowed)
    return last.mutate(
        open_days=last.snapshot.delta(last.date, unit="day"),
        tenure_at_snapshot=known(band(last.hire_date, last.snapshot)),
    )


PURCHASE = Relation(
    name="purchase",
    meaning="one row for each customer and day on which it bought, filed under what brought most of that day's money",
    key=("customer_id", "date"),
    tables=("orders",),
    dimensions=(*PURCHASE_DIMENSIONS, "new_or_returning"),
    build=_build_purchase,
    needs=("ledger",),
    state=_open_at,
)
