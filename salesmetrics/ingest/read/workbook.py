"""Read spreadsheets (XLSX, XLSM, XLS, XLSB, ODS): every sheet that holds something, typed cells as exact text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

import duckdb
from python_calamine import CalamineWorkbook, PasswordError

from salesmetrics.errors import FileError
from salesmetrics.i18n import _
from salesmetrics.ingest.read.plain import plain, plain_line
from salesmetrics.ingest.read.stage import Row
from salesmetrics.ingest.read.table import Origin, stage_sheet
from salesmetrics.ingest.read.workbook_parts import check_parts
from salesmetrics.ingest.sheet import Sheet

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# A protected XLSX is a container with this one stream in place of the workbook.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})


def read_workbook(connection: duckdb.DuckDBPyConnection, path: Path, file: str) -> list[Sheet]:
    """Stage every sheet that holds something; formulas stand for their last result, macros are never looked at.

    Raises FileError when `path` is no workbook that can be opened, or one that would fill the memory.
    """
    if zipfile.is_zipfile(path):
        check_parts(path, file)
    sheets = []
    for name, rows in _opened(path, file):
        sheet = stage_sheet(connection, rows, Origin(file, sheet=plain_line(name)))
        if sheet is not None:
            sheets.append(sheet)
    return sheets


def _opened(path: Path, file: str) -> Iterator[tuple[str, Iterator[Row]]]:
    protected = _("{file} is protected with a password; save a copy without the password and read that.")
    try:
        if _is_locked(path):
            raise FileError(protected.format(file=file))
        with path.open("rb") as opened:
            workbook = CalamineWorkbook.from_filelike(opened)
            for name in workbook.sheet_names:
                yield name, _rows(workbook.get_sheet_by_name(name))
    except PasswordError as error:
        raise FileError(protected.format(file=file)) from error
    except FileError:
        raise
    except BaseException as error:
        # The reader is compiled code: on bytes it never expected it panics, outside the usual exceptions.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        message = _("{file} is damaged or no spreadsheet; open it, save it as XLSX or CSV, and read that.")
        raise FileError(message.format(file=file)) from error


def _is_locked(path: Path) -> bool:
    with path.open("rb") as opened:
        return opened.read(len(_OLE)) == _OLE and _ENCRYPTED in opened.read()


def _rows(sheet: Any) -> Iterator[Row]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        # One cell in the last row of a sheet makes a million blank ones.
        if row.count("") != len(row):
            yield number, [as_text(cell) for cell in row]


def as_text(cell: object) -> str:
    """Write a typed cell as text that loses nothing; an error value is empty.

    >>> as_text(16.0), as_text(5.25), as_text(datetime(2024, 1, 5, 9, 30)), as_text(True), as_text("#REF!")
    ('16', '5.25', '2024-01-05 09:30:00', 'true', '')
    """
    if isinstance(cell, str):
        return "" if cell in _ERRORS else plain(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    return "" if cell is None else str(cell)


def _number(value: float) -> str:
    if not isfinite(value):
        return ""
    if value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _moment(value: datetime) -> str:
    # A spreadsheet keeps a moment as a fraction of a day: what is finer than a millisecond is its rounding.
    value += timedelta(microseconds=500)
    value = value.replace(microsecond=value.microsecond // 1000 * 1000)
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(" ", "milliseconds" if value.microsecond else "seconds")
