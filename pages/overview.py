"""How are we doing, and what needs me?"""

import streamlit as st

from salesmetrics.charts import bars_figure, trend_figure
from salesmetrics.i18n import _
from ui import answers, cards, datasets, frame, overview, shell

opened, on, theme = datasets.current(), shell.selection(), shell.theme()
dimensions = [name for name in overview.BY if datasets.values(opened.data, name)]
totals, lately, trend, *parts = answers.ask(opened.data, overview.questions(opened.data, on, dimensions))
measure = cards.first_known(totals, overview.drawn_of(opened.data))

st.title(_("How are we doing?"))
cards.rows_of_cards(totals, lately, overview.cards_of(opened.data), theme, opened.data.tables)
frame.draw(trend_figure(trend, measure, theme), "trend")
for column, name, part in zip(st.columns(max(len(parts), 1)), dimensions, parts, strict=False):
    values = [value for value, _rows in datasets.values(opened.data, name)]
    with column:
        frame.draw(bars_figure(part, measure, name, values, theme), f"by_{name}")
