"""Where does it come from, is the price holding?"""

import streamlit as st

from salesmetrics.charts import (
    heatmap_figure,
    mix_figure,
    movers_figure,
    season_figure,
    small_trend_figure,
)
from salesmetrics.i18n import _
from ui import answers, cards, datasets, frame, more_numbers, revenue, shell

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
    shown = answers.about(data, revenue.cards_of)
    cards.rows_of_cards(found["totals"], found["lately"], shown, theme, data.tables, across=3, back="revenue")

nothing = revenue.missing(found["totals"])
if nothing:
    st.info(nothing)
    st.stop()

left, right = st.columns(2)
if mixed_by:
    values = [value for value, _rows in datasets.values(data, mixed_by)]
    with left:
        frame.draw(mix_figure(found["mix"], mixed_by, values, theme, drawn), "mix", "revenue")
with right if mixed_by else st.container():
    said = revenue.season_words(found["seasonality"])
    frame.draw(season_figure(found["season"], "revenue", theme), "season", "revenue", said)

figures = revenue.rankings(found, data, theme)
if "where" in found:
    figures = {"where": heatmap_figure(found["where"], "revenue", theme), **figures}
if "movers" in found:
    figures = {"movers": movers_figure(found["movers"], "revenue", theme), **figures}
for column, keys in zip(st.columns(2), revenue.side_by_side(figures), strict=True):
    with column:
        for key in keys:
            frame.draw(figures[key], key, "revenue")

if known := revenue.prices_that_moved(found["price"]):
    st.subheader(_("Is the price holding?"))
    small = {
        f"small_{metric}": small_trend_figure(found["price"], found["totals"], metric, theme) for metric in known
    }
    frame.in_pairs(small, "revenue")

st.subheader(_("What moved, and what earns its cost"))
revenue.parts_tables(found, data, theme)
st.subheader(_("More about sales"))
more_numbers.table(found["also"], revenue.ALSO, theme, data.tables, "sales")
