"""Read one column of a staged sheet as one type, decided from all its cells."""

from __future__ import annotations

import duckdb

from salesmetrics.ingest.coerce.booleans import coerce_boolean
from salesmetrics.ingest.coerce.coerced import Coerced
from salesmetrics.ingest.coerce.dates import coerce_date
from salesmetrics.ingest.coerce.numbers import coerce_number
from salesmetrics.ingest.coerce.rates import RATES
from salesmetrics.ingest.coerce.texts import coerce_text
from salesmetrics.ingest.coerce.yearless import coerce_yearless, is_yearless
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.model.tables import ColumnType


def coerce(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    column: int,
    type: ColumnType,
    *,
    name: str = "",
    answer: str | None = None,
    utc: bool = False,
) -> Coerced:
    """Tell how column number `column` (from 0) of `sheet` reads as `type`.

    The result's expression yields DATE, TIMESTAMP, DECIMAL(18, 6), BOOLEAN or VARCHAR over `sheet.relation`.
    `answer` is what a person said to the column's question (see `ANSWERS`) and overrides what the column says;
    `name` is the canonical column, what the column is called in notes and questions (its header by default).
    `utc` brings times with an offset to UTC, because another column of the sheet has another offset.
    """
    label = name or sheet.header[column]
    if is_yearless(sheet, column, type, name):
        return coerce_yearless(sheet, type, answer)
    if type in (ColumnType.DATE, ColumnType.TIMESTAMP):
        return coerce_date(connection, sheet, column, type, label, answer, utc=utc)
    if type in (ColumnType.MONEY, ColumnType.NUMBER):
        money = type is ColumnType.MONEY
        return coerce_number(connection, sheet, column, label, answer, rate=name in RATES, money=money)
    if type is ColumnType.BOOLEAN:
        return coerce_boolean(connection, sheet, column)
    return coerce_text(connection, sheet, column, key=name.endswith("_id"))


ANSWERS = ("dmy", "mdy", "ymd", "swapped", "kept", "1904", "point", "comma", "percent", "fraction")
"""Everything that a question about a column, or about the system of its day numbers, is answered with."""
