"""Read a delimited text, divided as its own lines show; every row is kept or set aside with a reason."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace

import duckdb

from salesmetrics.ingest.read.dialect import Dialect, find_dialect
from salesmetrics.ingest.read.stage import Row
from salesmetrics.ingest.read.table import Origin, stage_sheet
from salesmetrics.ingest.sheet import Sheet

_LINES_IN_A_CELL = 200


class _UnclosedQuoteError(Exception):
    pass


def read_text(connection: duckdb.DuckDBPyConnection, text: str, file: str, encoding: str) -> Sheet | None:
    """Stage the table that `text` holds; None when it holds nothing but blanks.

    A row's number counts records from the top, blank lines included, as a spreadsheet shows them.
    """
    text = text.replace("\0", "").removesuffix("\x1a")
    dialect = find_dialect(text)
    origin = Origin(file, encoding=encoding, delimiter=dialect.delimiter)
    try:
        return stage_sheet(connection, _rows(text, dialect), origin)
    except _UnclosedQuoteError:
        # A quotation mark that is never closed would swallow the rest of the file: then it is only a character.
        return stage_sheet(connection, _rows(text, replace(dialect, quoted=False)), origin)


def _rows(text: str, dialect: Dialect) -> Iterator[Row]:
    records = enumerate(dialect.records(text), start=1)
    try:
        for number, cells in records:
            if number == 1 and text[:4].lower() == "sep=":
                continue
            if dialect.quoted:
                if len(cells) and max(map(len, cells)) > 2_000 and _swallowed(cells):
                    raise _UnclosedQuoteError
                yield number, cells
            else:
                yield number, [_bare(cell) for cell in cells]
    except csv.Error as error:
        raise _UnclosedQuoteError from error


def _swallowed(cells: list[str]) -> bool:
    return any(cell.count("\n") + cell.count("\r") > _LINES_IN_A_CELL for cell in cells)


def _bare(cell: str) -> str:
    whole = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if whole else cell
