"""How are we doing, and what needs me?"""

import streamlit as st

from salesmetrics.charts import bars_figure, drivers_figure, trend_figure
from salesmetrics.charts.describe import standing
from salesmetrics.charts.figure import compared_with
from salesmetrics.i18n import _
from ui import alerts, answers, cards, datasets, frame, overview, readiness, shell
from ui.text import plain

opened, on, theme = datasets.current(), shell.selection(), shell.theme()
page = answers.about(opened.data, overview.page_of)
totals, lately, trend, *parts = answers.ask(opened.data, overview.questions(page, on))
measure = cards.first_known(totals, page.drawn)
by = dict(zip(page.driven_by, parts, strict=True))
quota = overview.QUOTA if page.quota else ""
# The sentence and every chart set their numbers against the same.
compare = compared_with(totals, cards.first_known(totals, page.cards)) if page.cards else None

st.title(_("How are we doing?"))
if said := standing(totals, page.cards, quota):
    st.markdown(plain(said))
cards.rows_of_cards(totals, lately, page.cards, theme, opened.data.tables)
cards.could_be(page.absent, page.reasons, opened.data.tables, theme)

drawn_trend = trend_figure(trend, measure, theme, quota, compare)
if by:
    wide, narrow = st.columns([2, 1])
    with wide:
        frame.draw(drawn_trend, "trend")
    with narrow:
        frame.draw(drivers_figure(by, measure, theme, compare), "drivers")
else:
    frame.draw(drawn_trend, "trend")
for column, name in zip(st.columns(max(len(page.by), 1)), page.by, strict=False):
    values = [value for value, _rows in datasets.values(opened.data, name)]
    with column:
        frame.draw(bars_figure(by[name], measure, name, values, theme, compare), f"by_{name}")
alerts.section(opened.data, on)
readiness.strip(opened.data)
