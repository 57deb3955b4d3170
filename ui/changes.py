"""What differs between two states of the data, as people read it: rows by table, and some of them before and after."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _, ngettext
from salesmetrics.workspace import RowChange, TableChanges, Version
from ui import version_pairs
from ui.datasets import Opened
from ui.mapping import table_name
from ui.text import plain, quoted

_COMPARED = "versions_compared"

LINES_SHOWN = 10
"""Lines of a table's samples that are seen without scrolling."""


def counts(found: Sequence[TableChanges]) -> None:
    """Draw how many rows of each table are new, changed, gone and so on; what counts nothing anywhere is left out."""
    columns = {
        _("New"): [one.new for one in found],
        _("Changed"): [one.changed for one in found],
        _("Gone"): [one.gone for one in found],
        _("Duplicate"): [one.duplicate for one in found],
        _("Left out"): [one.left_out for one in found],
        _("Stays as it is"): [one.unchanged for one in found],
    }
    always = {_("New"), _("Changed"), _("Gone"), _("Stays as it is")}
    shown = {name: values for name, values in columns.items() if name in always or any(values)}
    st.dataframe(
        pd.DataFrame({_("Table"): [table_name(one.table) for one in found], **shown}),
        hide_index=True,
        height="content",
        column_config={name: st.column_config.NumberColumn(format="localized") for name in shown},
        alt=_("Rows of each table that change"),
    )


def samples(found: Sequence[TableChanges]) -> None:
    """Draw for each table that changes which columns do, and the first rows before and after."""
    for one in found:
        if not one.samples:
            continue
        with st.expander(_title(one), expanded=one is found[0]):
            if one.columns:
                listed = ", ".join(
                    f"{plain(name)} ({count:,})" for name, count in sorted(one.columns.items(), key=_by_count)
                )
                message = _("Columns that differ in the rows left out: {columns}") if one.left_out and not one.changed \
                    else _("Columns that change: {columns}")  # fmt: skip
                st.markdown(message.format(columns=listed))
            if not one.key:
                st.caption(_("Rows of this table have no key: one that changes is a row gone and a row new."))
            frame = _frame(one)
            st.dataframe(
                frame, hide_index=True, height=min(len(frame), LINES_SHOWN) * 35 + 38, placeholder="–",
                alt=_("Rows of {table} that change").format(table=table_name(one.table)),
            )  # fmt: skip


def _by_count(item: tuple[str, int]) -> int:
    return -item[1]


def _title(one: TableChanges) -> str:
    parts = [
        (one.new, ngettext("{n} new", "{n} new", one.new)),
        (one.changed, ngettext("{n} changed", "{n} changed", one.changed)),
        (one.gone, ngettext("{n} gone", "{n} gone", one.gone)),
        (one.left_out, ngettext("{n} left out", "{n} left out", one.left_out)),
    ]
    told = ", ".join(text.format(n=f"{count:,}") for count, text in parts if count)
    return f"{table_name(one.table)}: {told}"


def _frame(one: TableChanges) -> pd.DataFrame:
    rows = [(row, column, pair) for row in one.samples for column, pair in row.values.items()]
    kinds = {
        "new": _("New"),
        "gone": _("Gone"),
        "changed": _("Changed") if not one.left_out or one.changed else _("Left out"),
    }
    frame = {
        _("What"): [kinds[row.kind] for row, _column, _pair in rows],
        _("Row"): [_name(row, one) for row, _column, _pair in rows],
        _("Column"): [column for _row, column, _pair in rows],
        _("Before"): [pair[0] for _row, _column, pair in rows],
        _("After"): [pair[1] for _row, _column, pair in rows],
    }
    return pd.DataFrame(frame, dtype=object)


def _name(row: RowChange, one: TableChanges) -> str:
    same_kind = [other for other in one.samples if other.kind == row.kind]
    return row.key or f"{next(place for place, other in enumerate(same_kind, 1) if other is row)}"


def compare(opened: Opened) -> None:
    """Draw the choice of two versions of the workspace, and what differs between them once it is asked."""
    known = {version.number: version for version in opened.workspace.versions}
    if not opened.mine or len(known) < 2:
        return
    st.subheader(_("Compare two versions"))
    numbers = list(known)
    before = next((number for number in numbers if number < opened.version.number), numbers[-1])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        older = _choose(_("From"), numbers, before, "compare_from")
        newer = _choose(_("To"), numbers, opened.version.number, "compare_to")
        if st.button(_("Compare"), key="compare_versions"):
            st.session_state[_COMPARED] = (opened.workspace.id, older, newer)
    if st.session_state.get(_COMPARED) == (opened.workspace.id, older, newer):
        _compared(known[older], known[newer])


def _choose(label: str, numbers: Sequence[int], usual: int, key: str) -> int:
    name = _("Version {number}")
    return st.selectbox(
        label, numbers, numbers.index(usual), key=f"{key}_{len(numbers)}", width=180,
        format_func=lambda number: name.format(number=number),
    )  # fmt: skip


def _compared(older: Version, newer: Version) -> None:
    try:
        with st.spinner(_("Comparing …")):
            found = version_pairs.changes_of(older, newer)
    except SalesMetricsError as error:
        st.error(plain(quoted(error.sentence)))
        return
    if not any(one.any for one in found):
        st.success(_("Both versions hold the same rows."))
        return
    counts(found)
    samples(found)
