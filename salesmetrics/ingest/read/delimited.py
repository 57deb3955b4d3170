"""Read a delimited text, divided as its own lines show; every row is kept or set aside with a reason."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb

from salesmetrics.ingest.progress import Watch, untold
from salesmetrics.ingest.read.blocks import Blocks, EndlessLineError
from salesmetrics.ingest.read.dialect import Dialect, find_dialect
from salesmetrics.ingest.read.guard import endless_line
from salesmetrics.ingest.read.long_text import chunks_of
from salesmetrics.ingest.read.plain import plain
from salesmetrics.ingest.read.stage import Row
from salesmetrics.ingest.read.table import Origin, stage_sheet
from salesmetrics.ingest.sheet import Sheet

_LINES_IN_A_CELL = 200
_LOOKED_AT = 2_000_000
_COMPILED = frozenset(",;\t|")


class NotDelimitedError(Exception):
    """A text has no mark between its cells."""


class _UnclosedQuoteError(Exception):
    pass


def read_text(connection: duckdb.DuckDBPyConnection, text: str, file: str, encoding: str) -> Sheet | None:
    """Stage the table that `text` holds; None when it holds nothing but blanks.

    A row's number counts records from the top, blank lines included, as a spreadsheet shows them.
    """
    text = plain(text)
    dialect = find_dialect(text)
    origin = Origin(file, encoding=encoding, delimiter=dialect.delimiter)
    try:
        return stage_sheet(connection, _rows(text, dialect), origin)
    except _UnclosedQuoteError:
        # A quotation mark that is never closed would swallow the rest of the file: then it is only a character.
        return stage_sheet(connection, _rows(text, replace(dialect, quoted=False)), origin)


def read_long_text(
    connection: duckdb.DuckDBPyConnection, path: Path, file: str, encoding: str, watch: Watch
) -> Sheet | None:
    """Stage the table of a text without ever holding all of it; the result is that of `read_text`.

    Raises FileError for a line without end, and NotDelimitedError where the text is divided by blanks.
    """
    dialect = find_dialect(beginning(path, encoding))
    if dialect.delimiter not in _COMPILED:
        raise NotDelimitedError
    origin = Origin(file, encoding=encoding, delimiter=dialect.delimiter)
    before = watch.bytes, watch.rows
    for meant in (dialect, replace(dialect, quoted=False)):
        watch.bytes, watch.rows = before
        blocks = Blocks(chunks_of(path, encoding, watch), meant, partial(_divided, dialect=meant), watch)
        try:
            return stage_sheet(connection, blocks, origin)
        except EndlessLineError as error:
            raise endless_line(file) from error
        except _UnclosedQuoteError:
            continue
    return None


def beginning(path: Path, encoding: str) -> str:
    """Give the first two million characters of a file, by which its dialect is told."""
    text = ""
    for chunk in chunks_of(path, encoding, Watch(untold)):
        text += chunk.decode(errors="replace")
        if len(text) >= _LOOKED_AT:
            break
    return text[:_LOOKED_AT]


def _rows(text: str, dialect: Dialect) -> Iterator[Row]:
    records = enumerate(_checked(dialect.records(text), dialect), start=1)
    return ((number, cells) for number, cells in records if number > 1 or text[:4].lower() != "sep=")


def _divided(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    if dialect.quoted:
        return _checked(csv.reader(lines, delimiter=dialect.delimiter), dialect)
    return _checked(csv.reader(lines, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE), dialect)


def _checked(records: Iterator[list[str]], dialect: Dialect) -> Iterator[list[str]]:
    try:
        for cells in records:
            if not dialect.quoted:
                yield [_bare(cell) for cell in cells]
                continue
            if len(cells) and max(map(len, cells)) > 2_000 and _swallowed(cells):
                raise _UnclosedQuoteError
            yield cells
    except csv.Error as error:
        raise _UnclosedQuoteError from error


def _swallowed(cells: list[str]) -> bool:
    return any(cell.count("\n") + cell.count("\r") > _LINES_IN_A_CELL for cell in cells)


def _bare(cell: str) -> str:
    whole = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if whole else cell
