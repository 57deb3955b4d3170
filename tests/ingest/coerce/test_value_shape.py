"""The shape of a column's values: shares that a reader of the same cells would count."""

from __future__ import annotations

from salesmetrics.ingest.coerce import shape


def test_shares_are_of_filled_cells(connection, sheet_of):
    sheet = sheet_of(
        day=["2024-01-05", "5 Jan 2024", "2024年1月5日", "soon", "", "N/A"],
        amount=["$1,234.50", "(5)", "12%", "0.5", "A12", ""],
        flag=["Yes", "No", "1", "", "", ""],
    )
    day, amount, flag = (shape(connection, sheet, column) for column in (1, 2, 3))
    assert (day.filled, day.distinct, day.dates, day.numbers, day.longest) == (4, 4, 0.75, 0.0, 10)
    assert (amount.filled, amount.numbers, amount.percents, amount.integers) == (5, 0.8, 0.2, 0.0)
    assert amount.fractions == 0.2
    assert (flag.booleans, flag.integers) == (1.0, 1 / 3)
    assert flag.samples == ("1", "No", "Yes")


def test_money_is_not_taken_for_dates(connection, sheet_of):
    sheet = sheet_of(amount=["1234.56", "2024.12", "1999.99"])
    assert shape(connection, sheet, 1).dates == 0


def test_an_empty_column_has_no_shape(connection, sheet_of):
    found = shape(connection, sheet_of(note=["", "", ""], other=["a", "b", "c"]), 1)
    assert (found.filled, found.distinct, found.dates, found.samples, found.longest) == (0, 0, 0, (), 0)


def test_codes_are_no_numbers(connection, sheet_of):
    assert shape(connection, sheet_of(code=["R1", "C12", "V6Z"]), 1).numbers == 0
