"""Files that wait to be stored beside data that is there: how they can be, what each way would change, and the word."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _
from salesmetrics.workspace import SecondUpload, TableChanges, Way
from ui import arrivals, changes, storage
from ui.arrivals import Target, Waiting
from ui.datasets import Opened
from ui.mapping import table_name
from ui.text import plain, quoted


def _ways(second: SecondUpload) -> Mapping[Way, tuple[str, str]]:
    """Give what each way is called, and what it does."""
    same = ", ".join(second.same_names)
    together = (
        (_("In place of {files}").format(files=plain(same)),
         _("The new file takes the place of the stored one of its name; all other files stay."))
        if same else
        (_("Read with the files there"), _("All files, stored and new, are read anew as one set."))
    )  # fmt: skip
    return {
        Way.UPDATE: (
            _("Update by key"),
            _("A row whose key is there takes that row's place, others are added. What is absent stays."),
        ),
        Way.APPEND: (
            _("Add rows"), _("Rows that are not there yet are added. What is there stays as it is."),
        ),
        Way.TOGETHER: together,
        Way.REPLACE: (
            _("Replace everything"), _("Only the new files are in the next version."),
        ),
    }  # fmt: skip


def _usual(waiting: Waiting) -> Way:
    ways = waiting.second.ways()
    if waiting.target is Target.REPLACE:
        return Way.REPLACE
    return Way.TOGETHER if waiting.second.same_names and Way.TOGETHER in ways else ways[0]


def draw(opened: Opened) -> None:
    """Draw the files that wait for this workspace, if any, with what storing them would change."""
    waiting = arrivals.waiting()
    if waiting is None or waiting.second.workspace != opened.workspace.id:
        return
    second = waiting.second
    with st.container(border=True, key="second_upload"):
        st.subheader(_("How should these files meet what is there?"))
        st.caption(
            _(
                "{files}: read, and not stored yet. Version {number} stays as it is, and you can go back to it."
            ).format(files=plain(", ".join(second.names)), number=second.base.number)
        )
        told, ways = _ways(second), list(second.ways())
        way = st.radio(
            _("What the new files do"), ways, ways.index(_usual(waiting)), key="second_way",
            format_func=lambda one: told[one][0], captions=[told[one][1] for one in ways],
        )  # fmt: skip
        found = _preview(second, way)
        doubles = _keyless(second, way, found or ())
        if found:
            _found(found, way)
        with st.container(horizontal=True):
            if found and st.button(_("Store as a new version"), key="second_store", type="primary"):
                with st.spinner(_("Storing …")):
                    arrivals.settle(waiting, way, doubles)
                st.rerun()
            st.button(_("Discard these files"), key="second_discard", on_click=arrivals.let_go)

        changes.samples(found or ())


def _preview(second: SecondUpload, way: Way) -> tuple[TableChanges, ...] | None:
    try:
        with st.spinner(_("Looking at what would change …")):
            return storage.store().preview(second, way)
    except SalesMetricsError as error:
        st.error(plain(quoted(error.sentence)))
        return None


def _keyless(second: SecondUpload, way: Way, found: tuple[TableChanges, ...]) -> bool:
    """Say which tables cannot be updated, and ask whether rows that are there already are to be added once more."""
    if way not in (Way.APPEND, Way.UPDATE) or not second.keyless:
        return False
    names = ", ".join(table_name(name) for name in second.keyless)
    if way is Way.UPDATE:
        st.info(
            _("Rows of {tables} have no key by which to update them: new ones are added.").format(tables=names)
        )
    known = sum(one.duplicate for one in found if one.table in second.keyless)
    if not known:
        return False
    label = _("Add the {n} rows of {tables} that are there already once more").format(n=f"{known:,}", tables=names)
    return st.checkbox(label, key=f"second_doubles_{way}")


def _found(found: tuple[TableChanges, ...], way: Way) -> None:
    if any(one.any for one in found):
        changes.counts(found)
    elif any(one.left_out or one.duplicate for one in found):
        st.warning(_("Nothing would be added: every row of these files is there already, or has a key that is."))
        changes.counts(found)
    else:
        st.success(_("Nothing would change: these files hold what is there already."))
    if way is Way.APPEND and any(one.left_out for one in found):
        st.warning(
            _("Some rows have a key that is there with other values. Adding leaves them out; updating takes them.")
        )
