"""Who sees a workspace: its link, made, copied and revoked; its owners; and the way to delete it for good."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from salesmetrics.i18n import _
from ui import state, storage, workspaces
from ui.datasets import Opened
from ui.selection import CLAIM, to_link
from ui.text import plain
from ui.visitor import keeps_cookies, visitor

_OWNERS_LINK = "owners_link"


def address(**parameters: str) -> str:
    """Give the address of the page that is on, with these parameters."""
    here = (st.context.url or "").partition("?")[0]
    return f"{here}?{urlencode(parameters)}" if parameters else here


def page_link() -> str:
    """Give the address of the page with all that is on: the data, the filters, what was set."""
    tried = {name: st.query_params.get_all(name) for name in ("if",) if name in st.query_params}
    asked = urlencode(
        {name: list(values) for name, values in {**to_link(state.chosen()), **tried}.items()}, doseq=True
    )
    here = address()
    return f"{here}?{asked}" if asked else here


def copy_link(opened: Opened) -> None:
    """Draw the link that shows a colleague this very page, and say who can open it."""
    with st.popover(_("Copy link"), type="tertiary"):
        if opened.mine and not opened.workspace.link:
            st.info(_("The link of this workspace is revoked: nobody but you can open it."))
            st.button(_("Make a new link"), key="new_link_here", on_click=_new_link, args=(opened,))
            return
        st.code(page_link(), language=None, wrap_lines=True)
        if not opened.is_sample:
            st.caption(
                _("Whoever has this link sees this data, this page and these filters, and changes nothing.")
            )


def draw(opened: Opened) -> None:
    """Draw who sees the workspace and who may change it, for one of its owners."""
    st.subheader(_("The link"))
    if opened.workspace.link:
        st.code(address(w=opened.workspace.link), language=None, wrap_lines=True)
        st.caption(
            _("Whoever has this link sees the data and changes nothing. Revoke it and it opens nothing any more.")
        )
        with st.container(horizontal=True):
            st.button(_("Revoke the link"), key="revoke_link", on_click=_revoke, args=(opened,))
            st.button(_("Revoke it and make a new one"), key="new_link", on_click=_new_link, args=(opened,))
    else:
        st.info(_("The link is revoked: nobody but you sees this data."))
        st.button(_("Make a new link"), key="new_link", type="primary", on_click=_new_link, args=(opened,))
    st.subheader(_("Owners"))
    if not keeps_cookies():
        st.warning(_("Your browser keeps no cookies, so you are an owner only until you close this page."))
    st.caption(
        _("You own this workspace in this browser. To change it from another one too, make an owner's link.")
    )
    if st.button(_("Make an owner's link"), key="owner_link"):
        st.session_state[_OWNERS_LINK] = (
            opened.workspace.id,
            storage.store().owner_link(opened.workspace.id, visitor()),
        )
    made = st.session_state.get(_OWNERS_LINK)
    if made and made[0] == opened.workspace.id:
        st.code(address(**{CLAIM: made[1]}), language=None, wrap_lines=True)
        st.caption(
            _("Shown only now. Whoever opens it may change and delete everything here, so keep it to yourself.")
        )
    st.subheader(_("Delete"))
    with st.popover(_("Delete this workspace …")):
        question = _("Delete **{name}** with all its versions, files and settings? Nobody can bring it back.")
        st.markdown(question.format(name=plain(opened.name)))
        st.button(_("Delete for good"), key="delete", type="primary", on_click=_delete, args=(opened,))


def _new_link(opened: Opened) -> None:
    state.name_workspace(storage.store().new_link(opened.workspace.id, visitor()))


def _revoke(opened: Opened) -> None:
    storage.store().revoke_link(opened.workspace.id, visitor())
    # An owner's own address has to go on opening it.
    state.name_workspace(opened.workspace.id)


def _delete(opened: Opened) -> None:
    storage.store().delete(opened.workspace.id, visitor())
    for version in opened.workspace.versions:
        storage.forget(version.content)
    left = workspaces.mine()
    if left:
        workspaces.turn_to(left[0])
    else:
        state.switch(None)
