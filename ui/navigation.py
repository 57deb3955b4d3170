"""The pages of the app, in the sections in which people look for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from salesmetrics.i18n import _
from ui.state import ROWS


def pages() -> Mapping[str, Sequence[st.Page]]:
    """Give every page by section; all are registered on a session's first run, so that a link to any opens it."""
    return {
        "": [st.Page("../pages/overview.py", title=_("Overview"), default=True)],
        _("Analyse"): [
            st.Page("../pages/revenue.py", title=_("Revenue"), url_path="revenue"),
            st.Page("../pages/pipeline.py", title=_("Pipeline"), url_path="pipeline"),
            st.Page("../pages/team.py", title=_("Team"), url_path="team"),
            st.Page("../pages/rows.py", title=_("Rows"), url_path=ROWS, visibility="hidden"),
        ],
        _("Data"): [st.Page("../pages/data.py", title=_("Data"), url_path="data")],
    }
