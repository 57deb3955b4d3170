"""What Voice and market asks: satisfaction and recommendation over time and by segment, our share of the market."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from salesmetrics.charts.figure import first_rows, is_known
from salesmetrics.charts.values import compact
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.feedback import DISSATISFIED, SATISFIED
from salesmetrics.query.request import Grain, MetricQuery
from salesmetrics.query.result import Result
from ui import datasets
from ui.periods import last_periods
from ui.selection import Selection
from ui.text import plain

CARDS = ("csat", "nps", "market_share", "relative_growth")
VOICE = ("csat", "nps")
MARKET = ("market_share", "relative_growth")

_VOICE_BY = ("segment", "region")
"""What a customer who answers is known by."""

_MARKET_BY = {"region": "region", "product": "product"}
"""What market sizes may be told apart by, with the column that does."""

FEWEST = 20
"""Customers of a kind below which a share of them says too little to set against another."""


def has_voice(data: Dataset) -> bool:
    """Tell whether the data holds answers of customers."""
    return data.has("feedback", "score")


def has_market(data: Dataset) -> bool:
    """Tell whether our sales can be set against the size of the market."""
    return data.has("market_size", "amount") and data.has("orders")


def ready(data: Dataset) -> bool:
    """Tell whether the page can answer anything."""
    return has_voice(data) or has_market(data)


def what_it_needs() -> str:
    """Say which files the page needs."""
    return _(
        "This page needs what your customers answered, or how large your market is. Add a file with one row for each "
        "answer (customer, date, score, and whether it is a CSAT or an NPS question), or one with the size of the "
        "market by period, and by region or product where you know it."
    )


def without_voice() -> str:
    """Say which file shows how content customers are."""
    return _(
        "To see how content customers are, add a file of their answers: customer, date, score, kind (csat or nps)."
    )


def without_market() -> str:
    """Say which file shows our share of the market."""
    return _(
        "To see your share of the market, add its size by period, and by region or product where you know it."
    )


def dimensions(data: Dataset) -> list[str]:
    """Name the dimensions by which satisfaction is cut."""
    return [name for name in _VOICE_BY if has_voice(data) and datasets.values(data, name)]


def market_dimensions(data: Dataset) -> list[str]:
    """Name the dimensions by which the market is known."""
    return [
        name
        for name, column in _MARKET_BY.items()
        if data.has("market_size", column) and datasets.values(data, name)
    ]


def questions(data: Dataset, on: Selection) -> Mapping[str, MetricQuery]:
    """Give the one request of the page, each part under its name."""
    lately = last_periods(on.period, on.grain, conventions=on.settings.conventions)
    # Answers are few: by quarter at the finest a range is narrow enough to say something.
    grain = on.grain if on.grain is Grain.YEAR else Grain.QUARTER
    slow = last_periods(on.period, grain, conventions=on.settings.conventions)
    asked = {
        "totals": on.ask(*CARDS),
        "lately": on.ask(*CARDS, period=lately, grain=on.grain, compare=()),
    }
    if has_voice(data):
        asked["voice"] = on.ask(*VOICE, period=slow, grain=grain, compare=())
        asked |= {f"csat_by_{name}": on.ask("csat", by=(name,)) for name in dimensions(data)}
    if has_market(data):
        asked["market"] = on.ask("market_share", period=slow, grain=grain)
        asked |= {f"market_by_{name}": on.ask(*MARKET, by=(name,)) for name in market_dimensions(data)}
    return asked


def buying_again(totals: Result) -> None:
    """Say how many of the satisfied and of the dissatisfied bought again, where there are enough of both."""
    details = (first_rows(totals).get("csat") or {}).get("details") or {}
    shares = [details.get(f"bought_again_{band}") for band in (SATISFIED, DISSATISFIED)]
    counts = [details.get(f"customers_{band}") or 0 for band in (SATISFIED, DISSATISFIED)]
    if not all(is_known(share) for share in shares):
        return
    days = dict(totals.query.params).get("csat.horizon") or CATALOGUE["csat"].settings({})["horizon"]
    said = _(
        "Of {n} satisfied customers {share} bought again within {days} days; of {m} dissatisfied ones {other}. "
        "That they go together does not say that one is why the other happens."
    ).format(
        n=compact(counts[0], "count"), share=compact(shares[0], "percent"), days=days,
        m=compact(counts[1], "count"), other=compact(shares[1], "percent"),
    )  # fmt: skip
    if min(counts) < FEWEST:
        said += " " + _("There are too few of one kind to rely on it.")
    st.caption(plain(said))


def against_the_market(totals: Result) -> None:
    """Say by how much we and the market grew on last year."""
    details = (first_rows(totals).get("relative_growth") or {}).get("details") or {}
    own, market = details.get("growth"), details.get("market_growth")
    if is_known(own) and is_known(market):
        st.caption(
            plain(
                _(
                    "On last year we grew by {own}, the market by {market}, where its size is known in both."
                ).format(own=compact(own, "percent"), market=compact(market, "percent"))
            )
        )
