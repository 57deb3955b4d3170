"""What reading made of the files, sheet by sheet, worst first: recognised, derived, asked, set aside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import pandas as pd
import streamlit as st

from salesmetrics.i18n import _, ngettext
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.report import Report, SheetReport
from salesmetrics.model.tables import TABLES
from salesmetrics.workspace import header_key
from ui import datasets, mapping
from ui.csv_text import set_aside_csv
from ui.text import plain, quoted

SHOWN = 200
"""Rows set aside that a page shows; the download has all."""

Say = Callable[[SheetReport, Sequence[str]], None]
"""Takes what a person says of a sheet: maps, or none where it was read right."""


def _title(sheet: SheetReport) -> str:
    if sheet.table is None and sheet.questions:
        return _("{sheet}: waits for an answer").format(sheet=plain(sheet.label))
    if sheet.table is None and sheet.role is None:
        return _("{sheet}: not used").format(sheet=plain(sheet.label))
    table = mapping.table_name(sheet.table or sheet.role or "")
    rows = ngettext("{n} row read", "{n} rows read", sheet.kept).format(n=f"{sheet.kept:,}")
    title = _("{sheet}: {table}, {rows}").format(sheet=plain(sheet.label), table=table, rows=rows)
    if sheet.left_out:
        title += ", " + _("{n} set aside").format(n=f"{sheet.left_out:,}")
    return title


def questions(sheet: SheetReport, key: str, say: Say) -> None:
    """Draw what a sheet asks, each with its answers as buttons; `say` takes the answer."""
    for place, question in enumerate(sheet.questions):
        st.warning(plain(quoted(question.text)))
        with st.container(horizontal=True):
            for choice, said in mapping.answers(sheet, question):
                st.button(
                    _answer_name(choice), key=f"{key}_answer_{place}_{choice}", on_click=say, args=(sheet, said)
                )  # fmt: skip


def _answer_name(answer: str) -> str:
    names = {
        "yes": _("Yes"), "apart": _("No, it is another one"),
        "dmy": _("Day first"), "mdy": _("Month first"), "ymd": _("Year first"),
        "percent": _("Half a percent"), "fraction": _("A half"),
        "point": _("Point before decimals"), "comma": _("Comma before decimals"),
    }  # fmt: skip
    return names.get(answer, answer)


def _changed(sheet: SheetReport) -> None:
    """Draw which cells were read as something other than they stand."""
    told = [(one.header, change) for one in sheet.mapping for change in one.changes]
    if not told:
        return
    st.markdown(_("**Read as something other than it stands**"))
    st.dataframe(
        pd.DataFrame(
            {
                _("Header"): [header for header, _change in told],
                _("How"): [change.said for _header, change in told],
                _("Cells"): [change.cells for _header, change in told],
                _("Such as"): ["; ".join(change.samples) for _header, change in told],
            }
        ),
        hide_index=True,
        column_config={_("Cells"): st.column_config.NumberColumn(format="localized", width="small")},
        alt=_("Cells of {sheet} that were read as something other than they stand").format(sheet=sheet.label),
    )


def _set_aside(sheet: SheetReport, key: str) -> None:
    if not sheet.set_aside:
        return
    st.markdown(_("**Rows set aside**"))
    shown = sheet.set_aside[:SHOWN]
    st.dataframe(
        pd.DataFrame(
            {
                _("Row"): [one.row for one in shown],
                _("Column"): [one.column for one in shown],
                _("Value"): [one.value for one in shown],
                _("Why"): [one.reason for one in shown],
            }
        ),
        hide_index=True,
        alt=_("Rows of {sheet} set aside").format(sheet=sheet.label),
    )
    st.download_button(
        _("Download all {n} as CSV").format(n=f"{len(sheet.set_aside):,}"),
        data=lambda: set_aside_csv(sheet.set_aside), file_name="set-aside.csv", mime="text/csv",
        key=f"{key}_set_aside", on_click="ignore",
    )  # fmt: skip


def sheets(report: Report, say: Say | None, known: Collection[str] = (), name: str = "sheet") -> None:
    """Draw what became of each sheet; `say` takes corrections of a sheet, None where nobody may make any.

    `known` are the header keys whose reading was confirmed; `name` tells two such lists on a page apart.
    """
    for number, sheet in enumerate(report.sheets):
        key = f"{name}_{number}"
        sure = header_key(mapping.headers(sheet)) in known
        unsure = [] if sure else mapping.unsure(sheet)
        attention = bool(sheet.questions) or (say is not None and sheet.table is None and sheet.role is None)
        title = _title(sheet) + (" · " + _("please check") if unsure and say else "")
        with st.expander(title, expanded=attention, key=key):
            if sheet.not_used and not (sheet.questions and say):
                st.info(plain(quoted(sheet.not_used)))
            if say is not None and (not sheet.role or mapping.table_of(sheet)):
                questions(sheet, key, say)
                said = mapping.corrected(sheet, key)
                with st.container(horizontal=True):
                    if said:
                        st.button(
                            _("Read again with these changes"), key=f"{key}_again", type="primary", on_click=say,
                            args=(sheet, said),
                        )  # fmt: skip
                    elif mapping.table_of(sheet) and not sheet.not_used and not sure:
                        st.button(_("This is right"), key=f"{key}_right", on_click=say, args=(sheet, []))
                    elif sure:
                        st.caption(_("Confirmed: files with these headers are read like this from now on."))
            else:
                mapping.shown(sheet)
            for sentence in (*sheet.derivations, *sheet.notes):
                st.markdown(f"- {plain(quoted(sentence))}")
            _changed(sheet)
            _set_aside(sheet, key)


def holdings(data: Dataset) -> None:
    """Draw what the data set holds: each table, its rows, and its first and last day."""
    covered = datasets.covers(data)
    st.dataframe(
        pd.DataFrame(
            {
                _("Table"): [name.replace("_", " ") for name in data.tables],
                _("What it is"): [TABLES[name].meaning for name in data.tables],
                _("Rows"): [facts.rows for facts in data.tables.values()],
                _("First day"): [covered[name].first if name in covered else None for name in data.tables],
                _("Last day"): [covered[name].through if name in covered else None for name in data.tables],
            }
        ),
        hide_index=True,
        height="content",
        placeholder="–",
        column_config={
            _("Rows"): st.column_config.NumberColumn(format="localized"),
            _("First day"): st.column_config.DateColumn(format="D MMM YYYY"),
            _("Last day"): st.column_config.DateColumn(format="D MMM YYYY"),
        },
        alt=_("Tables in the data"),
    )
