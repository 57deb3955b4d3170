"""The shell around every page: navigation, the data that is on, filters, and what is on in words."""

from __future__ import annotations

import streamlit as st

from salesmetrics.i18n import _, use_language
from ui import datasets, shell, sidebar, state

st.set_page_config(page_title="Sales Metrics", layout="wide", initial_sidebar_state="auto")
use_language(shell.language())

# Every page is registered on a session's first run, so that a link to any of them opens it.
overview = st.Page("../pages/overview.py", title=_("Overview"), default=True)
data = st.Page("../pages/data.py", title=_("Data"), url_path="data")
page = st.navigation([overview, data], position="top")

state.follow_link(page.url_path)
use_language(shell.language())
opened = datasets.current()
sidebar.draw(opened)
state.write_link(page.url_path)
if page is overview:
    shell.head(opened)
page.run()
