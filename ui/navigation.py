"""The pages of the app, in the order in which people look for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from salesmetrics.i18n import _
from ui.state import DIAGNOSE, GLOSSARY, ROWS

_REGISTERED = "pages_registered"


def sections() -> Mapping[str, Sequence[st.Page]]:
    """Give every page by its section; all are registered on a session's first run, so that any link opens.

    What has no section stands at the top level.
    """
    known = {
        "": [
            st.Page("../pages/overview.py", title=_("Overview"), default=True),
            st.Page("../pages/rows.py", title=_("Rows"), url_path=ROWS, visibility="hidden"),
        ],
        _("Analyse"): [
            st.Page("../pages/revenue.py", title=_("Revenue"), url_path="revenue"),
            st.Page("../pages/customers.py", title=_("Customers"), url_path="customers"),
            st.Page("../pages/acquisition.py", title=_("Acquisition"), url_path="acquisition"),
            st.Page("../pages/pipeline.py", title=_("Pipeline"), url_path="pipeline"),
            st.Page("../pages/team.py", title=_("Team"), url_path="team"),
            st.Page("../pages/voice.py", title=_("Voice and market"), url_path="voice"),
        ],
        _("Decide"): [
            st.Page("../pages/diagnose.py", title=_("Diagnose"), url_path=DIAGNOSE),
            st.Page("../pages/forecast.py", title=_("Forecast and targets"), url_path="forecast"),
            st.Page("../pages/reviews.py", title=_("KPIs and reviews"), url_path="reviews"),
        ],
        _("Data"): [
            st.Page("../pages/data.py", title=_("Data"), url_path="data"),
            st.Page("../pages/glossary.py", title=_("Glossary"), url_path=GLOSSARY),
        ],
    }
    st.session_state[_REGISTERED] = {page.url_path: page for section in known.values() for page in section}
    return known


def registered() -> Mapping[str, st.Page]:
    """Give the pages of this run by their path; the Overview's is empty."""
    found: Mapping[str, st.Page] = st.session_state[_REGISTERED]
    return found
