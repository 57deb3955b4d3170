"""Which year each column of a wide sheet lies in: as its header says, or as a title, sheet or file name does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from salesmetrics.i18n import _
from salesmetrics.ingest.period_names import Period

_NAMED = re.compile(
    r"(?i)(?P<fy>(?<![a-z])fy\s*'?)?(?<!\d)(?P<y>(?:19|20)\d\d)(?!\d)"
    r"(?:\s*[-–/]\s*(?P<to>(?:(?:19|20)\d\d|\d\d)(?!\d)))?"
)
_SHORT = re.compile(r"(?i)(?<![a-z])fy\s*'?(?P<y>\d\d)(?!\d)")
_MOMENT = re.compile(
    r"(?i)export|generat|print|creat|downloaded|updated|as of|导出|打印|生成|更新|制表|"
    r"\d{4}\s*[-/.年_]\s*\d{1,2}\s*[-/.月_]\s*\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|(?<!\d)20\d{6}(?!\d)"
)


@dataclass(frozen=True)
class Years:
    """The year of each period, in order, empty where nobody says; `notes` tell where they were taken from."""

    each: tuple[int, ...]
    notes: tuple[str, ...] = ()

    @property
    def first(self) -> int | None:
        """The year of the first period, None where it is open."""
        return self.each[0] if self.each else None


def years_of(periods: Sequence[Period], titles: Sequence[str], places: Sequence[str]) -> Years:
    """Tell the year of each of `periods` (columns in order).

    >>> years_of([Period("month", 1), Period("month", 2)], ["Quotas 2025"], []).each
    (2025, 2025)
    >>> years_of([Period("month", 12), Period("month", 1)], ["Plan 2024/25"], []).each
    (2024, 2025)
    >>> years_of([Period("month", 12), Period("month", 1)], ["Plan 2024"], []).each
    ()
    """
    fiscal = _(
        "FY is read as the calendar year of that number; the file does not say when its fiscal year begins."
    )
    notes = [fiscal] if any(period.fiscal for period in periods) else []
    if periods[0].year is not None:
        return Years(_carried(periods, periods[0].year), tuple(notes))
    if any(period.year is not None for period in periods):
        return Years(())
    turns = sum(after.number <= before.number for before, after in pairwise(periods))
    for text in (*titles, *places):
        found = _years(text)
        if found is None:
            continue
        first, last, in_fiscal = found
        if last - first != turns:
            return Years(())
        notes += [_("The year {year} is taken from “{text}”.").format(year=first, text=text)]
        return Years(_carried(periods, first), (*notes, *([fiscal] if in_fiscal else [])))
    return Years(())


def _carried(periods: Sequence[Period], first: int) -> tuple[int, ...]:
    years = [first]
    for before, after in pairwise(periods):
        years.append(after.year if after.year is not None else years[-1] + (after.number <= before.number))
    return tuple(years)


def _years(text: str) -> tuple[int, int, bool] | None:
    """Give the first and last year that a title names, and whether it calls them fiscal; no day of an export."""
    if _MOMENT.search(text):
        return None
    match = _NAMED.search(text)
    if match:
        first = int(match["y"])
        last = int(match["to"]) if match["to"] else first
        if last < 100:
            last += first // 100 * 100
        others = {int(other["y"]) for other in _NAMED.finditer(text)} | {first, last}
        return min(others), max(others), match["fy"] is not None
    match = _SHORT.search(text)
    return (2000 + int(match["y"]), 2000 + int(match["y"]), True) if match else None
