"""What does each number mean, and is it here?"""

import streamlit as st

from salesmetrics.i18n import _
from ui import datasets, glossary, shell

st.title(_("What each number means"))
glossary.draw(datasets.current(), shell.theme())
