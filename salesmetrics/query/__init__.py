"""From a request to numbers: what is asked, how it is planned, the answer, and the rows behind it."""

from salesmetrics.query.compute import compute, compute_many
from salesmetrics.query.coverage import Coverage
from salesmetrics.query.records import records
from salesmetrics.query.request import Compare, Filter, Grain, MetricQuery, Period
from salesmetrics.query.result import Result
from salesmetrics.query.values import coverage, default_period, dimension_values

__all__ = [
    "Compare",
    "Coverage",
    "Filter",
    "Grain",
    "MetricQuery",
    "Period",
    "Result",
    "compute",
    "compute_many",
    "coverage",
    "default_period",
    "dimension_values",
    "records",
]
