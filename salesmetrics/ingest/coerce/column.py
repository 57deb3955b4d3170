"""Read one column of a staged sheet as one type, decided from all its cells."""

from __future__ import annotations

import duckdb

from salesmetrics.ingest.coerce.booleans import coerce_boolean
from salesmetrics.ingest.coerce.coerced import Coerced
from salesmetrics.ingest.coerce.dates import coerce_date
from salesmetrics.ingest.coerce.numbers import coerce_number
from salesmetrics.ingest.coerce.texts import coerce_text
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.model.tables import ColumnType


def coerce(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    column: int,
    type: ColumnType,
    *,
    name: str = "",
    date_order: str | None = None,
    decimal: str | None = None,
) -> Coerced:
    """Tell how column number `column` (from 0) of `sheet` reads as `type`.

    The result's expression yields DATE, TIMESTAMP, DECIMAL(18, 6), BOOLEAN or VARCHAR over `sheet.relation`.
    `date_order` (`dmy`, `mdy` or `ymd`) and `decimal` (`.` or `,`) are a person's answers and override what the
    column says; `name` is what the column is called in notes and questions (its header by default).
    """
    label = name or sheet.header[column]
    if type in (ColumnType.DATE, ColumnType.TIMESTAMP):
        return coerce_date(connection, sheet, column, type, label, date_order)
    if type in (ColumnType.MONEY, ColumnType.NUMBER):
        return coerce_number(connection, sheet, column, label, decimal)
    if type is ColumnType.BOOLEAN:
        return coerce_boolean(connection, sheet, column)
    return coerce_text(connection, sheet, column)
