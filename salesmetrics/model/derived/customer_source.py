"""Where each customer came from: the source of its first lead, else that of its first order."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.entry import SALE
from salesmetrics.model.derived.lead import leads_once
from salesmetrics.model.derived.relation import Relation, Source, known


def _of_leads(source: Source, history: ir.Table) -> ir.Table:
    """The source that the customer's earliest lead names, of the leads that came no later than the first purchase."""
    leads = leads_once(source).select(
        "lead_id", "created_at", lead_customer="customer_id", lead_named="lead_source"
    )
    came = leads.inner_join(history, leads.lead_customer == history.known_customer)
    came = came.filter(came.created_at.cast("date") <= came.first_purchase)
    place = ibis.row_number().over(group_by=came.lead_customer, order_by=[came.created_at, came.lead_id])
    came = came.mutate(place=place)
    return came.filter(came.place == 0).select("lead_customer", "lead_named")


def _of_orders(source: Source, history: ir.Table) -> ir.Table:
    """The source that the customer's first order names."""
    entries = source.relation("ledger_entry")
    orders = source.relation("order")
    sales = entries.filter(entries.kind == SALE, entries.lead_source.nullif("").notnull())
    sales = sales.select("order_key", "line", order_named="lead_source")
    orders = orders.filter(orders.is_order).select("matched_key", "buyer", "first_sale")
    bought = sales.inner_join(orders, sales.order_key == orders.matched_key)
    bought = bought.inner_join(
        history, [bought.buyer == history.known_customer, bought.first_sale == history.first_purchase]
    )
    # Of several orders on that day the first by its number, so that the answer never changes.
    place = ibis.row_number().over(group_by=bought.buyer, order_by=[bought.order_key, bought.line])
    bought = bought.mutate(place=place)
    return bought.filter(bought.place == 0).select("order_named", order_customer="buyer")


def _build_customer_source(source: Source, as_of: ir.DateScalar) -> ir.Table:
    history = source.relation("customer_history")
    of_leads = _of_leads(source, history)
    of_orders = _of_orders(source, history)
    rows = history.left_join(of_leads, history.known_customer == of_leads.lead_customer)
    rows = rows.left_join(of_orders, rows.known_customer == of_orders.order_customer)
    return rows.select(customer=rows.known_customer, first_lead_source=known(rows.lead_named, rows.order_named))


CUSTOMER_SOURCE = Relation(
    name="customer_source",
    meaning="the source that brought each customer who ever bought",
    key=("customer",),
    # Leads only say where a customer came from; how far it reaches is a matter of the orders.
    tables=("orders",),
    dimensions=(),
    build=_build_customer_source,
    needs=("ledger_entry", "order", "customer_history"),
)
