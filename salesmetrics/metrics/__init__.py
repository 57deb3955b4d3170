"""The catalogue: every metric, declared once, by id."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salesmetrics.metrics.acquisition_cost import ACQUISITION_COST_METRICS
from salesmetrics.metrics.activity import ACTIVITY_METRICS
from salesmetrics.metrics.benchmark import BENCHMARK_METRICS
from salesmetrics.metrics.bottleneck import BOTTLENECK_METRICS
from salesmetrics.metrics.churn import CHURN_METRICS
from salesmetrics.metrics.cohort_wins import COHORT_WIN_METRICS
from salesmetrics.metrics.concentration import CONCENTRATION_METRICS
from salesmetrics.metrics.contribution import CONTRIBUTION_METRICS
from salesmetrics.metrics.cost_ratio import COST_RATIO_METRICS
from salesmetrics.metrics.crm import CRM_METRICS
from salesmetrics.metrics.customer_value import CUSTOMER_VALUE_METRICS
from salesmetrics.metrics.customers import CUSTOMER_METRICS
from salesmetrics.metrics.cycle import CYCLE_METRICS
from salesmetrics.metrics.effectiveness import EFFECTIVENESS_METRICS
from salesmetrics.metrics.followup import FOLLOWUP_METRICS
from salesmetrics.metrics.growth import GROWTH_METRICS
from salesmetrics.metrics.handoff import HANDOFF_METRICS
from salesmetrics.metrics.leads import LEAD_METRICS
from salesmetrics.metrics.losses import LOSS_METRICS
from salesmetrics.metrics.market import MARKET_METRICS
from salesmetrics.metrics.metric import Better, Metric, Parameter, Unit
from salesmetrics.metrics.missed import MISSED_METRICS
from salesmetrics.metrics.mix import MIX_METRICS
from salesmetrics.metrics.payback import PAYBACK_METRICS
from salesmetrics.metrics.pipeline import PIPELINE_METRICS
from salesmetrics.metrics.pipeline_coverage import COVERAGE_METRICS
from salesmetrics.metrics.price_margin import PRICE_METRICS
from salesmetrics.metrics.quota import QUOTA_METRICS
from salesmetrics.metrics.ramp import RAMP_METRICS
from salesmetrics.metrics.repeat import REPEAT_METRICS
from salesmetrics.metrics.response import RESPONSE_METRICS
from salesmetrics.metrics.retention import RETENTION_METRICS
from salesmetrics.metrics.rfm import RFM_METRICS
from salesmetrics.metrics.season import SEASON_METRICS
from salesmetrics.metrics.stages import STAGE_METRICS
from salesmetrics.metrics.stalled import STALLED_METRICS
from salesmetrics.metrics.team import TEAM_METRICS
from salesmetrics.metrics.training import TRAINING_METRICS
from salesmetrics.metrics.velocity import VELOCITY_METRICS
from salesmetrics.metrics.voice import VOICE_METRICS
from salesmetrics.metrics.volume import VOLUME_METRICS
from salesmetrics.metrics.workload import WORKLOAD_METRICS

CATALOGUE: Mapping[str, Metric] = MappingProxyType(
    {
        metric.id: metric
        for family in (
            VOLUME_METRICS, PRICE_METRICS, GROWTH_METRICS, MIX_METRICS, CONCENTRATION_METRICS, CUSTOMER_METRICS,
            RETENTION_METRICS, REPEAT_METRICS, RFM_METRICS, CHURN_METRICS,
            PIPELINE_METRICS, CYCLE_METRICS, COHORT_WIN_METRICS, STAGE_METRICS, LOSS_METRICS, STALLED_METRICS,
            BOTTLENECK_METRICS, VELOCITY_METRICS, COVERAGE_METRICS, QUOTA_METRICS, TEAM_METRICS,
            RAMP_METRICS, BENCHMARK_METRICS, EFFECTIVENESS_METRICS, ACTIVITY_METRICS, WORKLOAD_METRICS,
            ACQUISITION_COST_METRICS, COST_RATIO_METRICS, CUSTOMER_VALUE_METRICS, PAYBACK_METRICS,
            LEAD_METRICS, RESPONSE_METRICS, MISSED_METRICS, FOLLOWUP_METRICS,
            SEASON_METRICS, CONTRIBUTION_METRICS, TRAINING_METRICS, HANDOFF_METRICS, CRM_METRICS, VOICE_METRICS,
            MARKET_METRICS,
        )
        for metric in family
    }
)  # fmt: skip
"""Every metric by id, in the order in which people meet them."""

__all__ = ["CATALOGUE", "Better", "Metric", "Parameter", "Unit"]
