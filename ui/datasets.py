"""Which data is on: a workspace and its version, what they are called, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

import sample_data
from salesmetrics.charts.values import day_name
from salesmetrics.i18n import _
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.model.report import Report
from salesmetrics.query import coverage, dimension_values
from salesmetrics.query.coverage import Coverage
from salesmetrics.workspace import Version, Workspace
from sample_data.seasons import LAST
from ui import storage
from ui.memory import Memory

_OPENED = "opened"

MAIN_TABLES = ("orders", "opportunities", "leads")
"""The tables by whose reach people know a data set, the first that it has."""


@dataclass(frozen=True)
class Opened:
    """Data that is on: a version of a workspace; `mine` tells whether whoever looks may change it."""

    workspace: Workspace
    version: Version
    data: Dataset
    mine: bool = False

    @property
    def is_sample(self) -> bool:
        """Whether it is the sample company."""
        return self.workspace.is_sample

    @property
    def name(self) -> str:
        """What people know it by."""
        return _("Sample company") if self.is_sample else self.workspace.name

    @property
    def settings(self) -> Mapping[str, str]:
        """The settings stored with it, as names and texts."""
        return self.workspace.settings

    @property
    def report(self) -> Report:
        """What reading its files found."""
        return storage.store().report(self.version)

    @property
    def reach(self) -> str:
        """Say how far the data reaches, such as "Orders to 31 Dec 2025"; empty when nothing in it has a date."""
        covered = covers(self.data)
        named = {"orders": _("Orders"), "opportunities": _("Deals"), "leads": _("Leads")}
        for table in MAIN_TABLES:
            if table in covered:
                return _("{table} to {day}").format(table=named[table], day=day_name(covered[table].through))
        return ""


def sample() -> Opened:
    """Give the sample company, built once in a storage whoever asks first."""
    # Read as on the day after its last, so that it is the same on every day.
    paths = sorted(sample_data.folder().glob("*.csv"))
    known = _samples.get(
        "sample", "sample", lambda: storage.store().ensure_sample(paths, LAST + timedelta(days=1))
    )
    if known.current is None:
        raise LookupError("the sample workspace has no version")
    return Opened(known, known.current, storage.dataset(known.current))


_samples: Memory[Workspace] = Memory(1)


def put_on(opened: Opened) -> None:
    """Make `opened` what this run of the page is about."""
    st.session_state[_OPENED] = opened


def current() -> Opened:
    """Give the data that is on."""
    opened: Opened = st.session_state[_OPENED]
    return opened


_covers: Memory[dict[str, Coverage]] = Memory(64)
_values: Memory[list[tuple[str, int]]] = Memory(1024)


def forget(version: str) -> None:
    """Let go of what is known of a data version."""
    _covers.forget(version)
    _values.forget(version)


def covers(data: Dataset) -> dict[str, Coverage]:
    """Give the first and last day of each dated table."""
    return _covers.get(data.version, "covers", lambda: dict(coverage(data)))


def values(data: Dataset, dimension: str) -> list[tuple[str, int]]:
    """Give a dimension's values in the data with their rows, most first; none where no file names a value."""

    def named() -> list[tuple[str, int]]:
        found = dimension_values(data, dimension)
        return found if any(value != UNKNOWN for value, _rows in found) else []

    return _values.get(data.version, dimension, named)


def bounds(data: Dataset) -> tuple[date, date] | None:
    """Give the first and last day by which periods are named: those of the main table, else of any."""
    covered = covers(data)
    for table in MAIN_TABLES:
        if table in covered:
            return covered[table].first, covered[table].through
    return (min(c.first for c in covered.values()), max(c.through for c in covered.values())) if covered else None
