"""What takes long the first time is done before the first person comes."""

from __future__ import annotations

from threading import Event

from salesmetrics import charts
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import compute_many, default_period
from salesmetrics.query.request import Compare, MetricQuery
from ui import (
    acquisition,
    alerts,
    customer_future,
    customers,
    datasets,
    forecast,
    overview,
    pipeline,
    revenue,
    team,
    voice,
)
from ui.periods import fitting_grain
from ui.selection import Selection


def up() -> None:
    """Answer and draw once what the first screen shows of the sample company: its statements are built by then."""
    data = datasets.sample().data
    datasets.covers(data)
    _overview(data, _usual(data))


def rest(stopped: Event) -> None:
    """Answer once what the other pages ask of the sample company, page by page until `stopped`.

    What is unusual and what is forecast take seconds, and so are kept; the Overview asks for the first.
    """
    data = datasets.sample().data
    on = _usual(data)
    for work_out in (alerts.worked_out, forecast.worked_out, customer_future.usual):
        if stopped.is_set():
            return
        work_out(data, on)
    for page in _PAGES:
        if stopped.is_set():
            return
        compute_many(data, page(data, on))


def _usual(data: Dataset) -> Selection:
    period = default_period(data)
    return Selection(period, "", fitting_grain(period), tuple(Compare))


def _overview(data: Dataset, on: Selection) -> None:
    page = overview.page_of(data)
    _totals, lately, trend, *parts = compute_many(data, overview.questions(page, on))
    by = dict(zip(page.driven_by, parts, strict=True))
    charts.sparkline_figure(lately, page.cards[0])
    charts.trend_figure(trend, page.drawn[0], against=overview.QUOTA if page.quota else "")
    charts.drivers_figure(by, page.drawn[0])
    for name in page.by:
        charts.bars_figure(by[name], page.drawn[0], name)


def _revenue(data: Dataset, on: Selection) -> list[MetricQuery]:
    return list(revenue.questions(data, on, revenue.opening(data, revenue.dimensions(data))).values())


def _pipeline(data: Dataset, on: Selection) -> list[MetricQuery]:
    return pipeline.questions(on, pipeline.dimensions_of(data)[0])


def _team(data: Dataset, on: Selection) -> list[MetricQuery]:
    return list(team.questions(data, on).values())


def _customers(data: Dataset, on: Selection) -> list[MetricQuery]:
    return list(customers.questions(data, on).values())


def _acquisition(data: Dataset, on: Selection) -> list[MetricQuery]:
    return list(acquisition.questions(data, on).values())


def _voice(data: Dataset, on: Selection) -> list[MetricQuery]:
    return list(voice.questions(data, on).values())


_PAGES = (_revenue, _pipeline, _team, _customers, _acquisition, _voice)
