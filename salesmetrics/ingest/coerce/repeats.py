"""Cells that repeat are looked at once: dates and amounts of a large file are far fewer than its rows."""

from __future__ import annotations

import duckdb

_OFTEN = 4
_FIRST = 100


def starts_with(connection: duckdb.DuckDBPyConnection, relation: str, cell: str, condition: str) -> bool:
    """Tell whether the first cells of a column all meet `condition` (SQL): where not, it need not be tried on all."""
    row = connection.execute(
        f"SELECT bool_and(coalesce({condition}, false)) FROM (SELECT {cell} FROM {relation} WHERE {cell} IS NOT NULL "
        f"LIMIT {_FIRST})"
    ).fetchone()
    return row is None or row[0] is not False


def looked_at(connection: duckdb.DuckDBPyConnection, relation: str, text: str, filled_if: str) -> str:
    """SQL for the filled cells of a column (x, with n rows each), those that repeat once where most do."""
    rows = f"SELECT {text} AS x, 1 AS n FROM {relation} WHERE {filled_if}"
    [(cells, different)] = connection.execute(
        f"SELECT count(x), approx_count_distinct(x) FROM ({rows})"
    ).fetchall()
    if different * _OFTEN > cells:
        return f"({rows})"
    return f"(SELECT x, count(*) AS n FROM ({rows}) GROUP BY x)"
