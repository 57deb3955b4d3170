"""Dates: every form people write, and one order of day and month for a whole column or a question."""

# ruff: noqa: DTZ001 -- files hold the wall time of the place where they were written

from __future__ import annotations

from datetime import date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesmetrics.ingest.coerce import coerce
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.model.tables import ColumnType

DATE, TIMESTAMP = ColumnType.DATE, ColumnType.TIMESTAMP
JAN_5 = date(2024, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-05", "2024/1/5", "2024.1.5", "2024. 1. 5", "20240105", "2024-01-05T09:00:00Z",
        "2024-01-05 23:59:59.999",
        "2024年1月5日", "2024 年 1 月 5 日", "2024年01月05号",
        "24年1月5日", "2024年1月5日 9:05",
        "2024年1月5日 星期五", "２０２４／１／５",
        "5 Jan 2024", "05-Jan-24", "5-JAN-2024", "05Jan2024", "Jan 5, 2024", "January 5, 2024",
        "Friday, January 5, 2024", "Fri 5 Jan 2024", "5th January 2024", "2024-Jan-05", "45296", "45296.75",
        "Jan. 5, 2024", "5.1.2024", "05.01.24",
    ],
)  # fmt: skip
def test_forms_that_ask_nothing(values, text):
    result, coerced = values([text, text], DATE)
    assert result == [JAN_5, JAN_5]
    assert coerced.question is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1996-07-04 00:00:00.000", datetime(1996, 7, 4)),
        ("12/31/2010 8:45", datetime(2010, 12, 31, 8, 45)),
        ("31/12/10 20:45:10", datetime(2010, 12, 31, 20, 45, 10)),
        ("12/31/2010 8:45 PM", datetime(2010, 12, 31, 20, 45)),
        ("12/31/2010, 8:45:01pm", datetime(2010, 12, 31, 20, 45, 1)),
        ("2024-01-05 09:00", datetime(2024, 1, 5, 9)),
        ("2024-01-05T09:00:30Z", datetime(2024, 1, 5, 9, 0, 30)),
        ("2024-01-05T09:00:30.1234567+08:00", datetime(2024, 1, 5, 9, 0, 30, 123456)),
        ("2024-01-05 09:00:00 -0500", datetime(2024, 1, 5, 9)),
        ("2024/1/5 下午3:05", datetime(2024, 1, 5, 15, 5)),
        ("2024年1月5日上午9:05:07", datetime(2024, 1, 5, 9, 5, 7)),
        ("45296.5", datetime(2024, 1, 5, 12)),
        ("20240105093000", datetime(2024, 1, 5, 9, 30)),
        ("2024-01-05", datetime(2024, 1, 5)),
    ],
)
def test_times_are_those_written(values, text, moment):
    result, _coerced = values([text], TIMESTAMP)
    assert result == [moment]


def test_an_offset_left_out_is_said(values):
    _result, coerced = values(["2024-01-05T09:00:00+08:00"], TIMESTAMP)
    assert any(note.startswith("zone_left_out:") for note in coerced.notes)


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "31/02/2024", "1899-12-31", "2101-01-01", "12345", "99999", "2024-13-01", "soon", "1234.56",
     "Q1 2024", "2024-01-05 25:00", "5/2024/01", "2024"],
)  # fmt: skip
def test_what_is_no_date_is_unreadable(values, text):
    result, coerced = values(["2024-01-31", text], DATE)
    assert result == [date(2024, 1, 31), None]
    assert (coerced.filled, coerced.unreadable) == (2, 1)


def test_what_stands_for_nothing_is_empty(values):
    cells = ["2024-01-31", "NULL", "N/A", "-", "--", "#N/A", "none", "n.a.", "", "0000-00-00"]
    result, coerced = values(cells, DATE)
    assert result == [date(2024, 1, 31)] + [None] * 9
    assert (coerced.filled, coerced.unreadable) == (1, 0)


def test_one_day_past_twelve_decides_for_all(values):
    result, coerced = values(["03/01/2024", "04/02/2024", "17/03/2024"], DATE)
    assert result == [date(2024, 1, 3), date(2024, 2, 4), date(2024, 3, 17)]
    assert any("Row 4" in note and "17/03/2024" in note for note in coerced.notes)
    result, _coerced = values(["03/01/2024", "04/02/2024", "03/17/2024"], DATE)
    assert result == [date(2024, 3, 1), date(2024, 4, 2), date(2024, 3, 17)]


def test_a_column_that_cannot_decide_asks_and_reads_only_what_is_sure(values):
    result, coerced = values(["03/01/2024", "05/05/2024", "2024-01-31"], DATE)
    assert coerced.question is not None
    for word in ("03/01/2024", "3 January (day first)", "1 March (month first)", "value"):
        assert word in coerced.question
    assert coerced.choices == ("dmy", "mdy"), "a year of four digits at the end is no year at the beginning"
    assert result == [None, date(2024, 5, 5), date(2024, 1, 31)]
    assert coerced.unreadable == 1


@pytest.mark.parametrize(("order", "day"), [("dmy", date(2024, 1, 3)), ("mdy", date(2024, 3, 1))])
def test_an_answer_decides(values, order, day):
    result, coerced = values(["03/01/2024"], DATE, answer=order)
    assert (result, coerced.question) == ([day], None)


def test_year_first_with_two_digits(values):
    assert values(["24-01-05", "24-12-31"], DATE, answer="ymd")[0] == [JAN_5, date(2024, 12, 31)]
    assert values(["99/01/05", "98/12/31"], DATE)[0] == [date(1999, 1, 5), date(1998, 12, 31)]


def test_both_orders_in_one_column_are_a_question_that_names_both(values):
    _result, coerced = values(["17/03/2024", "18/03/2024", "03/19/2024"], DATE)
    assert "17/03/2024" in coerced.question
    assert "03/19/2024" in coerced.question


def test_equal_numbers_need_no_order(values):
    result, coerced = values(["05/05/2024", "01/01/24"], DATE)
    assert result == [date(2024, 5, 5), date(2024, 1, 1)]
    assert coerced.question is None


def test_dates_in_another_column_decide(connection, sheet_of):
    sheet = sheet_of(ordered=["03/01/2024", "04/01/2024"], shipped=["05/01/2024", "17/01/2024"])
    coerced = coerce(connection, sheet, 1, DATE)
    rows = connection.execute(f"SELECT {coerced.expression} FROM {sheet.relation} ORDER BY row").fetchall()
    assert rows == [(date(2024, 1, 3),), (date(2024, 1, 4),)]
    assert any("shipped" in note for note in coerced.notes)


def test_rows_sorted_in_one_reading_only_decide(values):
    days = [date(2024, month, day) for month in range(1, 7) for day in (2, 7, 11)]
    result, coerced = values([f"{day:%m/%d/%Y}" for day in days], DATE)
    assert result == days
    assert any(note.startswith("order_sorted:") for note in coerced.notes)


def test_a_pair_of_dates_that_keeps_its_order_decides(connection, sheet_of):
    ordered = [date(2024, month, day) for month in (5, 1, 9, 3, 7, 2) for day in (1, 11)]
    shipped = [day + timedelta(days=3 if day.day == 1 else 25) for day in ordered]
    sheet = sheet_of(
        ordered=[f"{day:%d/%m/%Y}" for day in ordered], shipped=[f"{day:%d/%m/%Y}" for day in shipped]
    )
    coerced = coerce(connection, sheet, 1, DATE)
    rows = connection.execute(f"SELECT {coerced.expression} FROM {sheet.relation} ORDER BY row").fetchall()
    assert [value for (value,) in rows] == ordered


FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d %b %Y", "%B %d, %Y", "%Y年%m月%d日", "%Y%m%d",
           "%d.%m.%y", "%m-%d-%y"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dates(date(1970, 1, 1), date(2067, 12, 31)), min_size=1, max_size=30), st.sampled_from(FORMATS))
def test_formatted_dates_come_back_or_a_question_is_asked(days, written):
    connection = duckdb.connect()
    connection.execute("CREATE TABLE staged (row BIGINT, c0 VARCHAR)")
    connection.executemany(
        "INSERT INTO staged VALUES (?, ?)",
        [(number, day.strftime(written)) for number, day in enumerate(days, start=2)],
    )
    coerced = coerce(connection, Sheet("f", None, ("day",), 1, "staged", len(days)), 0, DATE)
    rows = [
        value
        for (value,) in connection.execute(f"SELECT {coerced.expression} FROM staged ORDER BY row").fetchall()
    ]
    if coerced.question is None and not any(
        note.startswith(("order_sorted", "order_year")) for note in coerced.notes
    ):
        assert rows == days
    elif coerced.question is not None:
        assert all(row in (day, None) for row, day in zip(rows, days, strict=True))
