"""Headers that name a month, a quarter, half a year or a year: `Jan-24`, `2024Q1`, `1月`, `FY24 Q1`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""The kinds of periods, finest first, with their months."""

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    "(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|sept|"
    "september|october|november|december)\\.?"
)
_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_GAP = r"[\s\-–/._,']*"
_Y4 = r"(?P<y>(?:19|20)\d\d)"
_YEAR = r"(?P<fy>fy|cy)?[\s\-']*(?P<y>(?:19|20)\d\d|\d\d)(?:\s*(?:财年|年度?))?"
_MONTH = r"(?P<m>0?[1-9]|1[0-2])"
_QUARTER = (
    r"(?:q\s*(?P<q>[1-4])(?:季度?)?|(?P<qb>[1-4])\s*q|quarter\s*(?P<qc>[1-4])|(?P<qd>[1-4])(?:st|nd|rd|th)?\s*quarter"
    r"|第?(?P<qe>[1-4一二三四])季度?)"
)
_HALF = r"(?:h\s*(?P<h>[12])|(?P<hb>[12])\s*h|(?P<hc>[上下])半年)"
_CHINESE_MONTH = r"(?P<cm>十[一二]?|[一二三四五六七八九])月份?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        _NAME,
        _NAME + _GAP + _YEAR,
        _YEAR + _GAP + _NAME,
        rf"{_Y4}\s*[-/.m]\s*{_MONTH}",
        rf"{_Y4}(?P<m>0[1-9]|1[0-2])",
        rf"(?:{_Y4}\s*年?|(?P<yb>\d\d)\s*年)\s*{_MONTH}\s*月份?",
        rf"(?:{_Y4}\s*年?|(?P<yb>\d\d)\s*年)\s*{_CHINESE_MONTH}",
        rf"{_MONTH}\s*月份?",
        _CHINESE_MONTH,
        rf"{_MONTH}\s*[-/.]\s*{_Y4}",
        _QUARTER,
        _QUARTER + _GAP + _YEAR,
        _YEAR + _GAP + _QUARTER,
        _HALF,
        _HALF + _GAP + _YEAR,
        _YEAR + _GAP + _HALF,
        rf"(?:(?P<fy>fy|cy)[\s\-']*)?{_Y4}(?:\s*(?:财年|年度?))?",
        r"(?P<fy>fy)[\s\-']*(?P<y>\d\d)",
    )
)
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t]0{1,2}:00(?::00)?)?")
_DAY_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_LONGEST = 60
_SERIAL = re.compile(r"[345]\d{4}")
# What spreadsheets count days from, so that 1 March 1900 and later are right.
_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True)
class Period:
    """A period as a header names it: which one (`number`, from 1) of what (`unit`), of which year, if it says."""

    unit: str
    number: int
    year: int | None = None
    fiscal: bool = False

    def first_day(self, year: int) -> date:
        """The first day, in the calendar year `year`."""
        return date(year, (self.number - 1) * MONTHS_IN[self.unit] + 1, 1)

    def last_day(self, year: int) -> date:
        """The last day, in the calendar year `year`."""
        month = self.number * MONTHS_IN[self.unit]
        return (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)) - timedelta(days=1)


def period_of(header: str) -> Period | None:
    """Tell which period `header` names; None when it names none.

    >>> period_of("Jan-24")
    Period(unit='month', number=1, year=2024, fiscal=False)
    >>> period_of("2024年3月").number, period_of("第二季度").unit, period_of("FY24 Q1").fiscal
    (3, 'quarter', True)
    >>> period_of("Region") is None
    True
    """
    if len(header) > _LONGEST:
        return None
    text = " ".join(unicodedata.normalize("NFKC", header).casefold().replace("\u2019", "'").split())
    day = _first_of_month(text)
    if day is not None:
        return Period("month", day.month, day.year)
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            return _read(match.groupdict())
    return None


def serial_months(headers: list[str]) -> dict[str, Period]:
    """Read numbers that count days as a spreadsheet does, where three or more are first days of months.

    >>> serial_months(["Rep", "45292", "45323", "45352"])["45352"].number
    3
    """
    days = {text: _DAY_ZERO + timedelta(days=int(text)) for text in headers if _SERIAL.fullmatch(text)}
    months = {text: Period("month", day.month, day.year) for text, day in days.items() if day.day == 1}
    return months if len(months) >= 3 and len(months) == len(days) else {}


def _first_of_month(text: str) -> date | None:
    """Read a whole day, where it can only stand for its month: the first one of it."""
    match = _DAY.fullmatch(text)
    if match:
        year, month, day = map(int, match.groups())
    else:
        match = _DAY_AND_YEAR.fullmatch(text)
        if not match:
            return None
        one, other, year = map(int, match.groups())
        day, month = (other, one) if other == 1 else (one, other)
    return date(year, month, 1) if day == 1 and 1 <= month <= 12 and year >= 1900 else None


def _read(parts: dict[str, str | None]) -> Period:
    written = parts.get("y") or parts.get("yb")
    year = int(written) if written else None
    if year is not None and year < 100:
        year += 2000
    fiscal = parts.get("fy") == "fy"
    quarter = next((parts[key] for key in ("q", "qb", "qc", "qd", "qe") if parts.get(key)), None)
    half = next((parts[key] for key in ("h", "hb", "hc") if parts.get(key)), None)
    if quarter:
        number = _CHINESE.index(quarter) + 1 if quarter in _CHINESE else int(quarter)
        return Period("quarter", number, year, fiscal)
    if half:
        return Period("half", {"上": 1, "下": 2}.get(half) or int(half), year, fiscal)
    if parts.get("name"):
        return Period("month", _NAMES.index(str(parts["name"])[:3]) + 1, year, fiscal)
    if parts.get("cm"):
        return Period("month", _CHINESE.index(str(parts["cm"])) + 1, year, fiscal)
    if parts.get("m"):
        return Period("month", int(str(parts["m"])), year, fiscal)
    return Period("year", 1, year, fiscal)
