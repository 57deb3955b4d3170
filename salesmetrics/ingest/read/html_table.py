"""Read the tables of a web page, which many systems hand out as "Excel" files named .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb

from salesmetrics.errors import FileError
from salesmetrics.i18n import _
from salesmetrics.ingest.read.bounds import MOST_COLUMNS
from salesmetrics.ingest.read.encoding_said import known_encoding
from salesmetrics.ingest.read.guard import too_wide
from salesmetrics.ingest.read.markup import Tag, tags_and_text
from salesmetrics.ingest.read.plain import plain
from salesmetrics.ingest.read.stage import Row
from salesmetrics.ingest.read.table import Origin, stage_sheet
from salesmetrics.ingest.sheet import Sheet

_BREAKING = frozenset({"br", "p", "div", "li"})
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,20})|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]{2,20})",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    open_cell: list[str] | None = None
    exact: str = ""
    span: int = 1
    down: int = 1
    kept: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Columns that a cell of a row above reaches down into -> rows left, and its text."""
    header_cell: bool = False
    in_row: bool = False


class _Reader:
    def __init__(self, file: str) -> None:
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._file = file

    def read(self, page: str) -> None:
        for each in tags_and_text(page):
            if isinstance(each, str):
                self._text(each)
            elif each.closing:
                self._close(each.name)
            else:
                self._begin(each)
            if isinstance(each, Tag) and each.name in _BREAKING:
                self._text(" ")
        while self._open:
            self._close_row(self._open.pop())

    def _begin(self, tag: Tag) -> None:
        if tag.name == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif self._open and tag.name == "tr":
            self._close_row(self._open[-1])
            _begin_row(self._open[-1])
        elif self._open and tag.name in ("td", "th"):
            table = self._open[-1]
            self._close_cell(table)
            table.open_cell, table.header_cell = [], tag.name == "th"
            # Excel writes the number itself beside the text that shows it.
            table.exact = tag.said.get("x:num", "")
            table.span, table.down = _count(tag.said.get("colspan")), _count(tag.said.get("rowspan"))

    def _close(self, name: str) -> None:
        if not self._open:
            return
        if name == "table":
            self._close_row(self._open.pop())
        elif name == "tr":
            self._close_row(self._open[-1])
        elif name in ("td", "th"):
            self._close_cell(self._open[-1])

    def _text(self, text: str) -> None:
        cell = self._open[-1].open_cell if self._open else None
        if cell is not None:
            cell.append(text)

    def _close_cell(self, table: _Table) -> None:
        if table.open_cell is None:
            return
        text = table.exact or _SPACES.sub(" ", plain("".join(table.open_cell))).strip()
        table.open_cell = None
        if not table.in_row:
            _begin_row(table)
        row = table.rows[-1]
        self._reach_down(table, row)
        if table.down > 1:
            # A name over two rows of names stands once; a region beside its rows is the region of each.
            below = "" if table.header_cell else text
            table.kept.update({len(row) + at: (table.down, below if at == 0 else "") for at in range(table.span)})
        row += [text, *[""] * (table.span - 1)]
        if len(row) > MOST_COLUMNS:
            raise too_wide(self._file, len(row))

    def _close_row(self, table: _Table) -> None:
        self._close_cell(table)
        if not table.in_row:
            return
        table.in_row = False
        self._reach_down(table, table.rows[-1])
        table.kept = {at: (left - 1, text) for at, (left, text) in table.kept.items() if left > 1}

    def _reach_down(self, table: _Table, row: list[str]) -> None:
        while len(row) in table.kept:
            row.append(table.kept[len(row)][1])


def _begin_row(table: _Table) -> None:
    table.rows.append([])
    table.in_row = True


def _count(said: str | None) -> int:
    text = (said or "").strip()
    return min(max(int(text), 1), MOST_COLUMNS + 1) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def declared_encoding(data: bytes) -> str | None:
    """Give the encoding that a page or an XML document says it is written in, None where it is not true.

    >>> declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=big5">')
    'big5'
    """
    found = _DECLARED.search(data[:4096])
    encoding = known_encoding(next(filter(None, found.groups())).decode()) if found else None
    try:
        return encoding if encoding and data.decode(encoding) else None
    except UnicodeError:
        return None


def read_html(connection: duckdb.DuckDBPyConnection, text: str, file: str, encoding: str) -> list[Sheet]:
    """Stage every table of a web page; where there are several they are called `table 1`, `table 2`, ...

    Raises FileError when there is none, or one is too wide.
    """
    reader = _Reader(file)
    reader.read(text)
    filled = [table.rows for table in reader.tables if any(map(any, table.rows))]
    # Beside a table of data, one of a single row or column only lays out the page.
    data = [rows for rows in filled if len(rows) > 1 and max(map(len, rows)) > 1] or filled
    if not data:
        raise _without_table(file)
    sheets = []
    for number, rows in enumerate(data, start=1):
        name = _("table {number}").format(number=number) if len(data) > 1 else None
        sheet = stage_sheet(connection, _numbered(rows), Origin(file, sheet=name, encoding=encoding))
        if sheet is not None:
            sheets.append(sheet)
    return sheets


def _numbered(rows: list[list[str]]) -> Iterator[Row]:
    width = max(map(len, rows))
    return ((number, [*row, *[""] * (width - len(row))]) for number, row in enumerate(rows, start=1))


def _without_table(file: str) -> FileError:
    message = _("{file} is a web page or XML document without a table; save it as CSV or XLSX and read that.")
    return FileError(message.format(file=file))
