"""Rows that repeat an earlier row in every column, counted among those whose prints are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from salesmetrics.ingest.plain_lane.block import read_block
from salesmetrics.ingest.plain_lane.layout import Layout
from salesmetrics.ingest.plain_lane.lines import Lines
from salesmetrics.ingest.plain_lane.not_plain import NotPlainError
from salesmetrics.ingest.plain_lane.sample import FIRST_ROW

_MOST = 200_000


def repeated_lines(
    connection: duckdb.DuckDBPyConnection, lines: Lines, layout: Layout, places: Sequence[int]
) -> int:
    """Count the rows at `places` (from 0) that repeat another of them in every column that is read.

    Raises NotPlainError where they are too many to be read again one by one.
    """
    if len(places) > _MOST:
        raise NotPlainError
    if not places:
        return 0
    again = b"\n".join(_texts(lines, places))
    rows = read_block(again, layout).rows
    connection.register("alike", rows)
    columns = ", ".join(f'"{field.name}"' for field in layout.fields)
    row = connection.execute(
        f"SELECT sum(n - 1) FROM (SELECT count(*) AS n FROM alike GROUP BY {columns} HAVING n > 1)"
    ).fetchone()
    connection.unregister("alike")
    return int(row[0] or 0) if row else 0


def _texts(lines: Lines, places: Sequence[int]) -> Iterator[bytes]:
    for _number, line in lines.take(place + FIRST_ROW for place in sorted(places)):
        yield line.removesuffix(b"\r")
