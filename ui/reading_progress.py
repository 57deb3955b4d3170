"""A line that says how far the reading of files is, while the page waits for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from salesmetrics.i18n import _
from salesmetrics.ingest.progress import Stage, listening
from ui.incoming import MEGABYTE

_EVERY = 0.4


@contextmanager
def shown() -> Iterator[None]:
    """Show how far readings inside the block are; the block itself never ends early for it."""
    place, done = st.empty(), threading.Event()
    now: list[tuple[int, int, Stage]] = []

    def hear(read: int, rows: int, stage: Stage) -> None:
        now[:] = [(read, rows, stage)]

    def show() -> None:
        while not done.wait(_EVERY):
            for told in now[:]:
                place.caption(sentence(*told))

    # In a thread of its own: what the page's thread draws may end its run, in the midst of a reading.
    beside = threading.Thread(target=copy_context().run, args=(show,), daemon=True)
    add_script_run_ctx(beside, get_script_run_ctx())
    with st.spinner(_("Reading your files …")), listening(hear):
        beside.start()
        try:
            yield
        finally:
            done.set()
            beside.join()


def sentence(read: int, rows: int, stage: Stage) -> str:
    """Say how far a reading is.

    >>> sentence(3_500_000, 41_000, Stage.READING)
    '41,000 rows read, 3 MB'
    >>> sentence(3_500_000, 41_000, Stage.STORING)
    '41,000 rows read, 3 MB; storing the tables'
    """
    texts = {
        Stage.READING: _("{rows} rows read, {size} MB"),
        Stage.UNDERSTANDING: _("{rows} rows read, {size} MB; looking at what the columns hold"),
        Stage.STORING: _("{rows} rows read, {size} MB; storing the tables"),
    }
    return texts[stage].format(rows=f"{rows:,}", size=f"{read // MEGABYTE:,}")
