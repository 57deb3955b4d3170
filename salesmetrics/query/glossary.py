"""What people need to know of each metric and model: one entry each, made from its declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from salesmetrics.metrics import CATALOGUE, Better, Metric, Parameter, Unit
from salesmetrics.metrics.families import Family, family_of
from salesmetrics.metrics.measure import alternatives
from salesmetrics.metrics.models import MODELS, Model
from salesmetrics.query.resolve import dimensions_of

ALSO_CALLED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "revenue": ("turnover", "net sales", "营业额", "营收", "业绩"),
        "gross_sales": ("GMV",),
        "units": ("volume", "销量"),
        "average_transaction_value": ("ATV", "AOV", "average order value", "客单价"),
        "gross_profit": ("GP",),
        "gross_margin": ("GM", "GPM"),
        "price_per_unit": ("ASP", "average selling price"),
        "growth_pop": ("PoP", "MoM", "QoQ", "环比"),
        "growth_yoy": ("YoY", "同比"),
        "pareto_share": ("80/20", "ABC", "二八"),
        "hhi": ("Herfindahl", "concentration"),
        "gini": ("concentration",),
        "fulfilment_days": ("lead time", "delivery time"),
        "customer_retention_rate": ("CRR", "留存"),
        "customer_churn_rate": ("churn",),
        "repeat_purchase_rate": ("RPR", "repurchase rate"),
        "grr": ("GRR",),
        "nrr": ("NRR", "NDR"),
        "cac": ("CAC",),
        "cac_by_source": ("CAC",),
        "cac_payback_months": ("CAC payback",),
        "clv_historic": ("CLV", "LTV", "lifetime value"),
        "clv_cac_ratio": ("LTV/CAC", "CLV:CAC"),
        "roi_by_source": ("ROI", "ROMI"),
        "rfm_segment": ("RFM",),
        "lead_conversion_rate": ("CVR", "conversion rate"),
        "lead_response_time": ("speed to lead", "first response"),
        "response_within_sla": ("SLA",),
        "avg_deal_size": ("ACV", "ADS"),
        "sales_cycle_length": ("cycle time",),
        "weighted_pipeline": ("expected value",),
        "quota_attainment": ("target attainment", "业绩达成率"),
        "ramp_time": ("onboarding", "ramp-up"),
        "csat": ("CSAT", "satisfaction"),
        "nps": ("NPS", "recommendation"),
        "crm_adoption": ("CRM",),
        "rep_turnover_rate": ("attrition",),
        "clv_predictive": ("CLV", "LTV", "BG/NBD"),
        "forecast_mase": ("MASE",),
        "forecast_wape": ("WAPE", "MAPE"),
        "incentive_payout": ("commission", "bonus", "提成"),
        "driver_decomposition": ("LMDI", "Shapley", "root cause"),
    }
)
"""What else people call a metric, in any language: what a search finds it by beside its names."""


@dataclass(frozen=True)
class Entry:
    """What is known of one metric; texts are as declared and are translated where they are shown.

    `inputs` are the canonical columns (`table.column`) without which it cannot be had under its defaults,
    `dimensions` what it can be filtered and cut by, `members` the metrics that a view shows beside it, `source`
    the articles that name it (S0 to S4; S– for none), `family` None where no page shows it yet.
    """

    id: str
    title: str
    title_zh: str
    also: tuple[str, ...]
    tells: str
    formula: str
    unit: Unit
    better: Better
    placed_by: str
    inputs: tuple[str, ...]
    dimensions: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    members: tuple[str, ...]
    traps: str
    source: str
    family: Family | None

    @property
    def page(self) -> str | None:
        """The path of the page that shows it."""
        return self.family.page if self.family else None


def _entry(
    one: Metric | Model,
    inputs: tuple[str, ...],
    dimensions: tuple[str, ...],
    parameters: tuple[Parameter, ...] = (),
    members: tuple[str, ...] = (),
) -> Entry:
    return Entry(
        id=one.id,
        title=one.title,
        title_zh=one.title_zh,
        also=ALSO_CALLED.get(one.id, ()),
        tells=one.tells,
        formula=one.formula_text,
        unit=one.unit,
        better=one.better,
        placed_by=one.placed_by,
        inputs=inputs,
        dimensions=dimensions,
        parameters=parameters,
        members=members,
        traps=one.traps,
        source=one.source,
        family=family_of(one.id),
    )


def _entry_of_metric(metric: Metric) -> Entry:
    measures = metric.made_of(metric.settings({}))
    inputs = dict.fromkeys(name for measure in measures for one in measure.inputs for name in alternatives(one))
    return _entry(metric, tuple(inputs), dimensions_of(metric, measures), metric.parameters, metric.members)


@cache
def glossary() -> Mapping[str, Entry]:
    """Give the entry of every metric by id, in the order of the catalogue, then those of the models."""
    metrics = {metric.id: _entry_of_metric(metric) for metric in CATALOGUE.values()}
    models = {model.id: _entry(model, model.inputs, model.dimensions) for model in MODELS.values()}
    return MappingProxyType(metrics | models)
