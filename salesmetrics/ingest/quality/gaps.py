"""Gaps in time: months and weeks without a row where those beside them have many, and a last month cut short."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.quality.by_day import Days
from salesmetrics.model.calendar import month_end
from salesmetrics.model.finding import Finding, Severity

_MANY_A_MONTH, _MANY_A_WEEK = 5, 20
_SHOWN = 3
_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "orders": ("revenue",), "opportunities": ("win_rate_cohort",), "leads": ("leads",), "activities": ("crm_adoption",),
    "spend": ("cac",),
}  # fmt: skip


def gaps(found: Days, day: date) -> Iterator[Finding]:
    """Find the months, and beside them the weeks, without a row up to `day`; what lies years away is no neighbour."""
    months = {month: rows for month, rows in found.by_month().items() if _near(month, day)}
    missing = _holes(months, _next_month, _MANY_A_MONTH)
    if missing:
        listed = _listed([_month(month) for month in missing])
        said = ngettext(
            "No {what} in {months}, with many before and after: if rows are missing, {n} month reads as 0.",
            "No {what} in {months}, with many before and after: if rows are missing, {n} months read as 0.",
            len(missing),
        )
        yield Finding(
            "month_without_rows", Severity.MAY, said.format(what=_what(found.table), months=listed, n=len(missing)),
            rows=0, share=len(missing) / _span(months), share_of="months",
            samples=tuple(_month(month) for month in missing[:_SHOWN]), numbers=_NUMBERS.get(found.table, ()),
            table=found.table,
        )  # fmt: skip
    weeks = {monday: rows for monday, rows in found.by_week().items() if _near(monday, day)}
    empty = [
        monday
        for monday in _holes(weeks, lambda monday: monday + timedelta(days=7), _MANY_A_WEEK)
        if not {monday.replace(day=1), (monday + timedelta(days=6)).replace(day=1)} & set(missing)
    ]
    if empty:
        listed = _listed([monday.isoformat() for monday in empty])
        said = ngettext(
            "No {what} in the week from {weeks}, with many before and after: a holiday, or rows are missing.",
            "No {what} in the weeks from {weeks}, with many before and after: holidays, or rows are missing.",
            len(empty),
        )
        yield Finding(
            "week_without_rows", Severity.INFORMATION, said.format(what=_what(found.table), weeks=listed),
            samples=tuple(monday.isoformat() for monday in empty[:_SHOWN]), numbers=_NUMBERS.get(found.table, ()),
            table=found.table,
        )  # fmt: skip


def the_end(table: str, through: date, found: Days) -> Finding | None:
    """Say of a table how it ends: long before the last day it covers (`through`), or with a month that is not whole."""
    months = found.by_month()
    last = max((day for day in found.rows if day is not None and day <= through), default=None)
    if last is None:
        return None
    if months.get(through.replace(day=1), 0) == 0:
        said = _(
            "No {what} after {last}, while other dates of theirs reach to {day}: the months since then read as 0."
        )
        sentence = said.format(what=_what(table), last=_day(last), day=_day(through))
        return Finding("nothing_new_at_the_end", Severity.MAY, sentence, numbers=_NUMBERS[table], table=table)
    if through >= month_end(through):
        return None
    said = _("{what} reach to {day}: {month} is not whole, and is marked where it is shown.")
    sentence = said.format(what=_what(table).capitalize(), day=_day(through), month=_month(through))
    rows = months[through.replace(day=1)]
    return Finding("month_not_whole", Severity.INFORMATION, sentence, rows, numbers=_NUMBERS[table], table=table)


def _near(day: date, read_on: date) -> bool:
    return day.year >= 1950 and day <= read_on


def _holes(rows: Mapping[date, int], step: Callable[[date], date], many: int) -> list[date]:
    """List the steps without rows between the first and the last, where what is on either side has many."""
    there = sorted(rows)
    if len(there) < 3 or median(rows.values()) < many:
        return []
    usual = median(rows.values())
    missing: list[date] = []
    for left, right in pairwise(there):
        hole: list[date] = []
        at = step(left)
        while at < right:
            hole.append(at)
            at = step(at)
        if min(rows[left], rows[right]) >= max(many, usual / 4) and len(hole) <= len(there):
            missing += hole
    # Where every fourth is empty, what is booked is not booked by the week or month: that is no gap.
    return missing if len(missing) <= len(there) / 4 else []


def _next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _span(months: Mapping[date, int]) -> int:
    first, last = min(months), max(months)
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _what(table: str) -> str:
    return {
        "orders": _("orders"), "opportunities": _("deals created"), "leads": _("leads"), "activities": _("activities"),
        "stage_history": _("moves between stages"), "spend": _("spend"), "feedback": _("answers"),
        "training": _("training"),
    }[table]  # fmt: skip


def _listed(names: list[str]) -> str:
    rest = len(names) - _SHOWN
    shown = ", ".join(names[:_SHOWN])
    return shown if rest <= 0 else _("{names} and {n} more").format(names=shown, n=rest)


def _month(day: date) -> str:
    return f"{day:%b %Y}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
