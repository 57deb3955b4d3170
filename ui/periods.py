"""The periods people pick by name, worked out from the day the data reaches and not from the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from salesmetrics.i18n import _
from salesmetrics.model.calendar import MONTHS_IN, add_months, floor
from salesmetrics.model.conventions import Conventions
from salesmetrics.query.request import Grain, Period

CUSTOM = "custom"

PRESETS = ("last_12_months", "last_quarter", "last_month", "this_year", "last_year", "all")
"""The named periods, in the order in which they are offered."""


def presets(first: date, through: date, conventions: Conventions = Conventions()) -> Mapping[str, Period]:
    """Give the named periods of data from `first` to `through` (both inclusive), by their name in a link.

    >>> presets(date(2023, 1, 5), date(2025, 12, 31))["last_12_months"]
    Period(start=datetime.date(2025, 1, 1), end=datetime.date(2026, 1, 1))
    >>> presets(date(2023, 1, 5), date(2025, 11, 20))["last_quarter"]
    Period(start=datetime.date(2025, 7, 1), end=datetime.date(2025, 10, 1))
    >>> presets(date(2023, 1, 5), date(2025, 11, 20), Conventions(fiscal_year_start=4))["this_year"]
    Period(start=datetime.date(2025, 4, 1), end=datetime.date(2026, 4, 1))
    """
    after = through + timedelta(days=1)
    month, quarter = floor(after, Grain.MONTH), floor(after, Grain.QUARTER, conventions)
    year = floor(through, Grain.YEAR, conventions)
    periods = (
        Period(add_months(month, -12), month),
        Period(add_months(quarter, -3), quarter),
        Period(add_months(month, -1), month),
        Period(year, add_months(year, 12)),
        Period(add_months(year, -12), year),
        Period(first, after),
    )
    return dict(zip(PRESETS, periods, strict=True))


def preset_name(key: str) -> str:
    """Name a preset for people; a key that is none is shown as it stands."""
    names = {
        "last_12_months": _("Last 12 complete months"),
        "last_quarter": _("Last complete quarter"),
        "last_month": _("Last complete month"),
        "this_year": _("This year"),
        "last_year": _("Last year"),
        "all": _("All data"),
        CUSTOM: _("From … to …"),
    }
    return names.get(key, key)


def fitting_grain(period: Period) -> Grain:
    """Choose how finely to cut `period` for a trend that reads well.

    >>> fitting_grain(Period(date(2025, 1, 1), date(2026, 1, 1)))
    <Grain.MONTH: 'month'>
    """
    for most, grain in ((45, Grain.DAY), (190, Grain.WEEK), (1300, Grain.MONTH), (3700, Grain.QUARTER)):
        if period.days <= most:
            return grain
    return Grain.YEAR


def last_periods(
    period: Period, grain: Grain, count: int = 13, conventions: Conventions = Conventions()
) -> Period:
    """Give the `count` periods of `grain` that end with the last of `period`.

    >>> last_periods(Period(date(2025, 1, 1), date(2026, 1, 1)), Grain.MONTH).start
    datetime.date(2024, 12, 1)
    """
    start = floor(period.end - timedelta(days=1), grain, conventions)
    match grain:
        case Grain.DAY | Grain.WEEK:
            start -= timedelta(days=(7 if grain is Grain.WEEK else 1) * (count - 1))
        case _:
            start = add_months(start, -MONTHS_IN[grain] * (count - 1))
    return Period(start, period.end)
