"""A measure: one aggregate of one relation, placed in time in one way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import ibis.expr.types as ir

Expression = Callable[[ir.Table], ir.Value]


class Aggregate(StrEnum):
    """How a measure's values become one number."""

    SUM = "sum"
    COUNT = "count"
    DISTINCT = "distinct"
    MEAN = "mean"
    MEDIAN = "median"
    P90 = "p90"
    LIST = "list"


ADDS = frozenset({Aggregate.SUM, Aggregate.COUNT, Aggregate.DISTINCT})
"""Aggregates for which nothing there means zero; of the others nothing there is nothing known."""


class Placed(StrEnum):
    """Which rows belong to a period.

    BY_DATE: those whose date lies in it. AT_END: those that are in force on its last day (a balance, never
    summed over time). OVERLAPPING: those whose own period shares days with it.
    """

    BY_DATE = "by date"
    AT_END = "at its end"
    OVERLAPPING = "overlapping"


class Reach(StrEnum):
    """Which days a window looks at; see `Window`."""

    WITH_PREVIOUS = "the period before this one, and this one"
    WITH_LAST_YEAR = "the same period a year earlier, up to the end of this one"
    BEFORE = "so many days before the period, and the period"
    TRAILING = "so many days up to the period's end"
    MOVED_BACK = "the period, so many days earlier"


@dataclass(frozen=True)
class Window:
    """Days that a measure looks at for a period, other than the period's own.

    Its rows have `period_start` and `period_end` of the period, and `base_start` and `base_end` of what it is
    set against: the earlier period, the days before, or the window itself.
    """

    reach: Reach
    days: int = 0


@dataclass(frozen=True)
class Segment:
    """Gives all rows of one thing in a window the same value of each dimension: that of its largest `amount`.

    `of` names the columns that tell things apart. Of equal amounts the latest counts.
    """

    of: tuple[str, ...]
    amount: Expression


@dataclass(frozen=True)
class Per:
    """A first step of a measure in two: totals for each `columns` within the period and group.

    `totals` are named aggregates of the rows that `where` keeps. `ranked` names a total by which the things
    are ranked, largest first; the columns `place` (from 1), `running` and `whole` (sums of that total up to
    the place and over all) are then at hand for the second step, positive totals only.
    """

    name: str
    columns: tuple[str, ...]
    totals: tuple[tuple[str, Callable[[ir.Table], ir.Scalar]], ...]
    where: Callable[[ir.Table], ir.BooleanValue] | None = None
    ranked: str | None = None


@dataclass(frozen=True)
class Measure:
    """One aggregate of ONE relation.

    `date` is the column that places it in time (the last day of the period where it is placed at its end).
    `value` is what is aggregated (not needed for a count), `where` keeps the rows that count. Both see the
    relation's columns with `period_start` and `period_end` of the period at hand, or the totals of `per`.
    `inputs` are canonical columns (`table.column`) without which the measure cannot be had; of several with `|`
    between them one is enough, and the first is the usual one. `window` lets it look
    at other days than the period's (of rows placed by their date), and `segment` at things with one segment each.
    """

    name: str
    relation: str
    date: str
    aggregate: Aggregate
    value: Expression | None = None
    where: Callable[[ir.Table], ir.BooleanValue] | None = None
    inputs: tuple[str, ...] = ()
    per: Per | None = None
    placed: Placed = Placed.BY_DATE
    window: Window | None = None
    segment: Segment | None = None


def alternatives(name: str) -> tuple[str, ...]:
    """Give the columns of which a measure needs one.

    >>> alternatives("leads.first_response_at|activities.lead_id")
    ('leads.first_response_at', 'activities.lead_id')
    """
    return tuple(name.split("|"))
