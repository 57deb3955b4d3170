"""Money of an order line: amount from price and quantity, cost from profit or unit cost, discount from a rate."""

from __future__ import annotations

from collections.abc import Collection

from salesmetrics.i18n import _
from salesmetrics.ingest.derive.step import Step, money, wide

_FULL_PRICE = f"{wide('unit_price')} * quantity"


def amount_of_line(columns: Collection[str]) -> Step:
    """Work out a line's amount as price x quantity x (1 - discount) where the file has no amount.

    A discount in money is taken off once a line.

    >>> amount_of_line({"unit_price", "quantity", "discount_rate"}).columns["amount"]
    'TRY(CAST(CAST(unit_price AS DECIMAL(28, 6)) * quantity * (1 - coalesce(discount_rate, 0)) AS DECIMAL(18, 6)))'
    """
    if "amount" in columns or not {"unit_price", "quantity"} <= set(columns):
        return Step()
    if "discount_rate" in columns:
        return Step(
            {"amount": money(f"{_FULL_PRICE} * (1 - coalesce(discount_rate, 0))")},
            (_("Line amount is unit price x quantity x (1 - discount)."),),
        )
    if "discount" in columns:
        return Step(
            {"amount": money(f"{_FULL_PRICE} - coalesce(discount, 0)")},
            (_("Line amount is unit price x quantity - discount."),),
        )
    return Step({"amount": money(_FULL_PRICE)}, (_("Line amount is unit price x quantity."),))


def discount_of_line(columns: Collection[str], *, amount_derived: bool) -> Step:
    """Turn a discount rate d into money: amount x d / (1 - d), or price x quantity x d for a derived amount.

    A rate of 1 leaves no amount from which to tell what was given away: the discount is then unknown.
    """
    if "discount_rate" not in columns or "discount" in columns:
        return Step()
    if amount_derived:
        expression = f"CASE WHEN discount_rate >= 0 THEN abs({_FULL_PRICE}) * discount_rate END"
        return Step(
            {"discount": money(expression)}, (_("Discount in money is unit price x quantity x discount rate."),)
        )
    expression = (
        "CASE WHEN discount_rate = 0 THEN 0 WHEN discount_rate > 0 AND discount_rate < 1 AND amount <> 0 "
        f"THEN abs({wide('amount')}) * discount_rate / (1 - discount_rate) END"
    )
    return Step({"discount": money(expression)}, (_("Discount in money is amount x rate / (1 - rate)."),))


def cost_of_line(columns: Collection[str]) -> Step:
    """Work out a line's cost as amount - profit, or unit cost x quantity, where the file has no cost.

    >>> cost_of_line({"amount", "profit"}).columns["cost"]
    'TRY(CAST(amount - profit AS DECIMAL(18, 6)))'
    """
    if "cost" in columns:
        return Step()
    if {"amount", "profit"} <= set(columns):
        return Step({"cost": money("amount - profit")}, (_("Cost is amount - profit."),))
    if {"unit_cost", "quantity"} <= set(columns):
        return Step({"cost": money(f"{wide('unit_cost')} * quantity")}, (_("Cost is unit cost x quantity."),))
    return Step()
