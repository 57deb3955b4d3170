"""What reading made of the files, sheet by sheet, worst first: recognised, derived, asked, set aside."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pandas as pd
import streamlit as st

from salesmetrics.charts.words import column_meaning
from salesmetrics.i18n import _, ngettext
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.report import Report, SetAside, SheetReport
from salesmetrics.model.tables import TABLES
from ui import datasets, upload
from ui.text import plain, quoted

SHOWN = 200
"""Rows set aside that a page shows; the download has all."""


def _cell(text: str | None) -> str:
    """Write a cell so that a spreadsheet takes it for text: what starts like a formula is not run."""
    text = text or ""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def set_aside_csv(rows: Iterable[SetAside]) -> bytes:
    """Write rows that were set aside as CSV (UTF-8 with a mark that spreadsheets know)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["file", "sheet", "row", "column", "value", "reason"])
    for one in rows:
        texts = (one.file, one.sheet, str(one.row), one.column, one.value, one.reason)
        writer.writerow([_cell(text) for text in texts])
    return out.getvalue().encode("utf-8-sig")


def _title(sheet: SheetReport) -> str:
    if sheet.table is None and sheet.role is None:
        return _("{sheet}: not used").format(sheet=plain(sheet.label))
    table = TABLES[sheet.table].name.replace("_", " ") if sheet.table else sheet.role
    rows = ngettext("{n} row read", "{n} rows read", sheet.kept).format(n=f"{sheet.kept:,}")
    title = _("{sheet}: {table}, {rows}").format(sheet=plain(sheet.label), table=table, rows=rows)
    if sheet.left_out:
        title += ", " + _("{n} set aside").format(n=f"{sheet.left_out:,}")
    return title


def _questions(sheet: SheetReport, key: str) -> None:
    for place, question in enumerate(sheet.questions):
        st.warning(plain(quoted(question.text)))
        table = sheet.table or sheet.role
        if table not in TABLES:
            continue
        with st.container(horizontal=True):
            for choice in question.choices:
                said = f"{table}.{question.column}={question.header}:{choice}"
                st.button(
                    _answer_name(choice),
                    key=f"{key}_answer_{place}_{choice}",
                    on_click=upload.correct,
                    args=(said,),
                )


def _answer_name(answer: str) -> str:
    names = {
        "dmy": _("Day first"), "mdy": _("Month first"), "ymd": _("Year first"),
        "point": _("Point before decimals"), "comma": _("Comma before decimals"),
    }  # fmt: skip
    return names.get(answer, answer)


def _mapping(sheet: SheetReport) -> None:
    if not sheet.mapping:
        return
    st.dataframe(
        pd.DataFrame(
            {
                _("Header"): [one.header for one in sheet.mapping],
                _("Read as"): [one.column for one in sheet.mapping],
                _("Sure"): [one.confidence for one in sheet.mapping],
                _("Such as"): [", ".join(one.samples) for one in sheet.mapping],
                _("Because"): [quoted(one.evidence) for one in sheet.mapping],
                _("Filled"): [one.filled for one in sheet.mapping],
                _("Unreadable"): [one.unreadable for one in sheet.mapping],
            }
        ),
        hide_index=True,
        column_config={_("Sure"): st.column_config.NumberColumn(format="percent")},
        alt=_("How the headers of {sheet} were read").format(sheet=sheet.label),
    )


def _correction(sheet: SheetReport, key: str) -> None:
    headers = [one.header for one in sheet.mapping] + list(sheet.unmapped)
    if not headers:
        return
    targets = [
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        if sheet.table in (None, table.name)
        for column in table.readable
    ]
    with st.form(f"{key}_correct", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        header = st.selectbox(_("Read the header"), headers, key=f"{key}_header")
        target = st.selectbox(_("as"), targets, key=f"{key}_target", format_func=column_meaning)
        if st.form_submit_button(_("Read again")):
            upload.correct(f"{target}={header}")
            st.rerun()


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


def sheets(report: Report, correctable: bool) -> None:
    """Draw what became of each sheet."""
    for place, sheet in enumerate(report.sheets):
        key = f"sheet_{place}"
        attention = bool(sheet.questions) or (correctable and sheet.table is None and sheet.role is None)
        with st.expander(_title(sheet), expanded=attention, key=key):
            if sheet.not_used:
                st.info(plain(quoted(sheet.not_used)))
            if correctable:
                _questions(sheet, key)
            _mapping(sheet)
            for sentence in (*sheet.derivations, *sheet.notes):
                st.markdown(f"- {plain(quoted(sentence))}")
            if sheet.unmapped:
                st.caption(_("Not read: {headers}").format(headers=plain(", ".join(sheet.unmapped))))
            _set_aside(sheet, key)
            if correctable:
                _correction(sheet, key)


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
