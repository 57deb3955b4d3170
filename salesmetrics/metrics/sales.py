"""What sales metrics are made of: aggregates of the ledger, by the date of its row or of its order."""

from __future__ import annotations

import ibis.expr.types as ir

from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per
from salesmetrics.model.derived.entry import RETURN, SALE
from salesmetrics.model.dimensions import UNKNOWN

AMOUNT = ("orders.order_date", "orders.amount")
COST = (*AMOUNT, "orders.cost")
QUANTITY = (*AMOUNT, "orders.quantity")
DISCOUNT = (*AMOUNT, "orders.discount")
CUSTOMER = (*AMOUNT, "orders.customer_id")


def is_sale(t: ir.Table) -> ir.BooleanValue:
    """Tell sale rows of the ledger."""
    return t.kind == SALE


def is_return(t: ir.Table) -> ir.BooleanValue:
    """Tell return rows of the ledger."""
    return t.kind == RETURN


def _size(t: ir.Table) -> ir.Value:
    return t.amount.abs()


def _profit(t: ir.Table) -> ir.Value:
    return t.amount - t.cost


def _discounted(t: ir.Table) -> ir.BooleanValue:
    return is_sale(t) & t.discount.notnull()


def _on_row(
    name: str,
    value: Expression | None = None,
    where: Expression | None = None,
    inputs: tuple[str, ...] = AMOUNT,
    how: str = "sum",
) -> Measure:
    return Measure(name, "ledger", "date", Aggregate(how), value, where, inputs)


def _on_order(
    name: str,
    value: Expression | None = None,
    where: Expression | None = None,
    inputs: tuple[str, ...] = AMOUNT,
    how: str = "sum",
) -> Measure:
    return Measure(name, "ledger", "order_date", Aggregate(how), value, where, inputs)


ROWS = _on_row("ledger_rows", how="count")
SALES = _on_row("sale_rows", where=is_sale, how="count")
REVENUE = _on_row("revenue", lambda t: t.amount)
VOLUME = _on_row("volume", _size)
GROSS_SALES = _on_row("gross_sales", lambda t: t.amount, is_sale)
RETURNED = _on_row("returned", lambda t: -t.amount, is_return)
RETURN_ROWS = _on_row("return_rows", where=is_return, how="count")
UNLINKED = _on_row("unlinked_returns", where=lambda t: is_return(t) & ~t.linked, how="count")

UNITS = _on_row("units", lambda t: t.quantity, inputs=QUANTITY)
WITH_QUANTITY = _on_row("revenue_with_quantity", lambda t: t.amount, lambda t: t.quantity.notnull(), QUANTITY)
VOLUME_WITH_QUANTITY = _on_row("volume_with_quantity", _size, lambda t: t.quantity.notnull(), QUANTITY)
ROWS_WITH_QUANTITY = _on_row(
    "rows_with_quantity", where=lambda t: t.quantity.notnull(), inputs=QUANTITY, how="count"
)

PROFIT = _on_row("profit", _profit, lambda t: t.cost.notnull(), COST)
WITH_COST = _on_row("revenue_with_cost", lambda t: t.amount, lambda t: t.cost.notnull(), COST)
VOLUME_WITH_COST = _on_row("volume_with_cost", _size, lambda t: t.cost.notnull(), COST)
ROWS_WITH_COST = _on_row("rows_with_cost", where=lambda t: t.cost.notnull(), inputs=COST, how="count")

DISCOUNT_GIVEN = _on_row("discount_given", lambda t: t.discount, _discounted, DISCOUNT)
LIST_VALUE = _on_row("list_value", lambda t: t.amount + t.discount, _discounted, DISCOUNT)
SALES_WITH_DISCOUNT = _on_row("sales_with_discount", lambda t: t.amount, _discounted, DISCOUNT)
ROWS_WITH_DISCOUNT = _on_row("rows_with_discount", where=_discounted, inputs=DISCOUNT, how="count")

ORDERS = _on_order("orders", lambda t: t.order_id, is_sale, how="distinct")
ORDER_REVENUE = _on_order("order_revenue", lambda t: t.amount)
ORDER_VOLUME = _on_order("order_volume", _size)
ORDERS_WITH_COST = _on_order(
    "orders_with_cost", lambda t: t.order_id, lambda t: is_sale(t) & t.cost.notnull(), COST, "distinct"
)
ORDER_PROFIT = _on_order("order_profit", _profit, lambda t: t.cost.notnull(), COST)
ORDER_VOLUME_WITH_COST = _on_order("order_volume_with_cost", _size, lambda t: t.cost.notnull(), COST)
TWO_CUSTOMERS = _on_order(
    "orders_under_two_customers", lambda t: t.order_id, lambda t: t.several_customers, CUSTOMER, "distinct"
)
MEDIAN_ORDER = Measure(
    "median_order",
    "ledger",
    "order_date",
    Aggregate.MEDIAN,
    lambda t: t.worth.cast("float64"),
    inputs=AMOUNT,
    per=Per("order", ("order_id",), (("worth", lambda t: t.amount.sum()),)),
)

CUSTOMERS = _on_order("customers", lambda t: t.customer_id, is_sale, CUSTOMER, "distinct")
NEW_CUSTOMERS = _on_order(
    "new_customers",
    lambda t: t.customer_id,
    lambda t: is_sale(t) & (t.first_purchase >= t.period_start),
    CUSTOMER,
    "distinct",
)
RETURNING_CUSTOMERS = _on_order(
    "returning_customers",
    lambda t: t.customer_id,
    lambda t: is_sale(t) & (t.first_purchase < t.period_start),
    CUSTOMER,
    "distinct",
)
ORDER_VOLUME_WITH_CUSTOMER = _on_order(
    "order_volume_with_customer", _size, lambda t: t.customer_id.notnull(), CUSTOMER
)
VOLUME_WITH_CUSTOMER = _on_row("volume_with_customer", _size, lambda t: t.customer_id.notnull(), CUSTOMER)


def is_new(t: ir.Table) -> ir.BooleanValue:
    """Tell rows of customers whose first purchase lies in the period at hand."""
    return (t.first_purchase >= t.period_start) & (t.first_purchase < t.period_end)


NEW_REVENUE = _on_row("new_revenue", lambda t: t.amount, is_new, CUSTOMER)
RETURNING_REVENUE = _on_row(
    "returning_revenue", lambda t: t.amount, lambda t: t.first_purchase < t.period_start, CUSTOMER
)
NEW_ROWS = _on_row("new_customer_rows", where=is_new, inputs=CUSTOMER, how="count")
RETURNING_ROWS = _on_row(
    "returning_customer_rows", where=lambda t: t.first_purchase < t.period_start, inputs=CUSTOMER, how="count"
)


def known_customer(t: ir.Table) -> ir.BooleanValue:
    """Tell rows that name their customer."""
    return t.customer != UNKNOWN
