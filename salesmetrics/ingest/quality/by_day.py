"""A table by the days of its events: rows, and cells filled of each column; one scan, at most a row a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from salesmetrics.ingest.quality.stored import Stored
from salesmetrics.model.tables import TABLES

APPLIES: Mapping[str, str] = {
    "opportunities.close_date": "t.status <> 'open'",
    "opportunities.loss_reason": "t.status = 'lost'",
    "opportunities.probability": "t.status = 'open'",
    "orders.quantity": "t.amount >= 0",
    "orders.discount": "t.amount >= 0",
}
"""Which rows could have a value: an open deal has no close, a deal that was won no reason for losing it."""

DATED = ("orders", "opportunities", "leads", "activities", "stage_history", "spend", "feedback", "training")


@dataclass(frozen=True)
class Days:
    """What a table holds by day: for each day its rows, and for each column (could be filled, is filled).

    Rows without a date stand under None.
    """

    table: str
    columns: tuple[str, ...]
    rows: Mapping[date | None, int]
    filled: Mapping[date | None, tuple[tuple[int, int], ...]]

    def by_month(self) -> dict[date, int]:
        """Count rows by the first day of their month; days no table can hold (1900, 2099) among them."""
        months: dict[date, int] = {}
        for day, rows in self.rows.items():
            if day is not None:
                month = day.replace(day=1)
                months[month] = months.get(month, 0) + rows
        return dict(sorted(months.items()))

    def by_week(self) -> dict[date, int]:
        """Count rows by the Monday of their week."""
        weeks: dict[date, int] = {}
        for day, rows in self.rows.items():
            if day is not None:
                monday = day - timedelta(days=day.weekday())
                weeks[monday] = weeks.get(monday, 0) + rows
        return dict(sorted(weeks.items()))

    def of_column(self, column: str) -> dict[date | None, tuple[int, int]]:
        """Count by month the cells of a column that could be filled and those that are."""
        place, months = self.columns.index(column), dict[date | None, tuple[int, int]]()
        for day, cells in self.filled.items():
            month = None if day is None else day.replace(day=1)
            could, is_filled = months.get(month, (0, 0))
            months[month] = could + cells[place][0], is_filled + cells[place][1]
        return months


def days(stored: Stored, table: str) -> Days:
    """Count a table's rows and filled cells by the day of its main event; a table without one stands under None."""
    columns = tuple(c.name for c in TABLES[table].columns if stored.has(f"{table}.{c.name}"))
    event = TABLES[table].events[0] if TABLES[table].events else None
    day = f"CAST(t.{event} AS DATE)" if event in columns else "CAST(NULL AS DATE)"
    counts = []
    for column in columns:
        could = APPLIES.get(f"{table}.{column}", "true")
        counts += [f"count(*) FILTER ({could})", f'count(t."{column}") FILTER ({could})']
    found = stored.ask(
        f"SELECT {day} AS day, count(*), {', '.join(counts)} FROM {table} t GROUP BY day ORDER BY day"
    )
    return Days(
        table,
        columns,
        {row[0]: row[1] for row in found},
        {row[0]: tuple(zip(row[2::2], row[3::2], strict=True)) for row in found},
    )
