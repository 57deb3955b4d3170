"""Read whatever files or folders are given: the content of each decides how it is read, never its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from salesmetrics.errors import FileError
from salesmetrics.i18n import _
from salesmetrics.ingest.read.delimited import read_text
from salesmetrics.ingest.read.encoding import decode
from salesmetrics.ingest.read.workbook import read_workbook
from salesmetrics.ingest.sheet import Sheet

READABLE = frozenset({".csv", ".tsv", ".tab", ".psv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
"""The endings by which files of a folder are picked; a file that is named itself is read whatever its ending."""

_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_EARLY_XLS = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")


def read_files(paths: Sequence[Path], connection: duckdb.DuckDBPyConnection) -> tuple[Sheet, ...]:
    """Stage every sheet of every file, and of every file in every folder, in `connection`.

    A file that is given twice is read once. Raises FileError, a sentence for each file that cannot be read or
    holds no row of data, so that all can be mended at once.
    """
    sheets: list[Sheet] = []
    unread: list[str] = []
    seen: set[Path] = set()
    for path, label in _files(paths):
        try:
            real = path.resolve()
        except (OSError, ValueError) as error:
            raise FileError(_unopened(path)) from error
        if real not in seen:
            seen.add(real)
            try:
                sheets += _read_file(path, label, connection)
            except FileError as error:
                unread.append(error.sentence)
    if unread:
        raise FileError(" ".join(unread))
    if not sheets:
        raise FileError(_("No file was given; name at least one CSV or Excel file, or a folder that holds some."))
    return tuple(sheets)


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        try:
            if not path.is_dir():
                yield path, path.name
                continue
            inside = sorted(child for child in path.rglob("*") if _is_offered(child, path))
        except (OSError, ValueError) as error:
            raise FileError(_unopened(path)) from error
        if not inside:
            message = _("The folder {folder} holds no CSV or Excel file; name a folder that does.")
            raise FileError(message.format(folder=path.name))
        for child in inside:
            yield child, child.relative_to(path).as_posix()


def _is_offered(child: Path, folder: Path) -> bool:
    parts = child.relative_to(folder).parts
    return child.suffix.lower() in READABLE and not any(p[0] in ".~" for p in parts) and child.is_file()


def _unopened(path: Path) -> str:
    return _("{file} cannot be opened; check that it exists and that you may read it.").format(
        file=path.name.replace("\0", "")
    )


def _read_file(path: Path, label: str, connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        message = _("There is no file {file}; check the name and the folder.")
        raise FileError(message.format(file=path)) from error
    except (OSError, ValueError) as error:
        raise FileError(_unopened(path)) from error
    if not data or data.isspace():
        raise FileError(_("{file} is empty; export it again.").format(file=label))
    if data.startswith((_ZIP, _OLE, *_EARLY_XLS)):
        sheets = read_workbook(connection, data, label)
    else:
        sheets = _read_text_file(connection, data, label)
    if not sheets:
        raise FileError(_("{file} holds no cell with anything in it; export it again.").format(file=label))
    if not any(sheet.rows for sheet in sheets):
        message = _("{file} holds a header and no row below it; export it again with its rows.")
        raise FileError(message.format(file=label))
    return sheets


def _read_text_file(connection: duckdb.DuckDBPyConnection, data: bytes, label: str) -> list[Sheet]:
    found = _recognised(data)
    decoded = None if found else decode(data)
    if decoded is None:
        message = (
            _("{file} is {found}, not a table; save it as CSV or XLSX and read that.")
            if found
            else _("{file} is neither text nor a spreadsheet; save it as CSV or XLSX and read that.")
        )
        raise FileError(message.format(file=label, found=found))
    text, encoding = decoded
    sheet = read_text(connection, text, label, encoding)
    return [sheet] if sheet else []


def _recognised(data: bytes) -> str:
    """Name what `data` is, where it begins like something that never holds a table (empty when it does not)."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:64]
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"II*\0", b"MM\0*")):
        return _("an image")
    if start.startswith(b"%PDF"):
        return _("a PDF document")
    if start.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        return _("a compressed archive")
    if start.lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        return _("a web page or XML document")
    if start.startswith((b"{", b"[{")):
        return _("JSON")
    return _("a Parquet file") if start.startswith(b"PAR1") else ""
