"""Write canonical tables as a dataset: one Parquet file a table, every declared column in its declared type."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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
    """A canonical table ready to be stored: the relation that holds it and what reading it gave rise to."""

    relation: str
    notes: Mapping[str, int] = field(default_factory=dict)


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
        columns = ", ".join(
            f"CAST({quoted(c.name) if c.name in present else 'NULL'} AS {SQL_TYPES[c.type]}) AS {quoted(c.name)}"
            for c in TABLES[name].columns
        )
        path = folder / f"{name}.parquet"
        connection.execute(
            f"COPY (SELECT {columns} FROM {filled.relation}) TO '{str(path).replace(chr(39), chr(39) * 2)}' "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
        declared = [column.name for column in TABLES[name].columns if column.name in present]
        counted = ", ".join(f"count({quoted(column)})" for column in declared)
        [(rows, *counts)] = connection.execute(f"SELECT count(*), {counted} FROM {filled.relation}").fetchall()
        # A table without rows still tells which columns its file had.
        known = [column for column, count in zip(declared, counts, strict=True) if count or not rows]
        facts[name] = TableFacts(rows, frozenset(known), dict(filled.notes))
        with path.open("rb") as file:
            digest.update(name.encode() + hashlib.file_digest(file, "sha256").digest())
    return Dataset(folder, digest.hexdigest()[:16], read_on, facts)
