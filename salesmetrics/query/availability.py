"""Which metrics the data at hand allows, and what is missing for the others."""

from __future__ import annotations

from functools import lru_cache

from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.resolve import missing_input


def availability(data: Dataset) -> dict[str, str | None]:
    """Give for each metric of the catalogue None where it can be computed, else `missing_column:TABLE.COLUMN`."""
    return dict(_reasons(data))


@lru_cache(maxsize=64)
def _reasons(data: Dataset) -> tuple[tuple[str, str | None], ...]:
    return tuple(
        (metric.id, missing_input(data, metric.made_of(metric.settings({})))) for metric in CATALOGUE.values()
    )
