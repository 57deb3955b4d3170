"""Dates and moments kept as one number: days of a spreadsheet, seconds and milliseconds since 1970."""

from __future__ import annotations

SYSTEM_1904 = "1904"
"""What a person says of a column whose day numbers count from 1904, as old Macintosh workbooks do."""

_DAYS = r"(?:\d{5}|\d\d,\d{3})(?:\.\d+)?"
_SECONDS = r"\d{10}(?:\.\d+)?"
_MILLISECONDS = r"\d{13}(?:\.0?)?"


def from_days(text: str, system: str | None) -> str:
    """SQL for the moment that a spreadsheet's day number means, 1954 to 2064; null for other cells.

    Days count from 1899-12-30, or from 1904-01-01 where the `system` is that of 1904.
    """
    days = f"try_cast(replace({text}, ',', '') AS DOUBLE)"
    first = "TIMESTAMP '1904-01-01'" if system == SYSTEM_1904 else "TIMESTAMP '1899-12-30'"
    moment = f"{first} + to_seconds(CAST(round({days} * 86400) AS BIGINT))"
    return f"CASE WHEN regexp_full_match({text}, '{_DAYS}') AND {days} BETWEEN 20000 AND 60000 THEN {moment} END"


def from_epoch(text: str, per_second: int) -> str:
    """SQL for the moment, in UTC, that seconds (or milliseconds) since 1970 mean, 1989 to 2030; null for other cells."""
    pattern = _SECONDS if per_second == 1 else _MILLISECONDS
    number = f"try_cast({text} AS DOUBLE)"
    micros = f"CAST(round({number} * {1_000_000 // per_second}) AS BIGINT)"
    between = f"{number} BETWEEN {600_000_000 * per_second} AND {1_900_000_000 * per_second}"
    return f"CASE WHEN regexp_full_match({text}, '{pattern}') AND {between} THEN make_timestamp({micros}) END"
