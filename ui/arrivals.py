"""What becomes of files that arrived: a new workspace or a new version, or a question to the one who sent them."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import streamlit as st

from salesmetrics import ingest
from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.maps import IGNORE
from salesmetrics.ingest.spellings import is_spelling
from salesmetrics.model.report import Report, SheetReport
from salesmetrics.workspace import SecondUpload, Version, Way, Workspace, header_key
from ui import incoming, mapping, state, storage
from ui.datasets import Opened
from ui.incoming import Batch
from ui.visitor import visitor

_TROUBLE, _WAITING = "trouble_with_files", "files_that_wait"
_log = logging.getLogger("salesmetrics.app")


class Target(StrEnum):
    """Where files that arrive go."""

    NEW = "new"
    ADD = "add"
    REPLACE = "replace"


@dataclass(frozen=True)
class Trouble:
    """Files that wait for a person: what is wrong in a sentence, and what is known of them all the same."""

    batch: Batch
    target: Target
    workspace: str | None
    maps: tuple[str, ...]
    sentence: str
    report: Report | None


@dataclass(frozen=True)
class Waiting:
    """Files that were read and wait for a word on how they meet the data that is there."""

    asked: Trouble
    second: SecondUpload

    @property
    def target(self) -> Target:
        """Where the one who sent them said that they go."""
        return self.asked.target


def waiting() -> Waiting | None:
    """Give the files of this session that wait for a word."""
    found: Waiting | None = st.session_state.get(_WAITING)
    return found


def trouble() -> Trouble | None:
    """Give the files of this session that wait for a person."""
    found: Trouble | None = st.session_state.get(_TROUBLE)
    return found


def let_go() -> None:
    """Remove the files that wait; the data that is on stays."""
    troubled: Trouble | None = st.session_state.pop(_TROUBLE, None)
    undecided: Waiting | None = st.session_state.pop(_WAITING, None)
    for asked in (troubled, undecided and undecided.asked):
        if asked:
            incoming.discard(asked.batch)


def take(batch: Batch, target: Target, opened: Opened) -> bool:
    """Read files that arrived and put them on; tell whether that went well. If not, they wait as `trouble`.

    Where they meet data that is there they wait too, as `waiting`, until somebody says how.
    """
    let_go()
    return _read(Trouble(batch, target, None if target is Target.NEW else opened.workspace.id, (), "", None))


def say(said: Sequence[str]) -> None:
    """Add what a person says of the files that wait, such as "orders.amount=Net", and read them again."""
    troubled = trouble()
    if troubled:
        _read(replace(troubled, maps=together(troubled.maps, said)))


def together(maps: Sequence[str], said: Sequence[str]) -> tuple[str, ...]:
    """Give what was said before with what is said now; of the same column or header the newest holds."""

    def subjects(text: str) -> set[str]:
        left, _equals, right = text.partition("=")
        if is_spelling(text):
            return {left}
        return {right} if left == IGNORE else {f"{left}=" + right.rpartition(":")[0], right}

    newer = {subject for text in said for subject in subjects(text)}
    return (*(text for text in maps if not subjects(text) & newer), *said)


def _read(asked: Trouble) -> bool:
    """Make a version of files that arrived; whatever cannot be read waits, and what was on stays on."""
    paths, names = [one.path for one in asked.batch.files], [one.name for one in asked.batch.files]
    store, who = storage.store(), visitor()
    made: Workspace | None = None
    try:
        maps = together(_remembered(asked), asked.maps)
        second = _weighed(asked, maps)
        if second:
            st.session_state.pop(_TROUBLE, None)
            st.session_state[_WAITING] = Waiting(asked, second)
            return True
        if asked.workspace is None:
            made = store.create(who, workspace_name(names))
        into = made.id if made else str(asked.workspace)
        store.add_version(into, who, paths, maps, names=names, add=asked.target is Target.ADD)
    except Exception as error:
        if made:
            store.delete(made.id, who)
        if not isinstance(error, SalesMetricsError):
            _log.exception("Reading uploaded files failed")
        st.session_state[_TROUBLE] = replace(asked, sentence=_sentence(error), report=_checked(asked))
        return False
    _put_on(asked, into)
    return True


def _put_on(asked: Trouble, workspace: str) -> None:
    """Show a workspace for which files were stored."""
    let_go()
    incoming.discard(asked.batch)
    now = storage.store().get(workspace, visitor())
    state.switch_next(now.link or now.id if now else None)


def _weighed(asked: Trouble, maps: Sequence[str]) -> SecondUpload | None:
    """Weigh files against the data that is there; None where they meet nothing of it, or it has to be seen with them."""
    if asked.workspace is None:
        return None
    paths, names = [one.path for one in asked.batch.files], [one.name for one in asked.batch.files]
    # Beside the files: it goes when they go.
    folder = Path(asked.batch.folder.name) / "weighed"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        second = storage.store().weigh(asked.workspace, visitor(), paths, folder, maps, names)
    except SalesMetricsError:
        if asked.target is Target.ADD:
            # It may be a list that says nothing by itself and completes what is there.
            return None
        raise
    return second if second.meets or asked.target is Target.REPLACE else None


def settle(decided: Waiting, way: Way, doubles: bool) -> None:
    """Store files that wait, as somebody says; what goes wrong is said, and what was on stays on."""
    try:
        storage.store().settle(decided.second, visitor(), way, doubles)
    except Exception as error:
        if not isinstance(error, SalesMetricsError):
            _log.exception("Storing uploaded files failed")
        st.session_state.pop(_WAITING, None)
        st.session_state[_TROUBLE] = replace(decided.asked, sentence=_sentence(error))
        return
    _put_on(decided.asked, decided.second.workspace)


def _sentence(error: Exception) -> str:
    if isinstance(error, SalesMetricsError):
        return error.sentence
    return _(
        "These files could not be read: something in them is not as expected. Save them as CSV and try again."
    )


def _checked(asked: Trouble) -> Report | None:
    try:
        return ingest.check([one.path for one in asked.batch.files], maps=asked.maps)
    except SalesMetricsError:
        return None


def _remembered(asked: Trouble) -> tuple[str, ...]:
    """Give what the workspace remembers of files with the same headers, said of the files at hand."""
    known = storage.store().remembered(asked.workspace) if asked.workspace else {}
    if not known:
        return ()
    report = ingest.check([one.path for one in asked.batch.files])
    return tuple(
        said_of(sheet, text)
        for sheet in report.sheets
        for text in known.get(header_key(mapping.headers(sheet)), ())
    )


def said_of(sheet: SheetReport, text: str) -> str:
    """Say a map such as "orders.amount=Net" of one sheet."""
    left, _equals, right = text.partition("=")
    return f"{left}={mapping.place(sheet)}:{right}"


def workspace_name(names: Sequence[str]) -> str:
    """Name a workspace after its files.

    >>> workspace_name(["orders.csv", "reps.csv", "leads.csv"])
    'orders.csv and 2 more'
    """
    if len(names) == 1:
        return names[0]
    return ngettext("{file} and {n} more", "{file} and {n} more", len(names) - 1).format(
        file=names[0], n=len(names) - 1
    )


def read_again(opened: Opened, sheet: SheetReport | None, said: Sequence[str]) -> Version:
    """Read the files that are on again as a person says; what was said of a sheet is remembered for its headers."""
    store, who = storage.store(), visitor()
    maps = together(opened.version.maps, said)
    version = store.read_again(opened.workspace.id, who, opened.version.id, maps)
    if sheet is not None:
        [now] = [one for one in store.report(version).sheets if one.label == sheet.label] or [sheet]
        confirm(opened, now)
    return version


def confirm(opened: Opened, sheet: SheetReport) -> None:
    """Remember for the headers of a sheet how they were read."""
    store = storage.store()
    store.remember_mapping(opened.workspace.id, visitor(), mapping.headers(sheet), mapping.confirmed(sheet))
