from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pytest

from salesmetrics.ingest.coerce import Coerced, coerce
from salesmetrics.ingest.read import read_files
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.model.tables import ColumnType


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@pytest.fixture
def sheet_of(tmp_path: Path, connection) -> Callable[..., Sheet]:
    """Stage columns, given by name, as one sheet."""

    def staged(delimiter: str = ",", **columns: Sequence[str]) -> Sheet:
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=delimiter)
        writer.writerow(["key", *columns])
        for number, cells in enumerate(zip(*columns.values(), strict=True)):
            writer.writerow([f"k{number}", *cells])
        path = tmp_path / "sheet.csv"
        path.write_text(buffer.getvalue(), encoding="utf-8")
        [sheet] = read_files([path], connection)
        return sheet

    return staged


@pytest.fixture
def values(connection, sheet_of) -> Callable[..., tuple[list[object], Coerced]]:
    """Read a column of texts as a type: the values, and what the reading came to."""

    def read(cells: Sequence[str], type: ColumnType, delimiter: str = ",", **answers: str):
        sheet = sheet_of(delimiter, value=cells)
        coerced = coerce(connection, sheet, 1, type, **answers)
        rows = connection.execute(f"SELECT {coerced.expression} FROM {sheet.relation} ORDER BY row").fetchall()
        result = [value for (value,) in rows]
        assert coerced.filled - coerced.unreadable == sum(value is not None for value in result)
        return result, coerced

    return read
