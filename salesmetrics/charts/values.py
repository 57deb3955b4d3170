"""Numbers, changes and periods as people read them: at most four figures that matter, and the full value beside."""

from __future__ import annotations

import math
from contextvars import ContextVar
from datetime import date, timedelta
from functools import lru_cache

from salesmetrics.charts.money import decimals, in_currency
from salesmetrics.i18n import _, current_language

SPACE = "\u00a0"
MINUS = "\u2212"
_SCALES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


def language() -> str:
    """Give the reader's language as two letters, such as "en" or "zh"."""
    return current_language()[:2]


def _signed(text: str, value: float) -> str:
    return f"{MINUS}{text}" if value < 0 and any(digit in text for digit in "123456789") else text


def _significant(size: float) -> str:
    """Write a size of at least 0 with three or four figures, without useless zeros."""
    for scale, letter in _SCALES:
        # A thousand below the scale's own start is still read faster in full: 4,738 rather than 4.74 k.
        if size >= max(scale * 0.9995, 9999.5):
            scaled = size / scale
            digits = 0 if scaled >= 99.95 else 1 if scaled >= 9.995 else 2
            return f"{scaled:.{digits}f}{SPACE}{letter}"
    digits = 0 if size >= 999.5 else 1 if size >= 99.95 else 2
    text = f"{size:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if digits and set(text.partition(".")[2]) == {"0"} else text


def _duration(hours: float) -> str:
    if hours >= 48:
        return _("{n} d").format(n=_significant(hours / 24)).replace(" ", SPACE)
    minutes = round(hours * 60)
    if minutes < 60:
        return f"{minutes}{SPACE}min"
    whole, rest = divmod(minutes, 60)
    return f"{whole}{SPACE}h" if not rest else f"{whole}{SPACE}h{SPACE}{rest}{SPACE}min"


def compact(value: float | None, unit: str) -> str:
    """Write a value short enough for a card; "–" where there is none.

    >>> [compact(2326534.35, "money"), compact(0.63215, "percent"), compact(57.0, "days"), compact(2.5, "hours")]
    ['2.33\\xa0M', '63.2\\xa0%', '57\\xa0d', '2\\xa0h\\xa030\\xa0min']
    """
    if value is None or math.isnan(value):
        return "–"
    size = abs(value)
    match unit:
        case "percent":
            text = f"{size * 100:.1f}{SPACE}%"
        case "hours":
            text = _duration(size)
        case "days":
            text = f"{size:,.1f}".removesuffix(".0") + f"{SPACE}d"
        case "months":
            shown = f"{size:,.1f}".removesuffix(".0")
            text = (_("{n} month") if shown == "1" else _("{n} months")).format(n=shown).replace(" ", SPACE)
        case "times":
            text = f"{size:.2f}×"
        case "index":
            text = f"{size:.2g}"
        case "points":
            return f"{MINUS if value < 0 else '+'}{size:.1f}"
        case "money":
            text = in_currency(_significant(size))
        case _:
            text = _significant(size)
    return _signed(text, value)


def full(value: float | None, unit: str) -> str:
    """Write a value in full, money to the cent; "–" where there is none.

    >>> [full(2326534.345, "money"), full(4738.0, "count"), full(0.632154, "percent")]
    ['2,326,534.35', '4,738', '63.2154\\xa0%']
    """
    if value is None or math.isnan(value):
        return "–"
    size = abs(value)
    match unit:
        case "percent":
            text = f"{size * 100:.4f}{SPACE}%"
        case "money":
            # Half a cent is rounded as people do; the nudge is far below what a float of this size can hold apart.
            text = in_currency(f"{size + size * 1e-15:,.{decimals()}f}")
        case "count" | "units":
            text = f"{size:,.2f}".removesuffix(".00")
        case _:
            return (
                compact(value, unit) if unit == "hours" else _signed(f"{size:,.4f}".rstrip("0").rstrip("."), value)
            )
    return _signed(text, value)


def change(difference: float | None, growth: float | None, unit: str) -> str:
    """Write a change: percentage points for shares, per cent for the rest, the difference where no per cent fits.

    >>> [change(0.021, 0.03, "percent"), change(120.0, 0.123, "money"), change(300.0, None, "money")]
    ['+2.1\\xa0pp', '+12.3\\xa0%', '+300']
    """
    if difference is None or math.isnan(difference):
        return "–"
    sign = MINUS if difference < 0 else "+"
    if unit == "percent":
        size = abs(difference) * 100
        text = f"{size:.1f}{SPACE}pp"
    elif unit == "points" or growth is None or math.isnan(growth):
        text = f"{abs(difference):.1f}" if unit == "points" else compact(abs(difference), unit)
    else:
        size = abs(growth) * 100
        text = f"{size:,.0f}{SPACE}%" if size >= 100 else f"{size:.1f}{SPACE}%"
    return f"{sign}{text}" if any(digit in text for digit in "123456789") else f"±{text}"


_fiscal_year_start: ContextVar[int] = ContextVar("fiscal_year_start", default=1)


def use_fiscal_year(start: int) -> None:
    """Say with which month years begin for whoever reads what is written from here on, in this thread or session."""
    _fiscal_year_start.set(start)


def fiscal_year_start() -> int:
    """Give the month with which years begin for whoever reads."""
    return _fiscal_year_start.get()


def month_name(day: date) -> str:
    """Give the short name of the month of `day`.

    >>> month_name(date(2022, 11, 3))
    'Nov'
    """
    names = (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip
    return names[day.month - 1]


def day_name(day: date) -> str:
    """Write one day.

    >>> day_name(date(2022, 11, 3))
    '3 Nov 2022'
    """
    return _("{day} {month} {year}").format(day=day.day, month=month_name(day), year=day.year)


def period_name(start: date, end: date) -> str:
    """Write the days from `start` to `end` (exclusive) as briefly as they can be named.

    >>> [period_name(date(2022, 11, 1), date(2022, 12, 1)), period_name(date(2022, 4, 1), date(2022, 7, 1))]
    ['Nov 2022', 'Q2 2022']
    >>> period_name(date(2022, 3, 1), date(2023, 3, 1))
    'Mar 2022 – Feb 2023'
    >>> period_name(date(2022, 3, 1), date(2022, 3, 15))
    '1 – 14 Mar 2022'
    """
    return _period_name(start, end, current_language(), fiscal_year_start())


@lru_cache(maxsize=4096)
def _period_name(start: date, end: date, _language: str, year_start: int) -> str:
    last = end - timedelta(days=1)
    if start >= last:
        return day_name(start)
    if start.day == 1 and end.day == 1:
        months = (end.year - start.year) * 12 + end.month - start.month
        if months == 1:
            return _("{month} {year}").format(month=month_name(start), year=start.year)
        # Where years begin in April, "Q2" would mean two things: months are named instead.
        if months == 3 and start.month % 3 == 1 and year_start == 1:
            return _("Q{quarter} {year}").format(quarter=start.month // 3 + 1, year=start.year)
        if months == 12 and start.month == 1:
            return str(start.year)
        first_name = _("{month} {year}").format(month=month_name(start), year=start.year)
        last_name = _("{month} {year}").format(month=month_name(last), year=last.year)
        return _("{first} – {last}").format(first=first_name, last=last_name)
    if (start.year, start.month) == (last.year, last.month):
        return _("{first} – {last}").format(first=start.day, last=day_name(last))
    if start.year == last.year:
        first_name = _("{day} {month}").format(day=start.day, month=month_name(start))
        return _("{first} – {last}").format(first=first_name, last=day_name(last))
    return _("{first} – {last}").format(first=day_name(start), last=day_name(last))
