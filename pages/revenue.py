"""Where does it come from, is the price holding?"""

import streamlit as st

from salesmetrics.charts import (
    heatmap_figure,
    mix_figure,
    movers_figure,
    pareto_figure,
    season_figure,
    small_trend_figure,
)
from salesmetrics.i18n import _
from ui import answers, cards, datasets, frame, revenue, shell

opened, on, theme = datasets.current(), shell.selection(), shell.theme()
data = opened.data

st.title(_("Where does revenue come from, and is the price holding?"))
if not data.has("orders"):
    st.info(
        _(
            "This page needs a file of orders, with at least a date and an amount on each line. Add one on the Data "
            "page, and you see here what sells where, who brings it, and what became of price and margin."
        )
    )
    st.stop()

at_the_top, choice = st.container(), st.container()
with choice:
    mixed_by, drawn = revenue.asked_mix(data)
asked = revenue.questions(data, on, mixed_by)
found = dict(zip(asked, answers.ask(data, list(asked.values())), strict=True))
with at_the_top:
    cards.rows_of_cards(found["totals"], found["lately"], revenue.CARDS, theme, data.tables, across=3)

left, right = st.columns(2)
if mixed_by:
    values = [value for value, _rows in datasets.values(data, mixed_by)]
    with left:
        frame.draw(mix_figure(found["mix"], mixed_by, values, theme, drawn), "mix", "revenue")
with right:
    frame.draw(season_figure(found["season"], "revenue", theme), "season", "revenue")

left, right = st.columns(2)
if "movers" in found:
    with left:
        frame.draw(movers_figure(found["movers"], "revenue", theme), "movers", "revenue")
if "where" in found:
    with right:
        frame.draw(heatmap_figure(found["where"], "revenue", theme), "where", "revenue")

st.subheader(_("Is the price holding?"))
for column, metric in zip(st.columns(2) + st.columns(2), revenue.PRICE, strict=True):
    with column:
        frame.draw(
            small_trend_figure(found["price"], found["totals"], metric, theme), f"small_{metric}", "revenue"
        )

few = revenue.brought_by(data)
if few:
    st.subheader(_("How much hangs on few?"))
for column, name in zip(st.columns(max(len(few), 1)), few, strict=False):
    with column:
        frame.draw(pareto_figure(found[f"few_{name}"], "revenue", theme), f"few_{name}", "revenue")
