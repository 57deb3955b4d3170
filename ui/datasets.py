"""Which data is on: the sample company, or the files of this session."""

from __future__ import annotations

import shutil
import tempfile
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import streamlit as st

import sample_data
from salesmetrics import ingest
from salesmetrics.charts.values import day_name
from salesmetrics.engine import default_engine
from salesmetrics.i18n import _
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.model.report import Report
from salesmetrics.query import coverage, dimension_values
from salesmetrics.query.coverage import Coverage
from sample_data.seasons import LAST

_OWN = "own_data"
_FOLDER = "own_folder"

MAIN_TABLES = ("orders", "opportunities", "leads")
"""The tables by whose reach people know a data set, the first that it has."""


@cache
def _root() -> tempfile.TemporaryDirectory[str]:
    """Give the folder of this process, which holds all others."""
    return tempfile.TemporaryDirectory(prefix="salesmetrics-app-")


def close() -> None:
    """Remove every folder of this process: a server that is told to stop ends without Python's own tidying."""
    _root().cleanup()


class Stored:
    """A dataset on disk for as long as someone holds it, shared by all who read the same content."""

    def __init__(self, data: Dataset, folder: tempfile.TemporaryDirectory[str]) -> None:
        self.data = data
        # The engine's views point into the folder: they have to go with it.
        weakref.finalize(self, _let_go, data, folder)


def _let_go(data: Dataset, folder: tempfile.TemporaryDirectory[str]) -> None:
    default_engine().forget(data)
    folder.cleanup()


@dataclass(frozen=True)
class Opened:
    """Data that is on, with what reading its files found; `files` are their names, none for the sample."""

    stored: Stored
    report: Report
    files: tuple[str, ...] = ()

    @property
    def data(self) -> Dataset:
        """The dataset itself."""
        return self.stored.data

    @property
    def own(self) -> bool:
        """Whether it is the person's own and not the sample."""
        return bool(self.files)

    @property
    def name(self) -> str:
        """What people know it by."""
        if not self.files:
            return _("Sample company")
        many = len(self.files) > 1
        return (
            _("{file} and {n} more").format(file=self.files[0], n=len(self.files) - 1) if many else self.files[0]
        )

    @property
    def reach(self) -> str:
        """Say how far the data reaches, such as "Orders to 31 Dec 2025"; empty when nothing in it has a date."""
        covered = covers(self.data)
        named = {"orders": _("Orders"), "opportunities": _("Deals"), "leads": _("Leads")}
        for table in MAIN_TABLES:
            if table in covered:
                return _("{table} to {day}").format(table=named[table], day=day_name(covered[table].through))
        return ""


_lock, _sample_lock = threading.Lock(), threading.Lock()
_stored: weakref.WeakValueDictionary[str, Stored] = weakref.WeakValueDictionary()
_sample: list[Opened] = []


def _read(
    paths: Sequence[Path], files: tuple[str, ...], maps: Sequence[str] = (), read_on: date | None = None
) -> Opened:
    folder = tempfile.TemporaryDirectory(prefix="data-", dir=_root().name)
    reading = ingest.read(paths, maps=maps, into=Path(folder.name), read_on=read_on)
    with _lock:
        stored = _stored.get(reading.dataset.version)
        if stored is None:
            stored = _stored[reading.dataset.version] = Stored(reading.dataset, folder)
    return Opened(stored, reading.report, files)


def sample() -> Opened:
    """Give the sample company, read once in a process whoever asks first."""
    with _sample_lock:
        if not _sample:
            # Read as on the day after its last, so that it is the same on every day.
            _sample.append(_read(sorted(sample_data.folder().glob("*.csv")), (), read_on=LAST + timedelta(days=1)))
        return _sample[0]


def current() -> Opened:
    """Give the data that is on in this session."""
    own: Opened | None = st.session_state.get(_OWN)
    return own or sample()


def keep(files: Sequence[tuple[str, BinaryIO]]) -> list[Path]:
    """Write uploaded files, each a name and its content, into this session's folder and give their paths."""
    if _FOLDER not in st.session_state:
        # Held by the session and nothing else: when the session ends, so does the folder.
        st.session_state[_FOLDER] = tempfile.TemporaryDirectory(prefix="upload-", dir=_root().name)
    folder = Path(tempfile.mkdtemp(prefix="files-", dir=st.session_state[_FOLDER].name))
    paths = []
    for name, content in files:
        # A browser may send any name: only its last part counts, and two files of one name are two files.
        path = folder / (PurePosixPath(name.replace("\\", "/")).name or "file")
        if path.exists():
            path = Path(tempfile.mkdtemp(dir=folder)) / path.name
        with path.open("wb") as out:
            shutil.copyfileobj(content, out, 1 << 20)
        paths.append(path)
    return paths


def read(paths: Sequence[Path], maps: Sequence[str] = ()) -> Opened:
    """Read uploaded files into a dataset; `maps` are a person's corrections.

    Raises SalesMetricsError when they hold no table, or a correction names what is not there.
    """
    return _read(paths, tuple(path.name for path in paths), maps)


def put_on(opened: Opened) -> None:
    """Make `opened` this session's data."""
    st.session_state[_OWN] = opened


def back_to_sample() -> None:
    """Put the sample company on again; the session's own files go."""
    st.session_state.pop(_OWN, None)
    st.session_state.pop(_FOLDER, None)


@st.cache_data(max_entries=256, show_spinner=False)
def _covers(version: str, _data: Dataset) -> dict[str, Coverage]:
    return dict(coverage(_data))


def covers(data: Dataset) -> dict[str, Coverage]:
    """Give the first and last day of each dated table."""
    return _covers(data.version, data)


@st.cache_data(max_entries=1024, show_spinner=False)
def _values(version: str, dimension: str, _data: Dataset) -> list[tuple[str, int]]:
    found = dimension_values(_data, dimension)
    # Where no file names a value, there is nothing to choose from.
    return found if any(value != UNKNOWN for value, _rows in found) else []


def values(data: Dataset, dimension: str) -> list[tuple[str, int]]:
    """Give a dimension's values in the data with their rows, most first."""
    return _values(data.version, dimension, data)


def bounds(data: Dataset) -> tuple[date, date] | None:
    """Give the first and last day by which periods are named: those of the main table, else of any."""
    covered = covers(data)
    for table in MAIN_TABLES:
        if table in covered:
            return covered[table].first, covered[table].through
    return (min(c.first for c in covered.values()), max(c.through for c in covered.values())) if covered else None
