"""Sales metrics from the files that a sales team has."""

from salesmetrics.query import Compare, Filter, Grain, MetricQuery, Period, Result, compute, compute_many

__all__ = ["Compare", "Filter", "Grain", "MetricQuery", "Period", "Result", "compute", "compute_many"]
