"""The ledger under the source that brought each customer, whatever source later orders name."""

from __future__ import annotations

import ibis.expr.types as ir

from salesmetrics.model.derived.ledger import LEDGER
from salesmetrics.model.derived.relation import Relation, Source, known


def _build_sourced_ledger(source: Source, as_of: ir.DateScalar) -> ir.Table:
    ledger = source.relation("ledger")
    came = source.relation("customer_source").select(came_customer="customer", came_from="first_lead_source")
    rows = ledger.left_join(came, ledger.customer_id == came.came_customer)
    return rows.select(
        "line", "date", "kind", "amount", "order_date", "first_purchase", "order_id", "customer_id", "customer",
        "region", "product", "category", "channel", "segment", "rep", "team", "manager", "tenure_at_date",
        "tenure_at_order_date",
        lead_source=known(rows.came_from),
    )  # fmt: skip


SOURCED_LEDGER = Relation(
    name="sourced_ledger",
    meaning="one row for each sale line and each return, under the source of the customer's first lead",
    key=("line", "kind"),
    tables=("orders",),
    dimensions=LEDGER.dimensions,
    build=_build_sourced_ledger,
    needs=("ledger", "customer_source"),
)
