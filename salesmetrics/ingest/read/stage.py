"""Stage rows of text in DuckDB: one relation a sheet, trimmed, empty cells null, blank rows left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, reduce
from itertools import count
from typing import TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset  # The engine asks for it where it takes batches: not in the midst of a first reading.

Row = tuple[int, list[str]]
"""A row's number in the file and its cells."""

Piece: TypeAlias = Row | pa.RecordBatch
"""A row as it is, or many at once (`row`, `c0`, `c1`, ...), trimmed, with empty cells null."""

BLANKS = " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2007\u2009\u200b\u202f\u3000\ufeff"
"""What is stripped from both ends of a cell: white space, no-break and ideographic spaces, byte order marks."""

_BATCH = 20_000
# A query over all columns of a table holds a block of each, and of its nulls, in every thread.
_ROOM, _ROOM_OF_A_COLUMN = 200 << 20, 2 << 20
# One sequence for the process: two readings that share a database never claim the same name.
_numbers = count(1)


def stage(connection: duckdb.DuckDBPyConnection, pieces: Iterable[Piece], width: int) -> str:
    """Stage the rows of `pieces`, each of `width` cells, as a new table (`row`, `c0`, `c1`, ...); give its name.

    Rows without any text are left out. What `pieces` raises is raised.
    """
    relation = f"sheet_{next(_numbers)}"
    _write(connection, f"CREATE TABLE {relation} AS", pieces, width)
    return relation


def add(connection: duckdb.DuckDBPyConnection, relation: str, rows: Iterable[Row], width: int) -> None:
    """Add `rows`, each of `width` cells, to a staged relation."""
    _write(connection, f"INSERT INTO {relation}", rows, width)


@cache
def schema_of(width: int) -> pa.Schema:
    """Give the columns of a staged relation of `width` cells a row."""
    return pa.schema([("row", pa.int64()), *((f"c{index}", pa.string()) for index in range(width))])


def _write(connection: duckdb.DuckDBPyConnection, into: str, pieces: Iterable[Piece], width: int) -> None:
    schema = schema_of(width)
    source = f"incoming_{next(_numbers)}"
    raised: list[BaseException] = []
    batches = _heard(_one_ahead(_batches(pieces, schema)), raised)
    connection.register(source, pa.RecordBatchReader.from_batches(schema, batches))
    [(threads, limit)] = connection.execute(
        "SELECT current_setting('threads'), current_setting('memory_limit')"
    ).fetchall()
    try:
        # Two threads that append to one table wait for each other; the other one reads ahead instead.
        connection.execute("SET threads = 1")
        if _bytes(limit) < (room := _ROOM + width * _ROOM_OF_A_COLUMN):
            connection.execute(f"SET memory_limit = '{room}B'")
        connection.execute(f"{into} SELECT * FROM {source}")
    except duckdb.Error as error:
        # The engine asks for the batches and makes an error of its own of whatever that raises.
        raise (raised[0] if raised else error) from error
    finally:
        connection.execute(f"SET threads = {threads}")
        connection.unregister(source)


def _bytes(written: str) -> float:
    """Read a size as the engine writes it.

    >>> _bytes("305.1 MiB") == 305.1 * 2**20
    True
    """
    number, unit = written.split()
    return float(number) * {"bytes": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}[unit]


def _heard(batches: Iterator[pa.RecordBatch], raised: list[BaseException]) -> Iterator[pa.RecordBatch]:
    try:
        yield from batches
    except BaseException as error:
        raised.append(error)
        raise


def drop_columns(connection: duckdb.DuckDBPyConnection, relation: str, width: int, keep: Sequence[int]) -> None:
    """Leave only the columns `keep` of a staged relation of `width` columns, renumbered from `c0`."""
    if len(keep) == width:
        return
    chosen = ", ".join(f"c{old} AS c{new}" for new, old in enumerate(keep))
    connection.execute(f"CREATE OR REPLACE TABLE {relation} AS SELECT row, {chosen} FROM {relation}")


def _one_ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Give `batches`, the next one already under way while one is used."""
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = beside.submit(next, batches, None)
            yield batch


def _batches(pieces: Iterable[Piece], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    rows: list[Row] = []
    for piece in pieces:
        if isinstance(piece, tuple):
            rows.append(piece)
        if rows and (len(rows) == _BATCH or not isinstance(piece, tuple)):
            yield _with_text(_batch(rows, schema))
            rows = []
        if not isinstance(piece, tuple):
            yield _with_text(piece)
    if rows:
        yield _with_text(_batch(rows, schema))


def _with_text(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Leave out the rows of a batch that hold no text at all."""
    cells = batch.columns[1:]
    if not all(column.null_count for column in cells):
        return batch
    return batch.filter(reduce(pc.or_, (pc.is_valid(column) for column in cells)))


def _batch(rows: Sequence[Row], schema: pa.Schema) -> pa.RecordBatch:
    numbers = pa.array([number for number, _cells in rows], pa.int64())
    columns = zip(*(cells for _number, cells in rows), strict=True)
    texts = (pa.array([cell.strip(BLANKS) or None for cell in column], pa.string()) for column in columns)
    return pa.record_batch([numbers, *texts], schema=schema)
