"""The reviews that files tell of, and the day by which those of a data set were due."""

from __future__ import annotations

from datetime import date
from typing import Any

from salesmetrics.analysis.reviews import Review
from salesmetrics.engine import Engine, default_engine
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.values import coverage


def reviews_in_files(data: Dataset, engine: Engine | None = None) -> tuple[Review, ...]:
    """Give the reviews that a file lists by their day, the last line of a day; none without such a file."""
    if not data.has("reviews"):
        return ()
    engine = engine or default_engine()
    columns = ("scheduled_on", "held_on", "period", "actions_open", "actions_done")
    names = [name for name in columns if data.has("reviews", name)]
    rows = engine.run(engine.table(data, "reviews").select(*names))
    found = {}
    for row in rows.to_dict("records"):
        planned = _day(row["scheduled_on"])
        if planned is not None:
            found[planned] = Review(
                planned, _day(row.get("held_on")), str(row.get("period") or ""),
                open=_count(row.get("actions_open")), done=_count(row.get("actions_done")),
            )  # fmt: skip
    return tuple(found[day] for day in sorted(found))


def _day(value: Any) -> date | None:
    if value is None or value != value:
        return None
    return value if type(value) is date else date(value.year, value.month, value.day)


def _count(value: Any) -> int:
    return 0 if value is None or value != value else max(0, int(value))


def last_day(data: Dataset, engine: Engine | None = None) -> date:
    """Give the last day that any table of the data reaches; the day it was read on where none has dates.

    Reviews that are not held leave no trace of their own: by their own last day none would ever be missed.
    """
    return max((one.through for one in coverage(data, engine).values()), default=data.read_on)
