"""Spreadsheets: typed cells as exact text, every filled sheet, rows numbered as a person sees them."""

# ruff: noqa: DTZ001 -- files hold the wall time of the place where they were written

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from salesmetrics.ingest.read import read_files


def workbook(fill) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd", "in_memory": True})
    fill(book)
    book.close()
    return buffer.getvalue()


def typed(book) -> None:
    sheet = book.add_worksheet("Orders")
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet.write_row(0, 0, ["id", "day", "at", "amount", "paid", "fault"])
    for row, (number, amount) in enumerate([("007", 16.448), ("008", 1e15), ("009", 0.0000025)], start=1):
        sheet.write_string(row, 0, number)
        sheet.write_datetime(row, 1, date(2024, 1, 5))
        sheet.write_datetime(row, 2, datetime(2024, 1, 5, 9, 30), moment)
        sheet.write_number(row, 3, amount)
        sheet.write_boolean(row, 4, True)
        sheet.write_formula(row, 5, "=NA()", None, "#N/A")


def test_typed_cells_lose_nothing(read):
    sheet, rows = read(workbook(typed), "typed.xlsx")
    assert (sheet.name, sheet.encoding, sheet.delimiter) == ("Orders", None, None)
    day, moment = "2024-01-05", "2024-01-05 09:30:00"
    assert rows == [
        (2, "007", day, moment, "16.448", "true", None),
        (3, "008", day, moment, "1000000000000000", "true", None),
        (4, "009", day, moment, "0.0000025", "true", None),
    ]


def test_content_decides_not_the_name(read):
    _sheet, rows = read(workbook(typed), "typed.csv")
    assert len(rows) == 3
    sheet, rows = read("id\tamount\n1\t5\n", "report.xls")
    assert (sheet.delimiter, rows) == ("\t", [(2, "1", "5")])


def test_rows_below_blank_rows_keep_their_numbers(read):
    def fill(book) -> None:
        sheet = book.add_worksheet()
        sheet.write(2, 1, "Quarterly sales")
        sheet.write_row(4, 1, ["region", "amount"])
        sheet.write_row(5, 1, ["East", 10])
        sheet.write_row(7, 1, ["West", 12.5])

    sheet, rows = read(workbook(fill), "offset.xlsx")
    assert (sheet.header, sheet.header_row) == (("region", "amount"), 5)
    assert rows == [(6, "East", "10"), (8, "West", "12.5")]


def test_every_sheet_that_holds_something_is_read(tmp_path: Path):
    def fill(book) -> None:
        book.add_worksheet("Empty")
        for name in ("Orders", "Returns"):
            book.add_worksheet(name).write_column(0, 0, ["id", 1, 2])

    (tmp_path / "two.xlsx").write_bytes(workbook(fill))
    sheets = read_files([tmp_path], duckdb.connect())
    assert [(sheet.label, sheet.rows) for sheet in sheets] == [("two.xlsx [Orders]", 2), ("two.xlsx [Returns]", 2)]


@pytest.mark.reference
def test_dates_of_an_old_workbook_equal_those_of_the_same_data_as_text():
    folder = Path(__file__).resolve().parents[3] / "../shared/data/superstore_us"
    if not folder.is_dir():
        pytest.skip("the trial files are not here")
    connection = duckdb.connect()
    csv, orders, *_others = read_files([folder], connection)
    [(rows, days)] = connection.execute(
        f"SELECT count(*), count(*) FILTER (strptime(a.c2, '%d/%m/%y') = strptime(b.c2, '%Y-%m-%d')) "
        f"FROM {csv.relation} AS a JOIN {orders.relation} AS b USING (c0)"
    ).fetchall()
    assert rows == days == 10194
