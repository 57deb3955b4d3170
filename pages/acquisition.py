"""Which sources are worth it, do we answer fast enough?"""

import streamlit as st

from salesmetrics.charts import arrivals_figure, cohort_rates_figure, trend_figure, waits_figure
from salesmetrics.i18n import _
from ui import acquisition, acquisition_panels, answers, cards, datasets, frame, shell
from ui.text import plain

opened, on, theme = datasets.current(), shell.selection(), shell.theme()
data = opened.data

st.title(_("Which sources are worth it, do we answer fast enough?"))
if not acquisition.ready(data):
    st.info(acquisition.what_it_needs())
    st.stop()

asked = acquisition.questions(data, on)
found = dict(zip(asked, answers.ask(data, list(asked.values())), strict=True))
shown = acquisition.cards_of(data)
tables, page = data.tables, acquisition.PAGE
if missing := acquisition.what_is_missing(data):
    st.caption(missing)

none_came = acquisition.none_came(data, found["totals"], on) if shown["leads"] else ""
if none_came:
    st.info(plain(none_came))
if shown["leads"]:
    cards.rows_of_cards(found["totals"], found["lately"], shown["leads"], theme, tables, back=page)
    if young := acquisition.young_leads(found["totals"], on):
        st.caption(plain(young))
if "brought" in found:
    acquisition.draw_sources(found, on, theme)
if "cohorts" in found:
    figures = {"lead_cohorts": cohort_rates_figure(found["cohorts"], "lead_conversion_rate", theme)}
    if not none_came:
        figures["lead_flow"] = trend_figure(found["flow"], "leads", theme)
    frame.in_pairs(figures, page)

if shown["answers"] and not none_came:
    st.subheader(_("Do we answer fast enough?"))
    cards.rows_of_cards(found["totals"], found["lately"], shown["answers"], theme, tables, back=page)
    if slow := acquisition.how_long(found["totals"], on):
        st.caption(plain(slow))
    waited = answers.lead_waits(data, acquisition.waits_asked(on))
    waited_for, came_in = waits_figure(waited, on.period, theme), arrivals_figure(waited, on.period, theme)
    if came_in.empty:
        frame.draw(waited_for, "lead_waits", page)
        st.caption(plain(came_in.text))
    else:
        frame.in_pairs({"lead_waits": waited_for, "lead_arrivals": came_in}, page)
    acquisition_panels.draw_answers(found, on, shown["follow_up"], data, theme)

if shown["costs"]:
    st.subheader(_("What does a new customer cost?"))
    cards.rows_of_cards(found["totals"], found["lately"], shown["costs"], theme, tables, across=3, back=page)
    if acquisition.costs_told(found):
        left, right = st.columns([3, 2])
        with left:
            frame.draw(trend_figure(found["cost"], "cac", theme), "cost_of_a_customer", page)
        with right:
            acquisition_panels.draw_returns(found, on, tables, theme)
