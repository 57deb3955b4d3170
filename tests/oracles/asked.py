"""What the statements of this folder are asked: families of metrics that share facts, with the cuts that each allows."""

from __future__ import annotations

from dataclasses import dataclass

_ORDER_DAYS = "SELECT order_date FROM orders"
_DEAL_DAYS = (
    "SELECT CASE WHEN day <= getvariable('as_of') THEN day END FROM (SELECT *, "
    "least(created_date, CASE WHEN status <> 'open' THEN close_date END) AS day FROM opportunities)"
)

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

# Known from when both sales and spend are.
_SPEND_DAYS = """
SELECT greatest(sold, spent) FROM (SELECT min(order_date) AS sold FROM orders), (SELECT min(date) AS spent FROM spend)
WHERE sold IS NOT NULL AND spent IS NOT NULL
"""

_LEAD_DAYS = "SELECT CAST(unnest([created_at, first_response_at, qualified_at, converted_at]) AS DATE) FROM leads"
_SINCE_LEADS_AND = (
    f"SELECT max(day) FROM (SELECT min(day) AS day FROM ({_LEAD_DAYS}) AS e(day)"
    " UNION ALL (SELECT CAST(min({}) AS DATE) FROM {})) HAVING count(day) = 2"
)
_BY_LEAD = (*ANY, "lead_source")

# Known from when both deals and what a metric reads beside them are.
_SINCE_DEALS_AND = (
    f"SELECT max(day) FROM (SELECT min(day) AS day FROM ({_DEAL_DAYS}) AS e(day)"
    " UNION ALL (SELECT CAST(min({}) AS DATE) FROM {})) HAVING count(day) = 2"
)

_ACTIVITY_DAYS = 'SELECT CAST("at" AS DATE) FROM activities'
# Unknown, and not 0, where no file says who has left, what anyone earns, or whose a deal is.
_LEAVING = "SELECT DATE '1900-01-01' WHERE EXISTS (SELECT * FROM reps WHERE leave_date IS NOT NULL)"
_PAID_DAYS = f"{_ORDER_DAYS} WHERE EXISTS (SELECT * FROM reps WHERE salary IS NOT NULL)"
_OWNED_DEAL_DAYS = f"{_DEAL_DAYS} WHERE EXISTS (SELECT * FROM opportunities WHERE rep_id IS NOT NULL)"

_MARKET_DAYS = f"{_ORDER_DAYS} WHERE EXISTS (SELECT * FROM market_size)"
_LOGGED_DAYS = f"{_ACTIVITY_DAYS} WHERE EXISTS (SELECT * FROM activities WHERE logged_at IS NOT NULL)"
# Known from when both sales and training are.
_SINCE_TRAINING = (
    "SELECT max(day) FROM (SELECT min(order_date) AS day FROM orders UNION ALL SELECT min(date) FROM training)"
    " HAVING count(day) = 2"
)

FAMILIES = (
    _ORDERS,
    Family(("pareto_share", "hhi", "gini"), (None,), _ORDER_DAYS),
    Family(
        (
            "customer_acquisition_rate", "new_customer_share", "customer_retention_rate", "customer_churn_rate", "grr",
            "nrr", "cohort_retention", "repeat_purchase_rate", "repurchase_interval", "rfm_segment",
            "high_value_customers", "churn_risk",
        ),
        ANY, _ORDER_DAYS, frozenset({"high_value_customers", "churn_risk"}),
    ),
    Family(("revenue_share",), ("region", "product", "tenure", "rep"), _ORDER_DAYS),
    # A rep's days lie in the rep's region and sales in their own; spend has no region that sales have.
    Family(
        ("revenue_by_tenure", "tenure_effectiveness"), ("tenure",), _ORDER_DAYS, frozenset({"revenue_by_tenure"}),
        own_region=True,
    ),
    Family(("product_movers",), ("product",), _ORDER_DAYS, frozenset({"product_movers"})),
    Family(("channel_effectiveness",), ("channel",), _SPEND_DAYS),
    _DEALS,
    Family(("win_rate_cohort", "sales_velocity", "stalled_deals"), ANY, _DEAL_DAYS, frozenset({"stalled_deals"})),
    Family(
        ("loss_reasons",), ("loss_reason", "stage", "region", "tenure", "rep"), _DEAL_DAYS,
        frozenset({"loss_reasons"}),
    ),
    Family(
        ("stage_conversion", "funnel", "time_in_stage", "bottleneck"), ("stage", "region", "tenure", "rep"),
        _SINCE_DEALS_AND.format("entered_at", "stage_history"),
    ),
    Family(
        ("pipeline_coverage",), (None, "rep"), _SINCE_DEALS_AND.format("order_date", "orders"), own_region=True
    ),
    Family(
        ("revenue_per_rep", "revenue_per_rep_month", "quota_attainment", "reps_at_quota"), (None, "rep", "tenure"),
        _ORDER_DAYS, own_region=True,
    ),
    Family(("quota_miss_rate", "quota_gap_rate", "net_gain_loss"), (None, "region", "rep", "tenure"), _ORDER_DAYS),
    Family(("ramp_time",), (None, "region", "rep"), _ORDER_DAYS),
    Family(("rep_roi",), (None, "rep", "tenure"), _PAID_DAYS, own_region=True),
    Family(("rep_turnover_rate",), (None, "region", "rep", "tenure"), _LEAVING),
    Family(("activities_per_rep", "contact_expectation_rate"), (None, "region", "rep", "tenure"), _ACTIVITY_DAYS),
    Family(("rep_workload", "overload_flag"), (None, "region", "rep", "tenure"), _OWNED_DEAL_DAYS),
    Family(("rep_benchmark",), ("rep",), _DEAL_DAYS, own_region=True),
    Family(("effectiveness_efficiency",), ("rep",), _ORDER_DAYS, own_region=True),
    Family(
        ("cac", "sales_cost_ratio", "sales_marketing_cost_ratio", "clv_cac_ratio", "cac_payback_months"),
        (None, "region", "channel"), _SPEND_DAYS,
    ),
    Family(("cac_by_source", "roi_by_source"), ("lead_source", "region", "channel"), _SPEND_DAYS),
    Family(("clv_historic",), (*ANY, "channel", "lead_source"), _ORDER_DAYS),
    Family(
        (
            "leads", "lead_conversion_rate", "lead_response_time", "response_within_sla", "unanswered_leads",
            "unanswered_rate",
        ),
        _BY_LEAD, _LEAD_DAYS, frozenset({"leads", "unanswered_leads"}),
    ),
    # Unknown, and not 0, where no file says which leads were qualified.
    Family(
        ("qualified_leads", "qualification_rate"), _BY_LEAD,
        f"SELECT * FROM ({_LEAD_DAYS}) WHERE EXISTS (SELECT * FROM leads WHERE qualified_at IS NOT NULL)",
        frozenset({"qualified_leads"}),
    ),
    Family(("followup_rate", "touches_per_lead"), _BY_LEAD, _SINCE_LEADS_AND.format('"at"', "activities")),
    Family(
        ("missed_opportunity_estimate",), _BY_LEAD, _SINCE_LEADS_AND.format("order_date", "orders")
    ),
    Family(
        ("revenue_by_lead_source",), ("lead_source", "region", "product", "tenure", "rep"), _ORDER_DAYS,
        frozenset({"revenue_by_lead_source"}),
    ),
    Family(("csat", "nps"), ANY, "SELECT date FROM feedback"),
    Family(("market_share", "relative_growth"), (None, "region", "product"), _MARKET_DAYS),
    Family(("segment_contribution",), ("region", "product", "tenure", "rep"), _ORDER_DAYS),
    Family(("seasonality_index",), ANY, _ORDER_DAYS),
    Family(
        ("training_hours_per_rep", "training_vs_performance"), (None, "region", "rep", "tenure"), _SINCE_TRAINING
    ),
    Family(("handoff_time", "handoff_lost_rate"), _BY_LEAD, _SINCE_LEADS_AND.format('"at"', "activities")),
    Family(("crm_adoption",), ANY, _SINCE_DEALS_AND.format('"at"', "activities")),
    Family(("crm_completeness",), ANY, _DEAL_DAYS),
    Family(("crm_lag",), (None, "region", "rep", "tenure"), _LOGGED_DAYS),
)  # fmt: skip

FAMILY_OF = {metric: family for family in FAMILIES for metric in family.metrics}
"""The family of each metric."""
