"""A chart on a page: its title as text that wraps, the picture, and what can be done with a mark that is picked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from salesmetrics.charts import Figure
from salesmetrics.charts.figure import OTHER, PICK
from salesmetrics.charts.values import period_name
from salesmetrics.i18n import _
from salesmetrics.query.request import Period
from ui import rows, sidebar, state
from ui.selection import FILTERS
from ui.text import plain

_ROUNDS = "picking_rounds"
PERIOD = "period"

_UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap"

Picked = Mapping[str, str]
"""For each dimension of a picked mark its value; for `period` its days as `period_key` writes them."""


def draw(figure: Figure, key: str, back: str = "", below: str = "") -> None:
    """Draw `figure` in a frame of its own; one without data is its sentence.

    `back` is the path of the page, `below` a sentence under the picture.
    """
    with st.container(border=True, height="stretch", key=f"frame_{key}"):
        if figure.empty:
            st.caption(plain(figure.text))
            return
        st.markdown(
            f"**{plain(figure.title)}**  \n:small[:gray[{plain(figure.subtitle)}]]" + spoken(plain(figure.text)),
            unsafe_allow_html=True,
        )
        if figure.picks:
            _pickable(figure, key, back)
        else:
            send(figure, key)
        if below:
            st.caption(plain(below))


def in_pairs(figures: Mapping[str, Figure], back: str = "") -> None:
    """Draw figures, by their keys, two in a row."""
    keys = list(figures)
    for start in range(0, len(keys), 2):
        for column, key in zip(st.columns(2), keys[start : start + 2], strict=False):
            with column:
                draw(figures[key], key, back)


def _pickable(figure: Figure, key: str, back: str) -> None:
    # Not a fragment: what one costs in every run is more than a whole run after a click, when all answers are known.
    picked = _pick(figure, key)
    if picked:
        _actions(figure, picked, key, back)


def spoken(escaped: str) -> str:
    """Give markup with text that only screen readers read: what a chart beside it says."""
    return f'<span style="{_UNSEEN}">{escaped}</span>'


def _named(figure: Figure) -> str:
    """Name a chart by what it measures: the browser builds a chart anew whenever this changes.

    What it says in words changes with every filter, and so stands beside it.
    """
    return figure.subtitle.partition(";")[0] or figure.title


def send(figure: Figure, key: str) -> None:
    """Send a figure's finished specification and its data, which costs no validation."""
    st.vega_lite_chart(None, _ready(figure), theme=None, key=key, alt=_named(figure))


def _ready(figure: Figure) -> dict[str, Any]:
    # Plain columns go out as they are: a frame on the way would take most of the time.
    rows = pa.table({name: pa.array(values, from_pandas=True) for name, values in figure.columns.items()})
    return {**figure.spec, "datasets": {"rows": rows}}


def _pick(figure: Figure, key: str) -> Picked:
    """Draw the chart and give the mark that is picked in it: what it stands for; empty where none is."""
    # A selection lives in the browser and cannot be taken back from here; under a new key there is none.
    turn = st.session_state.get(_ROUNDS, {}).get(key, 0)
    event = st.vega_lite_chart(
        None, _ready(figure), theme=None, key=f"{key}_{turn}", alt=_named(figure), on_select="rerun",
        selection_mode=PICK,
    )  # fmt: skip
    points = event["selection"].get(PICK) or []
    if not isinstance(points, list) or not points:
        return {}
    values = {figure.picks[column]: points[0].get(column) for column in figure.picks}
    return {name: str(value) for name, value in values.items() if value not in (None, OTHER)}


def _let_go(key: str) -> None:
    rounds = st.session_state.get(_ROUNDS, {})
    st.session_state[_ROUNDS] = {**rounds, key: rounds.get(key, 0) + 1}


def _value_of(figure: Figure, picked: Picked) -> str | None:
    """Give the value of the picked mark as people read it; None when a filter has taken it off the chart since."""
    told_by = [(figure.columns[column], picked.get(name)) for column, name in figure.picks.items()]
    for place, value in enumerate(figure.columns["short"]):
        if all(column[place] == key for column, key in told_by):
            return str(value)
    return None


def _days(key: str) -> Period:
    start, _slash, end = key.partition("/")
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def _name(name: str, value: str) -> str:
    if name == PERIOD:
        days = _days(value)
        return period_name(days.start, days.end)
    return sidebar.value_name(name, value)


def _actions(figure: Figure, picked: Picked, key: str, back: str) -> None:
    value = _value_of(figure, picked)
    if value is None:
        return
    named = ", ".join(_name(name, value) for name, value in picked.items())
    on = state.chosen().filters
    new = {name: value for name, value in picked.items() if name in FILTERS and on.get(name) != (value,)}
    days = _days(picked[PERIOD]) if PERIOD in picked else None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"picked_{key}"):
        st.markdown(f"**{plain(named)}** · {plain(value)}", width="content")
        if new or days:
            what = ", ".join(_name(name, value) for name, value in picked.items() if name in new or name == PERIOD)
            if st.button(_("Show only {what}").format(what=plain(what)), key=f"only_{key}"):
                _let_go(key)
                state.narrow(new, days)
                st.rerun()
        if figure.metric:
            rows.link(figure.metric, back, tuple(picked.items()))
