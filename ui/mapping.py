"""How the headers of a sheet were read, to confirm or correct: what a person says becomes maps for reading again."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from salesmetrics.i18n import _
from salesmetrics.ingest.findings import SURE
from salesmetrics.ingest.maps import IGNORE
from salesmetrics.model.report import Question, SheetReport
from salesmetrics.model.tables import PARTS, TABLES
from ui.text import quoted


def table_name(table: str) -> str:
    """Name a table for people."""
    return table.replace("_", " ")


def place(sheet: SheetReport) -> str:
    """Name a sheet as maps do."""
    return f"{sheet.file}:{sheet.sheet}" if sheet.sheet else sheet.file


def table_of(sheet: SheetReport) -> str | None:
    """Name the table that a sheet is, or is half of, also where it cannot be read yet; None for what completes others."""
    if sheet.role and sheet.role in PARTS:
        return PARTS[sheet.role].table
    return sheet.role if sheet.role in TABLES else sheet.table if sheet.role is None else None


def answers(sheet: SheetReport, question: Question) -> list[tuple[str, list[str]]]:
    """Give each answer to a question with the maps it stands for; none where the sheet only completes others."""
    if question.says:
        return [(choice, list(maps)) for choice, maps in zip(question.choices, question.says, strict=True)]
    table = table_of(sheet)
    if table is None:
        return []
    said = f"{table}.{question.column}={place(sheet)}:{question.header}"
    return [(choice, [f"{said}:{choice}"]) for choice in question.choices]


def confirmed(sheet: SheetReport) -> list[str]:
    """Give the maps that say of every header what it was read as."""
    table = table_of(sheet)
    if table is None:
        return []
    return [f"{table}.{one.column}={one.header}" for one in sheet.mapping] + [
        f"{IGNORE}={header}" for header in sheet.unmapped if header
    ]


def headers(sheet: SheetReport) -> list[str]:
    """Give the headers of a sheet: those that were read, then the others."""
    return [one.header for one in sheet.mapping] + [header for header in sheet.unmapped if header]


def unsure(sheet: SheetReport) -> list[str]:
    """Name the headers whose reading is more guess than knowledge."""
    return [one.header for one in sheet.mapping if sheet.table and one.confidence < SURE]


def _frame(sheet: SheetReport) -> pd.DataFrame:
    told = sheet.unmapped_samples or ((),) * len(sheet.unmapped)
    rest = [samples for header, samples in zip(sheet.unmapped, told, strict=True) if header]
    read, blank = sheet.mapping, [None] * len(rest)
    return pd.DataFrame(
        {
            "header": headers(sheet),
            "column": [one.column for one in read] + blank,
            "sure": [one.confidence for one in read] + blank,
            "samples": [", ".join(one.samples) for one in read] + [", ".join(samples) for samples in rest],
            "filled": [one.filled for one in read] + blank,
            "unreadable": [one.unreadable for one in read] + blank,
            "evidence": [quoted(one.evidence) for one in read] + blank,
        }
    )


def _columns(read_as: Any) -> dict[str, Any]:
    return {
        "header": st.column_config.TextColumn(_("Header"), disabled=True),
        "column": read_as,
        "sure": st.column_config.NumberColumn(_("Sure"), format="percent", disabled=True, width="small"),
        "samples": st.column_config.TextColumn(_("Such as"), disabled=True, width="medium"),
        "filled": st.column_config.NumberColumn(_("Filled"), format="localized", disabled=True, width="small"),
        "unreadable": st.column_config.NumberColumn(_("Unreadable"), format="localized", disabled=True, width="small"),
        "evidence": st.column_config.TextColumn(_("Because"), disabled=True),
    }  # fmt: skip


def _choice(meanings: dict[str, str]) -> Any:
    def named(column: str | float) -> str:
        return f"{column} ({meanings[str(column)]})" if meanings.get(str(column)) else str(column)

    return st.column_config.SelectboxColumn(
        _("Read as"), options=list(meanings), format_func=named, width="medium",
        help=_("Choose what the column holds; empty means that it is not read."),
    )  # fmt: skip


def shown(sheet: SheetReport) -> None:
    """Draw how the headers were read, for those who may not change it."""
    if sheet.mapping:
        st.dataframe(
            _frame(sheet), hide_index=True, placeholder="–",
            column_config=_columns(st.column_config.TextColumn(_("Read as"))),
            alt=_("How the headers of {sheet} were read").format(sheet=sheet.label),
        )  # fmt: skip


def corrected(sheet: SheetReport, key: str) -> list[str]:
    """Draw how the headers were read with a way to change it; give the maps for what was changed."""
    known = table_of(sheet) or ""
    tables = ["", *TABLES]
    table = st.selectbox(
        _("What it holds"), tables, tables.index(known), key=f"{key}_table",
        format_func=lambda name: f"{table_name(name)} ({TABLES[name].meaning})" if name else _("not known yet"),
    )  # fmt: skip
    said = [f"{table}={place(sheet)}"] if table and table != known else []
    if not table:
        return said
    columns = {column.name: column.meaning for column in TABLES[table].readable}
    frame = _frame(sheet) if table == known else _frame(sheet).assign(column=None, sure=None, evidence=None)
    edited = st.data_editor(
        frame, hide_index=True, key=f"{key}_{table}_mapping", num_rows="fixed", placeholder="–",
        column_config=_columns(_choice(columns)),
        column_order=[name for name in frame.columns if table == known or name in ("header", "column")],
        alt=_("How the headers of {sheet} were read").format(sheet=sheet.label),
    )  # fmt: skip
    for header, before, now in zip(frame["header"], frame["column"], edited["column"], strict=True):
        before, now = (None if pd.isna(one) or not one else one for one in (before, now))
        if now != before:
            target = f"{table}.{now}" if now else IGNORE
            said.append(f"{target}={place(sheet)}:{header}")
    return said
