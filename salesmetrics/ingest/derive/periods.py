"""First and last day of a period as people write it: 2024, 2024Q1, H1 2024, 2024年3月, Mar 2024, 2024-W05."""

from __future__ import annotations

from collections.abc import Collection

from salesmetrics.i18n import _
from salesmetrics.ingest.derive.step import Step

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_YEAR = r"((?:19|20)\d\d)"
_P = "upper(trim(period))"


def _part(pattern: str) -> str:
    """SQL for the number that `pattern` finds in a period; null where it finds none."""
    return f"TRY_CAST(nullif(regexp_extract({_P}, '{pattern}', 1), '') AS INTEGER)"


def _numbered(pattern: str, names: str) -> str:
    """SQL for the place among `names` (divided by |) of what `pattern` finds in a period."""
    listed = ", ".join(f"'{name.upper()}'" for name in names.split("|"))
    return f"nullif(list_position([{listed}], nullif(regexp_extract({_P}, '{pattern}', 1), '')), 0)"


def _either(*numbers: str) -> str:
    return f"coalesce({', '.join(numbers)})"


def whole_period(columns: Collection[str]) -> Step:
    """Work out the first and last day of a period such as 2024-03, 2024Q1, 2024年3月, 2024-W05 or 2024.

    What is none of these has no days: its row is set aside rather than taken for a whole year.
    """
    if {"period_start", "period_end"} <= set(columns) or "period" not in columns:
        return Step()
    year = _either(
        _part(_YEAR),
        # A year of two digits stands only beside a letter that says what the other number is: Q1-24, Mar 24.
        "2000 + " + _part(r"(?:Q[1-4]|H[12]|[A-Z]{3,9})[- /.'']{0,2}(?:FY)?(\d\d)$"),
        "2000 + " + _part(r"^(\d\d)[- /]?(?:Q[1-4]|H[12])$"),
        "2000 + " + _part(r"^[1-4]Q[- /'']?(\d\d)$"),
    )
    quarter = _either(
        _part(r"(?:^|[^A-Z])Q\s*([1-4])(?:\D|$)"),
        _part(r"(?:^|\D)([1-4])Q"),
        _part("第?([1-4])季"),
        _numbered("第?([一二三四])季", "一|二|三|四"),
    )
    half = _either(_part(r"(?:^|[^A-Z])H\s*([12])(?:\D|$)"), _numbered("(上|下)半年", "上|下"))
    week = _either(_part(r"W\s*(\d{1,2})(?:\D|$)"), _part("第?([0-9]{1,2})周"))
    month = _either(
        _part(r"(?:19|20)\d\d\s*[-/.年]?\s*(0?[1-9]|1[0-2])(?:\D|$)"),
        _part(r"^(0?[1-9]|1[0-2])\s*[-/.]\s*(?:19|20)\d\d$"),
        _numbered(f"(?:^|[^A-Z])({_MONTHS.upper()})[A-Z]*", _MONTHS),
    )
    alone = f"regexp_full_match({_P}, '(?:FY|CY)?\\s*(?:19|20)\\d\\d\\s*(?:年|年度)?')"
    start = (
        f"TRY(CASE WHEN {quarter} IS NOT NULL THEN make_date({year}, {quarter} * 3 - 2, 1) "
        f"WHEN {half} IS NOT NULL THEN make_date({year}, {half} * 6 - 5, 1) "
        f"WHEN {week} IS NOT NULL THEN CAST(try_strptime({year} || '-' || lpad(CAST({week} AS VARCHAR), 2, '0') || '-1', "
        "'%G-%V-%u') AS DATE) "
        f"WHEN {month} IS NOT NULL THEN make_date({year}, {month}, 1) WHEN {alone} THEN make_date({year}, 1, 1) END)"
    )
    length = (
        f"CASE WHEN {quarter} IS NOT NULL THEN INTERVAL 3 MONTH WHEN {half} IS NOT NULL THEN INTERVAL 6 MONTH "
        f"WHEN {week} IS NOT NULL THEN INTERVAL 7 DAY WHEN {month} IS NOT NULL THEN INTERVAL 1 MONTH "
        "ELSE INTERVAL 12 MONTH END"
    )
    return Step(
        {"period_start": start, "period_end": f"CAST({start} + {length} - INTERVAL 1 DAY AS DATE)"},
        (_("First and last day are those of the period named."),),
    )
