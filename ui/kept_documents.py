"""What people write beside the data of a workspace: read for whoever looks, kept for its owners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _
from salesmetrics.workspace.values import Document
from ui import storage
from ui.datasets import Opened
from ui.text import plain
from ui.visitor import visitor


def document(opened: Opened, name: str) -> Document | None:
    """Give what was kept under a name; None where nothing was."""
    return storage.store().documents(opened.workspace.id).get(name)


def keep(opened: Opened, name: str, body: Mapping[str, Any], seen: int) -> Document | None:
    """Keep `body` in the place of the edition that was seen; None, said on the page, where that cannot be."""
    try:
        return storage.store().keep_document(opened.workspace.id, visitor(), name, body, seen)
    except SalesMetricsError as error:
        st.error(plain(error.sentence))
        return None


def who_may(opened: Opened) -> str:
    """Say why whoever looks cannot save; empty for an owner."""
    if opened.mine:
        return ""
    if opened.is_sample:
        return _(
            "This is the sample company: try what you like and download it, but nothing is saved here. With your own "
            "files you can save."
        )
    return _(
        "You see this by a link. You can try amounts and download them; only an owner of the data can save them."
    )
