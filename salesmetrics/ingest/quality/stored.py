"""Stored tables, opened to be looked through: views over the Parquet files, bounded in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from salesmetrics.model.dataset import Dataset

_MEMORY = "512MB"


@dataclass(frozen=True)
class Stored:
    """A dataset's tables as views of their names in a DuckDB connection; `stands` numbers the rows as they stand."""

    connection: duckdb.DuckDBPyConnection
    data: Dataset

    @property
    def day(self) -> date:
        """The day the files were read: nothing can have happened later."""
        return self.data.read_on

    def has(self, *names: str) -> bool:
        """Tell whether files filled all of `names` (table.column)."""
        return all(self.data.has(*name.split(".")) for name in names)

    def rows(self, table: str) -> int:
        """Count the rows of a table, 0 where there is none."""
        return self.data.tables[table].rows if self.data.has(table) else 0

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Give the rows of a query."""
        return self.connection.execute(query).fetchall()


@contextmanager
def opened(data: Dataset) -> Iterator[Stored]:
    """Open the tables of a dataset; what does not fit in memory goes to a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="salesmetrics-quality-") as spill, duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET memory_limit = '{_MEMORY}'")
        connection.execute(f"SET temp_directory = {_text(spill)}")
        for table in data.tables:
            path = _text(str(data.folder / f"{table}.parquet"))
            connection.execute(
                f"CREATE VIEW {table} AS SELECT * RENAME (file_row_number AS stands) "
                f"FROM read_parquet({path}, file_row_number = true)"
            )
        yield Stored(connection, data)


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
