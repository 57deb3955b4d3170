"""Which metrics the data at hand allows, and what is missing for the others."""

from __future__ import annotations

from functools import cache, lru_cache

from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.models import MODELS
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.resolve import missing_column


@cache
def inputs_of() -> dict[str, tuple[str, ...]]:
    """Give what every metric and model reads, under the default parameters of each."""
    read = {}
    for metric in CATALOGUE.values():
        measures = metric.made_of(metric.settings({}))
        read[metric.id] = tuple(dict.fromkeys(name for measure in measures for name in measure.inputs))
    return read | {model.id: model.inputs for model in MODELS.values()}


def availability(data: Dataset) -> dict[str, str | None]:
    """Give for each metric and model None where it can be computed, else `missing_column:TABLE.COLUMN`."""
    return dict(_reasons(data))


@lru_cache(maxsize=64)
def _reasons(data: Dataset) -> tuple[tuple[str, str | None], ...]:
    return tuple((metric, missing_column(data, inputs)) for metric, inputs in inputs_of().items())
