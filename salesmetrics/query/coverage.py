"""How far each table's data reaches: from its first event to the last day that its files can be said to cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from salesmetrics.engine import Engine
from salesmetrics.engine.base import slot
from salesmetrics.model.calendar import month_end
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.tables import TABLES

LARGEST_ORDINARY_GAP = 4
"""Days without an event that still count as ordinary (a long weekend)."""


@dataclass(frozen=True)
class Coverage:
    """The days a table covers, both inclusive."""

    first: date
    through: date


def reach(days: pd.Series) -> Coverage:
    """Tell what a table covers from the days on which it has events.

    METRICS rule: when no more days are missing to the month's end than the largest ordinary gap between
    active days (the 99th percentile, at most 4), the month counts as covered.

    >>> reach(pd.Series(pd.to_datetime(["2022-12-26", "2022-12-27", "2022-12-28"]))).through
    datetime.date(2022, 12, 28)
    >>> reach(pd.Series(pd.date_range("2022-10-03", "2022-12-30", freq="B"))).through
    datetime.date(2022, 12, 31)
    """
    days = days.sort_values()
    last: date = days.iloc[-1].date()
    gaps = days.diff().dropna().dt.days
    ordinary = min(float(np.quantile(gaps, 0.99)), LARGEST_ORDINARY_GAP) if len(gaps) else 0.0
    missing = (month_end(last) - last).days
    return Coverage(days.iloc[0].date(), month_end(last) if 0 < missing <= ordinary else last)


@lru_cache(maxsize=64)
def coverage(engine: Engine, data: Dataset) -> Mapping[str, Coverage]:
    """Give what each fact table with dated events covers; tables without any are absent."""
    found = {}
    for name, table in TABLES.items():
        events = tuple(event for event in table.events if data.has(name, event))
        if not events:
            continue
        covered = _covered(engine, data, name, events)
        if covered is not None:
            found[name] = covered
    return found


@lru_cache(maxsize=64)
def coming_in(engine: Engine, data: Dataset) -> Coverage | None:
    """Give what the leads cover by when they came in; what became of them may have been written down long after."""
    return _covered(engine, data, "leads", ("created_at",)) if data.has("leads", "created_at") else None


def _covered(engine: Engine, data: Dataset, name: str, events: tuple[str, ...]) -> Coverage | None:
    rows = engine.table(data, name)
    statement = engine.statement(("coverage", name, events), rows, partial(_days, name=name, events=events))
    days = engine.answer(statement, rows, {"read_on": (data.read_on.isoformat(),)})["day"]
    return reach(days) if len(days) else None


def _days(rows: ir.Table, *, name: str, events: Sequence[str]) -> ir.Table:
    """Give the days, up to when the files were read, on which something of a table happened."""
    parts = []
    for event in events:
        happened = rows[event].notnull()
        if (name, event) == ("opportunities", "close_date"):
            happened &= rows.status != "open"
        parts.append(rows.filter(happened).select(day=rows[event].cast("date")))
    days = ibis.union(*parts) if len(parts) > 1 else parts[0]
    return days.filter(days.day <= slot("read_on").cast("date")).distinct()


def day_after(day: date) -> date:
    """Give the day after, as the exclusive end of what a table covers."""
    return day + timedelta(days=1)
