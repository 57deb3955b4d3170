"""A text that is read in blocks is the same table as one that is read whole."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesmetrics.errors import FileError
from salesmetrics.ingest.progress import Watch
from salesmetrics.ingest.read import blocks, long_text, table
from salesmetrics.ingest.read.delimited import NotDelimitedError, read_long_text, read_text

CONNECTION = duckdb.connect()
HEAD = "id,name,amount,note\n" + "".join(f"{n},rep {n},{n}.50,x\n" for n in range(8))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every size small, so that a short text is cut at many places."""
    monkeypatch.setattr(table, "SAMPLE", 6)
    monkeypatch.setattr(table, "_PROFILED", 6)
    monkeypatch.setattr(blocks, "_TOP", 40)
    monkeypatch.setattr(blocks, "BLOCK", 150)
    monkeypatch.setattr(blocks, "_SMALL", 12)
    monkeypatch.setattr(long_text, "CHUNK", 37)


def both(text: str, encoding: str = "utf-8") -> tuple[object, object]:
    """Read `text` in blocks and whole; give all that came of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "some.csv")
        path.write_bytes(text.encode(encoding))
        told = []
        try:
            sheet = read_long_text(CONNECTION, path, "some.csv", encoding, Watch(lambda *now: told.append(now)))
        except NotDelimitedError:
            return None, None
        if sheet is not None:
            assert told[-1][0] == path.stat().st_size
    return seen(sheet), seen(read_text(CONNECTION, text.removeprefix("\ufeff"), "some.csv", encoding))


def seen(sheet) -> object:
    if sheet is None:
        return None
    rows = CONNECTION.execute(f"SELECT * FROM {sheet.relation} ORDER BY row").fetchall()
    CONNECTION.execute(f"DROP TABLE {sheet.relation}")
    return sheet.header, sheet.header_row, sheet.rows, sheet.set_aside, sheet.delimiter, rows


PLAIN = "".join(f"{n},rep {n},{n}.50,x\n" for n in range(100, 140))
IRREGULAR = {
    "nothing odd": "",
    "a blank line": "\n",
    "blank lines and a line of blanks": "\n\n  \n,,,\n",
    "a short row": "1,2\n",
    "a short row that can be filled": "7,rep 7,7.5\n",
    "a long row": "1,2,3,4,5,6\n",
    "an address with a comma": "7,Port, 67,7.50,x\n",
    "trailing delimiters": "7,rep,7.50,x,,\n",
    "quoted cells": '7,"rep, 7",7.50,"x"\n',
    "quotes doubled": '7,"a ""big"" rep",7.50,""\n',
    "a line break in a cell": '7,"two\nlines",7.50,x\n',
    "a break and blanks at the ends of a quoted cell": '7," two\r\n lines\n",7.50,"\tx "\n',
    "a quotation mark in a cell": '7,5" pipe,7.50,x\n',
    "text after the closing mark": '7,"rep"s,7.50,x\n',
    "a blank before the opening mark": '7, "rep",7.50,x\n',
    "a mark that is never closed": '7,"rep,7.50,x\n',
    "two marks that are never closed": '7,"rep,7.50,x\n8,"rep,8.50,x\n',
    "blanks at the ends": " 7,rep\t,\u3000 7.50 ,\u00a0\n",
    "Chinese": "7,北京,7.50,华东　\n",
    "control characters": "7,re\x00p\x1b,7.50,\u202ex\n",
    "the header again": "id,name,amount,note\n",
    "only carriage returns": "7,rep,7.50,x\r8,rep,8.50,y\r9,rep,9,\r",
    "Windows line ends": "7,rep,7.50,x\r\n8,rep,8.50,\r\n\r\n9,rep,9,y\r\n",
    "a long cell": f"7,{'long ' * 600},7.50,x\n",
    "a cell of many lines": '7,"' + "line\n" * 150 + '",7.50,x\n',
    "a cell of too many lines": '7,"' + "a line\n" * 500 + '",7.50,x\n',
    "an escape": "7,a\\,8,x\n",
    "an end of file mark": "\x1a",
}


@pytest.mark.parametrize("what", IRREGULAR)
@pytest.mark.parametrize("often", [1, 3])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_irregular_lines_are_read_as_in_one_piece(what: str, often: int, end: str) -> None:
    text = (HEAD + (PLAIN + IRREGULAR[what]) * often + PLAIN).replace("\n", end)
    in_blocks, whole = both(text)
    assert in_blocks == whole
    assert whole is not None


@pytest.mark.parametrize("what", ["nothing odd", "quoted cells", "a blank line", "a mark that is never closed"])
@pytest.mark.parametrize("ending", ["", "\n", "\n\n\n", ",,,", '"'])
def test_the_last_line_needs_no_end(what: str, ending: str) -> None:
    in_blocks, whole = both(HEAD + PLAIN + IRREGULAR[what] + PLAIN.rstrip("\n") + ending)
    assert in_blocks == whole


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5", "cp1252"])
def test_any_encoding_goes_through_piece_by_piece(encoding: str) -> None:
    word = "Café" if encoding == "cp1252" else "北京"
    in_blocks, whole = both(HEAD + f"7,{word},7.50,x\n" * 60, encoding)
    assert in_blocks == whole
    assert whole is not None
    assert whole[-1][-1][2] == word  # type: ignore[index]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("hint", [False, True])
def test_delimiters_and_the_hint_of_a_spreadsheet(delimiter: str, hint: bool) -> None:
    text = (HEAD + PLAIN).replace(",", delimiter)
    in_blocks, whole = both(f"sep={delimiter}\n" * hint + text)
    assert in_blocks == whole
    assert whole is not None
    assert whole[2] == 48


def test_a_row_of_too_many_cells_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_PROFILED", 210)
    in_blocks, whole = both("a|b\n" + "1|2\n" * 250 + "|".join("3" * 3000) + "\n" + "1|2\n" * 60)
    assert in_blocks == whole
    assert whole is not None
    assert [aside.row for aside in whole[3]] == [252]  # type: ignore[index]


def test_rows_of_one_column_between_blank_lines() -> None:
    in_blocks, whole = both("name;x\n" + "Anna;\n\n" * 60)
    assert in_blocks == whole


PIECES = st.sampled_from(
    ["a", "b1", "1", ",", ",", ",", ";", '"', '""', "\n", "\n", "\r\n", "\r", " ", "\t", "é", "　"]
)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=60).map("".join), st.integers(0, 3), st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_as_in_one_piece(middle: str, lines: int, end: str) -> None:
    in_blocks, whole = both(HEAD + middle + PLAIN[: 40 * lines] + end)
    assert in_blocks == whole


CELL = st.text(st.sampled_from('ab1,;"\n\r é'), max_size=6)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=30), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
)
def test_well_written_rows_are_read_as_in_one_piece(rows: list[tuple[str, ...]], quoting) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=quoting).writerows(rows)
    in_blocks, whole = both(HEAD + buffer.getvalue() + PLAIN)
    assert in_blocks == whole


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "LONGEST_LINE", 1000)
    with pytest.raises(FileError, match=r"some\.csv has a line"):
        both(HEAD + PLAIN + "x" * 5000)


def test_who_is_told_of_progress_can_end_the_reading(tmp_path: Path) -> None:
    class EnoughError(Exception):
        pass

    def told(_bytes: int, rows: int, _stage: object) -> None:
        if rows > 20:
            raise EnoughError

    path = tmp_path / "some.csv"
    path.write_text(HEAD + PLAIN * 3)
    with pytest.raises(EnoughError):
        read_long_text(CONNECTION, path, "some.csv", "utf-8", Watch(told))


@pytest.mark.parametrize(
    ("encoding", "word"),
    [
        ("utf-8", "北京"),
        ("gb18030", "北京销售额"),
        ("big5", "臺北銷售"),
        ("cp1252", "Café Zürich"),
        ("utf-16", "北京"),
    ],
)
def test_a_foreign_letter_late_in_the_file_tells_the_encoding(tmp_path: Path, encoding: str, word: str) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes((HEAD + PLAIN * 5 + f"7,{word},7.50,x\n" * 5).encode(encoding))
    assert long_text.encoding_of(path) == encoding


def test_bytes_that_are_no_text_have_no_encoding(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(bytes(range(256)) * 20)
    assert long_text.encoding_of(path) is None
