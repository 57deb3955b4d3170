"""Whose data a link, or a visitor without one, gets to see; and how it gets there from files."""

from __future__ import annotations

import streamlit as st

from salesmetrics.errors import WorkspaceError
from salesmetrics.workspace import SAMPLE, Workspace
from ui import datasets, state, storage
from ui.datasets import Opened
from ui.visitor import visitor

_TURNED_TO, _OWNS_SOME = "workspace_turned_to", "visitor_owns_some"


def follow() -> Opened | None:
    """Open the data that the link names, or without one what this visitor used last; None where it opens nothing.

    The link is asked of the store in every run: one that was revoked shows nothing from then on.
    """
    chosen = state.chosen()
    if chosen.claim:
        found = storage.store().claim(chosen.claim, visitor())
    elif chosen.workspace == SAMPLE:
        found = datasets.sample().workspace
    elif chosen.workspace:
        found = storage.store().by_link(chosen.workspace) or storage.store().get(chosen.workspace, visitor())
    elif state.fresh() and not st.query_params:
        found = next((one for one in mine() if one.current), None) or datasets.sample().workspace
    else:
        found = datasets.sample().workspace
    if found is None:
        return None
    opened = _opened(found)
    if opened is not None:
        if not opened.is_sample:
            # Whoever makes, claims or deletes a workspace has it on: back at the sample it is asked anew.
            st.session_state.pop(_OWNS_SOME, None)
        state.name_workspace(link_name(opened))
        _note(opened)
        datasets.put_on(opened)
    return opened


def _opened(found: Workspace) -> Opened | None:
    if found.is_sample:
        return datasets.sample()
    try:
        now = storage.store().refreshed(found)
        if now.current is None:
            return None
        return Opened(now, now.current, storage.dataset(now.current), storage.store().owns(now.id, visitor()))
    except WorkspaceError:
        # It was deleted a moment ago.
        return None


def _note(opened: Opened) -> None:
    """Remember what an owner turned to, once a turn, so that it comes first next time."""
    if opened.mine and st.session_state.get(_TURNED_TO) != opened.workspace.id:
        st.session_state[_TURNED_TO] = opened.workspace.id
        storage.store().opened(opened.workspace.id, visitor())


def mine() -> list[Workspace]:
    """Give the workspaces that this visitor may change, those used last first."""
    return storage.store().of(visitor())


def link_name(opened: Opened) -> str | None:
    """Give what the link calls the data: its unguessable token, for an owner without a link its id.

    The sample is named only where it could be taken for something else.
    """
    if opened.is_sample:
        if _OWNS_SOME not in st.session_state:
            st.session_state[_OWNS_SOME] = bool(mine())
        return SAMPLE if st.session_state[_OWNS_SOME] else None
    return opened.workspace.link or opened.workspace.id


def turn_to(workspace: Workspace) -> None:
    """Put another workspace on, from a callback."""
    state.switch(SAMPLE if workspace.is_sample else workspace.link or workspace.id)
