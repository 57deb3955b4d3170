"""Numbers: exact, with one decimal mark for a whole column; what does not fit is unreadable, never an error."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesmetrics.ingest.coerce import coerce
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.model.tables import ColumnType

MONEY, NUMBER = ColumnType.MONEY, ColumnType.NUMBER


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("16.448", "16.448"), ("-5.487", "-5.487"), ("1,234,567.89", "1234567.89"), ("$1,234.50", "1234.5"),
        ("¥1,234.50", "1234.5"), ("￥１，２３４．５０", "1234.5"), ("1234.5元", "1234.5"), ("€ 12.00", "12"),
        ("£12", "12"),
        ("USD 12.50", "12.5"), ("12.50 EUR", "12.5"), ("(1,234.50)", "-1234.5"), ("($12.50)", "-12.5"),
        ("-$12.50", "-12.5"), ("$-12.50", "-12.5"), ("12.50-", "-12.5"), ("−12.5", "-12.5"),
        ("（100.5）", "-100.5"),
        ("+7.5", "7.5"), ("1 234.50", "1234.5"), ("1\u00a0234.50", "1234.5"), ("1'234.50", "1234.5"),
        (".5", "0.5"),
        ("12.", "12"), ("1.2E+05", "120000"), ("3.5K", "3500"), ("1.5M", "1500000"), ("1.2万", "12000"),
        ("0.5亿", "50000000"),
        ("12.5%", "0.125"), ("1,23,456.00", "123456"), ("0.0000004", "0"), ("HK$5.5", "5.5"),
    ],
)  # fmt: skip
def test_forms_of_numbers(values, text, number):
    result, coerced = values([text, "1.25"], MONEY)
    assert result == [Decimal(number), Decimal("1.25")]
    assert (coerced.unreadable, coerced.question) == (0, None)


@pytest.mark.parametrize(
    "text",
    ["twelve", "12 boxes", "1.2.3", "1,2,3", "12-34", "2024-01-05", "1000000000000", "9" * 400, "1e99", "(5", "5)",
     "--5", "5 5", "$", "%", "A12", "1'2"],
)  # fmt: skip
def test_what_is_no_number_is_unreadable(values, text):
    result, coerced = values([text, "1.25"], NUMBER)
    assert result == [None, Decimal("1.25")]
    assert (coerced.filled, coerced.unreadable) == (2, 1)


def test_what_stands_for_nothing_is_empty(values):
    result, coerced = values(["1.5", "-", "N/A", "NULL", "", "#N/A"], NUMBER)
    assert result == [Decimal("1.5")] + [None] * 5
    assert (coerced.filled, coerced.unreadable) == (1, 0)


def test_a_decimal_comma_is_decided_by_the_column(values):
    result, coerced = values(["1.234,50", "1.234", "7,5", "12"], MONEY, delimiter=";")
    assert result == [Decimal("1234.5"), Decimal("1234"), Decimal("7.5"), Decimal("12")]
    assert any(note.startswith("decimal_comma:") for note in coerced.notes)


def test_a_decimal_point_is_decided_by_the_column(values):
    result, _coerced = values(["1,234", "7.5", "1.234"], MONEY)
    assert result == [Decimal("1234"), Decimal("7.5"), Decimal("1.234")]


def test_three_digits_after_a_comma_are_thousands_where_commas_divide_the_file(values):
    result, coerced = values(["1,234", "22,500"], MONEY)
    assert result == [Decimal("1234"), Decimal("22500")]
    assert any(note.startswith("thousands_comma:") for note in coerced.notes)


@pytest.mark.parametrize(("answer", "number"), [("point", "1.234"), ("comma", "1234")])
def test_only_a_person_can_tell_a_lone_mark_in_a_semicolon_file(values, answer, number):
    result, coerced = values(["1.234", "2.500", "500"], MONEY, delimiter=";")
    assert "value" in coerced.question
    assert result == [None, None, Decimal("500")]
    result, coerced = values(["1.234"], MONEY, delimiter=";", answer=answer)
    assert (result, coerced.question) == ([Decimal(number)], None)


def test_marks_that_contradict_are_said_and_the_fewer_unreadable(values):
    result, coerced = values(["1.50", "2.25", "3,5"], MONEY, delimiter=";")
    assert result == [Decimal("1.5"), Decimal("2.25"), None]
    assert any(note.startswith("mixed_marks:") for note in coerced.notes)


def test_percentages_and_currencies_are_said(values):
    _result, coerced = values(["10%", "12%"], NUMBER)
    assert [note.split(":")[0] for note in coerced.notes] == ["percent"]
    _result, coerced = values(["$10", "€12"], MONEY)
    assert coerced.currencies == ("EUR", "USD")


def _written(number: Decimal, thousands: str, decimal: str) -> str:
    return f"{number:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=30),
    st.sampled_from([(",", "."), (".", ","), ("", "."), ("", ","), (" ", ","), ("'", ".")]),
    st.sampled_from(["{}", "${}", "{} €", "¥ {}"]),
)
def test_formatted_numbers_come_back(numbers, marks, currency):
    connection = duckdb.connect()
    connection.execute("CREATE TABLE staged (row BIGINT, c0 VARCHAR)")
    cells = [(row, currency.format(_written(number, *marks))) for row, number in enumerate(numbers)]
    connection.executemany("INSERT INTO staged VALUES (?, ?)", cells)
    coerced = coerce(connection, Sheet("f", None, ("n",), 1, "staged", len(cells)), 0, MONEY)
    rows = connection.execute(f"SELECT {coerced.expression} FROM staged ORDER BY row").fetchall()
    assert [value for (value,) in rows] == numbers


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("019.,-+%()$€kM万 'eE/:年月"), max_size=12), max_size=20))
def test_no_text_makes_a_column_fail(cells):
    connection = duckdb.connect()
    connection.execute("CREATE TABLE staged (row BIGINT, c0 VARCHAR)")
    if cells:
        rows = [(row, cell.strip() or None) for row, cell in enumerate(cells)]
        connection.executemany("INSERT INTO staged VALUES (?, ?)", rows)
    sheet = Sheet("f", None, ("n",), 1, "staged", len(cells), delimiter=";")
    for kind in ColumnType:
        coerced = coerce(connection, sheet, 0, kind)
        [(read,)] = connection.execute(f"SELECT count({coerced.expression}) FROM staged").fetchall()
        assert read == coerced.filled - coerced.unreadable
