"""What is asked of the data: the one contract between a page, the command line or a script and the engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from salesmetrics.model.calendar import Grain, Period
from salesmetrics.model.conventions import Conventions

__all__ = ["Compare", "Filter", "Grain", "MetricQuery", "Period"]


class Compare(StrEnum):
    """What a number is set against: the equally long period before, or the same period a year earlier."""

    PREVIOUS = "previous"
    LAST_YEAR = "last_year"


@dataclass(frozen=True, order=True)
class Filter:
    """Keep the rows whose `dimension` has one of `values`; `(unknown)` stands for no value."""

    dimension: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class MetricQuery:
    """One request: metrics over a period, cut by grain and dimensions, filtered, compared; hashable.

    `period` None is the whole data. `as_of` None is the last day the metric's tables reach.
    `params` are (`METRIC.NAME`, value) pairs such as `("sales_cycle_length.outcome", "closed")`.
    """

    metrics: tuple[str, ...]
    period: Period | None = None
    grain: Grain | None = None
    by: tuple[str, ...] = ()
    where: tuple[Filter, ...] = ()
    compare: tuple[Compare, ...] = ()
    as_of: date | None = None
    params: tuple[tuple[str, str], ...] = ()
    conventions: Conventions = Conventions()
