"""The ledger: every sale and return as a row of its own, with its order, customer, rep and product attached.

METRICS rule: all money and unit metrics sum over the ledger, never over raw order lines.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, known, one_each
from salesmetrics.model.derived.team import with_rep
from salesmetrics.model.tenure import band


def _build_ledger(source: Source, as_of: ir.DateScalar) -> ir.Table:
    entries = source.relation("ledger_entry")
    orders = source.relation("order")
    rows = entries.left_join(orders, entries.order_key == orders.matched_key)
    rows = rows.mutate(
        # A line that names no customer stays without one, whoever the rest of the order belongs to.
        customer_id=rows.customer_id.isnull().ifelse(
            ibis.null("string"), ibis.coalesce(rows.buyer, rows.customer_id)
        ),
        order_date=ibis.coalesce(rows.is_order, False).ifelse(rows.first_sale, ibis.null("date")),
        linked=rows.matched_key.notnull(),
        several_customers=ibis.coalesce(rows.several_customers, False),
    ).drop("matched_key", "buyer", "is_order", "first_sale")
    rows = _with_products(rows, source)
    rows = _with_customers(rows, source)
    rows = with_rep(rows, source)
    delivered = rows.delivered_date.notnull() & (rows.delivered_date <= as_of)
    return rows.select(
        "line", "date", "kind", "amount", "cost", "quantity", "discount", "linked", "kept",
        "several_customers",        "order_date", "first_purchase", "product_launch", "product_is_new",
        order_id=rows.order_key,
        delivered=delivered,
        wait_days=delivered.ifelse(rows.delivered_date, as_of).delta(rows.date, unit="day"),
        customer_id=rows.customer_id,
        rep_id=rows.rep_id,
        customer=known(rows.customer_id),
        region=known(rows.region, rows.rep_region),
        product=known(rows["product"]),
        category=known(rows.category),
        channel=known(rows.channel),
        segment=known(rows.segment),
        lead_source=known(rows.lead_source),
        rep=rows.rep,
        team=rows.team,
        manager=rows.manager,
        hire_date=rows.hire_date,
        rep_paid=rows.salary.notnull() & rows.hire_date.notnull(),
        tenure_at_date=known(band(rows.hire_date, rows.date)),
        tenure_at_order_date=known(band(rows.hire_date, rows.order_date)),
    )  # fmt: skip


def _with_products(rows: ir.Table, source: Source) -> ir.Table:
    products = one_each(source.table("products"), "product")
    products = products.select(listed_product="product", listed_category="category", listed_as_new="is_new")
    history = source.relation("product_history")
    gone = source.relation("gone_lines")
    rows = rows.mutate(size=rows.amount.abs())
    rows = rows.left_join(products, rows["product"] == products.listed_product)
    rows = rows.left_join(history, rows["product"] == history.known_product)
    rows = rows.left_join(
        gone,
        [rows.order_key == gone.gone_order, rows["product"] == gone.gone_product, rows["size"] == gone.gone_size],
    )
    return rows.mutate(
        category=ibis.coalesce(rows.category, rows.listed_category),
        product_is_new=ibis.coalesce(rows.listed_as_new, False),
        kept=rows.gone_order.isnull(),
    )


def _with_customers(rows: ir.Table, source: Source) -> ir.Table:
    customers = one_each(source.table("customers"), "customer_id")
    customers = customers.select(listed_customer="customer_id", listed_segment="segment")
    history = source.relation("customer_history")
    rows = rows.left_join(customers, rows.customer_id == customers.listed_customer)
    rows = rows.left_join(history, rows.customer_id == history.known_customer)
    return rows.mutate(segment=ibis.coalesce(rows.segment, rows.listed_segment))


LEDGER = Relation(
    name="ledger",
    meaning="one row for each sale line and each return, with the order that it belongs to",
    key=("line", "kind"),
    tables=("orders",),
    dimensions=(
        "region", "product", "category", "channel", "segment", "rep", "team", "manager", "tenure", "customer",
        "lead_source", "new_or_returning",
    ),
    build=_build_ledger,
    needs=("ledger_entry", "order", "customer_history", "product_history", "gone_lines"),
)  # fmt: skip
