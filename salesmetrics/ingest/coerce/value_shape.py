"""Tell what the values of a column look like, from the top of the sheet, so that its meaning can be recognised."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from salesmetrics.ingest.coerce.booleans import NO, YES
from salesmetrics.ingest.coerce.coerced import is_filled, literal, literals
from salesmetrics.ingest.coerce.currency_signs import SIGNS
from salesmetrics.ingest.sheet import Sheet

_LOOKED_AT = 5_000
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_CLOCK = r"(?:[T ,]\s*.*\d{1,2}:\d{2}.*)?"
_DATE = (
    rf"(?i)(?:\d{{4}} ?[-/.年] ?\d{{1,2}} ?[-/.月] ?\d{{1,2}}[日号]?|(?:19|20)\d\d[-/](?:0?[1-9]|1[0-2])"
    rf"|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d\d)"
    rf"|\d{{1,2}}/\d{{4}}|\d{{4}}年\d{{1,2}}月|\d{{1,2}}[- /.]?(?:{_MONTH})[a-z]*[-, /.]{{0,2}}(?:\d{{4}}|\d\d)"
    rf"|(?:[a-z]+,? )?(?:{_MONTH})[a-z]*\.?[- ](?:\d{{1,2}}(?:st|nd|rd|th)?,? )?\d{{2,4}}"
    rf"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])){_CLOCK}"
)
_PERCENT = r"\d\s*[%％]$"
_INTEGER = r"[-+]?\d+|[-+]?\d{1,3}(?:,\d{3})+"
_SIGN = f"(?:{SIGNS}|￥)?"
_DIGITS = r"(?:\d[\d.,' \x{a0}]*|[.,]\d+)(?:e[-+]?\d+)?"
_NUMBER = rf"(?i)\(?[-+]?\s*{_SIGN}\s*[-+]?{_DIGITS}\s*[KMB万亿]?%?\s*{_SIGN}[-)]?"


@dataclass(frozen=True)
class Shape:
    """What the values at the top of a column look like; shares are of the filled cells, 0 to 1.

    A value may count as more than one thing: `20240105` reads as a date and as an integer, `1` as a boolean too.
    `percents` is the share written with a percent sign, `fractions` that of numbers from 0 to 1.
    """

    filled: int
    distinct: int
    dates: float
    numbers: float
    integers: float
    booleans: float
    percents: float
    fractions: float
    samples: tuple[str, ...]
    longest: int


def shape(connection: duckdb.DuckDBPyConnection, sheet: Sheet, column: int) -> Shape:
    """Describe the values of column number `column` (from 0), looking at the first 5,000 rows of `sheet`."""
    counted = (
        f"regexp_full_match(x, {literal(_DATE)})",
        f"regexp_full_match(x, {literal(_NUMBER)})",
        f"regexp_full_match(x, {literal(_INTEGER)})",
        f"lower(x) IN ({literals(YES + NO)})",
        f"regexp_matches(x, {literal(_PERCENT)})",
        "try_cast(x AS DOUBLE) BETWEEN 0 AND 1",
    )
    conditions = ", ".join(f"count(*) FILTER ({condition})" for condition in counted)
    [(filled, distinct, longest, samples, *counts)] = connection.execute(
        f"SELECT count(*), count(DISTINCT x), max(length(x)), list(DISTINCT x ORDER BY x)[:5], {conditions} "
        f"FROM (SELECT c{column} AS x FROM {sheet.relation} ORDER BY row LIMIT {_LOOKED_AT}) "
        f"WHERE {is_filled('x')}"
    ).fetchall()
    dates, numbers, integers, booleans, percents, fractions = (count / max(filled, 1) for count in counts)
    return Shape(
        filled,
        distinct,
        dates,
        numbers,
        integers,
        booleans,
        percents,
        fractions,
        tuple(samples or ()),
        longest or 0,
    )
