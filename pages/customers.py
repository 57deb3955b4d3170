"""Do they come back, who matters, who is leaving?"""

import streamlit as st

from salesmetrics.charts import cohorts_figure, comeback_figure, newcomers_figure, segments_figure
from salesmetrics.charts.newcomers import CUSTOMERS, MONEY
from salesmetrics.i18n import _
from ui import answers, cards, customer_future, customers, datasets, frame, more_numbers, shell
from ui.text import plain

opened, on, theme = datasets.current(), shell.selection(), shell.theme()
data = opened.data

st.title(_("Do they come back, who matters, who is leaving?"))
if not customers.ready(data):
    st.info(customers.what_it_needs())
    st.stop()

asked = customers.questions(data, on)
asked |= customer_future.questions(data, on)
found = dict(zip(asked, answers.ask(data, list(asked.values())), strict=True))
stand = answers.customer_standings(data, customers.standing_asked(on), customers.MOST_LISTED)
totals, tables, page = found["totals"], data.tables, customers.PAGE
if missing := customers.what_is_missing(data):
    st.caption(missing)

cards.rows_of_cards(totals, found["over_time"], customers.CARDS, theme, tables, back=page)
figures = {
    "new_and_returning": newcomers_figure(found["over_time"], totals, CUSTOMERS, theme),
    "new_and_returning_revenue": newcomers_figure(found["over_time"], totals, MONEY, theme),
}
frame.in_pairs(figures, page)

st.subheader(_("Do they come back?"))
wide, narrow = st.columns([3, 2])
with wide:
    frame.draw(cohorts_figure(found["cohorts"], found["cohorts_together"], theme), "cohorts", page)
with narrow:
    won = customers.followed(data, on)
    frame.draw(
        comeback_figure(answers.comeback(data, customers.comeback_asked(on, won)), won, theme), "comeback", page
    )
more_numbers.table(found["numbers"], customers.STAYING, theme, tables, "staying")
if said := customers.how_soon(found["numbers"]):
    st.caption(plain(said))

st.subheader(_("Who matters?"))
figures = {
    "segments": segments_figure(stand, theme),
    "few_customers": customers.ranking(found["concentration"], data, theme),
}
frame.in_pairs(figures, page)
customers.high_value_list(totals, stand)
more_numbers.table(found["value"], customers.VALUE, theme, tables, "value")
if whose := customers.whose_value(found["value"], on):
    st.caption(plain(whose))

st.subheader(_("What will customers bring?"))
future = customer_future.worked_out(data, on, customer_future.months_ahead())
customer_future.section(future, found, on, theme, data, page)

st.subheader(_("Who is leaving?"))
customers.watch_list(totals, stand, future)
