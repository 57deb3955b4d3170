"""Are we where we said we would be, and what do we decide next?"""

import streamlit as st

from salesmetrics.i18n import _
from ui import agenda, alerts, datasets, kpi_editor, kpis, review_editor, reviews, shell

opened, on = datasets.current(), shell.selection()

st.title(_("Are we where we want to be?"))
lines = kpis.found(opened, on)
kpis.draw(lines, opened.data)
kpi_editor.editor(opened, on)
alerts.section(opened.data, on)

book, day = reviews.kept(opened), reviews.as_of(opened.data)
every = book.beside(reviews.in_files(opened.data))
reviews.rates(every, day)
agenda.draw(opened, on, lines, every, book.every)
reviews.listed(every, day)
review_editor.editor(opened, book, every, day)
review_editor.checklist(opened, book)
