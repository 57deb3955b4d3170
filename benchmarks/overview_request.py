"""What the Overview asks, of its cards those that order lines can answer, and the filters people set on it."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

from benchmarks.company import REGIONS
from salesmetrics.model.calendar import buckets, previous, year_before
from salesmetrics.query import Compare, Filter, Grain, MetricQuery, Period

METRICS = ("revenue", "orders", "average_transaction_value", "gross_margin", "new_customers")
MEASURE = "revenue"
BY = ("region", "product", "tenure")
YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
LATELY = Period(date(2024, 12, 1), YEAR.end)
COMPARE = (Compare.PREVIOUS, Compare.LAST_YEAR)

Where = tuple[Filter, ...]

CHECKED: tuple[Where, ...] = (
    (),
    (Filter("region", ("North", "West")),),
    (Filter("product", ("Product 007",)),),
    (Filter("region", ("East",)), Filter("tenure", ("0-3m", "1-2y", "(pre-hire)", "(unknown)"))),
)
"""Filters under which every number is compared."""

CHANGES: tuple[Where, ...] = tuple((Filter("region", pair),) for pair in combinations(REGIONS, 2))
"""Filters of one kind and weight, each another: no answer of one run serves the next."""


def asked(where: Where) -> tuple[MetricQuery, ...]:
    """Give the Overview's request: totals, their last periods, the trend, then one breakdown each of `BY`."""

    def question(*metrics: str, **differing: Any) -> MetricQuery:
        given: dict[str, Any] = {"period": YEAR, "where": where, "compare": COMPARE}
        return MetricQuery(metrics, **(given | differing))

    return (
        question(*METRICS),
        question(*METRICS, period=LATELY, grain=Grain.MONTH, compare=()),
        question(MEASURE, grain=Grain.MONTH),
        *(question(MEASURE, by=(name,)) for name in BY),
    )


def months(period: Period) -> tuple[Period, ...]:
    """Give the months of a period."""
    return buckets(period, Grain.MONTH)


BEFORE = previous(YEAR)
assert year_before(YEAR) == BEFORE, "over a whole year both comparisons are one"
WINDOW = Period(BEFORE.start, YEAR.end)
"""All days that the request reads, but for first purchases."""
