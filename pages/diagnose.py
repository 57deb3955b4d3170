"""Why did it change, where, and what should be looked at next?"""

import streamlit as st

from salesmetrics.i18n import _
from ui import datasets, diagnose, diagnose_next, diagnose_place, shell

opened, on, theme = datasets.current(), shell.selection(), shell.theme()

st.title(_("Why did it change?"))
place = diagnose_place.place_of(opened.data)
if place is None:
    st.stop()
on = diagnose_place.narrowed(on, place)
found, against = diagnose.answer(opened.data, on, place)
diagnose_place.controls(opened.data, on, place, against)
diagnose_place.crumbs(place)
if found.reason is not None:
    diagnose.absent(found, opened.data)
    st.stop()
diagnose.told(found)
if found.period == found.base:
    st.stop()
diagnose.by_factors(found, place, theme)
diagnose.by_parts(found, place, theme)
diagnose.apart(found)
diagnose_next.draw(found, place)
