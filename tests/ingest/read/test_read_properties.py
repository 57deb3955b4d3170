"""Whatever the bytes, rows are kept or set aside, and nothing but FileError is raised."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from salesmetrics.errors import FileError
from salesmetrics.ingest.read import read_files

CONNECTION = duckdb.connect()
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MARKS_OF_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TEXT = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cs", "Cc", "Z"],
        exclude_characters='",;|\ufeff\u200b' + MARKS_OF_DIRECTION,
    ),
    max_size=8,
)


def read(content: bytes, name: str = "some.csv"):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return read_files([path], CONNECTION)


def kept(sheet) -> list[tuple]:
    return CONNECTION.execute(f"SELECT * FROM {sheet.relation} ORDER BY row").fetchall()


@FEW
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"]
    ),
)
def test_any_bytes_are_read_or_refused_in_one_sentence(content: bytes, start: bytes):
    refusal, sheets = "some.csv", ()
    try:
        sheets = read(start + content)
    except FileError as error:
        refusal = str(error)
    assert "some.csv" in refusal
    assert "\n" not in refusal
    for sheet in sheets:
        assert len(kept(sheet)) + len(sheet.set_aside) == sheet.rows


@FEW
@given(st.text(st.sampled_from('ab1,;"\n\t|. -'), max_size=200))
def test_any_table_like_text_accounts_for_every_row(text: str):
    try:
        sheets = read(text.encode())
    except FileError:
        return
    for sheet in sheets:
        rows = kept(sheet)
        assert len(rows) + len(sheet.set_aside) == sheet.rows
        assert len({row[0] for row in rows}) == len(rows)
        assert all(len(row) == len(sheet.header) + 1 for row in rows)
        assert len({name.casefold() for name in sheet.header}) == len(sheet.header)


@FEW
@given(
    st.lists(st.tuples(TEXT, TEXT, st.integers(-999, 99999)), min_size=3, max_size=30), st.sampled_from(",;\t|")
)
@example(rows=[("0", "0", 0), ("0", "0", 0), ("", "", -1)], delimiter=",")
@example(rows=[("", "", 0), ("", "", 0), ("", "0", 0)], delimiter="\t")
@example(rows=[("", "", 0), ("", "A", 1900), ("", "", 0)], delimiter=",")
def test_what_is_written_is_what_is_read(rows, delimiter: str):
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow(["name", "note, more", "amount"])
    writer.writerows(rows)
    [sheet] = read(buffer.getvalue().encode())
    assert sheet.header == ("name", "note, more", "amount")
    expected = [(name or None, note or None, str(amount)) for name, note, amount in rows]
    assert [row[1:] for row in kept(sheet)] == expected
    assert sheet.set_aside == ()
