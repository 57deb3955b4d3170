"""Small files as people send them: each comes to the canonical rows that a person reads in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from salesmetrics.ingest import read
from tests.ingest.corpus import encodings, formats, headers, shapes, values
from tests.ingest.corpus.case import Case, Row

CASES = [
    pytest.param(case, id=f"{subject.__name__.rpartition('.')[2]}-{case.name}")
    for subject in (formats, encodings, shapes, values, headers)
    for case in subject.CASES
]
READ_ON = date(2025, 6, 30)


def _order(row: Row) -> list[str]:
    return [f"{cell:.6f}" if isinstance(cell, (int, Decimal)) else repr(cell) for cell in row]


def test_the_corpus_holds_at_least_sixty_files_each_named_once():
    names = [param.id for param in CASES]
    assert len(names) >= 60
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", CASES)
def test_a_file_comes_to_the_rows_that_it_says(case: Case, tmp_path: Path):
    source = tmp_path / "files"
    source.mkdir()
    for name, content in case.files.items():
        (source / name).write_bytes(content)
    found = read([source / name for name in case.files], maps=case.maps, into=tmp_path / "data", read_on=READ_ON)
    for sheet in found.report.sheets:
        assert sheet.kept + sheet.left_out == sheet.rows, sheet.label
    with duckdb.connect() as connection:
        for table, expected in case.expected.items():
            columns = ", ".join(f'"{column}"' for column in expected.columns)
            path = found.dataset.folder / f"{table}.parquet"
            rows = connection.execute(f"SELECT {columns} FROM '{path}'").fetchall()
            assert sorted(rows, key=_order) == sorted(expected.rows, key=_order)
    assert set(found.dataset.tables) == set(case.expected)
    assert len(found.report.set_aside) == case.aside
    assert len(found.report.questions) == case.asks
