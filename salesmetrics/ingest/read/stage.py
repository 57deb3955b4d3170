"""Stage rows of text in DuckDB: one relation a sheet, trimmed, empty cells null, blank rows left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice

import duckdb
import pyarrow as pa

Row = tuple[int, list[str]]
"""A row's number in the file and its cells."""

BLANKS = " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2007\u2009\u200b\u202f\u3000\ufeff"
"""What is stripped from both ends of a cell: white space, no-break and ideographic spaces, byte order marks."""

_BATCH = 20_000
# Trimming by a list of characters costs seven times a look at both ends, and few cells need it.
_CLASS = "[" + "".join(f"\\x{{{ord(blank):x}}}" for blank in BLANKS) + "]"
_AT_AN_END = f"'^{_CLASS}|{_CLASS}$'"
# One sequence for the process: two readings that share a database never claim the same name.
_numbers = count(1)


def stage(connection: duckdb.DuckDBPyConnection, rows: Iterable[Row], width: int) -> str:
    """Stage `rows`, each of `width` cells, as a new table (`row`, `c0`, `c1`, ...) and give the table's name.

    Rows without any text are left out.
    """
    relation = f"sheet_{next(_numbers)}"
    _write(connection, f"CREATE TABLE {relation} AS", rows, width)
    return relation


def add(connection: duckdb.DuckDBPyConnection, relation: str, rows: Iterable[Row], width: int) -> None:
    """Add `rows`, each of `width` cells, to a staged relation."""
    _write(connection, f"INSERT INTO {relation}", rows, width)


def _write(connection: duckdb.DuckDBPyConnection, into: str, rows: Iterable[Row], width: int) -> None:
    names = [f"c{index}" for index in range(width)]
    schema = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in names)])
    source = f"incoming_{next(_numbers)}"
    trimmed = ", ".join(_trimmed(name) for name in names)
    connection.register(source, pa.RecordBatchReader.from_batches(schema, _batches(rows, schema)))
    try:
        connection.execute(
            f"{into} SELECT * FROM (SELECT row, {trimmed} FROM {source}) "
            f"WHERE coalesce({', '.join(names)}) IS NOT NULL",
            {"blanks": BLANKS},
        )
    finally:
        connection.unregister(source)


def drop_columns(connection: duckdb.DuckDBPyConnection, relation: str, width: int, keep: Sequence[int]) -> None:
    """Leave only the columns `keep` of a staged relation of `width` columns, renumbered from `c0`."""
    if len(keep) == width:
        return
    chosen = ", ".join(f"c{old} AS c{new}" for new, old in enumerate(keep))
    connection.execute(f"CREATE OR REPLACE TABLE {relation} AS SELECT row, {chosen} FROM {relation}")


def _trimmed(name: str) -> str:
    trimmed = f"CASE WHEN regexp_matches({name}, {_AT_AN_END}) THEN trim({name}, $blanks) ELSE {name} END"
    return f"nullif({trimmed}, '') AS {name}"


def _batches(rows: Iterable[Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    rows = iter(rows)
    while batch := list(islice(rows, _BATCH)):
        numbers = pa.array([number for number, _cells in batch], pa.int64())
        columns = zip(*(cells for _number, cells in batch), strict=True)
        yield pa.record_batch([numbers, *(pa.array(column, pa.string()) for column in columns)], schema=schema)
