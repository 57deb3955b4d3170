"""Which rows of a relation belong to which periods, as expressions in which dates and filter values are left open.

A statement is compiled once for its shape and used again with other dates and values: compiling costs more than
running it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import ibis
import ibis.expr.types as ir

from salesmetrics.engine.base import slot
from salesmetrics.metrics.measure import Placed, Reach, Segment, Window
from salesmetrics.model import calendar
from salesmetrics.model.calendar import Grain, Period
from salesmetrics.model.conventions import Conventions
from salesmetrics.model.derived import RELATIONS
from salesmetrics.model.dimensions import NEW, RETURNING, UNKNOWN
from salesmetrics.query.request import Filter

Keys = tuple[tuple[datetime.date, Period], ...]

_TRUNCATE = {Grain.DAY: "D", Grain.WEEK: "W", Grain.MONTH: "M", Grain.QUARTER: "Q", Grain.YEAR: "Y"}
_LISTED = 6
"""Periods that one scan tells apart by comparing dates; more are dearer than another scan."""


@dataclass(frozen=True)
class Scan:
    """What one aggregation shares: the relation, how rows are placed in time, filters and dimensions."""

    relation: str
    date: str
    placed: Placed
    as_of: datetime.date
    grain: Grain | None
    by: tuple[str, ...]
    where: tuple[Filter, ...]
    per: str | None
    scope: str | None = None
    undated: bool = False
    conventions: Conventions = Conventions()
    window: Window | None = None
    segment: Segment | None = None

    @property
    def shift(self) -> int:
        """How much later than usual its buckets start; see `calendar.shift`."""
        return calendar.shift(self.grain, self.conventions)


class Cut(StrEnum):
    """How a lot tells its periods apart."""

    GRAIN = "whole days, weeks, months, quarters or years"
    LISTED = "a list of periods"
    AT_END = "the days on which a balance is taken"
    OVERLAPPING = "periods that rows of their own period overlap"
    WINDOW = "periods that look at other days than their own"
    UNDATED = "none: the table has no dates"


@dataclass(frozen=True)
class Lot:
    """Periods that one statement answers: `days` fill its open dates; `keys` tell what its `key` column means."""

    cut: Cut
    days: tuple[datetime.date, ...]
    keys: Keys

    def fill(self, scan: Scan) -> dict[str, tuple[str, ...]]:
        """Give what the open places of the statement stand for."""
        dates = {f"d{place}": (day.isoformat(),) for place, day in enumerate(self.days)}
        values = {f"f{place}": item.values for place, item in enumerate(scan.where)}
        return {**dates, **values, "as_of": (scan.as_of.isoformat(),)}


def lots(scan: Scan, periods: Iterable[Period]) -> list[Lot]:
    """Split periods into as few lots as will do."""
    wanted = sorted(set(periods))
    if scan.undated:
        return [Lot(Cut.UNDATED, (), ((scan.as_of, wanted[0]),))]
    if scan.placed is Placed.AT_END:
        ends = [(min(p.end - datetime.timedelta(days=1), scan.as_of), p) for p in wanted]
        return [Lot(Cut.AT_END, tuple(sorted({day for day, _period in ends})), tuple(ends))]
    if scan.placed is Placed.OVERLAPPING:
        return [Lot(Cut.OVERLAPPING, _edges(lot), _starts(lot)) for lot in _by_start(wanted)]
    if scan.window is not None:
        return [Lot(Cut.WINDOW, _windows(scan.window, lot, scan.grain), _starts(lot)) for lot in _by_start(wanted)]
    found = []
    whole = [p for p in wanted if _is_bucket(scan, p)]
    if whole:
        found.append(Lot(Cut.GRAIN, (whole[0].start, max(p.end for p in whole)), _starts(whole)))
    rest = [p for p in wanted if p not in set(whole)]
    return found + [Lot(Cut.LISTED, _edges(lot), _starts(lot)) for lot in _disjoint(rest)]


def _is_bucket(scan: Scan, period: Period) -> bool:
    return scan.grain is not None and period == calendar.bucket(period.start, scan.grain, scan.conventions)


def placed_rows(scan: Scan, lot: Lot, relation: ir.Table) -> ir.Table:
    """Give the rows that fall in a lot's periods with their `key`, filters applied, dates and values left open."""
    rows = _placed(scan, lot, relation)
    if scan.segment is not None:
        rows = _in_segments(scan, scan.segment, rows)
    conditions = [
        dimension(rows, item.dimension, scan.date).isin([slot(f"f{place}")])
        for place, item in enumerate(scan.where)
    ]
    if scan.scope is not None:
        conditions.append(rows.scope == scan.scope)
    return rows.filter(*conditions) if conditions else rows


def dimension(rows: ir.Table, name: str, placed_by: str) -> ir.StringValue:
    """Give the values of a dimension for rows placed in time by one of their date columns."""
    if name == "tenure":
        return rows[f"tenure_at_{placed_by}"]
    if name == "new_or_returning":
        return ibis.cases(
            (rows.first_purchase.isnull() | (rows.first_purchase >= rows.period_end), UNKNOWN),
            (rows.first_purchase >= rows.period_start, NEW),
            else_=RETURNING,
        )
    return rows[name]


def _day(name: str) -> ir.DateScalar:
    return slot(name).cast("date")


def _placed(scan: Scan, lot: Lot, relation: ir.Table) -> ir.Table:
    count = len(lot.days)
    state = RELATIONS[scan.relation].state
    match lot.cut:
        case Cut.UNDATED:
            rows = relation.mutate(key=_day("as_of"))
            if scan.placed is Placed.AT_END and state is not None:
                rows = state(rows.mutate(snapshot=rows.key), _day("as_of"))
            return rows
        case Cut.AT_END:
            if state is None:
                raise TypeError(f"{scan.relation} has no state at a date")
            days = ibis.array([_day(f"d{place}") for place in range(count)])
            rows = state(relation.mutate(snapshot=days.unnest()), _day("as_of"))
            return rows.mutate(key=rows.snapshot)
        case Cut.OVERLAPPING:
            return _overlapping(relation, count)
        case Cut.WINDOW:
            return _in_windows(scan, relation, count)
        case Cut.GRAIN:
            return _by_grain(scan, relation)
        case Cut.LISTED:
            return _listed(scan, relation, count)


def _overlapping(relation: ir.Table, count: int) -> ir.Table:
    windows = ibis.array(
        [
            ibis.struct({"start": _day(f"d{place}"), "end": _day(f"d{place + 1}")})
            for place in range(0, count, 2)
        ]
    )  # fmt: skip
    rows = relation.mutate(window=windows.unnest())
    rows = rows.mutate(key=rows.window["start"], period_end_at=rows.window["end"]).drop("window")
    rows = rows.filter(rows.period_start < rows.period_end_at, rows.period_end >= rows.key)
    last = ibis.least(rows.period_end, rows.period_end_at - ibis.interval(days=1))
    overlap = last.delta(ibis.greatest(rows.period_start, rows.key), unit="day") + 1
    return rows.mutate(overlap=overlap)


@dataclass(frozen=True)
class Looked:
    """The days that a window looks at for a period, and what the period is set against."""

    days: Period
    base: Period


def looked_at(window: Window, period: Period, grain: Grain | None) -> Looked:
    """Tell which days a window looks at for a period.

    >>> may = Period(datetime.date(2024, 5, 1), datetime.date(2024, 6, 1))
    >>> looked_at(Window(Reach.BEFORE, 30), may, None).base
    Period(start=datetime.date(2024, 4, 1), end=datetime.date(2024, 5, 1))
    """
    back = datetime.timedelta(days=window.days)
    match window.reach:
        case Reach.WITH_PREVIOUS | Reach.WITH_LAST_YEAR:
            previous = window.reach is Reach.WITH_PREVIOUS
            base = calendar.previous(period) if previous else calendar.year_before(period, grain)
            return Looked(Period(base.start, period.end), base)
        case Reach.BEFORE:
            return Looked(Period(period.start - back, period.end), Period(period.start - back, period.start))
        case Reach.TRAILING:
            days = Period(period.end - back, period.end)
        case Reach.MOVED_BACK:
            days = Period(period.start - back, period.end - back)
    return Looked(days, days)


_EDGES = ("from", "to", "period_start", "period_end", "base_start", "base_end")


def _windows(window: Window, periods: list[Period], grain: Grain | None) -> tuple[datetime.date, ...]:
    """Give the edges of each period's window, then the first and the last day of all windows."""
    looked = [(period, looked_at(window, period, grain)) for period in periods]
    edges = [
        day
        for period, each in looked
        for day in (each.days.start, each.days.end, period.start, period.end, each.base.start, each.base.end)
    ]
    return (*edges, min(each.days.start for _p, each in looked), max(each.days.end for _p, each in looked))


def _in_windows(scan: Scan, relation: ir.Table, count: int) -> ir.Table:
    """Give each row once for every window that its day lies in."""
    day = relation[scan.date]
    rows = relation.filter(day >= _day(f"d{count - 2}"), day < _day(f"d{count - 1}"))
    windows = ibis.array(
        [
            ibis.struct({name: _day(f"d{first + place}") for place, name in enumerate(_EDGES)})
            for first in range(0, count - 2, len(_EDGES))
        ]
    )
    rows = rows.mutate(window=windows.unnest())
    rows = rows.filter(rows[scan.date] >= rows.window["from"], rows[scan.date] < rows.window["to"])
    edges = {name: rows.window[name] for name in _EDGES[2:]}
    return rows.mutate(key=rows.window["period_start"], **edges).drop("window")


def _in_segments(scan: Scan, segment: Segment, rows: ir.Table) -> ir.Table:
    """Put the value of a thing's largest segment in the place of each row's own, for every dimension that is used."""
    things = ["key", *segment.of]
    worth = segment.amount(rows)
    bought = (worth > 0).ifelse(rows[scan.date], ibis.null("date"))
    for name in dict.fromkeys((*scan.by, *(item.dimension for item in scan.where))):
        column = f"tenure_at_{scan.date}" if name == "tenure" else name
        rows = rows.mutate(
            segment_worth=worth.sum().over(group_by=[*things, column]),
            segment_last=bought.max().over(group_by=[*things, column]),
        )
        first = ibis.window(
            group_by=things, order_by=[rows.segment_worth.desc(), rows.segment_last.desc(), rows[column]]
        )
        rows = rows.mutate(**{column: rows[column].first().over(first)}).drop("segment_worth", "segment_last")
        worth, bought = segment.amount(rows), (segment.amount(rows) > 0).ifelse(rows[scan.date], ibis.null("date"))
    return rows


def _by_grain(scan: Scan, relation: ir.Table) -> ir.Table:
    if scan.grain is None:
        raise TypeError("a lot cut by grain needs a grain")
    day = relation[scan.date]
    rows = relation.filter(day >= _day("d0"), day < _day("d1"))
    start = _bucket_start(rows[scan.date], scan.grain, scan.shift)
    rows = rows.mutate(key=start, period_start=start)
    return rows.mutate(period_end=(rows.period_start + _length(scan.grain)).cast("date"))


def _bucket_start(day: ir.DateValue, grain: Grain, shift: int) -> ir.DateValue:
    """Give the first day of a bucket: moved back to where buckets start as usual, cut there, and moved on again."""
    if not shift:
        return day.truncate(_TRUNCATE[grain]).cast("date")
    later = ibis.interval(days=shift) if grain is Grain.WEEK else ibis.interval(months=shift)
    if grain is not Grain.WEEK:
        # From the first of its month, a day moved by months cannot meet a month that lacks it.
        day = day.truncate("M")
    return ((day - later).cast("date").truncate(_TRUNCATE[grain]) + later).cast("date")


def _listed(scan: Scan, relation: ir.Table, count: int) -> ir.Table:
    """Tell apart periods that are sorted and disjoint by comparing each day with their edges."""
    day = relation[scan.date]
    starts = [_day(f"d{place}") for place in range(0, count, 2)]
    ends = [_day(f"d{place}") for place in range(1, count, 2)]
    inside = (day >= starts[0]) & (day < ends[0])
    for start, end in zip(starts[1:], ends[1:], strict=True):
        inside = inside | ((day >= start) & (day < end))
    rows = relation.filter(inside)
    before = [rows[scan.date] < end for end in ends[:-1]]

    def which(edges: list[ir.DateScalar]) -> ir.DateValue:
        return ibis.cases(*zip(before, edges[:-1], strict=True), else_=edges[-1]) if before else edges[0]

    return rows.mutate(key=which(starts), period_start=which(starts), period_end=which(ends))


def _length(grain: Grain) -> ir.IntervalScalar:
    if grain is Grain.DAY:
        return ibis.interval(days=1)
    if grain is Grain.WEEK:
        return ibis.interval(days=7)
    return ibis.interval(months=calendar.MONTHS_IN[grain])


def _edges(periods: list[Period]) -> tuple[datetime.date, ...]:
    return tuple(day for period in periods for day in (period.start, period.end))


def _starts(periods: list[Period]) -> Keys:
    return tuple((period.start, period) for period in periods)


def _disjoint(periods: list[Period]) -> list[list[Period]]:
    """Split sorted periods into lots in which no two overlap."""
    found: list[list[Period]] = []
    for period in periods:
        for lot in found:
            if lot[-1].end <= period.start and len(lot) < _LISTED:
                lot.append(period)
                break
        else:
            found.append([period])
    return found


def _by_start(periods: list[Period]) -> list[list[Period]]:
    """Split periods into lots in which each start stands once, so that a start names its period."""
    found: list[list[Period]] = []
    for period in periods:
        for lot in found:
            if all(period.start != other.start for other in lot):
                lot.append(period)
                break
        else:
            found.append([period])
    return found
