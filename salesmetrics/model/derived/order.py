"""Orders, and what each customer and product had been through before: facts about many lines, once for each thing."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.entry import RETURN, SALE
from salesmetrics.model.derived.relation import Relation, Source

LEFT_EDGE_DAYS = 90
"""Days at the start of a file in which what is seen first may not be new."""


def _build_order(source: Source, as_of: ir.DateScalar) -> ir.Table:
    entries = source.relation("ledger_entry")
    sale = entries.kind == SALE
    totals = entries.group_by("order_key").aggregate(
        first_sale=entries.date.min(where=sale),
        returns=(~sale).sum(),
        total=entries.amount.sum(),
        one_customer=entries.customer_id.min(where=sale),
        other_customer=entries.customer_id.max(where=sale),
    )
    totals = totals.filter(totals.first_sale.notnull())
    shared = totals.filter(totals.one_customer != totals.other_customer).select(shared_key="order_key")
    sales = entries.filter(entries.kind == SALE, entries.customer_id.notnull())
    sales = sales.inner_join(shared, sales.order_key == shared.shared_key)
    bought = sales.group_by("shared_key", "customer_id").aggregate(bought=sales.amount.sum())
    # The customer with the larger amount; of two equal ones the first by name, so that the answer never changes.
    rank = ibis.row_number().over(group_by=bought.shared_key, order_by=[bought.bought.desc(), bought.customer_id])
    larger = bought.mutate(rank=rank)
    larger = larger.filter(larger["rank"] == 0).select(larger_key="shared_key", larger="customer_id")
    joined = totals.left_join(larger, totals.order_key == larger.larger_key)
    return joined.select(
        matched_key=joined.order_key,
        buyer=ibis.coalesce(joined.larger, joined.one_customer),
        several_customers=joined.larger.notnull(),
        is_order=(joined.returns == 0) | (joined.total > 0),
        first_sale=joined.first_sale,
    )


def _build_customer_history(source: Source, as_of: ir.DateScalar) -> ir.Table:
    entries = source.relation("ledger_entry")
    orders = source.relation("order")
    orders = orders.filter(orders.is_order)
    sales = entries.filter(entries.kind == SALE, entries.customer_id.notnull())
    bought = sales.inner_join(orders, sales.order_key == orders.matched_key)
    return bought.group_by(known_customer=bought.buyer).aggregate(first_purchase=bought.first_sale.min())


def _build_product_history(source: Source, as_of: ir.DateScalar) -> ir.Table:
    entries = source.relation("ledger_entry")
    sales = entries.filter(entries.kind == SALE, entries["product"].notnull())
    first = sales.group_by(known_product="product").aggregate(first_sale=sales.date.min())
    # What was sold in the first weeks of a file may have been sold long before it: never a new product.
    settled = first.first_sale.min().over(ibis.window()) + ibis.interval(days=LEFT_EDGE_DAYS)
    launch = (first.first_sale >= settled).ifelse(first.first_sale, ibis.null("date"))
    return first.select("known_product", product_launch=launch)


def _build_gone(source: Source, as_of: ir.DateScalar) -> ir.Table:
    entries = source.relation("ledger_entry")
    sized = entries.filter(entries["product"].notnull()).mutate(size=entries.amount.abs())
    returned = sized.filter(sized.kind == RETURN).select(returned_key="order_key").distinct()
    touched = sized.semi_join(returned, sized.order_key == returned.returned_key)
    counted = touched.group_by(gone_order="order_key", gone_product="product", gone_size="size").aggregate(
        sold=touched.count(where=touched.kind == SALE), came_back=touched.count(where=touched.kind == RETURN)
    )
    all_gone = counted.filter(counted.sold > 0, counted.came_back >= counted.sold)
    return all_gone.select("gone_order", "gone_product", "gone_size")


ORDER = Relation(
    name="order",
    meaning="one row an order: its date, its customer, and whether something of it was kept",
    key=("matched_key",),
    tables=("orders",),
    dimensions=(),
    build=_build_order,
    needs=("ledger_entry",),
)

CUSTOMER_HISTORY = Relation(
    name="customer_history",
    meaning="when each customer first bought, over the whole of the data",
    key=("known_customer",),
    tables=("orders",),
    dimensions=(),
    build=_build_customer_history,
    needs=("ledger_entry", "order"),
)

PRODUCT_HISTORY = Relation(
    name="product_history",
    meaning="when each product was first sold, where that was late enough to be its launch",
    key=("known_product",),
    tables=("orders",),
    dimensions=(),
    build=_build_product_history,
    needs=("ledger_entry",),
)

GONE = Relation(
    name="gone_lines",
    meaning="orders, products and amounts of which every sale line came back",
    key=("gone_order", "gone_product", "gone_size"),
    tables=("orders",),
    dimensions=(),
    build=_build_gone,
    needs=("ledger_entry",),
)
