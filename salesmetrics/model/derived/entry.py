"""Order lines as the ledger takes them in: sales and returns, each once, before anything else is attached."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, one_each

CANCELLED = (
    "cancelled", "canceled", "cancel", "void", "voided", "draft",
    "取消", "已取消", "作废", "已作废", "草稿", "作廢", "已作廢",
)  # fmt: skip
"""Order statuses (folded to lower case) whose lines never enter the ledger."""

SALE, RETURN = "sale", "return"


def is_cancelled(orders: ir.Table) -> ir.BooleanValue:
    """Tell which order lines were cancelled, voided or never left draft."""
    return ibis.coalesce(orders.status.strip().lower().isin(CANCELLED), False)


def _with_product_names(orders: ir.Table, source: Source) -> ir.Table:
    """Name the product of lines that give only its id; the id stands for itself where no list knows it."""
    products = source.table("products")
    by_id = one_each(products.filter(products.product_id.notnull()), "product_id")
    by_id = by_id.select(id_key=by_id.product_id, id_product=by_id["product"])
    joined = orders.left_join(by_id, orders.product_id == by_id.id_key)
    named = ibis.coalesce(joined["product"], joined.id_product, joined.product_id)
    return joined.mutate(product=named).drop("id_key", "id_product")


def _lines(source: Source) -> ir.Table:
    """Order lines that count, numbered as they stand, with the order they belong to or reverse."""
    orders = source.table("orders")
    orders = orders.mutate(line=ibis.row_number())
    orders = _with_product_names(orders.filter(~is_cancelled(orders)), source)
    own = ibis.coalesce(orders.order_id, "#" + orders.line.cast("string"))
    credit = orders.amount < 0
    return orders.mutate(credit=credit, order_key=credit.ifelse(ibis.coalesce(orders.orig_order_id, own), own))


def _flagged_returns(lines: ir.Table) -> ir.Table:
    """Return rows for lines marked as returned, unless a credit line already stands for the same return.

    The first flagged line of an order, product and amount pairs with the first such credit line, and so on:
    one return each, never two.
    """
    size = lines.amount.abs()
    alike = ["order_key", "product", "size"]
    flagged = lines.filter(~lines.credit, ibis.coalesce(lines.returned, False)).mutate(size=size)
    booked = lines.filter(lines.credit).mutate(size=size)
    counted = (
        booked.group_by(alike)
        .aggregate(credits=booked.count())
        .rename(credit_key="order_key", credit_product="product", credit_size="size")
    )
    flagged = flagged.mutate(
        place=ibis.row_number().over(group_by=[flagged[c] for c in alike], order_by=flagged.line)
    )
    paired = flagged.left_join(
        counted,
        [
            flagged.order_key == counted.credit_key,
            flagged["product"].identical_to(counted.credit_product),
            flagged["size"] == counted.credit_size,
        ],
    )
    return paired.filter(paired.place >= ibis.coalesce(paired.credits, 0))


def _build_entry(source: Source, as_of: ir.DateScalar) -> ir.Table:
    lines = _lines(source)
    kept = [
        "line", "order_key", "customer_id", "rep_id", "region", "product", "product_id", "category", "channel",
        "segment", "lead_source", "delivered_date",
    ]  # fmt: skip
    booked = lines.select(
        *kept,
        date=lines.order_date,
        kind=lines.credit.ifelse(RETURN, SALE),
        amount=lines.amount,
        cost=lines.cost,
        quantity=lines.quantity,
        discount=lines.discount,
    )
    if source.has("orders.returned"):
        flagged = _flagged_returns(lines)
        booked = booked.union(
            flagged.select(
                *kept,
                date=ibis.coalesce(flagged.return_date, flagged.order_date),
                kind=ibis.literal(RETURN),
                amount=-flagged.amount,
                cost=-flagged.cost,
                quantity=-flagged.quantity,
                discount=flagged.discount,
            ).cast({"amount": "decimal(18,6)", "cost": "decimal(18,6)", "quantity": "decimal(18,6)"})
        )
    return booked.filter(booked.date <= as_of)


ENTRY = Relation(
    name="ledger_entry",
    meaning="one row for each sale line and each return, before anything is attached",
    key=("line", "kind"),
    tables=("orders",),
    dimensions=(),
    build=_build_entry,
    optional=("orders.returned",),
)
