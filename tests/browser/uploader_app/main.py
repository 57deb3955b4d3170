"""A page that takes files and tells what arrived, and a page to go to meanwhile."""

import hashlib
from dataclasses import replace

import streamlit as st

from ui.incoming import Limits, discard
from ui.uploader import show, take


def dropping() -> None:
    st.title("Dropping")
    full = st.toggle("The disk is full", key="full")
    show("files")
    if batch := take("files"):
        for file in batch.files:
            with file.path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            st.session_state.setdefault("seen", []).append(f"{file.name}|{file.size}|{digest}|{file.path.name}")
        st.session_state["drops"] = st.session_state.get("drops", 0) + 1
        discard(batch)
    ticket = st.session_state["ticket_files"][1]
    ticket.limits = replace(ticket.limits, spare_bytes=1 << 60 if full else Limits.spare_bytes)
    st.text(f"drops: {st.session_state.get('drops', 0)}")
    for line in st.session_state.get("seen", []):
        st.text(line)


def elsewhere() -> None:
    st.title("Elsewhere")


st.navigation(
    [
        st.Page(dropping, title="Dropping", default=True),
        st.Page(elsewhere, title="Elsewhere", url_path="elsewhere"),
    ]
).run()
