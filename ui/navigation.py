"""The pages of the app, in the order in which people look for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from salesmetrics.i18n import _
from ui.state import ROWS

_REGISTERED = "pages_registered"


def pages() -> Sequence[st.Page]:
    """Give every page; all are registered on a session's first run, so that a link to any of them opens it."""
    known = [
        st.Page("../pages/overview.py", title=_("Overview"), default=True),
        st.Page("../pages/revenue.py", title=_("Revenue"), url_path="revenue"),
        st.Page("../pages/pipeline.py", title=_("Pipeline"), url_path="pipeline"),
        st.Page("../pages/team.py", title=_("Team"), url_path="team"),
        st.Page("../pages/data.py", title=_("Data"), url_path="data"),
        st.Page("../pages/rows.py", title=_("Rows"), url_path=ROWS, visibility="hidden"),
    ]
    st.session_state[_REGISTERED] = {page.url_path: page for page in known}
    return known


def registered() -> Mapping[str, st.Page]:
    """Give the pages of this run by their path; the Overview's is empty."""
    found: Mapping[str, st.Page] = st.session_state[_REGISTERED]
    return found
