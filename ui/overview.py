"""What the Overview asks: its cards, the trend and the breakdowns, under all that is on."""

from __future__ import annotations

from collections.abc import Sequence

from salesmetrics.model.dataset import Dataset
from salesmetrics.query.request import MetricQuery
from ui.periods import last_periods
from ui.selection import Selection

SALES_CARDS = (
    "revenue", "orders", "average_transaction_value", "gross_margin",
    "new_customers", "win_rate", "pipeline_value", "quota_attainment",
)  # fmt: skip
DEAL_CARDS = (
    "win_rate", "win_rate_value", "avg_deal_size", "sales_cycle_length",
    "pipeline_value", "open_opportunities", "revenue", "quota_attainment",
)  # fmt: skip
BY = ("region", "product", "tenure")


def cards_of(data: Dataset) -> tuple[str, ...]:
    """Name the metrics on the cards: sales first where there are orders, else deals."""
    return SALES_CARDS if data.has("orders") else DEAL_CARDS


def drawn_of(data: Dataset) -> tuple[str, ...]:
    """Name the metrics that may be drawn, best first: open deals often carry no amount yet."""
    return ("revenue",) if data.has("orders") else ("pipeline_value", "open_opportunities")


def questions(data: Dataset, on: Selection, dimensions: Sequence[str]) -> list[MetricQuery]:
    """Give the one request of the page: totals, their last periods, the trend, then a breakdown a dimension."""
    cards, drawn = cards_of(data), drawn_of(data)

    return [
        on.ask(*cards),
        on.ask(*cards, period=last_periods(on.period, on.grain), grain=on.grain, compare=()),
        on.ask(*drawn, grain=on.grain),
        *(on.ask(*drawn, by=(name,)) for name in dimensions),
    ]
