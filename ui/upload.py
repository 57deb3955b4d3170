"""Files that a person drops: stored at once, read, read again after a correction."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import streamlit as st

from salesmetrics import ingest
from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _
from salesmetrics.model.report import Report
from ui import datasets, state
from ui.selection import Choice

_UPLOAD, _ROUND = "upload", "upload_round"
_log = logging.getLogger("salesmetrics.app")


@dataclass(frozen=True)
class Upload:
    """The files last dropped, by what the browser calls them; corrections; and what came of reading them.

    `error` is the sentence that says why there is no data from them; `report` then tells what is known of them.
    """

    ids: tuple[str, ...]
    paths: tuple[Path, ...]
    maps: tuple[str, ...] = ()
    error: str | None = None
    report: Report | None = None


def last() -> Upload | None:
    """Give the files last dropped in this session."""
    upload: Upload | None = st.session_state.get(_UPLOAD)
    return upload


def widget() -> str:
    """Give the key of the widget that files are dropped on: a new one, and so empty, after a way back."""
    return f"files_{st.session_state.get(_ROUND, 0)}"


def take(files: Sequence[tuple[str, str, BinaryIO]]) -> bool:
    """Store and read newly dropped files (id, name, content); tell whether there was anything new."""
    ids = tuple(identity for identity, _name, _content in files)
    known = last()
    if not files:
        # What was wrong with files that are gone is of no use to anyone.
        if known and known.error:
            st.session_state.pop(_UPLOAD)
        return False
    if known and known.ids == ids:
        return False
    paths = datasets.keep([(name, content) for _identity, name, content in files])
    read(Upload(ids, tuple(paths)))
    return True


def read(upload: Upload) -> None:
    """Read `upload` and put its data on; where that fails the data that is on stays."""
    try:
        opened = datasets.read(upload.paths, upload.maps)
    except SalesMetricsError as error:
        st.session_state[_UPLOAD] = replace(upload, error=error.sentence, report=_checked(upload))
        return
    except Exception:
        _log.exception("Reading uploaded files failed")
        sentence = _(
            "These files could not be read: something in them is not as expected. Save them as CSV and try again."
        )
        st.session_state[_UPLOAD] = replace(upload, error=sentence, report=None)
        return
    st.session_state[_UPLOAD] = replace(upload, error=None, report=opened.report)
    datasets.put_on(opened)
    # Filters name values of the data that was on before.
    state.apply_next(Choice(language=state.chosen().language))


def _checked(upload: Upload) -> Report | None:
    try:
        return ingest.check(upload.paths, maps=upload.maps)
    except SalesMetricsError:
        return None


def correct(said: str) -> None:
    """Add what a person says of a header, such as "orders.amount=Net", and read the files again."""
    upload = last()
    if upload:
        target = said.partition("=")[0]
        read(replace(upload, maps=(*(one for one in upload.maps if one.partition("=")[0] != target), said)))


def back_to_sample() -> None:
    """Put the sample company on again and let the dropped files go."""
    st.session_state.pop(_UPLOAD, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    datasets.back_to_sample()
    state.apply_next(Choice(language=state.chosen().language))
