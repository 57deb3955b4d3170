"""Who is ahead, who needs help, are new people ramping?"""

import streamlit as st

from salesmetrics.charts import attainment_figure, bars_figure, desks_figure, quadrant_figure, ramp_figure
from salesmetrics.i18n import _
from ui import answers, cards, datasets, each_rep, frame, more_numbers, one_rep, shell, team, team_findings

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
with right, st.container(border=True, key="one_rep"):
    if rep := one_rep.choose_rep(found["ranking"], found["peers"], on):
        one_rep.beside_the_team(found["peers"], rep, theme)
        one_rep.among_peers(team.standings(data, found), rep, theme)
if "attainment" in found:
    # Under a long list of reps the next pictures start side by side again.
    left, right = (column.container() for column in st.columns([3, 2]))
with left:
    frame.draw(bars_figure(found["ranking"], team.ranked_by(data), "rep", reps, theme), "ranking", "team")
    if "quadrant" in found and not (quadrant := quadrant_figure(found["quadrant"], theme)).empty:
        frame.draw(quadrant, "quadrant", "team")
    if "desks" in found:
        frame.draw(desks_figure(found["desks"], theme), "desks", "team")
        team_findings.hiring(found["desks"], found["desks_of_regions"])
# Where there is little to draw of each rep the left column has room for the pictures by tenure.
with right if "quadrant" in found or "desks" in found else left:
    for metric in team.by_tenure(data):
        frame.draw(ramp_figure(found["tenure"], metric, bands, theme), f"{metric}_by_tenure", "team")
    if "bands" in found:
        team_findings.bands(found["bands"])
    if "hires" in found:
        team_findings.ramp(found["hires"])
    team_findings.training(found["totals"])

if "each" in found:
    each_rep.table(found["each"])
if numbers := team.more_numbers(data):
    more_numbers.table(found["totals"], numbers, theme, data.tables, "team")
    team_findings.contacts_expected(found["totals"])
