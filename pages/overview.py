"""How are we doing, and what needs me?"""

from typing import Any

import streamlit as st

from salesmetrics.charts import bars_figure, trend_figure
from salesmetrics.i18n import _
from salesmetrics.query.request import MetricQuery
from ui import answers, cards, datasets, frame, shell
from ui.periods import last_periods

SALES_CARDS = (
    "revenue", "orders", "average_transaction_value", "gross_margin",
    "new_customers", "win_rate", "pipeline_value", "quota_attainment",
)  # fmt: skip
DEAL_CARDS = (
    "win_rate", "win_rate_value", "avg_deal_size", "sales_cycle_length",
    "pipeline_value", "open_opportunities", "revenue", "quota_attainment",
)  # fmt: skip
BY = ("region", "product", "tenure")

opened, on, theme = datasets.current(), shell.selection(), shell.theme()
sales = opened.data.has("orders")
metrics = SALES_CARDS if sales else DEAL_CARDS
# Open deals often carry no amount yet: then their number is drawn.
measures = ("revenue",) if sales else ("pipeline_value", "open_opportunities")
dimensions = [name for name in BY if datasets.values(opened.data, name)]


def question(*asked: str, **differing: Any) -> MetricQuery:
    """Ask for metrics under all that is on, but for what differs."""
    return MetricQuery(asked, **{"period": on.period, "where": on.filters, "compare": on.compare} | differing)


totals, lately, trend, *parts = answers.ask(
    opened.data,
    [
        question(*metrics),
        question(*metrics, period=last_periods(on.period, on.grain), grain=on.grain, compare=()),
        question(*measures, grain=on.grain),
        *(question(*measures, by=(name,)) for name in dimensions),
    ],
)

measure = cards.first_known(totals, measures)

st.title(_("How are we doing?"))
cards.rows_of_cards(totals, lately, metrics, theme, opened.data.tables)
frame.draw(trend_figure(trend, measure, theme), "trend")
for column, name, part in zip(st.columns(max(len(parts), 1)), dimensions, parts, strict=False):
    values = [value for value, _rows in datasets.values(opened.data, name)]
    with column:
        frame.draw(bars_figure(part, measure, name, values, theme), f"by_{name}")
