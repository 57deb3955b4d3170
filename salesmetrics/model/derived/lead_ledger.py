"""The ledger with the day on which the lead came in that made each customer one."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.lead import leads_once
from salesmetrics.model.derived.relation import Relation, Source


def _build_lead_ledger(source: Source, as_of: ir.DateScalar) -> ir.Table:
    ledger = source.relation("ledger")
    history = source.relation("customer_history")
    leads = leads_once(source).select("created_at", lead_customer="customer_id")
    # A lead of somebody who was a customer by then made nobody one.
    came = leads.inner_join(history, leads.lead_customer == history.known_customer)
    came = came.filter(came.created_at.cast("date") <= came.first_purchase)
    came = came.group_by("lead_customer").aggregate(came_on=came.created_at.cast("date").min())
    rows = ledger.left_join(came, ledger.customer_id == came.lead_customer)
    return rows.select(
        "line", "kind", "date", "amount", "customer_id", "first_purchase", "region", "team", "lead_source",
        came_on=(rows.came_on <= as_of).ifelse(rows.came_on, ibis.null("date")),
    )  # fmt: skip


LEAD_LEDGER = Relation(
    name="lead_ledger",
    meaning="one row for each sale line and each return, with the day of the lead that made its customer one",
    key=("line", "kind"),
    tables=("orders",),
    # A lead asks for one product and talks to one rep, its orders may name others: these do not make one whole.
    dimensions=("region", "team", "lead_source"),
    build=_build_lead_ledger,
    needs=("ledger", "customer_history"),
)
