"""Small files written for a test, read, and their tables asked by plain SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import duckdb
import pytest

from salesmetrics.ingest import Reading, read
from salesmetrics.model.report import SheetReport

READ_ON = date(2024, 12, 31)


@dataclass(frozen=True)
class Read:
    """A reading, with its tables at hand for SQL that owes nothing to the code under test."""

    reading: Reading

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect() as connection:
            for table in self.reading.dataset.tables:
                path = self.reading.dataset.folder / f"{table}.parquet"
                connection.execute(f"CREATE VIEW {table} AS SELECT * FROM '{path}'")
            return connection.execute(query).fetchall()

    def one(self, query: str) -> Any:
        [(value,)] = self.sql(query)
        return value

    def sheet(self, label: str) -> SheetReport:
        [found] = [sheet for sheet in self.reading.report.sheets if sheet.label == label]
        return found

    def notes(self, table: str) -> Mapping[str, int]:
        return self.reading.dataset.tables[table].notes


Given = Callable[..., Read]


@pytest.fixture
def given(tmp_path: Path) -> Given:
    """Write files (name -> text) and read them together."""

    def read_them(files: Mapping[str, str], maps: Sequence[str] = ()) -> Read:
        source = tmp_path / "files"
        source.mkdir(exist_ok=True)
        for name, text in files.items():
            (source / name).write_text(dedent(text).strip() + "\n", encoding="utf-8")
        result = read([source / name for name in files], maps=maps, into=tmp_path / "data", read_on=READ_ON)
        for sheet in result.report.sheets:
            assert sheet.kept + sheet.left_out == sheet.rows, sheet.label
            if sheet.not_used is None:
                assert len(sheet.set_aside) == sheet.left_out, sheet.label
        return Read(result)

    return read_them
