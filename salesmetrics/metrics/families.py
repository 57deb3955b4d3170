"""Families of metrics: what people look for together, and the page that shows them."""

from __future__ import annotations

from dataclasses import dataclass

from salesmetrics.i18n import noop as _


@dataclass(frozen=True)
class Family:
    """Metrics that answer one question; `page` is the path of the page that shows them all.

    The title is translated where it is shown.
    """

    title: str
    page: str
    metrics: tuple[str, ...]


FAMILIES = (
    Family(
        _("Sales and growth"),
        "revenue",
        (
            "revenue", "gross_sales", "return_amount", "return_rate", "units", "orders",
            "average_transaction_value", "growth_pop", "growth_yoy", "seasonality_index",
        ),
    ),
    Family(
        _("Price and margin"),
        "revenue",
        ("gross_profit", "gross_margin", "profit_per_order", "discount_rate", "price_per_unit"),
    ),
    Family(
        _("Where revenue comes from"),
        "revenue",
        (
            "revenue_share", "product_movers", "segment_contribution", "new_product_units", "channel_effectiveness",
            "pareto_share", "hhi", "gini", "fulfilment_days",
        ),
    ),
    Family(
        _("Who buys"),
        "customers",
        (
            "active_customers", "new_customers", "returning_customers", "new_revenue", "returning_revenue",
            "new_customer_share", "customer_acquisition_rate", "cross_sell_rate", "rfm_segment", "high_value_customers",
        ),
    ),
    Family(
        _("Who stays and who leaves"),
        "customers",
        (
            "customer_retention_rate", "customer_churn_rate", "cohort_retention", "repeat_purchase_rate",
            "repurchase_interval", "grr", "nrr", "clv_historic", "clv_predictive", "churn_risk",
        ),
    ),
    Family(
        _("Leads and how fast they are answered"),
        "acquisition",
        (
            "leads", "qualified_leads", "lead_conversion_rate", "qualification_rate", "lead_response_time",
            "response_within_sla", "unanswered_leads", "unanswered_rate", "missed_opportunity_estimate",
            "followup_rate", "touches_per_lead",
        ),
    ),
    Family(
        _("What a new customer costs"),
        "acquisition",
        (
            "revenue_by_lead_source", "cac", "cac_by_source", "roi_by_source", "cac_payback_months", "clv_cac_ratio",
            "sales_cost_ratio", "sales_marketing_cost_ratio",
        ),
    ),
    Family(
        _("Deals won and open"),
        "pipeline",
        (
            "pipeline_value", "weighted_pipeline", "open_opportunities", "pipeline_coverage", "win_rate",
            "win_rate_value", "win_rate_cohort", "avg_deal_size", "sales_cycle_length", "sales_velocity",
        ),
    ),
    Family(
        _("Where deals get stuck"),
        "pipeline",
        ("funnel", "stage_conversion", "time_in_stage", "bottleneck", "stalled_deals", "loss_reasons"),
    ),
    Family(_("Quotas"), "team", ("quota_attainment", "reps_at_quota", "quota_miss_rate", "quota_gap_rate", "net_gain_loss")),
    Family(
        _("What reps bring"),
        "team",
        (
            "revenue_per_rep", "rep_roi", "rep_benchmark", "effectiveness_efficiency", "revenue_by_tenure",
            "revenue_per_rep_month", "tenure_effectiveness", "ramp_time",
        ),
    ),
    Family(
        _("What reps do"),
        "team",
        (
            "activities_per_rep", "contact_expectation_rate", "rep_workload", "overload_flag", "rep_turnover_rate",
            "training_hours_per_rep", "training_vs_performance", "handoff_time", "handoff_lost_rate",
            "crm_adoption", "crm_completeness", "crm_lag",
        ),
    ),
    Family(_("Customers' voice and the market"), "voice", ("csat", "nps", "market_share", "relative_growth")),
    Family(
        _("What is coming"),
        "forecast",
        ("forecast", "forecast_wape", "forecast_mase", "forecast_bias", "interval_coverage"),
    ),
    Family(_("Targets and pay"), "forecast", ("suggested_target", "target_review_flag", "incentive_payout")),
    Family(_("Why a number changed"), "diagnose", ("driver_decomposition", "mix_rate_split")),
    Family(
        _("KPIs and reviews"),
        "reviews",
        ("alerts", "kpi_status", "review_on_time_rate", "action_close_rate"),
    ),
)  # fmt: skip
"""Every family, in the order in which people meet them."""

_FAMILY_OF = {metric: family for family in FAMILIES for metric in family.metrics}


def family_of(metric_id: str) -> Family | None:
    """Give the family of a metric; None for one that no page shows yet.

    >>> family_of("win_rate").page
    'pipeline'
    """
    return _FAMILY_OF.get(metric_id)
