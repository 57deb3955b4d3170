"""Files broken in every way: read or refused in one sentence, never a traceback, and no row lost.

`FUZZ_INPUTS=100000` is the long form.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from salesmetrics.errors import SalesMetricsError
from salesmetrics.ingest import check
from salesmetrics.ingest.read import read_files
from tests.ingest.corpus import encodings, formats, headers, shapes, values

INPUTS = int(os.environ.get("FUZZ_INPUTS", "800"))
READ_ON = date(2025, 6, 30)
CONNECTION = duckdb.connect()
SEEDS = [
    (name, content)
    for subject in (formats, encodings, shapes, values, headers)
    for case in subject.CASES
    for name, content in case.files.items()
]
HOSTILE = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b'""', b"'", b",", b";", b"\t", b"|", b"\r", b"\n", b"\r\n\r\n", b"\x1a",
    b"=1+1", b"-", b"(", b")", b"%", b"NULL", b"nan", b"1e999", b"9" * 40, b"-0", b"1/1/1", b"2024-02-30", b"31/12/9999",
    b"Total", b"\xe2\x80\xae", b"\xe4\xb8\x87", b"<table>", b"{", b"[[[[", b"PK\x03\x04", b"PAR1", b"../../x", b"\x80\x81",
    b"Order Date", b"Amount", b"encoding=", b"\\N", b"\x0c", b"\xc2\xa0", b"''", b"{}", b"%s", b"$$", b"--", b"/*",
]  # fmt: skip

place = st.floats(0, 1)
cut = st.tuples(st.just("cut"), place, place)
insert = st.tuples(st.just("insert"), place, st.sampled_from(HOSTILE) | st.binary(min_size=1, max_size=6))
replace = st.tuples(st.just("replace"), place, st.sampled_from(HOSTILE) | st.binary(min_size=1, max_size=3))
double = st.tuples(st.just("double"), place, place)
edits = st.lists(st.one_of(cut, insert, replace, double), min_size=0, max_size=6)


def edited(content: bytes, changes: list[tuple[str, float, bytes | float]]) -> bytes:
    """Apply the changes, each at a place given as a share of what is there."""
    for how, where, what in changes:
        at = int(where * len(content))
        if isinstance(what, bytes):
            content = content[:at] + what + content[at + (len(what) if how == "replace" else 0) :]
        else:
            end = at + int(what * (len(content) - at) * 0.2)
            content = content[:at] + (content[end:] if how == "cut" else content[at:end] + content[at:])
    return content


def staged(name: str, content: bytes) -> None:
    """Read the file: sheets whose rows are in the relation or set aside, or one sentence that names it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        refusal, sheets = name, ()
        try:
            sheets = read_files([path], CONNECTION)
        except SalesMetricsError as error:
            refusal = str(error)
        assert name in refusal
        assert "\n" not in refusal
        for sheet in sheets:
            [(kept,)] = CONNECTION.execute(f"SELECT count(*) FROM {sheet.relation}").fetchall()
            assert kept + len(sheet.set_aside) == sheet.rows
            CONNECTION.execute(f"DROP TABLE {sheet.relation}")


def accounted(name: str, content: bytes) -> None:
    """Check the file: a report in which every sheet's rows add up, or one sentence that names it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        refusal, sheets = "", ()
        try:
            sheets = check([path], read_on=READ_ON).sheets
        except SalesMetricsError as error:
            refusal = str(error)
        assert "\n" not in refusal.strip()
        for sheet in sheets:
            assert sheet.kept + sheet.left_out == sheet.rows
            if sheet.table is not None:
                assert len(sheet.set_aside) == sheet.left_out


def fuzzed(share: float) -> settings:
    """Give a share of all inputs to a test; a failing one is shown as it was found."""
    return settings(
        max_examples=max(int(INPUTS * share), 1),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )


@fuzzed(0.7)
@given(st.sampled_from(SEEDS), edits)
def test_a_damaged_file_is_staged_or_refused(
    seed: tuple[str, bytes], changes: list[tuple[str, float, bytes | float]]
):
    name, content = seed
    staged(name, edited(content, changes))


@fuzzed(0.1)
@given(st.sampled_from(SEEDS), edits)
def test_a_damaged_file_is_accounted_for(seed: tuple[str, bytes], changes: list[tuple[str, float, bytes | float]]):
    name, content = seed
    accounted(name, edited(content, changes))


CELLS = st.sampled_from([
    "", " ", "Order Date", "Amount", "Region", "Total", "合计", "2024-01-05", "05/01/2024", "13/01/2024", "1,234.50",
    "1.234,50", "$5", "(3)", "12%", "yes", "NULL", "NA", "Jan-24", "2024Q1", "2024-W05", "45292", "1.5万", "USD", "EUR",
    "a\nb", 'q"q', "=A1", "\u202eabc", "2024年1月5日", "1e5", "Ann", "R1", "O1", "won", "-", "2024-01-05T10:00:00Z",
    "9" * 30,
])  # fmt: skip
NAMES = st.sampled_from([
    "Order Date", "Amount", "Order ID", "Customer", "Rep", "Region", "Product", "Quantity", "Unit Price", "Discount",
    "Stage", "Status", "Created Date", "Close Date", "Lead ID", "Created At", "Quota", "Period", "Jan-24", "Feb-24",
    "Q1 2024", "Currency", "订单日期", "金额", "地区", "Name", "", "Score", "Date", "Total", "Hire Date", "Returned",
])  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Make a table of likely headers over unlikely cells, not always as wide as its header."""
    names = draw(st.lists(NAMES, min_size=1, max_size=7))
    width = st.integers(max(len(names) - 1, 0), len(names) + 1)
    rows = draw(st.lists(width.flatmap(lambda size: st.lists(CELLS, min_size=size, max_size=size)), max_size=8))
    delimiter = draw(st.sampled_from(",;\t|"))
    quoted = [
        [f'"{cell.replace(chr(34), chr(34) * 2)}"' if draw(st.booleans()) else cell for cell in row]
        for row in rows
    ]
    return "\n".join(delimiter.join(row) for row in [names, *quoted])


@fuzzed(0.2)
@given(
    tables(),
    st.sampled_from(["utf-8", "utf-16", "gb18030"]),
    st.sampled_from(["orders.csv", "quotas 2024.csv", "x.xls"]),
)
def test_a_table_of_likely_headers_over_unlikely_cells(text: str, encoding: str, name: str):
    accounted(name, text.encode(encoding, "replace"))
