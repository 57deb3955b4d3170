"""What reading made of the files, sheet by sheet, worst first: recognised, derived, asked, set aside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

import pandas as pd
import streamlit as st

from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.findings import Finding, Severity
from salesmetrics.ingest.findings import findings as checked
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.report import Report, SetAside, SheetReport
from salesmetrics.model.tables import TABLES
from salesmetrics.workspace import header_key
from ui import datasets, mapping
from ui.csv_text import csv_of
from ui.text import plain, quoted

SHOWN = 200
"""Rows set aside that a page shows; the download has all."""

MOST_FINDINGS = 8

Say = Callable[[SheetReport, Sequence[str]], None]
"""Takes what a person says of a sheet: maps, or none where it was read right."""


def set_aside_csv(rows: Iterable[SetAside]) -> bytes:
    """Write rows that were set aside as CSV (UTF-8 with a mark that spreadsheets know)."""
    lines = ((one.file, one.sheet, str(one.row), one.column, one.value, one.reason) for one in rows)
    return csv_of(("file", "sheet", "row", "column", "value", "reason"), lines)


def _title(sheet: SheetReport) -> str:
    if sheet.table is None and sheet.role is None:
        return _("{sheet}: not used").format(sheet=plain(sheet.label))
    table = TABLES[sheet.table].name.replace("_", " ") if sheet.table else sheet.role
    rows = ngettext("{n} row read", "{n} rows read", sheet.kept).format(n=f"{sheet.kept:,}")
    title = _("{sheet}: {table}, {rows}").format(sheet=plain(sheet.label), table=table, rows=rows)
    if sheet.left_out:
        title += ", " + _("{n} set aside").format(n=f"{sheet.left_out:,}")
    return title


def questions(sheet: SheetReport, key: str, say: Say) -> None:
    """Draw what a sheet asks, each with its answers as buttons; `say` takes the answer."""
    for place, question in enumerate(sheet.questions):
        st.warning(plain(quoted(question.text)))
        table = sheet.table or sheet.role
        if table not in TABLES:
            continue
        with st.container(horizontal=True):
            for choice in question.choices:
                said = f"{table}.{question.column}={mapping.place(sheet)}:{question.header}:{choice}"
                st.button(
                    _answer_name(choice), key=f"{key}_answer_{place}_{choice}", on_click=say, args=(sheet, [said])
                )  # fmt: skip


def _answer_name(answer: str) -> str:
    names = {
        "dmy": _("Day first"), "mdy": _("Month first"), "ymd": _("Year first"),
        "point": _("Point before decimals"), "comma": _("Comma before decimals"),
    }  # fmt: skip
    return names.get(answer, answer)


def findings(report: Report) -> None:
    """Draw what is wrong with the files, worst first; what only wants a look is folded away."""
    found = checked(report)
    if not found:
        st.success(_("Every row and every column of your files could be used."))
        return
    grave = [one for one in found if one.severity > Severity.UNSURE]
    for one in grave[:MOST_FINDINGS]:
        _finding(one)
    rest = [*grave[MOST_FINDINGS:], *(one for one in found if one.severity <= Severity.UNSURE)]
    if rest:
        label = ngettext("{n} more to look at", "{n} more to look at", len(rest)).format(n=len(rest))
        with st.expander(label if grave else _("Nothing is lost; {n} to look at").format(n=len(rest))):
            for one in rest:
                _finding(one)


def _finding(one: Finding) -> None:
    colour = {Severity.QUESTION: "red", Severity.NOT_USED: "orange", Severity.ROWS_LOST: "orange"}
    sentence = f"**{plain(one.where)}**: {plain(quoted(one.sentence))}"
    if one.severity in colour:
        name = {
            Severity.QUESTION: _("Asks you"),
            Severity.NOT_USED: _("Not used"),
            Severity.ROWS_LOST: _("Rows lost"),
        }
        sentence = f":{colour[one.severity]}-badge[{name[one.severity]}] {sentence}"
    st.markdown(sentence)


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
            if sheet.not_used:
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
