"""The shell around every page: navigation, the data that is on, filters, and what is on in words."""

from __future__ import annotations

import streamlit as st

from salesmetrics.charts.money import use_currency
from salesmetrics.charts.values import use_fiscal_year
from salesmetrics.i18n import use_language
from ui import navigation, shell, sidebar, state, workspaces

st.set_page_config(page_title="Sales Metrics", layout="wide", initial_sidebar_state="auto")
use_language(shell.language())
page = st.navigation(navigation.sections(), position="top")

state.follow_link(page.url_path)
use_language(shell.language())
opened = workspaces.follow()
state.write_link(page.url_path)
if opened is None:
    shell.refuse()
else:
    settings = sidebar.settings_on(opened)
    use_currency(settings.currency)
    use_fiscal_year(settings.conventions.fiscal_year_start)
    sidebar.draw(opened)
    state.write_link(page.url_path)
    if page.url_path == state.GLOSSARY:
        # What a number means does not hang on what is chosen.
        shell.arrivals()
    elif page.url_path != "data":
        shell.head(opened)
    page.run()
