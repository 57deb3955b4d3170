"""Look through the parts of a packed workbook before its reader opens it: sizes, declarations, and how far cells lie."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from salesmetrics.errors import FileError
from salesmetrics.i18n import _
from salesmetrics.ingest.read.archive import Meter, opened_zip, unpacked_pieces
from salesmetrics.ingest.read.bounds import MEGABYTE, MOST_CELLS, MOST_WORKBOOK

_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PLACE = rb"\sr\s*=\s*[\"']"
_COLUMNS = re.compile(_PLACE + rb"([A-Za-z]{1,3})\d")
_ROWS = re.compile(_PLACE + rb"[A-Za-z]{0,3}(\d{1,7})[\"']")
_FILLED = re.compile(rb"<(?:\w+:)?c\s(?=[^>]*?[^/]>)[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_PLACED = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_ODS_TAG = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s>/])([^>]*)>([^<]*)")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"'](\d{1,9})")
_LONGEST_TAG = MEGABYTE
_ROW_RECORD, _CELL_RECORDS = 0, range(2, 12)


@dataclass
class _Reach:
    """The smallest rectangle around the cells of a sheet, in rows and columns that count from 1."""

    rows: tuple[int, int] = (1 << 30, 0)
    columns: tuple[int, int] = (1 << 30, 0)
    counted: bool = False
    """Whether cells were counted that do not say where they stand."""

    def add(self, rows: Iterable[int], columns: Iterable[int]) -> None:
        for number in rows:
            self.rows = min(self.rows[0], number), max(self.rows[1], number)
        for number in columns:
            self.columns = min(self.columns[0], number), max(self.columns[1], number)

    @property
    def cells(self) -> int:
        return max(0, self.rows[1] - self.rows[0] + 1) * max(0, self.columns[1] - self.columns[0] + 1)


def check_parts(path: Path, file: str) -> None:
    """Raise FileError when the workbook at `path` unpacks to too much, declares entities, or spans too many cells.

    Nothing of it is held: every part goes by in pieces.
    """
    with opened_zip(path, file) as archive:
        meter = Meter(file, path.stat().st_size, MOST_WORKBOOK)
        for info in archive.infolist():
            reach = _reach(archive, info, meter, file)
            if reach.cells > MOST_CELLS and not (reach.counted or _is_binary(info)):
                reach = _exactly(archive, info, file)
            if reach.cells > MOST_CELLS:
                message = _(
                    "{file} has single cells far away from its table, so that it spans {rows} rows and {columns} "
                    "columns; delete the rows below and the columns beside the table, and save it again."
                )
                rows, columns = (last - first + 1 for first, last in (reach.rows, reach.columns))
                raise FileError(message.format(file=file, rows=f"{rows:,}", columns=f"{columns:,}"))


def _reach(archive: zipfile.ZipFile, info: zipfile.ZipInfo, meter: Meter, file: str) -> _Reach:
    pieces = unpacked_pieces(archive, info, meter)
    first = next(pieces, b"")
    reach = _Reach()
    if _is_binary(info):
        if re.search(r"sheets[/\\]", info.filename, re.IGNORECASE):
            _binary(first + b"".join(pieces), reach)
        return reach
    if not first.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        for _piece in pieces:
            pass
        return reach
    sheet = _OpenDocument(reach) if info.filename == "content.xml" else _OfficeSheet(reach)
    for tags in _whole_tags(first, pieces):
        if _DECLARED.search(tags):
            message = _(
                "{file} declares XML entities, which no spreadsheet needs; open it, save it again as XLSX."
            )
            raise FileError(message.format(file=file))
        sheet.add(tags)
    return reach


def _is_binary(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith(".bin")


def _whole_tags(first: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give the pieces cut before a tag, so that none is divided."""
    wide = first.startswith(_UTF16)
    held = first.replace(b"\0", b"") if wide else first
    for piece in pieces:
        cut = held.rfind(b"<")
        if cut > 0:
            yield held[:cut]
            held = held[cut:]
        elif len(held) > _LONGEST_TAG:
            # One long text: what matters of it, its beginning, has been seen.
            yield held
            held = b""
        held += piece.replace(b"\0", b"") if wide else piece
    yield held


@dataclass
class _OfficeSheet:
    """Follows the cells of an XLSX sheet; those that do not say where they stand come after one another."""

    reach: _Reach
    _row: int = 0
    _unplaced: int = 0

    def add(self, tags: bytes) -> None:
        columns = {_column(letters) for letters in set(_COLUMNS.findall(tags))}
        self.reach.add(map(int, set(_ROWS.findall(tags))), columns)
        cells = len(_CELL.findall(tags))
        if cells and cells != len(_PLACED.findall(tags)):
            self._count(tags)
        else:
            self._unplaced = 0

    def _count(self, tags: bytes) -> None:
        parts = _ROW.split(tags)
        for number, part in enumerate(parts):
            if number:
                self._row += 1
                self._unplaced = 0
            self._unplaced += len(_CELL.findall(part))
            if self._unplaced:
                self.reach.counted = True
                self.reach.add((1, self._row), (1, self._unplaced))


@dataclass
class _OpenDocument:
    """Follows the cells of an ODS sheet, where one cell or row can stand for thousands of repetitions."""

    reach: _Reach
    _table: _Reach = field(default_factory=_Reach)
    _row: int = 0
    _times: int = 1
    _column: int = 0
    _last: int = 0

    def add(self, tags: bytes) -> None:
        for closing, tag, attributes, text in _ODS_TAG.findall(tags):
            if tag == b"table":
                self._next_table()
            elif tag == b"table-row":
                self._follow_row(bool(closing), attributes)
            elif not closing:
                self._column += _times(attributes)
                if not attributes.endswith(b"/") or b"value" in attributes or text.strip():
                    self._last = self._column

    def _follow_row(self, closing: bool, attributes: bytes) -> None:
        if not closing:
            self._times, self._column, self._last = _times(attributes), 0, 0
            self._row += self._times
        elif self._last:
            self._table.add((self._row - self._times + 1, self._row), (1, self._last))

    def _next_table(self) -> None:
        if self._table.cells > self.reach.cells:
            self.reach.rows, self.reach.columns, self.reach.counted = self._table.rows, self._table.columns, True
        self._table, self._row = _Reach(), 0


def _times(attributes: bytes) -> int:
    said = _REPEATED.search(attributes)
    return int(said[1]) if said else 1


def _exactly(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: str) -> _Reach:
    """Tell how far the cells that hold something reach: formats alone often run to the last row."""
    reach = _Reach()
    pieces = unpacked_pieces(archive, info, Meter(file, 1 << 62, MOST_WORKBOOK))
    for tags in _whole_tags(next(pieces, b""), pieces):
        filled = set(_FILLED.findall(tags))
        reach.add((int(row) for _letters, row in filled), {_column(letters) for letters, _row in filled})
    return reach


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _binary(data: bytes, reach: _Reach) -> None:
    """Follow the cells of an XLSB sheet: records of a kind and a length, each as bytes of seven bits."""
    at, size = 0, len(data)
    while at < size:
        kind, at = _seven_bits(data, at, 2)
        length, at = _seven_bits(data, at, 4)
        if kind == _ROW_RECORD:
            reach.add((int.from_bytes(data[at : at + 4], "little") + 1,), ())
        elif kind in _CELL_RECORDS:
            reach.add((), (int.from_bytes(data[at : at + 4], "little") + 1,))
        at += length


def _seven_bits(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for place in range(most):
        byte = data[at] if at < len(data) else 0
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return value, at
