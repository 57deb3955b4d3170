"""The versions of a workspace: what each was made from, which one is on, and the way back to an earlier one."""

from __future__ import annotations

import streamlit as st

from salesmetrics.i18n import _, ngettext
from salesmetrics.workspace import Version, utc_now
from ui import changes, storage
from ui.datasets import Opened
from ui.moments import ago
from ui.text import plain
from ui.visitor import visitor

SHOWN_FILES = 3


def _files(version: Version) -> str:
    names = [one.name for one in version.files]
    text = ", ".join(names[:SHOWN_FILES])
    more = len(names) - SHOWN_FILES
    return (
        ngettext("{files} and {n} more", "{files} and {n} more", more).format(files=text, n=more)
        if more > 0
        else text
    )


def _rows(version: Version) -> str:
    rows = sum(version.rows.values())
    return ngettext("{n} row", "{n} rows", rows).format(n=f"{rows:,}")


def draw(opened: Opened) -> None:
    """Draw the versions, newest first; an owner may put another one on, or delete one that is not on."""
    st.caption(
        _(
            "Every upload and every correction is a version of its own. Everyone on the link sees the one that is on."
        )
    )
    for version in opened.workspace.versions:
        on = version.id == opened.version.id
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            title = _("Version {number}").format(number=version.number)
            told = " · ".join([_files(version), _rows(version), ago(version.created_at, utc_now())])
            st.markdown(
                f"**{title}**" + (f" :blue-badge[{_('on')}]" if on else "") + f"  \n:small[:gray[{plain(told)}]]"
            )
            if opened.mine and not on:
                st.button(
                    _("Go back to this"),
                    key=f"go_back_{version.number}",
                    on_click=_go_back,
                    args=(opened, version),
                )
                st.button(
                    _("Delete"), key=f"delete_{version.number}", type="tertiary", on_click=_delete, args=(opened, version)
                )  # fmt: skip
    changes.compare(opened)


def _go_back(opened: Opened, version: Version) -> None:
    storage.store().go_back(opened.workspace.id, visitor(), version.id)


def _delete(opened: Opened, version: Version) -> None:
    storage.store().delete_version(opened.workspace.id, visitor(), version.id)
    storage.forget(version.content)
