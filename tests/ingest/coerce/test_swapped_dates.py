"""What spreadsheets do to dates and codes is recognised, counted and asked about, never guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from salesmetrics.ingest.coerce import coerce
from salesmetrics.model.tables import ColumnType

DATE, TEXT = ColumnType.DATE, ColumnType.TEXT
DAYS = [date(2024, 1, 1) + timedelta(days=9 * step) for step in range(30)]


def _opened_abroad(day: date) -> str:
    """What a month-first spreadsheet makes of a day written day first: a date with both swapped, or text."""
    return f"{day.year}-{day.day:02}-{day.month:02}" if day.day <= 12 else f"{day:%d/%m/%Y}"


def test_a_swapped_column_is_asked_about_with_its_count(values):
    result, coerced = values([_opened_abroad(day) for day in DAYS], DATE)
    early = sum(day.day <= 12 for day in DAYS)
    assert coerced.choices == ("swapped", "kept")
    assert f"{early} dates" in coerced.question
    assert result == [None if day.day <= 12 else day for day in DAYS]
    assert coerced.unreadable == early


def test_an_answer_swaps_them_back_or_keeps_them(values):
    cells = [_opened_abroad(day) for day in DAYS]
    assert values(cells, DATE, answer="swapped")[0] == DAYS
    kept, coerced = values(cells, DATE, answer="kept")
    assert kept == [date(day.year, day.day, day.month) if day.day <= 12 else day for day in DAYS]
    assert coerced.question is None


def test_two_honest_writings_are_not_taken_for_swapped(values):
    cells = [day.isoformat() if place % 2 else f"{day:%d/%m/%Y}" for place, day in enumerate(DAYS)]
    result, coerced = values(cells, DATE)
    assert (result, coerced.question) == (DAYS, None)


@pytest.mark.parametrize("name", ["customer_id", "order_id"])
def test_damaged_keys_are_left_empty_and_counted(values, name):
    cells = ["1.23457E+11", "00123", "2-Mar", "123456789012345678", "1.2E+5"]
    result, coerced = values(cells, TEXT, name=name)
    assert result == [None, "00123", None, "123456789012345678", "1.2E+5"]
    assert (coerced.filled, coerced.unreadable) == (5, 2)
    assert [note.split(":")[0] for note in coerced.notes] == ["shortened_keys", "dated_keys"]


def test_a_name_may_look_like_that(values):
    assert values(["2-Mar", "1.5E+10"], TEXT, name="product")[0] == ["2-Mar", "1.5E+10"]


def test_the_same_column_as_dates_that_need_no_order_is_untouched(connection, sheet_of):
    sheet = sheet_of(day=[day.isoformat() for day in DAYS])
    coerced = coerce(connection, sheet, 1, DATE)
    assert coerced.expression == "try_cast(c1 AS DATE)"
