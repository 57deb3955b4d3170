"""Write canonical tables as a dataset: one Parquet file a table, every declared column in its declared type."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from salesmetrics.model.dataset import Dataset, TableFacts
from salesmetrics.model.tables import TABLES, ColumnType

SQL_TYPES: Mapping[ColumnType, str] = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.DATE: "DATE",
    ColumnType.TIMESTAMP: "TIMESTAMP",
    ColumnType.MONEY: "DECIMAL(18, 6)",
    ColumnType.NUMBER: "DECIMAL(18, 6)",
    ColumnType.BOOLEAN: "BOOLEAN",
}
"""How each column type is stored."""


@dataclass(frozen=True)
class Filled:
    """A canonical table ready to be stored: the relation that holds it and what reading it gave rise to.

    `written` is a Parquet file that holds the table already, beside the folder it goes to.
    """

    relation: str
    notes: Mapping[str, int] = field(default_factory=dict)
    written: Path | None = None


def quoted(name: str) -> str:
    """Write the name of a column in SQL: `at` and `date` are words of SQL too."""
    return f'"{name}"'


def store(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Filled], folder: Path, read_on: date
) -> Dataset:
    """Write `tables` (canonical name -> relation with canonical column names) to `folder` and describe them.

    Columns that a relation lacks are written as nulls; a column that holds nothing but nulls does not count as
    filled.
    """
    folder.mkdir(parents=True, exist_ok=True)
    facts: dict[str, TableFacts] = {}
    digest = hashlib.sha256()
    for name, filled in sorted(tables.items()):
        present = {row[0] for row in connection.execute(f"DESCRIBE {filled.relation}").fetchall()}
        path = folder / f"{name}.parquet"
        if filled.written is not None:
            filled.written.replace(path)
        else:
            _write(connection, name, filled.relation, present, path)
        rows, empty = _written(connection, path)
        # A table without rows still tells which columns its file had.
        known = [c.name for c in TABLES[name].columns if c.name in present and (c.name not in empty or not rows)]
        facts[name] = TableFacts(rows, frozenset(known), dict(filled.notes))
        with path.open("rb") as file:
            digest.update(name.encode() + hashlib.file_digest(file, "sha256").digest())
    return Dataset(folder, digest.hexdigest()[:16], read_on, facts)


def _write(
    connection: duckdb.DuckDBPyConnection, table: str, relation: str, present: Collection[str], path: Path
) -> None:
    columns = ", ".join(
        f"CAST({quoted(c.name) if c.name in present else 'NULL'} AS {SQL_TYPES[c.type]}) AS {quoted(c.name)}"
        for c in TABLES[table].columns
    )
    target = str(path).replace("'", "''")
    connection.execute(f"COPY (SELECT {columns} FROM {relation}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


def _written(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[int, set[str]]:
    """Give the rows of a Parquet file and the columns that hold nothing, as its footer has them."""
    columns = connection.execute(
        "SELECT path_in_schema, sum(num_values), sum(stats_null_count) FROM parquet_metadata(?) GROUP BY 1",
        [str(path)],
    ).fetchall()
    rows = max((values for _name, values, _nulls in columns), default=0)
    return int(rows), {name for name, values, nulls in columns if values == nulls}
