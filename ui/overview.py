"""What the Overview asks: its cards, the trend, what changed and the breakdowns, under all that is on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salesmetrics.model.dataset import Dataset
from salesmetrics.query.availability import availability
from salesmetrics.query.request import MetricQuery
from ui import datasets
from ui.periods import last_periods
from ui.selection import Selection

SALES_CARDS = (
    "revenue", "orders", "average_transaction_value", "gross_margin",
    "new_customers", "win_rate", "pipeline_value", "quota_attainment",
    "units", "active_customers", "returning_customers", "discount_rate",
)  # fmt: skip
DEAL_CARDS = (
    "win_rate", "win_rate_value", "avg_deal_size", "sales_cycle_length",
    "pipeline_value", "open_opportunities", "revenue", "quota_attainment",
)  # fmt: skip
LEAD_CARDS = (
    "leads", "qualified_leads", "lead_conversion_rate", "lead_response_time", "unanswered_leads", "revenue", "win_rate",
)  # fmt: skip
"""The cards, the most wanted first."""

MOST_CARDS, MOST_ABSENT = 8, 4

BY = ("region", "product", "tenure")
DRIVEN_BY = (*BY, "channel", "segment")
LEADS_BY = ("lead_source",)
"""The dimensions by which the change is taken apart."""

QUOTA = "quota_attainment"


@dataclass(frozen=True)
class Page:
    """What the page is made of for one data set.

    `cards` can be computed from it, `absent` cannot (`reasons` say why); `drawn` are the measures that may be
    drawn over time, best first; `by` and `driven_by` the dimensions that the data has.
    """

    cards: tuple[str, ...]
    absent: tuple[str, ...]
    reasons: Mapping[str, str]
    drawn: tuple[str, ...]
    by: tuple[str, ...]
    driven_by: tuple[str, ...]
    quota: bool


def _lacks(data: Dataset, reason: str) -> str:
    """Name the file, or the column of a file that is there, without which a number cannot be had."""
    column = reason.partition(":")[2]
    table = column.partition(".")[0]
    return column if data.has(table) else table


def page_of(data: Dataset) -> Page:
    """Work out the page: sales where there are orders, else deals, else leads."""
    sales, deals = data.has("orders"), data.has("opportunities")
    wanted = SALES_CARDS if sales else DEAL_CARDS if deals or not data.has("leads") else LEAD_CARDS
    reasons = {metric: reason for metric, reason in availability(data).items() if reason}
    # One card for each file or column that would unlock something: more would say the same again.
    absent = {_lacks(data, reasons[metric]): metric for metric in reversed(wanted) if metric in reasons}
    shown = LEADS_BY if wanted is LEAD_CARDS else BY
    driven_by = (
        tuple(name for name in LEADS_BY if data.has("leads", name)) if wanted is LEAD_CARDS
        else tuple(name for name in DRIVEN_BY if datasets.values(data, name))
    )  # fmt: skip
    return Page(
        cards=tuple(metric for metric in wanted if metric not in reasons)[:MOST_CARDS],
        absent=tuple(metric for metric in wanted if metric in absent.values())[:MOST_ABSENT],
        reasons=reasons,
        # Open deals often carry no amount yet.
        drawn=(
            ("revenue",)
            if sales
            else ("leads",)
            if wanted is LEAD_CARDS
            else ("pipeline_value", "open_opportunities")
        ),
        by=tuple(name for name in shown if name in driven_by),
        driven_by=driven_by,
        quota=QUOTA not in reasons and sales,
    )


def questions(page: Page, on: Selection) -> Sequence[MetricQuery]:
    """Give the one request of the page: totals, their last periods, the trend, then the change by dimension."""
    target = (QUOTA,) if page.quota else ()
    last = last_periods(on.period, on.grain, conventions=on.settings.conventions)
    totals = dict.fromkeys((*page.cards, *page.drawn, *target))
    return [
        on.ask(*totals),
        # Files of which nothing can be told, such as a list of reps, still name what they lack.
        on.ask(*(page.cards or page.drawn), period=last, grain=on.grain, compare=()),
        on.ask(*page.drawn, *target, grain=on.grain),
        *(on.ask(*page.drawn, by=(name,)) for name in page.driven_by),
    ]
