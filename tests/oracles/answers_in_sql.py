"""Runs the hand-written statements of this folder over a dataset, and sets them against what `compute` says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

import salesmetrics as sm
from salesmetrics.ingest.store import SQL_TYPES
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.tables import TABLES
from tests.oracles.asked import FAMILY_OF

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Question:
    """What is asked of both: a period as of a day, cut by one dimension or none, with at most one filter."""

    period: sm.Period
    as_of: date
    by: str | None = None
    where: tuple[str, tuple[str, ...]] | None = None


@contextmanager
def tables_of(data: Dataset) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open every canonical table of `data` under its name; those that it lacks are empty."""
    connection = duckdb.connect()
    for name, table in TABLES.items():
        path = data.folder / f"{name}.parquet"
        if data.has(name):
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{path}')")
        else:
            columns = ", ".join(f'"{column.name}" {SQL_TYPES[column.type]}' for column in table.columns)
            connection.execute(f"CREATE TABLE {name} ({columns})")
    try:
        yield connection
    finally:
        connection.close()


def stand_at(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Build the ledger, the orders and the deals as they stood on `as_of`."""
    connection.execute("SET VARIABLE as_of = CAST(? AS DATE)", [as_of])
    for path in sorted((HERE / "shared").glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))


def _months_back(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    last = ((date(year + (month == 11), (month + 1) % 12 + 1, 1)) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def base_of(metric: str, question: Question) -> sm.Period:
    """Give the period that growth is measured from: as many months or a year earlier, elapsed days alike."""
    period = question.period
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    back = 12 if metric == "growth_yoy" else months
    start, end = _months_back(period.start, back), _months_back(period.end, back)
    elapsed = (min(period.end, question.as_of + timedelta(days=1)) - period.start).days
    return sm.Period(start, end if elapsed == period.days else min(end, start + timedelta(days=elapsed)))


def in_sql(connection: duckdb.DuckDBPyConnection, metric: str, question: Question) -> dict[str, dict[str, Any]]:
    """Give the statement's rows by part ("all" without a breakdown)."""
    where = "TRUE"
    if question.where:
        names = ", ".join(f"'{value}'" for value in question.where[1])
        where = f"{question.where[0]} IN ({names})"
    statement = (HERE / f"{metric}.sql").read_text(encoding="utf-8")
    statement = statement.replace("{part}", question.by or "'all'").replace("{where}", where)
    base = base_of(metric, question)
    values = {
        "start": question.period.start, "end": question.period.end, "base_start": base.start, "base_end": base.end,
        "last_day": min(question.period.end - timedelta(days=1), question.as_of),
    }  # fmt: skip
    cursor = connection.execute(statement, {name: v for name, v in values.items() if f"${name}" in statement})
    names = [column[0] for column in cursor.description]
    return {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}


def begins(connection: duckdb.DuckDBPyConnection, metric: str) -> date | None:
    """Give the first day of the metric's facts."""
    [[first]] = connection.execute(f"SELECT min(day) FROM ({FAMILY_OF[metric].days}) AS event(day)").fetchall()
    return first


def _close(one: Any, other: Any) -> bool:
    return math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-7)


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _judge(
    metric: str, expected: Mapping[str, Any] | None, row: Mapping[str, Any] | None, known: bool
) -> str | None:
    if expected is None:
        value = 0 if metric in FAMILY_OF[metric].sums and known else None
        expected = {"value": value}
    value = expected["value"]
    coverage = expected.get("coverage")
    if coverage is not None and coverage < 0.5 and known:
        # Where what is covered comes to no value by itself, either reason is true.
        reasons = ("low_coverage", "zero_denominator") if value is None else ("low_coverage",)
        ok = row is None or (_missing(row["value"]) and row["reason"] in reasons)
        return None if ok else f"coverage is {float(coverage):.3f}, but it says {row['value']} ({row['reason']})"
    if value is None and metric in FAMILY_OF[metric].sums and known:
        value = 0
    if not known:
        value = None
    if row is None:
        return None if value is None else f"{value} has no row"
    if _missing(value) or _missing(row["value"]):
        return (
            None if _missing(value) == _missing(row["value"]) else f"{value} but {row['value']} ({row['reason']})"
        )
    if not _close(value, row["value"]):
        return f"{float(value)} but {row['value']}"
    for part in ("numerator", "denominator"):
        right = expected.get(part)
        if right is not None and (_missing(row[part]) or not _close(right, row[part])):
            return f"{part} {float(right)} but {row[part]}"
    for figure in ("p90", "mean"):
        if figure in expected:
            right, given = expected[figure], row["details"].get(figure)
            if _missing(right) != _missing(given) or not (_missing(right) or _close(right, given)):
                return f"{figure} {right} but {given}"
    return None


def disagreements(
    connection: duckdb.DuckDBPyConnection, data: Dataset, metrics: Sequence[str], question: Question
) -> list[str]:
    """Tell where `compute` and the statements differ (`stand_at` the question's day first)."""
    query = sm.MetricQuery(
        metrics=tuple(metrics), period=question.period, by=(question.by,) if question.by else (),
        where=(sm.Filter(*question.where),) if question.where else (), as_of=question.as_of,
    )  # fmt: skip
    frame = sm.compute(data, query).frame
    found = []
    for metric in metrics:
        rows = {
            (row[question.by] if question.by else "all"): row
            for row in frame[frame["metric"] == metric].to_dict("records")
            # Where no part has anything, one row without a part says why.
            if not (question.by and _missing(row[question.by]))
        }
        first = begins(connection, metric)
        period = (
            base_of(metric, question)
            if metric in ("growth_pop", "growth_yoy", "product_movers")
            else question.period
        )
        known = (
            first is not None
            and period.end > first
            and question.period.end > first
            # What is expected to close can be asked about before its period has begun.
            and (metric == "pipeline_coverage" or question.period.start <= question.as_of)
            # A period that begins months before the data is nothing to measure growth from.
            and (period is question.period or period.start >= first.replace(day=1))
        )
        right = in_sql(connection, metric, question)
        parts = {*right, *rows} if question.by else {"all"}
        for part in sorted(parts):
            wrong = _judge(metric, right.get(part), rows.get(part), known)
            if wrong:
                found.append(f"{metric} [{part}]: {wrong}")
    return found
