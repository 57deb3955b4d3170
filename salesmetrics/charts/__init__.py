"""Charts: a result in, an Altair chart out, or a figure whose specification and data go separate ways."""

from salesmetrics.charts.arrivals import arrivals_figure
from salesmetrics.charts.attainment import attainment_figure
from salesmetrics.charts.bars import bars, bars_figure
from salesmetrics.charts.cohort_rates import cohort_rates_figure
from salesmetrics.charts.cohorts import cohorts_figure
from salesmetrics.charts.comeback import comeback_figure
from salesmetrics.charts.customer_chances import chances_figure
from salesmetrics.charts.customer_segments import segments_figure
from salesmetrics.charts.describe import describe
from salesmetrics.charts.desks import desks_figure
from salesmetrics.charts.drivers import drivers_figure
from salesmetrics.charts.fan import fan_figure
from salesmetrics.charts.figure import Figure, metric_title
from salesmetrics.charts.forecast_test import forecast_test_figure
from salesmetrics.charts.foretold import foretold_figure
from salesmetrics.charts.funnel import funnel_figure
from salesmetrics.charts.heatmap import heatmap_figure
from salesmetrics.charts.interval import interval_figure
from salesmetrics.charts.lines import lines_figure
from salesmetrics.charts.mix import mix_figure
from salesmetrics.charts.movers import movers_figure
from salesmetrics.charts.newcomers import newcomers_figure
from salesmetrics.charts.pareto import pareto_figure
from salesmetrics.charts.price_lines import small_trend_figure
from salesmetrics.charts.quadrant import quadrant_figure
from salesmetrics.charts.ramp import ramp_figure
from salesmetrics.charts.season import season_figure
from salesmetrics.charts.sparkline import sparkline, sparkline_figure
from salesmetrics.charts.stages import stages_figure
from salesmetrics.charts.targets import targets_figure
from salesmetrics.charts.trend import trend, trend_figure
from salesmetrics.charts.waits import waits_figure
from salesmetrics.charts.waterfall import waterfall_figure
from salesmetrics.charts.what_if import what_if_figure

__all__ = [
    "Figure",
    "arrivals_figure",
    "attainment_figure",
    "bars",
    "bars_figure",
    "chances_figure",
    "cohort_rates_figure",
    "cohorts_figure",
    "comeback_figure",
    "describe",
    "desks_figure",
    "drivers_figure",
    "foretold_figure",
    "fan_figure",
    "forecast_test_figure",
    "funnel_figure",
    "heatmap_figure",
    "interval_figure",
    "lines_figure",
    "metric_title",
    "mix_figure",
    "movers_figure",
    "newcomers_figure",
    "pareto_figure",
    "quadrant_figure",
    "ramp_figure",
    "season_figure",
    "segments_figure",
    "small_trend_figure",
    "sparkline",
    "sparkline_figure",
    "stages_figure",
    "targets_figure",
    "trend",
    "trend_figure",
    "waits_figure",
    "waterfall_figure",
    "what_if_figure",
]
