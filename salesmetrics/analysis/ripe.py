"""The latest part of a period of which something can be told by now: all its customers have had the time for it."""

from __future__ import annotations

from datetime import date, timedelta

from salesmetrics.model.calendar import Grain, Period, add_months, floor


def ripe(period: Period, through: date, days: int = 0, months: int = 0) -> Period:
    """Give the whole months of `period` that ended so many days or months before the data does, on `through`.

    Where there are none it is as many months before them. A period that is old enough stands as it is.

    >>> year = Period(date(2025, 1, 1), date(2026, 1, 1))
    >>> ripe(year, date(2025, 12, 31), days=90)
    Period(start=datetime.date(2025, 1, 1), end=datetime.date(2025, 10, 1))
    >>> ripe(year, date(2025, 12, 31), months=12)
    Period(start=datetime.date(2024, 1, 1), end=datetime.date(2025, 1, 1))
    """
    latest = add_months(through + timedelta(days=1), -months) - timedelta(days=days)
    if period.end <= latest:
        return period
    end = floor(latest, Grain.MONTH)
    if period.start < end:
        return Period(period.start, end)
    last = period.end - timedelta(days=1)
    length = (last.year - period.start.year) * 12 + last.month - period.start.month + 1
    return Period(add_months(end, -length), end)
