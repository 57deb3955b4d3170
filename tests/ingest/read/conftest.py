from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from salesmetrics.ingest.read import read_files
from salesmetrics.ingest.sheet import Sheet

Cells = list[tuple[object, ...]]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., tuple[Sheet, Cells]]:
    """Write bytes to a file, read it, and give its only sheet with the staged rows in order."""
    connection = duckdb.connect()

    def read_one(content: bytes | str, name: str = "sales.csv") -> tuple[Sheet, Cells]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        [sheet] = read_files([path], connection)
        rows = connection.execute(f"SELECT * FROM {sheet.relation} ORDER BY row").fetchall()
        assert len(rows) + len(sheet.set_aside) == sheet.rows
        return sheet, rows

    return read_one
