"""Read the XML spreadsheets of 2003 (SpreadsheetML), which some systems still hand out under the name .xls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

import duckdb

from salesmetrics.errors import FileError
from salesmetrics.i18n import _
from salesmetrics.ingest.read.bounds import MOST_COLUMNS, MOST_DEPTH
from salesmetrics.ingest.read.guard import too_wide
from salesmetrics.ingest.read.plain import plain, plain_line
from salesmetrics.ingest.read.stage import Row
from salesmetrics.ingest.read.table import Origin, stage_sheet
from salesmetrics.ingest.sheet import Sheet

_SPACE = "urn:schemas-microsoft-com:office:spreadsheet "
_MIDNIGHT = ("T00:00:00.000", "T00:00:00")


class _UnfitError(Exception):
    """The document is damaged, declares entities or is too deep."""


@dataclass
class _Reader:
    file: str
    sheets: list[tuple[str, list[Row]]] = field(default_factory=list)
    _row: int = 0
    _column: int = 0
    _kind: str = ""
    _text: list[str] | None = None
    _depth: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise _UnfitError
        said = {name.removeprefix(_SPACE): value for name, value in attributes.items()}
        name = tag.removeprefix(_SPACE)
        if name == "Worksheet":
            self.sheets.append((plain_line(said.get("Name", "")), []))
            self._row = 0
        elif name == "Row" and self.sheets:
            self._row = _index(said, self._row + 1)
            self._column = 0
            self.sheets[-1][1].append((self._row, []))
        elif name == "Cell" and self.sheets and self.sheets[-1][1]:
            self._column = _index(said, self._column + 1)
            if self._column > MOST_COLUMNS:
                raise too_wide(self.file, self._column)
            cells = self.sheets[-1][1][-1][1]
            cells += [""] * (self._column - len(cells))
            self._column += _number(said.get("MergeAcross"), 0)
        elif name == "Data":
            self._kind, self._text = said.get("Type", "String"), []

    def end(self, tag: str) -> None:
        self._depth -= 1
        if tag.removeprefix(_SPACE) == "Data" and self._text is not None:
            text, self._text = "".join(self._text), None
            if self.sheets and self.sheets[-1][1] and self.sheets[-1][1][-1][1]:
                self.sheets[-1][1][-1][1][-1] = _value(text, self._kind)

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def refuse(self, *_declared: object) -> None:
        raise _UnfitError


def _index(said: dict[str, str], usual: int) -> int:
    # Rows and cells are only ever left out forwards.
    return max(_number(said.get("Index"), usual), usual)


def _number(said: str | None, usual: int) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 9 else usual


def _value(text: str, kind: str) -> str:
    if kind == "Error":
        return ""
    if kind == "Boolean":
        return "true" if text.strip() == "1" else "false"
    if kind == "DateTime":
        for midnight in _MIDNIGHT:
            text = text.removesuffix(midnight)
        return text.removesuffix(".000").replace("T", " ")
    return plain(text)


def read_sheet_xml(connection: duckdb.DuckDBPyConnection, text: str, file: str) -> list[Sheet]:
    """Stage every worksheet of an XML spreadsheet that holds something.

    Raises FileError when it is damaged, too wide, or declares entities, which could unfold without end.
    """
    reader = _Reader(file)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.refuse
    parser.buffer_text = True
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, _UnfitError) as error:
        message = _("{file} is a damaged or unsafe XML spreadsheet; open it, save it as XLSX, and read that.")
        raise FileError(message.format(file=file)) from error
    sheets = []
    for name, rows in reader.sheets:
        sheet = stage_sheet(connection, _filled(rows), Origin(file, sheet=name or None))
        if sheet is not None:
            sheets.append(sheet)
    return sheets


def _filled(rows: list[Row]) -> Iterator[Row]:
    width = max((len(cells) for _number, cells in rows), default=0)
    return ((number, [*cells, *[""] * (width - len(cells))]) for number, cells in rows)
