"""Several tables below each other on one sheet: only the first is read, and the rows of the others are set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.read.header import kind, names_over
from salesmetrics.ingest.read.stage import BLANKS, Row
from salesmetrics.ingest.read.totals import Extra, delete

# A sheet that people put together by hand is no longer than this.
_MOST = 200_000
_BELOW = 20
_TRIED = 200
_WORD = re.compile(r"[^\W\d]")


def other_table_among(odd: Sequence[Row]) -> int | None:
    """Give the number of the row that begins another table, among rows of another width than the header's.

    It is a row of names with rows of its own width right below it, that hold numbers or dates.
    """
    for (number, cells), (below, values) in pairwise(odd):
        names = [cell.strip(BLANKS) for cell in cells]
        rest = [value.strip(BLANKS) for value in values]
        if below - number > 1 or len(names) != len(rest) or sum(map(bool, names)) < 2:
            continue
        if all(_WORD.search(name) and kind(name) == "text" for name in names if name) and names_over(
            names, [rest]
        ):
            return number
    return None


def take_other_tables(
    connection: duckdb.DuckDBPyConnection, relation: str, width: int, start: int | None
) -> list[Extra]:
    """Take the rows of further tables out of a staged relation of `width` columns.

    `start` is where one is known to begin. Others begin with names over their own numbers, below a gap or a title.
    """
    found = [row for row in (start, _header(connection, relation, width)) if row is not None]
    if not found:
        return []
    first = min(found)
    cells = ", ".join(f"c{index}" for index in range(width))
    rows = connection.execute(
        f"SELECT row, {cells} FROM {relation} WHERE row >= ? ORDER BY row", [first]
    ).fetchall()
    delete(connection, relation, [row for row, *_values in rows])
    reason = another_table(first)
    return [Extra(row, tuple(value or "" for value in values), reason) for row, *values in rows]


def another_table(row: int) -> str:
    """Say why the rows from `row` on are not read."""
    message = _("Another table begins in row {row} of this sheet; put it on a sheet or in a file of its own.")
    return message.format(row=row)


def _header(connection: duckdb.DuckDBPyConnection, relation: str, width: int) -> int | None:
    """Give the first row of names that stands over its own numbers, where numbers or dates stood above it."""
    [(rows,)] = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
    if rows > _MOST or width == 1:
        return None
    filled = " + ".join(f"CAST(c{index} IS NOT NULL AS INTEGER)" for index in range(width))
    digits = " + ".join(
        f"CAST(coalesce(regexp_matches(c{index}, '\\d'), false) AS INTEGER)" for index in range(width)
    )
    candidates = connection.execute(
        f"SELECT row FROM (SELECT row, {filled} AS filled, {digits} AS digits, row - lag(row) OVER w AS gap, "
        f"lag({filled}) OVER w AS above FROM {relation} WINDOW w AS (ORDER BY row)) "
        f"WHERE filled > 1 AND 2 * digits <= filled AND (gap > 1 OR above = 1) ORDER BY row LIMIT {_TRIED}"
    ).fetchall()
    for (row,) in candidates:
        names, *body = _cells(connection, relation, width, f"row >= {row} ORDER BY row")
        above = _cells(connection, relation, width, f"row < {row} ORDER BY row DESC")
        if names_over(names, body) and names_over(names, above):
            return int(row)
    return None


def _cells(connection: duckdb.DuckDBPyConnection, relation: str, width: int, where: str) -> list[list[str]]:
    cells = ", ".join(f"c{index}" for index in range(width))
    found = connection.execute(f"SELECT {cells} FROM {relation} WHERE {where} LIMIT {_BELOW}").fetchall()
    return [[value or "" for value in values] for values in found]
