"""Stage rows whose columns have their names from the file itself: nothing is left to find out about a header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from salesmetrics.ingest.read.bounds import MOST_COLUMNS
from salesmetrics.ingest.read.guard import Guard, too_wide
from salesmetrics.ingest.read.header import names
from salesmetrics.ingest.read.plain import plain_line
from salesmetrics.ingest.read.stage import Row, stage
from salesmetrics.ingest.read.table import Origin
from salesmetrics.ingest.sheet import Sheet


def stage_named(
    connection: duckdb.DuckDBPyConnection, named: Sequence[str], rows: Iterable[Row], origin: Origin
) -> Sheet | None:
    """Stage `rows`, each with a cell for every name in `named`; None where there is no column at all.

    Raises FileError when there are too many columns.
    """
    if not named:
        return None
    header = header_of(named, origin.file)
    guard = Guard(origin.file, origin.sheet)
    relation = stage(connection, guard.within_bounds(rows), len(header))
    [(kept,)] = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
    return Sheet(
        file=origin.file,
        name=origin.sheet,
        header=header,
        header_row=0,
        relation=relation,
        rows=kept + len(guard.aside),
        encoding=origin.encoding,
        set_aside=tuple(guard.aside),
    )


def header_of(named: Sequence[str], file: str) -> tuple[str, ...]:
    """Give the names of columns as a sheet has them; raises FileError when there are too many."""
    if len(named) > MOST_COLUMNS:
        raise too_wide(file, len(named))
    return names([plain_line(name) for name in named])
