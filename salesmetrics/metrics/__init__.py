"""The catalogue: every metric, declared once, by id."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salesmetrics.metrics.concentration import CONCENTRATION_METRICS
from salesmetrics.metrics.customers import CUSTOMER_METRICS
from salesmetrics.metrics.growth import GROWTH_METRICS
from salesmetrics.metrics.metric import Better, Metric, Parameter, Unit
from salesmetrics.metrics.mix import MIX_METRICS
from salesmetrics.metrics.pipeline import PIPELINE_METRICS
from salesmetrics.metrics.price_margin import PRICE_METRICS
from salesmetrics.metrics.quota import QUOTA_METRICS
from salesmetrics.metrics.team import TEAM_METRICS
from salesmetrics.metrics.volume import VOLUME_METRICS

CATALOGUE: Mapping[str, Metric] = MappingProxyType(
    {
        metric.id: metric
        for family in (
            VOLUME_METRICS, PRICE_METRICS, GROWTH_METRICS, MIX_METRICS, CONCENTRATION_METRICS, CUSTOMER_METRICS,
            PIPELINE_METRICS, QUOTA_METRICS, TEAM_METRICS,
        )
        for metric in family
    }
)  # fmt: skip
"""Every metric by id, in the order in which people meet them."""

__all__ = ["CATALOGUE", "Better", "Metric", "Parameter", "Unit"]
