"""How are we doing, and what needs me?"""

import streamlit as st

from salesmetrics.charts import bars_figure, trend_figure
from salesmetrics.i18n import _
from salesmetrics.query.request import MetricQuery
from ui import answers, cards, datasets, frame, shell
from ui.periods import last_periods

CARDS = (
    "revenue", "orders", "average_transaction_value", "gross_margin",
    "new_customers", "win_rate", "pipeline_value", "quota_attainment",
)  # fmt: skip
BY = ("region", "product", "tenure")

opened, on, theme = datasets.current(), shell.selection(), shell.theme()
measure = "revenue" if opened.data.has("orders") else "won_amount"
dimensions = [name for name in BY if datasets.values(opened.data, name)]


def question(metrics: tuple[str, ...], **differing: object) -> MetricQuery:
    """Ask for metrics under all that is on, but for what differs."""
    asked = {"period": on.period, "where": on.filters, "compare": on.compare, **differing}
    return MetricQuery(metrics, **asked)


totals, lately, trend, *parts = answers.ask(
    opened.data,
    [
        question(CARDS),
        question(CARDS, period=last_periods(on.period, on.grain), grain=on.grain, compare=()),
        question((measure,), grain=on.grain),
        *(question((measure,), by=(name,)) for name in dimensions),
    ],
)

st.title(_("How are we doing?"))
cards.row_of_cards(totals, lately, CARDS, theme)
frame.draw(trend_figure(trend, measure, theme), "trend")
for column, name, part in zip(st.columns(len(parts) or 1), dimensions, parts, strict=False):
    with column:
        values = [value for value, _rows in datasets.values(opened.data, name)]
        frame.draw(bars_figure(part, measure, name, values, theme), f"by_{name}")
