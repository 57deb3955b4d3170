"""What differs between two states of the same data: per table the rows new, changed and gone, with samples."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import duckdb

from salesmetrics.ingest.store import SQL_TYPES
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.tables import TABLES

SAMPLES = 5
"""So many rows of each kind are shown."""

_NAMED = 6
"""So many columns of a row that is new or gone are shown, the first that it fills."""

_MEMORY = "400MB"
"""What comparing and merging may take before it spills to the disk: it runs beside reading, in the same process."""


@dataclass(frozen=True)
class RowChange:
    """One row that differs: its key (None where its table has none), and by column the value before and after.

    `kind` is "new", "changed" or "gone"; of a changed row only the columns that differ are told, None is empty.
    """

    kind: str
    key: str | None
    values: Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True)
class TableChanges:
    """How one table changes: rows that are new, changed, gone and unchanged; `columns` counts changes by column.

    Without `key` a changed row is one gone and one new. Where files meet stored rows, `duplicate` counts rows of the
    files that are there already, and `left_out` rows that are there with other values and are not taken.
    """

    table: str
    key: tuple[str, ...]
    new: int = 0
    changed: int = 0
    gone: int = 0
    unchanged: int = 0
    duplicate: int = 0
    left_out: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    samples: tuple[RowChange, ...] = ()

    @property
    def any(self) -> bool:
        """Tell whether any row is new, changed or gone."""
        return bool(self.new or self.changed or self.gone)


def changes(old: Dataset, new: Dataset) -> tuple[TableChanges, ...]:
    """Give what differs between two datasets, table by table, those with most changes first.

    Rows are told apart by their table's key; without one, equal rows are counted against each other.
    """
    with comparing() as connection:
        found = [table_changes(connection, old, new, name) for name in TABLES if old.has(name) or new.has(name)]
    return tuple(sorted(found, key=lambda one: -(one.new + one.changed + one.gone)))


@contextmanager
def comparing() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a connection of bounded memory, which spills into a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="salesmetrics-spill-") as spill:
        config: dict[str, Any] = {"memory_limit": _MEMORY, "temp_directory": spill}
        with duckdb.connect(config=config) as connection:
            connection.execute("SET enable_progress_bar = false")
            yield connection


def key_of(table: str, *states: Dataset) -> tuple[str, ...]:
    """Give the key by which rows of a table are the same in several states; empty where there is none.

    A key that reading made up from a row's place in its file names another row in another file.
    """
    key = TABLES[table].key
    made_up = any(
        f"{column}_synthesized" in one.tables[table].notes
        for one in states if one.has(table) for column in key
    )  # fmt: skip
    return () if made_up else key


def compared_columns(table: str, *states: Dataset) -> list[str]:
    """Give the columns in which rows can differ: those that any state fills, but for a key that was made up."""
    filled = {column for one in states if one.has(table) for column in one.tables[table].columns}
    left = set(TABLES[table].key) if TABLES[table].key and not key_of(table, *states) else set()
    return [column.name for column in TABLES[table].columns if column.name in filled - left]


def rows_of(state: Dataset, table: str) -> str:
    """Give the rows of a stored table in SQL, each with its place in the file; no rows where it has no such table."""
    if state.has(table):
        path = str(state.folder / f"{table}.parquet").replace("'", "''")
        return f"(SELECT * FROM read_parquet('{path}', file_row_number = true))"  # noqa: S608
    empty = ", ".join(
        f'CAST(NULL AS {SQL_TYPES[column.type]}) AS "{column.name}"' for column in TABLES[table].columns
    )
    return f"(SELECT {empty}, 0 AS file_row_number WHERE false)"


def table_changes(
    connection: duckdb.DuckDBPyConnection,
    old: Dataset,
    new: Dataset,
    table: str,
    columns: Collection[str] | None = None,
) -> TableChanges:
    """Give what differs in one table, looking only at `columns` where they are named."""
    key = key_of(table, old, new)
    seen = [one for one in compared_columns(table, old, new) if columns is None or one in columns or one in key]
    return (_by_key if key else _by_value)(connection, old, new, table, seen)


def counted(
    connection: duckdb.DuckDBPyConnection, old: Dataset, new: Dataset, table: str, columns: Sequence[str]
) -> str:
    """Count every different row of a table on both sides, and give the name of what holds `was`, `is_now` and `place`.

    `place` is where the row first stands in the new state.
    """
    names = ", ".join(f'"{column}"' for column in columns)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE counted AS SELECT {names}, count(*) FILTER (NOT late) AS was, "  # noqa: S608
        f"count(*) FILTER (late) AS is_now, min(file_row_number) FILTER (late) AS place FROM ("
        f"SELECT {names}, false AS late, file_row_number FROM {rows_of(old, table)} UNION ALL "
        f"SELECT {names}, true, file_row_number FROM {rows_of(new, table)}) GROUP BY {names}"
    )
    return "counted"


def _by_value(
    connection: duckdb.DuckDBPyConnection, old: Dataset, new: Dataset, table: str, columns: Sequence[str]
) -> TableChanges:
    rows = counted(connection, old, new, table, columns)
    [(added, gone, same)] = connection.execute(
        "SELECT coalesce(sum(greatest(is_now - was, 0)), 0), coalesce(sum(greatest(was - is_now, 0)), 0), "  # noqa: S608
        f"coalesce(sum(least(was, is_now)), 0) FROM {rows}"
    ).fetchall()
    samples = [
        *_listed(connection, f"SELECT * FROM {rows} WHERE is_now > was ORDER BY place", "new", columns),  # noqa: S608
        *_listed(connection, f"SELECT * FROM {rows} WHERE was > is_now", "gone", columns),  # noqa: S608
    ]
    return TableChanges(table, (), int(added), 0, int(gone), int(same), samples=tuple(samples))


def _by_key(
    connection: duckdb.DuckDBPyConnection, old: Dataset, new: Dataset, table: str, columns: Sequence[str]
) -> TableChanges:
    [key] = key_of(table, old, new)
    rest = [column for column in columns if column != key]
    differ = " OR ".join(f'o."{column}" IS DISTINCT FROM n."{column}"' for column in rest) or "false"
    both = "o.there IS NOT NULL AND n.there IS NOT NULL"
    by_column = "".join(
        f', count(*) FILTER ({both} AND o."{column}" IS DISTINCT FROM n."{column}")' for column in rest
    )
    joined = (
        f"FROM (SELECT *, true AS there FROM {rows_of(old, table)}) o "  # noqa: S608
        f'FULL JOIN (SELECT *, true AS there FROM {rows_of(new, table)}) n ON o."{key}" = n."{key}"'
    )
    [(added, gone, changed, same, *counts)] = connection.execute(
        "SELECT count(*) FILTER (o.there IS NULL), count(*) FILTER (n.there IS NULL), "
        f"count(*) FILTER (({both}) AND ({differ})), count(*) FILTER (({both}) AND NOT ({differ}))"
        f"{by_column} {joined}"
    ).fetchall()
    sides = ", ".join(f'o."{column}" AS "o_{column}", n."{column}" AS "n_{column}"' for column in rest) or "1"
    found = connection.execute(
        f'SELECT n."{key}", {sides} {joined} WHERE ({both}) AND ({differ}) '
        f"ORDER BY n.file_row_number LIMIT {SAMPLES}"
    ).fetchall()
    samples = [
        RowChange(
            "changed",
            _text(name),
            {
                column: (_text(values[2 * place]), _text(values[2 * place + 1]))
                for place, column in enumerate(rest)
                if values[2 * place] != values[2 * place + 1]
            },
        )
        for name, *values in found
    ]
    shown = [key, *rest]
    for kind, side, other in (("new", "n", "o"), ("gone", "o", "n")):
        picked = ", ".join(f'{side}."{column}"' for column in shown)
        query = f"SELECT {picked} {joined} WHERE {other}.there IS NULL ORDER BY {side}.file_row_number"
        samples += _listed(connection, query, kind, shown, key)
    return TableChanges(
        table, (key,), added, changed, gone, same,
        columns={column: count for column, count in zip(rest, counts, strict=True) if count}, samples=tuple(samples),
    )  # fmt: skip


def _listed(
    connection: duckdb.DuckDBPyConnection, query: str, kind: str, columns: Sequence[str], key: str | None = None
) -> Iterator[RowChange]:
    for row in connection.execute(f"{query} LIMIT {SAMPLES}").fetchall():
        filled = {name: _text(value) for name, value in zip(columns, row, strict=False) if value is not None}
        told = [name for name in filled if name != key][:_NAMED]
        yield RowChange(
            kind,
            filled.get(key) if key else None,
            {name: (None, filled[name]) if kind == "new" else (filled[name], None) for name in told},
        )


def _text(value: Any) -> str | None:
    """Write a stored value as people read it: decimals without useless zeros, days as they stand in files.

    >>> from decimal import Decimal
    >>> [_text(Decimal("100.500000")), _text(Decimal("20.000000")), _text("Won"), _text(None)]
    ['100.5', '20', 'Won', None]
    """
    if value is None:
        return None
    text = str(value)
    return text.rstrip("0").rstrip(".") if type(value).__name__ == "Decimal" and "." in text else text
