"""One click from a number to why it changed."""

from __future__ import annotations

import streamlit as st

from salesmetrics.i18n import _
from salesmetrics.query.why import SUBJECTS
from ui import navigation, state
from ui.selection import Link, to_link

METRIC, AT, BACK, AGAINST, BY = "metric", "at", "back", "against", "by"
"""The names in a link to the Diagnose page that say what is asked there."""


def parameters(metric: str, **own: tuple[str, ...]) -> Link:
    """Give the parameters of the link that takes a change of `metric` apart, with all that is on now."""
    return {
        **to_link(state.chosen()),
        METRIC: (metric,),
        **{name: values for name, values in own.items() if values},
    }


def link(metric: str, back: str = "") -> None:
    """Draw the link that tells why `metric` changed, for a number that can be taken apart; `back` is this page."""
    if metric not in SUBJECTS:
        return
    asked = {name: list(values) for name, values in parameters(metric, back=(back,) if back else ()).items()}
    st.page_link(navigation.registered()[state.DIAGNOSE], label=_("Why?"), query_params=asked)
