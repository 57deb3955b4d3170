"""What the statements of this folder are asked: families of metrics that share facts, with the cuts that each allows."""

from __future__ import annotations

from dataclasses import dataclass

_ORDER_DAYS = "SELECT order_date FROM orders"
_DEAL_DAYS = "SELECT least(created_date, CASE WHEN status <> 'open' THEN close_date END) FROM opportunities"

ANY = (None, "region", "product", "tenure", "rep")


@dataclass(frozen=True)
class Family:
    """Metrics that share facts.

    `cuts` are the dimensions they are asked by (None: in total), `days` a statement that gives the days of their
    facts, `sums` those that are 0, and not unknown, where the data reaches and holds no rows. `own_region` tells
    that not all their facts share a region.
    """

    metrics: tuple[str, ...]
    cuts: tuple[str | None, ...]
    days: str
    sums: frozenset[str] = frozenset()
    own_region: bool = False


_ORDERS = Family(
    (
        "revenue", "gross_sales", "return_amount", "return_rate", "units", "orders", "average_transaction_value",
        "gross_profit", "gross_margin", "profit_per_order", "discount_rate", "price_per_unit", "growth_pop",
        "growth_yoy", "new_product_units", "cross_sell_rate", "fulfilment_days", "active_customers", "new_customers",
        "returning_customers", "new_revenue", "returning_revenue",
    ),
    ANY,
    _ORDER_DAYS,
    frozenset(
        {
            "revenue", "gross_sales", "return_amount", "units", "orders", "gross_profit", "new_product_units",
            "active_customers", "new_customers", "returning_customers", "new_revenue", "returning_revenue",
        }
    ),
)  # fmt: skip

_DEALS = Family(
    (
        "win_rate", "win_rate_value", "sales_cycle_length", "pipeline_value", "open_opportunities",
        "weighted_pipeline", "avg_deal_size",
    ),
    ANY,
    _DEAL_DAYS,
    frozenset({"pipeline_value", "open_opportunities", "weighted_pipeline"}),
)  # fmt: skip

FAMILIES = (
    _ORDERS,
    Family(("pareto_share", "hhi", "gini"), (None,), _ORDER_DAYS),
    Family(("revenue_share",), ("region", "product", "tenure", "rep"), _ORDER_DAYS),
    # A rep's days lie in the rep's region and sales in their own; spend has no region that sales have.
    Family(
        ("revenue_by_tenure", "tenure_effectiveness"), ("tenure",), _ORDER_DAYS, frozenset({"revenue_by_tenure"}),
        own_region=True,
    ),
    Family(("product_movers",), ("product",), _ORDER_DAYS, frozenset({"product_movers"})),
    Family(("channel_effectiveness",), ("channel",), _ORDER_DAYS, own_region=True),
    _DEALS,
    Family(
        ("revenue_per_rep", "revenue_per_rep_month", "quota_attainment", "reps_at_quota"), (None, "rep", "tenure"),
        _ORDER_DAYS, own_region=True,
    ),
)  # fmt: skip

FAMILY_OF = {metric: family for family in FAMILIES for metric in family.metrics}
"""The family of each metric."""
