"""When the sample company does business: its three years, its seasons, its working days and hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sample_data.chance import Dice

FIRST, LAST = date(2023, 1, 1), date(2025, 12, 31)
"""The first and last day that the files cover."""

WARM_UP = date(2022, 7, 1)
"""Business is simulated from here on, so that the files begin with a pipeline and not with an empty company."""

END = datetime.combine(LAST, time(23, 59))

SEASON = (0.90, 0.92, 1.02, 0.98, 1.00, 1.02, 0.70, 0.62, 1.04, 1.18, 1.36, 1.30)
"""How strong each month is against an average one: a summer dip and a peak before the year's end."""


def season(day: date) -> float:
    """Give how strong the month of `day` is against an average month.

    >>> season(date(2024, 8, 5)) < 0.7 < 1.3 < season(date(2024, 11, 5))
    True
    """
    return SEASON[day.month - 1]


def months(start: date, end: date) -> list[date]:
    """List the first days of the months from that of `start` to that of `end`.

    >>> [str(day) for day in months(date(2024, 12, 9), date(2025, 1, 1))]
    ['2024-12-01', '2025-01-01']
    """
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]


def month_end(day: date) -> date:
    """Give the last day of the month of `day`.

    >>> month_end(date(2024, 2, 10))
    datetime.date(2024, 2, 29)
    """
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def months_between(start: date, day: date) -> int:
    """Count the completed calendar months from `start` to `day`; below zero before it.

    >>> months_between(date(2024, 1, 15), date(2024, 3, 14))
    1
    """
    return (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)


def working_day(day: date) -> date:
    """Give `day`, or the Friday before it when it falls on a weekend.

    >>> working_day(date(2024, 6, 2))
    datetime.date(2024, 5, 31)
    """
    return day - timedelta(days=max(0, day.weekday() - 4))


def day_in(month: date, dice: Dice) -> date:
    """Give some day of `month`, mostly a working one."""
    day = month + timedelta(days=dice.whole(0, month_end(month).day - 1))
    return day if dice.happens(0.15) else max(month, working_day(day))


def office_hours(moment: datetime) -> datetime:
    """Give `moment`, or the start of the next working morning when nobody is at work then.

    >>> str(office_hours(datetime(2024, 6, 1, 10, 0)))
    '2024-06-03 08:30:00'
    """
    opening = time(8, 30)
    day = moment.date()
    if moment.hour >= 18:
        day += timedelta(days=1)
    elif moment.time() >= opening and day.weekday() < 5:
        return moment
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, opening)


def at_work(day: date, dice: Dice) -> datetime:
    """Give some minute in the office hours of `day`, or of the next working day."""
    moment = datetime.combine(day, time(8, 30)) + timedelta(minutes=dice.whole(0, 540))
    start = office_hours(moment)
    return start if start == moment else start + timedelta(minutes=dice.whole(0, 540))
