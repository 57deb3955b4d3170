"""Days, weeks, months, quarters and years as half-open periods, and the periods that a number is set against."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from salesmetrics.model.conventions import Conventions


class Grain(StrEnum):
    """How finely a period is cut for a trend."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS_IN = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
"""Months in each grain that is made of months."""


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` (inclusive) to `end` (exclusive)."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days the period has.

        >>> Period(date(2024, 2, 1), date(2024, 3, 1)).days
        29
        """
        return (self.end - self.start).days


def add_months(day: date, months: int) -> date:
    """Move `day` by whole months; a day that the month lacks becomes its last day.

    >>> add_months(date(2024, 2, 29), -12)
    datetime.date(2023, 2, 28)
    """
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    # Asking for the length of a month costs more than the rest.
    last = 28 if day.day <= 28 else calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def month_end(day: date) -> date:
    """Give the last day of the month of `day`.

    >>> month_end(date(2022, 12, 30))
    datetime.date(2022, 12, 31)
    """
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def shift(grain: Grain | None, conventions: Conventions) -> int:
    """Tell how much later than usual buckets start: days for weeks, months for quarters and years.

    >>> shift(Grain.QUARTER, Conventions(fiscal_year_start=6)), shift(Grain.YEAR, Conventions(fiscal_year_start=6))
    (2, 5)
    """
    match grain:
        case Grain.WEEK:
            return conventions.week_start - 1
        case Grain.QUARTER | Grain.YEAR:
            return (conventions.fiscal_year_start - 1) % MONTHS_IN[grain]
        case _:
            return 0


def floor(day: date, grain: Grain, conventions: Conventions = Conventions()) -> date:
    """Give the first day of the week, month, quarter or year of `day`.

    >>> floor(date(2024, 5, 15), Grain.QUARTER)
    datetime.date(2024, 4, 1)
    >>> floor(date(2024, 5, 15), Grain.YEAR, Conventions(fiscal_year_start=7))
    datetime.date(2023, 7, 1)
    """
    later = shift(grain, conventions)
    match grain:
        case Grain.DAY:
            return day
        case Grain.WEEK:
            return day - timedelta(days=(day.weekday() - later) % 7)
        case Grain.MONTH:
            return day.replace(day=1)
        case Grain.QUARTER | Grain.YEAR:
            return add_months(day.replace(day=1), -((day.month - 1 - later) % MONTHS_IN[grain]))


def bucket(day: date, grain: Grain, conventions: Conventions = Conventions()) -> Period:
    """Give the whole day, week, month, quarter or year that holds `day`."""
    start = floor(day, grain, conventions)
    return Period(start, _step(start, grain, 1))


@lru_cache(maxsize=1024)
def buckets(period: Period, grain: Grain | None, conventions: Conventions = Conventions()) -> tuple[Period, ...]:
    """Cut a period by a grain, in order; the first and last are clipped to it. No grain leaves it whole.

    >>> [b.days for b in buckets(Period(date(2024, 1, 10), date(2024, 3, 1)), Grain.MONTH)]
    [22, 29]
    """
    if grain is None:
        return (period,)
    cut: list[Period] = []
    day = period.start
    while day < period.end:
        end = bucket(day, grain, conventions).end
        cut.append(Period(day, min(end, period.end)))
        day = end
    return tuple(cut)


def widen(period: Period, grain: Grain | None, conventions: Conventions = Conventions()) -> Period:
    """Stretch a period to whole buckets of the grain."""
    if grain is None:
        return period
    last = period.end - timedelta(days=1)
    return Period(floor(period.start, grain, conventions), bucket(last, grain, conventions).end)


def working_days_in(period: Period, working_days: Collection[int]) -> int:
    """Count the days of a period that fall on ISO weekdays on which people work (1 is Monday).

    >>> working_days_in(Period(date(2024, 2, 1), date(2024, 3, 1)), (1, 2, 3, 4, 5))
    21
    """
    weeks, rest = divmod(max(period.days, 0), 7)
    first = period.start.isoweekday()
    in_the_rest = {(first - 1 + place) % 7 + 1 for place in range(rest)}
    worked = set(working_days)
    return weeks * len(worked) + len(in_the_rest & worked)


def previous(period: Period) -> Period:
    """Give the equally long calendar period before: months before months, else the same number of days.

    >>> previous(Period(date(2024, 4, 1), date(2024, 7, 1)))
    Period(start=datetime.date(2024, 1, 1), end=datetime.date(2024, 4, 1))
    """
    if period.start.day == 1 and period.end.day == 1:
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
        return Period(add_months(period.start, -months), period.start)
    return Period(period.start - timedelta(days=period.days), period.start)


def year_before(period: Period, grain: Grain | None = None) -> Period:
    """Give the same period a year earlier; weeks pair with the week 52 before, 29 Feb with 28 Feb.

    >>> year_before(Period(date(2024, 2, 1), date(2024, 3, 1)))
    Period(start=datetime.date(2023, 2, 1), end=datetime.date(2023, 3, 1))
    """
    if grain is Grain.WEEK:
        return Period(period.start - timedelta(weeks=52), period.end - timedelta(weeks=52))
    start = add_months(period.start, -12)
    if period.end.day == 1:
        return Period(start, add_months(period.end, -12))
    # The last day inside is moved, not the day after it: a period that ends on 29 Feb ends on 28 Feb.
    return Period(start, add_months(period.end - timedelta(days=1), -12) + timedelta(days=1))


def first_days(period: Period, days: int) -> Period:
    """Cut a period to its first days, so that it is set against one that has not ended yet."""
    return Period(period.start, min(period.end, period.start + timedelta(days=days)))


def _step(start: date, grain: Grain, count: int) -> date:
    if grain is Grain.DAY:
        return start + timedelta(days=count)
    if grain is Grain.WEEK:
        return start + timedelta(weeks=count)
    return add_months(start, MONTHS_IN[grain] * count)
