"""Who is ahead, who needs help, are new people ramping?"""

import streamlit as st

from salesmetrics.charts import attainment_figure, bars_figure, ramp_figure
from salesmetrics.i18n import _
from ui import answers, cards, datasets, frame, shell, team

opened, on, theme = datasets.current(), shell.selection(), shell.theme()
data = opened.data

st.title(_("Who is ahead, who needs help, are new people ramping?"))
if not team.ready(data):
    st.info(team.what_it_needs())
    st.stop()

asked = team.questions(data, on)
found = dict(zip(asked, answers.ask(data, list(asked.values())), strict=True))
reps, bands = ([value for value, _rows in datasets.values(data, name)] for name in ("rep", "tenure"))

cards.rows_of_cards(found["totals"], found["lately"], team.cards_of(data), theme, data.tables, back="team")
if missing := team.what_is_missing(data):
    st.caption(missing)

left, right = (column.container() for column in st.columns([3, 2]))
if "attainment" in found:
    with left:
        frame.draw(attainment_figure(found["attainment"], team.pace_of(found, on), theme), "attainment", "team")
ranked = team.ranked_by(data)
with left:
    frame.draw(bars_figure(found["ranking"], ranked, "rep", reps, theme), "ranking", "team")
with right:
    with st.container(border=True, key="one_rep"):
        if rep := team.choose_rep(found["ranking"], found["peers"], on):
            team.one_rep(found["peers"], rep, theme)
    for metric in team.by_tenure(data):
        frame.draw(ramp_figure(found["tenure"], metric, bands, theme), f"{metric}_by_tenure", "team")
