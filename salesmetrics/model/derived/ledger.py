"""The ledger: every sale and return as a row of its own, with its order, customer, rep and product attached.

METRICS rule: all money and unit metrics sum over the ledger, never over raw order lines.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, known, one_each
from salesmetrics.model.derived.team import with_rep
from salesmetrics.model.tenure import band

CANCELLED = (
    "cancelled", "canceled", "cancel", "void", "voided", "draft",
    "取消", "已取消", "作废", "已作废", "草稿", "作廢", "已作廢",
)  # fmt: skip
"""Order statuses (folded to lower case) whose lines never enter the ledger."""

SALE, RETURN = "sale", "return"

LEFT_EDGE_DAYS = 90
"""Days at the start of a file in which what is seen first may not be new."""


def is_cancelled(orders: ir.Table) -> ir.BooleanValue:
    """Tell which order lines were cancelled, voided or never left draft."""
    return ibis.coalesce(orders.status.strip().lower().isin(CANCELLED), False)


def _lines(source: Source) -> ir.Table:
    """Order lines that count, numbered as they stand, with the order they belong to or reverse."""
    orders = source.table("orders")
    orders = orders.mutate(line=ibis.row_number())
    orders = orders.filter(~is_cancelled(orders))
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


def _build_order(source: Source, as_of: ir.DateScalar) -> ir.Table:
    entries = source.relation("ledger_entry")
    sale = entries.kind == SALE
    totals = entries.group_by("order_key").aggregate(
        order_date=entries.date.min(where=sale),
        returns=(~sale).sum(),
        total=entries.amount.sum(),
    )
    totals = totals.filter(totals.order_date.notnull())
    by_customer = (
        entries.filter(sale, entries.customer_id.notnull())
        .group_by("order_key", "customer_id")
        .aggregate(bought=entries.amount.sum())
    )
    # The customer with the larger amount; of two equal ones the first by name, so that the answer never changes.
    rank = ibis.row_number().over(
        group_by=by_customer.order_key, order_by=[by_customer.bought.desc(), by_customer.customer_id]
    )
    several = by_customer.count().over(ibis.window(group_by=by_customer.order_key)) > 1
    buyers = by_customer.mutate(rank=rank, several=several)
    buyers = buyers.filter(buyers["rank"] == 0).select("several", buyer_key="order_key", buyer="customer_id")
    joined = totals.left_join(buyers, totals.order_key == buyers.buyer_key)
    return joined.select(
        matched_key=joined.order_key,
        buyer=joined.buyer,
        several_customers=ibis.coalesce(joined.several, False),
        is_order=(joined.returns == 0) | (joined.total > 0),
        first_sale=joined.order_date,
    )


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
    rows = _with_kept(rows)
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
        tenure_at_date=known(band(rows.hire_date, rows.date)),
        tenure_at_order_date=known(band(rows.hire_date, rows.order_date)),
    )  # fmt: skip


def _with_products(rows: ir.Table, source: Source) -> ir.Table:
    products = source.table("products")
    by_id = one_each(products.filter(products.product_id.notnull()), "product_id")
    by_id = by_id.select(id_key=by_id.product_id, id_product=by_id["product"])
    rows = rows.left_join(by_id, rows.product_id == by_id.id_key)
    rows = rows.mutate(product=ibis.coalesce(rows["product"], rows.id_product, rows.product_id))
    rows = rows.drop("id_key", "id_product")
    by_name = one_each(products, "product")
    by_name = by_name.select(name_key="product", name_category="category", name_is_new="is_new")
    rows = rows.left_join(by_name, rows["product"] == by_name.name_key)
    rows = rows.mutate(
        category=ibis.coalesce(rows.category, rows.name_category),
        product_is_new=ibis.coalesce(rows.name_is_new, False),
    ).drop("name_key", "name_category", "name_is_new")
    first = rows.filter(rows.kind == SALE, rows["product"].notnull())
    first = first.group_by(sold="product").aggregate(first_sale=first.date.min())
    # What was sold in the first weeks of a file may have been sold long before it: never a new product.
    settled = first.first_sale.min().over(ibis.window()) + ibis.interval(days=LEFT_EDGE_DAYS)
    first = first.mutate(product_launch=(first.first_sale >= settled).ifelse(first.first_sale, ibis.null("date")))
    return rows.left_join(first.drop("first_sale"), rows["product"] == first.sold).drop("sold")


def _with_kept(rows: ir.Table) -> ir.Table:
    """Tell of each row whether at least one sale line of its order, product and amount did not come back."""
    alike = ["order_id_key", "product_key", "size_key"]
    keyed = rows.mutate(order_id_key=rows.order_key, product_key=rows["product"], size_key=rows.amount.abs())
    came_back = keyed.filter(keyed.kind == RETURN)
    came_back = came_back.group_by(alike).aggregate(came_back=came_back.count())
    sold = keyed.filter(keyed.kind == SALE).semi_join(came_back, alike)
    sold = sold.group_by(alike).aggregate(sold=sold.count())
    gone = came_back.inner_join(sold, alike)
    gone = gone.filter(gone.came_back >= gone.sold).select(
        gone_order="order_id_key", gone_product="product_key", gone_size="size_key"
    )
    # Both sides by columns of their own: an expression of `rows` here would be taken for one of `gone`.
    joined = keyed.left_join(
        gone,
        [
            keyed.order_id_key == gone.gone_order,
            keyed.product_key == gone.gone_product,
            keyed.size_key == gone.gone_size,
        ],
    )
    return joined.mutate(kept=joined.gone_order.isnull()).drop(*alike, "gone_order", "gone_product", "gone_size")


def _with_customers(rows: ir.Table, source: Source) -> ir.Table:
    customers = one_each(source.table("customers"), "customer_id").select(
        customer_key="customer_id", customer_segment="segment"
    )
    rows = rows.left_join(customers, rows.customer_id == customers.customer_key)
    rows = rows.mutate(segment=ibis.coalesce(rows.segment, rows.customer_segment)).drop(
        "customer_key", "customer_segment"
    )
    bought = rows.filter(rows.order_date.notnull(), rows.kind == SALE, rows.customer_id.notnull())
    first = bought.group_by(buyer="customer_id").aggregate(first_purchase=bought.order_date.min())
    return rows.left_join(first, rows.customer_id == first.buyer).drop("buyer")


ENTRY = Relation(
    name="ledger_entry",
    meaning="one row for each sale line and each return, before anything is attached",
    key=("line", "kind"),
    tables=("orders",),
    dimensions=(),
    build=_build_entry,
    optional=("orders.returned",),
)

ORDER = Relation(
    name="order",
    meaning="one row an order: its date, its customer, and whether something of it was kept",
    key=("matched_key",),
    tables=("orders",),
    dimensions=(),
    build=_build_order,
    needs=("ledger_entry",),
)

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
    needs=("ledger_entry", "order"),
)  # fmt: skip
