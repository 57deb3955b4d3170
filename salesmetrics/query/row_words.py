"""What the columns of rows are called by people, and what rows of each relation are."""

from __future__ import annotations

import re

from salesmetrics.i18n import _
from salesmetrics.model.dimensions import DIMENSIONS


def measure_title(name: str) -> str:
    """Name a measure for people.

    >>> measure_title("order_revenue"), measure_title("cycle_median_won")
    ('Revenue of the orders', 'Days of the cycle')
    """
    names = {
        "revenue": _("Revenue"),
        "order_revenue": _("Revenue of the orders"),
        "revenue_of_hired": _("Revenue of reps with a hire date"),
        "revenue_with_cost": _("Revenue with a known cost"),
        "revenue_with_quantity": _("Revenue with a known quantity"),
        "profit": _("Gross profit"),
        "order_profit": _("Profit of the orders"),
        "orders": _("Orders"),
        "orders_with_cost": _("Orders with a known cost"),
        "customers": _("Customers"),
        "new_customers": _("New customers"),
        "returning_customers": _("Returning customers"),
        "new_revenue": _("Revenue from new customers"),
        "returning_revenue": _("Revenue from returning customers"),
        "gross_sales": _("Gross sales"),
        "returned": _("Returned"),
        "units": _("Units"),
        "discount_given": _("Discount"),
        "list_value": _("Price before discount"),
        "channel_spend": _("Spend"),
        "sold_against_quota": _("Sold against the quota"),
        "quota_amount": _("Quota for the days inside"),
        "rep_days": _("Days employed"),
        "reps_reaching": _("Reps at quota"),
        "reps_with_quota": _("Reps with a quota"),
        "customers_with_several_products": _("Customers with several products"),
        "won": _("Won deals"),
        "closed": _("Decided deals"),
        "won_amount": _("Amount won"),
        "closed_amount": _("Amount decided"),
        "won_with_amount": _("Won deals with an amount"),
        "open_deals": _("Open deals"),
        "open_amount": _("Open amount"),
        "weighted_amount": _("Weighted amount"),
        "wait_list": _("Days waited"),
        "median_order": _("Worth of the order"),
    }
    if name in names:
        return names[name]
    if match := re.fullmatch(r"(?:cycle_(?:median|p90|mean))_\w+", name):
        return _("Days of the cycle")
    if match := re.fullmatch(r"new_product_units_\d+", name):
        return _("Units of new products")
    if match := re.fullmatch(r"(worth|top_fifth|rank_sum|squares|entities)_(customer|product|rep)", name):
        return {
            "worth": _("Revenue above zero"),
            "top_fifth": _("Revenue of the top fifth"),
            "rank_sum": _("Rank times revenue"),
            "squares": _("Squared share of revenue"),
            "entities": _("With revenue above zero"),
        }[match[1]]
    return name.replace("_", " ").capitalize()


def column_title(name: str) -> str:
    """Name a column of rows for people.

    >>> column_title("order_id"), column_title("lead_source"), column_title("some_column")
    ('Order', 'Lead source', 'Some column')
    """
    if name in DIMENSIONS:
        return DIMENSIONS[name].title()
    names = {
        "role": _("Belongs to"),
        "date": _("Date"),
        "kind": _("Sale or return"),
        "amount": _("Amount"),
        "cost": _("Cost"),
        "quantity": _("Quantity"),
        "discount": _("Discount given"),
        "order_id": _("Order"),
        "customer_id": _("Customer"),
        "order_date": _("Order date"),
        "first_purchase": _("Customer's first purchase"),
        "product_launch": _("Product first sold"),
        "product_is_new": _("Marked as new"),
        "linked": _("Order known"),
        "kept": _("Not returned"),
        "several_customers": _("Order under two customers"),
        "delivered": _("Delivered"),
        "wait_days": _("Days waited"),
        "opportunity_id": _("Deal"),
        "status": _("Status"),
        "created_date": _("Created"),
        "closed_on": _("Closed"),
        "expected_close": _("Expected close"),
        "chance": _("Chance to win"),
        "cycle_start": _("Start of the cycle"),
        "cycle_days": _("Days from start to close"),
        "from_lead": _("Timed from its lead"),
        "scope": _("Quota of"),
        "scope_id": _("Whose quota"),
        "measure": _("Quota in"),
        "quota": _("Quota row"),
        "own_start": _("First day"),
        "own_end": _("Last day"),
        "days": _("Days"),
        "days_inside": _("Days inside"),
        "actual": _("Sold"),
        "ended": _("Ended"),
        "lines": _("Order lines"),
        "campaign": _("Campaign"),
    }
    return names.get(name) or name.replace("_", " ").capitalize()


def rows_title(relation: str, date: str) -> str:
    """Say what rows of a relation, placed in time by its column `date`, are.

    >>> rows_title("ledger", "date"), rows_title("rep_day", "date")
    ('Sales and returns', 'Days on which reps were employed')
    """
    if (relation, date) == ("ledger", "order_date"):
        return _("Sales and returns by the date of their order")
    names = {
        "ledger": _("Sales and returns"),
        "opportunity": _("Deals"),
        "rep_day": _("Days on which reps were employed"),
        "quota": _("Quotas"),
        "quota_sale": _("Sales against quotas, day by day"),
        "quota_result": _("Quotas and what was sold against them"),
        "spending": _("Spend"),
    }
    return names.get(relation) or relation.replace("_", " ").capitalize()
