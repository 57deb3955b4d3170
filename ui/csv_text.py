"""CSV that a spreadsheet opens as it was meant: marked as UTF-8, and no cell run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import pandas as pd

from salesmetrics.model.report import SetAside


def cell(text: str | None) -> str:
    """Write a cell so that a spreadsheet takes it for text: what starts like a formula is not run.

    >>> cell("=1+1"), cell("North")
    ("'=1+1", 'North')
    """
    text = text or ""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def csv_of(header: Sequence[str], lines: Iterable[Sequence[str | None]]) -> bytes:
    """Write lines of text as CSV (UTF-8 with a mark that spreadsheets know)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(name) for name in header])
    writer.writerows([cell(text) for text in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def set_aside_csv(rows: Iterable[SetAside]) -> bytes:
    """Write rows that were set aside as CSV (UTF-8 with a mark that spreadsheets know)."""
    lines = ((one.file, one.sheet, str(one.row), one.column, one.value, one.reason) for one in rows)
    return csv_of(("file", "sheet", "row", "column", "value", "reason"), lines)


def frame_csv(frame: pd.DataFrame) -> bytes:
    """Write a frame as CSV: text guarded, numbers as they are, days as 2025-12-31, nothing where nothing is known."""
    shown = frame.copy()
    for name in shown.columns:
        if pd.api.types.is_datetime64_any_dtype(shown[name]):
            shown[name] = shown[name].dt.strftime("%Y-%m-%d")
        elif not (pd.api.types.is_numeric_dtype(shown[name]) or pd.api.types.is_bool_dtype(shown[name])):
            shown[name] = [value if pd.isna(value) else cell(str(value)) for value in shown[name]]
    return str(shown.to_csv(index=False)).encode("utf-8-sig")
