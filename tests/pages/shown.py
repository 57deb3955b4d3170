"""What a page shows, as people read it: spaces that do not break are spaces, and no sign is escaped."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def said(at: AppTest) -> str:
    """Read all text outside of cards, tables and charts, a block a line."""
    parts = [*at.subheader, *at.markdown, *at.caption, *at.info, *at.warning, *at.error]
    return "\n".join(one.value for one in parts).replace("\\", "").replace("\u00a0", " ")


def metrics(at: AppTest) -> dict[str, str]:
    """Read the figures of `st.metric` by their label."""
    return {one.label.replace("\u00a0", " "): one.value.replace("\u00a0", " ") for one in at.metric}
