"""What takes long the first time is done before the first person comes."""

from __future__ import annotations

from salesmetrics import charts
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import compute_many, default_period
from salesmetrics.query.request import Compare
from ui import datasets, overview, pipeline, revenue, team
from ui.periods import fitting_grain
from ui.selection import Selection


def up() -> None:
    """Answer and draw once what the pages show of the sample company: its statements and charts are built by then."""
    data = datasets.sample().data
    datasets.covers(data)
    period = default_period(data)
    usual = Selection(period, "", fitting_grain(period), tuple(Compare))
    for page in (_overview, _revenue, _pipeline, _team):
        page(data, usual)


def _overview(data: Dataset, on: Selection) -> None:
    page = overview.page_of(data)
    _totals, lately, trend, *parts = compute_many(data, overview.questions(page, on))
    by = dict(zip(page.driven_by, parts, strict=True))
    charts.sparkline_figure(lately, page.cards[0])
    charts.trend_figure(trend, page.drawn[0], against=overview.QUOTA if page.quota else "")
    charts.drivers_figure(by, page.drawn[0])
    for name in page.by:
        charts.bars_figure(by[name], page.drawn[0], name)


def _revenue(data: Dataset, on: Selection) -> None:
    by = revenue.opening(data, revenue.dimensions(data))
    asked = revenue.questions(data, on, by)
    found = dict(zip(asked, compute_many(data, list(asked.values())), strict=True))
    if by:
        charts.mix_figure(found["mix"], by)
    charts.season_figure(found["season"], "revenue")
    charts.movers_figure(found["movers"], "revenue")
    charts.heatmap_figure(found["where"], "revenue")
    for name in revenue.brought_by(data):
        charts.pareto_figure(found[f"few_{name}"], "revenue")
    for metric in revenue.PRICE:
        charts.small_trend_figure(found["price"], found["totals"], metric)


def _pipeline(data: Dataset, on: Selection) -> None:
    by = pipeline.dimensions_of(data)[0]
    _totals, _lately, stages, over_time, cut = compute_many(data, pipeline.questions(on, by))
    charts.stages_figure(stages)
    charts.lines_figure(over_time, ("win_rate", "win_rate_value"))
    charts.trend_figure(over_time, "sales_cycle_length")
    charts.bars_figure(cut, "win_rate", by)


def _team(data: Dataset, on: Selection) -> None:
    asked = team.questions(data, on)
    found = dict(zip(asked, compute_many(data, list(asked.values())), strict=True))
    charts.attainment_figure(found["attainment"], team.pace_of(found, on))
    charts.bars_figure(found["ranking"], team.ranked_by(data), "rep")
    for metric in team.by_tenure(data):
        charts.ramp_figure(found["tenure"], metric)
