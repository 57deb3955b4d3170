"""What is on, by name: which workspace and version, others to turn to, and the way to rename it."""

from __future__ import annotations

import streamlit as st

from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _
from salesmetrics.workspace import Workspace, utc_now
from ui import datasets, storage, workspaces
from ui.datasets import Opened
from ui.moments import ago
from ui.text import plain
from ui.visitor import visitor

_NAME, _OTHER, _PROBLEM = "workspace_name", "workspace_other", "workspace_problem"


def uploaded(opened: Opened) -> str:
    """Say when the data came in, such as "uploaded 3 h ago"; nothing for the sample."""
    if opened.is_sample:
        return ""
    return _("uploaded {ago}").format(ago=ago(opened.version.created_at, utc_now()))


def draw(opened: Opened) -> None:
    """Draw the line that says what is on, with what can be done about it."""
    facts = [f"**{plain(opened.name)}**"]
    if not opened.is_sample:
        facts.append(_("version {number}").format(number=opened.version.number))
    facts += [one for one in (opened.reach, uploaded(opened)) if one]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" · ".join(facts))
        if opened.mine:
            _rename(opened)
        _others(opened)
    if not opened.is_sample and not opened.mine:
        st.info(_("You see this data on a link. Only its owners may change it."))
    sentence = st.session_state.pop(_PROBLEM, None)
    if sentence:
        st.error(plain(sentence))


def _rename(opened: Opened) -> None:
    with st.popover(_("Rename"), type="tertiary", key="rename"):
        st.text_input(_("Name"), opened.name, max_chars=120, key=f"{_NAME}_{opened.workspace.id}")
        st.button(_("Save"), key="save_name", on_click=_save_name, args=(opened,))


def _save_name(opened: Opened) -> None:
    try:
        name = str(st.session_state[f"{_NAME}_{opened.workspace.id}"])
        storage.store().rename(opened.workspace.id, visitor(), name)
    except SalesMetricsError as error:
        st.session_state[_PROBLEM] = error.sentence


def _others(opened: Opened) -> None:
    """Offer what else this visitor can turn to."""
    mine = [one for one in workspaces.mine() if one.current and one.id != opened.workspace.id]
    others = mine if opened.is_sample else [*mine, datasets.sample().workspace]
    if not others:
        return
    with st.popover(_("Other data"), type="tertiary", key="other_data"):
        for one in others:
            st.button(
                _("Sample company") if one.is_sample else plain(one.name), key=f"turn_to_{one.id}", type="tertiary",
                on_click=_turn_to, args=(one,),
            )  # fmt: skip


def _turn_to(workspace: Workspace) -> None:
    workspaces.turn_to(workspace)
