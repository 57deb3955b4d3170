"""A chart on a page: its title and subtitle as text that wraps, the picture, and a sentence in place of an empty one."""

from __future__ import annotations

import streamlit as st

from salesmetrics.charts import Figure
from ui.text import plain


def draw(figure: Figure, key: str) -> None:
    """Draw `figure` in a frame of its own; one without data is its sentence."""
    with st.container(border=True, height="stretch"):
        if figure.empty:
            st.caption(plain(figure.text))
            return
        st.markdown(f"**{plain(figure.title)}**  \n:small[:gray[{plain(figure.subtitle)}]]")
        send(figure, key)


def send(figure: Figure, key: str) -> None:
    """Send a figure's finished specification and its data, which costs no validation."""
    spec = {**figure.spec, "datasets": {"rows": figure.data}}
    st.vega_lite_chart(None, spec, theme=None, key=key, alt=figure.text)
