"""How far each table's data reaches: from its first event to the last day that its files can be said to cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import ibis
import numpy as np
import pandas as pd

from salesmetrics.engine import Engine
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
    parts = []
    for name, table in TABLES.items():
        if not table.events or not data.has(name):
            continue
        rows = engine.table(data, name)
        for event in table.events:
            if not data.has(name, event):
                continue
            happened = rows[event].notnull()
            if (name, event) == ("opportunities", "close_date"):
                happened &= rows.status != "open"
            day = rows.filter(happened).select(table=ibis.literal(name), day=rows[event].cast("date"))
            parts.append(day.filter(day.day <= data.read_on).distinct())
    if not parts:
        return {}
    found = engine.run(ibis.union(*parts, distinct=True) if len(parts) > 1 else parts[0])
    return {str(name): reach(days["day"]) for name, days in found.groupby("table")}


def day_after(day: date) -> date:
    """Give the day after, as the exclusive end of what a table covers."""
    return day + timedelta(days=1)
