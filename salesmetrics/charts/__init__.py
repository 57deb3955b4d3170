"""Charts: a result in, an Altair chart out, or a figure whose specification and data go separate ways."""

from salesmetrics.charts.bars import bars, bars_figure
from salesmetrics.charts.describe import describe
from salesmetrics.charts.figure import Figure, metric_title
from salesmetrics.charts.sparkline import sparkline, sparkline_figure
from salesmetrics.charts.trend import trend, trend_figure

__all__ = [
    "Figure",
    "bars",
    "bars_figure",
    "describe",
    "metric_title",
    "sparkline",
    "sparkline_figure",
    "trend",
    "trend_figure",
]
