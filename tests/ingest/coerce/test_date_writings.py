"""Dates in other writings: weeks, day numbers, seconds since 1970, months of other languages."""

# ruff: noqa: DTZ001 -- files hold the wall time of the place where they were written

from __future__ import annotations

from datetime import date, datetime

import pytest

from salesmetrics.model.tables import ColumnType

DATE, TIMESTAMP = ColumnType.DATE, ColumnType.TIMESTAMP


@pytest.mark.parametrize("text", ["2024-W05", "2024W05", "W05 2024", "2024年第5周", "2024-W5"])
def test_a_week_is_its_monday(values, text):
    assert values([text, text], DATE)[0] == [date.fromisocalendar(2024, 5, 1)] * 2


def test_a_day_of_a_week_is_that_day(values):
    assert values(["2024-W05-3", "2020-W53-7"], DATE)[0] == [
        date.fromisocalendar(2024, 5, 3),
        date.fromisocalendar(2020, 53, 7),
    ]


@pytest.mark.parametrize(
    "text",
    ["5. Januar 2024", "5 janvier 2024", "5 de enero de 2024", "5 janv. 2024", "2024年一月5日", "5-一月-2024", "45,296",
     "Fri Jan 05 2024"],
)  # fmt: skip
def test_months_have_names_in_several_languages(values, text):
    assert values([text, text], DATE)[0] == [date(2024, 1, 5)] * 2


@pytest.mark.parametrize(
    ("text", "day"),
    [("31 mars 2024", date(2024, 3, 31)), ("1er août 2024", date(2024, 8, 1)), ("3. März 2024", date(2024, 3, 3)),
     ("24 Dez 2024", date(2024, 12, 24)), ("31 dic 2024", date(2024, 12, 31)), ("十二月 2024", date(2024, 12, 1))],
)  # fmt: skip
def test_each_month_is_the_right_one(values, text, day):
    assert values([text, text], DATE)[0] == [day, day]


def test_day_numbers_count_from_1904_only_where_that_is_said(values):
    assert values(["45296", "45296.5"], TIMESTAMP)[0] == [datetime(2024, 1, 5), datetime(2024, 1, 5, 12)]
    # The two systems lie 1462 days apart: 2024-01-05 is 45296 in one and 43834 in the other.
    assert values(["43834"], DATE, answer="1904")[0] == [date(2024, 1, 5)]


def test_seconds_and_milliseconds_since_1970(values):
    # 2024-01-05 10:00 UTC is 19727 days and 10 hours after the first of January 1970.
    seconds = 19727 * 86400 + 36000
    result, coerced = values([str(seconds), str(seconds * 1000)], TIMESTAMP)
    assert result == [datetime(2024, 1, 5, 10)] * 2
    assert any(note.startswith("epoch:") and "UTC" in note for note in coerced.notes)


def test_what_could_be_a_day_and_an_hour_is_no_second(values):
    assert values(["2024010509", "2024010510"], TIMESTAMP)[0] == [None, None]


def test_each_form_is_read_by_itself_and_the_open_one_by_the_span_of_the_others(values):
    settled = [f"2024-01-{day:02}" for day in range(1, 21)]
    result, coerced = values([*settled, "05/01/2024", "07/01/2024", "11/01/2024", "Jan 21 2024"], DATE)
    assert result[20:] == [date(2024, 1, 5), date(2024, 1, 7), date(2024, 1, 11), date(2024, 1, 21)]
    assert any(note.startswith("order_in_range:") for note in coerced.notes)


def test_without_evidence_the_open_form_is_asked_about_and_the_others_read(values):
    result, coerced = values(["2024-01-05", "05/02/2024", "Jan 5 2024"], DATE)
    assert result == [date(2024, 1, 5), None, date(2024, 1, 5)]
    assert "05/02/2024" in coerced.question


def test_half_dates_are_left_empty_and_counted(values):
    result, coerced = values(["2024-01-05", "Jan-05", "5-Jan", "2024-02-05"], DATE)
    assert result == [date(2024, 1, 5), None, None, date(2024, 2, 5)]
    [note] = [note for note in coerced.notes if note.startswith("half_dates:")]
    assert "2 cells" in note


def test_a_column_of_months_is_one_of_months(values):
    assert values(["Jan-24", "Feb-24"], DATE)[0] == [date(2024, 1, 1), date(2024, 2, 1)]
