"""Read whatever files or folders are given: the content of each decides how it is read, never its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import duckdb

from salesmetrics.errors import FileError
from salesmetrics.i18n import _
from salesmetrics.ingest.progress import Watch
from salesmetrics.ingest.read.archive import is_workbook, unpacked_gzip, unpacked_zip
from salesmetrics.ingest.read.bounds import MEGABYTE, MOST_TEXT
from salesmetrics.ingest.read.delimited import NotDelimitedError, read_long_text, read_text
from salesmetrics.ingest.read.encoding import decode
from salesmetrics.ingest.read.encoding_said import decode_as, encoding_said
from salesmetrics.ingest.read.forms import LOOKED_AT, Form, form_of, no_table
from salesmetrics.ingest.read.guard import refuse_endless_line
from salesmetrics.ingest.read.html_table import declared_encoding, read_html
from salesmetrics.ingest.read.json_lines import read_json
from salesmetrics.ingest.read.long_text import LONG, encoding_of
from salesmetrics.ingest.read.parquet_file import read_parquet
from salesmetrics.ingest.read.plain import plain_line
from salesmetrics.ingest.read.sheet_xml import read_sheet_xml
from salesmetrics.ingest.read.workbook import read_workbook
from salesmetrics.ingest.sheet import Sheet

READABLE = frozenset(
    {".csv", ".tsv", ".tab", ".psv", ".txt", ".prn", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
    | {".parquet", ".pq", ".json", ".jsonl", ".ndjson", ".htm", ".html", ".zip", ".gz"}
)
"""The endings by which files of a folder are picked; a file that is named itself is read whatever its ending."""


def read_files(
    paths: Sequence[Path],
    connection: duckdb.DuckDBPyConnection,
    encodings: Mapping[str, str] = MappingProxyType({}),
    watch: Watch | None = None,
) -> tuple[Sheet, ...]:
    """Stage every sheet of every file, and of every file in every folder, in `connection`.

    A file that is given twice is read once. `encodings`: what a person says of a file's encoding, see
    `maps.encodings_of`; the bytes tell that of the others. `watch` is told how far it is. Raises FileError, a
    sentence for each file that cannot be read or holds no row of data, so that all can be mended at once.
    """
    sheets: list[Sheet] = []
    unread: list[str] = []
    seen: set[Path] = set()
    watch = watch or Watch()
    for path, label in _files(paths):
        try:
            real = path.resolve()
        except (OSError, ValueError) as error:
            raise FileError(_unopened(path)) from error
        if real not in seen:
            seen.add(real)
            try:
                sheets += _read_file(path, label, connection, encodings, watch)
            except FileError as error:
                unread.append(error.sentence)
            except duckdb.OutOfMemoryException as error:
                message = _("{file} needs more memory than a reading is given; split it, or delete columns of it.")
                raise FileError(message.format(file=label)) from error
    if unread:
        raise FileError(" ".join(unread))
    if not sheets:
        raise FileError(_("No file was given; name at least one CSV or Excel file, or a folder that holds some."))
    return tuple(sheets)


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        try:
            if not path.is_dir():
                yield path, plain_line(path.name)
                continue
            inside = sorted(child for child in path.rglob("*") if _is_offered(child, path))
        except (OSError, ValueError) as error:
            raise FileError(_unopened(path)) from error
        if not inside:
            message = _("The folder {folder} holds no CSV or Excel file; name a folder that does.")
            raise FileError(message.format(folder=path.name))
        for child in inside:
            yield child, plain_line(child.relative_to(path).as_posix())


def _is_offered(child: Path, folder: Path) -> bool:
    parts = child.relative_to(folder).parts
    return child.suffix.lower() in READABLE and not any(p[0] in ".~" for p in parts) and child.is_file()


def _unopened(path: Path) -> str:
    return _("{file} cannot be opened; check that it exists and that you may read it.").format(
        file=path.name.replace("\0", "")
    )


def _read_file(
    path: Path,
    label: str,
    connection: duckdb.DuckDBPyConnection,
    said: Mapping[str, str],
    watch: Watch,
    *,
    packed: bool = False,
) -> list[Sheet]:
    try:
        with path.open("rb") as opened:
            start = opened.read(LOOKED_AT)
            blank = not start.strip() and not any(map(bytes.strip, iter(lambda: opened.read(MEGABYTE), b"")))
    except FileNotFoundError as error:
        message = _("There is no file {file}; check the name and the folder.")
        raise FileError(message.format(file=path)) from error
    except (OSError, ValueError) as error:
        raise FileError(_unopened(path)) from error
    if blank:
        raise FileError(_("{file} is empty; export it again.").format(file=label))
    form = form_of(start)
    if form in (Form.ZIP, Form.GZIP) and not (form is Form.ZIP and is_workbook(path, label)):
        if packed:
            message = _("{file} is an archive within an archive; unpack it, and read what is in it.")
            raise FileError(message.format(file=label))
        return _read_archive(path, label, connection, said, form, watch)
    sheets = _read_form(path, label, connection, said, form, watch)
    if not sheets:
        raise FileError(_("{file} holds no cell with anything in it; export it again.").format(file=label))
    if not any(sheet.rows for sheet in sheets):
        message = _("{file} holds a header and no row below it; export it again with its rows.")
        raise FileError(message.format(file=label))
    return sheets


def _read_archive(
    path: Path,
    label: str,
    connection: duckdb.DuckDBPyConnection,
    said: Mapping[str, str],
    form: Form,
    watch: Watch,
) -> list[Sheet]:
    if form is Form.GZIP:
        with unpacked_gzip(path, label) as member:
            return _read_file(member.path, member.label, connection, said, watch, packed=True)
    sheets: list[Sheet] = []
    unread: list[str] = []
    with unpacked_zip(path, label, READABLE) as members:
        for member in members:
            try:
                sheets += _read_file(member.path, member.label, connection, said, watch, packed=True)
            except FileError as error:
                unread.append(error.sentence)
    if unread:
        raise FileError(" ".join(unread))
    return sheets


def _read_form(
    path: Path,
    label: str,
    connection: duckdb.DuckDBPyConnection,
    said: Mapping[str, str],
    form: Form,
    watch: Watch,
) -> list[Sheet]:
    if form in (Form.ZIP, Form.WORKBOOK):
        return read_workbook(connection, path, label)
    if form is Form.PARQUET:
        sheet = read_parquet(connection, path, label)
        return [sheet] if sheet else []
    if form is Form.TEXT:
        return _read_text_file(connection, path, label, encoding_said(label, said), watch)
    if path.stat().st_size > MOST_TEXT:
        message = _("{file} is larger than {size} MB, the most that is read in this form; save it as CSV.")
        raise FileError(message.format(file=label, size=f"{MOST_TEXT >> 20:,}"))
    data = path.read_bytes()
    declared = None if form is Form.JSON else declared_encoding(data)
    text, encoding = _decoded(data, label, encoding_said(label, said) or declared)
    if form is Form.HTML:
        return read_html(connection, text, label, encoding)
    if form is Form.SHEET_XML:
        return read_sheet_xml(connection, text, label)
    sheet = read_json(connection, text, label, encoding)
    return [sheet] if sheet else []


def _read_text_file(
    connection: duckdb.DuckDBPyConnection, path: Path, label: str, told: str | None, watch: Watch
) -> list[Sheet]:
    if path.stat().st_size > LONG:
        with suppress(NotDelimitedError):
            encoding = told or encoding_of(path)
            if encoding:
                sheet = read_long_text(connection, path, label, encoding, watch)
                return [sheet] if sheet else []
    data = path.read_bytes()
    refuse_endless_line(data, label)
    text, encoding = _decoded(data, label, told)
    sheet = read_text(connection, text, label, encoding)
    watch.add(bytes=len(data), rows=sheet.rows if sheet else 0)
    return [sheet] if sheet else []


def _decoded(data: bytes, label: str, told: str | None) -> tuple[str, str]:
    """Give the text of `data` and its encoding: the one that was `told`, else the one that its bytes show."""
    found = no_table(data[:LOOKED_AT])
    if found:
        message = _("{file} is {found}, not a table; save it as CSV or XLSX and read that.")
        raise FileError(message.format(file=label, found=found))
    decoded = decode_as(data, told) if told else decode(data)
    if decoded is None and told:
        message = _("{file} is not written in {encoding}; leave the encoding out, or name another one.")
        raise FileError(message.format(file=label, encoding=told))
    if decoded is None:
        message = _("{file} is neither text nor a spreadsheet; save it as CSV or XLSX and read that.")
        raise FileError(message.format(file=label))
    return decoded
