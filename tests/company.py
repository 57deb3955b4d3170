"""Small companies for tests: canonical tables written down row by row, and the answers to questions about them."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

import salesmetrics as sm
from salesmetrics.ingest.store import Filled, store
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.tables import TABLES

Rows = pd.DataFrame | list[dict[str, Any]]

AS_OF = date(2024, 6, 30)
Q1 = sm.Period(date(2024, 1, 1), date(2024, 4, 1))
Q2 = sm.Period(date(2024, 4, 1), date(2024, 7, 1))
H1 = sm.Period(date(2024, 1, 1), date(2024, 7, 1))


def _as_text(value: Any) -> str | None:
    return None if value is None or (not isinstance(value, str) and pd.isna(value)) else str(value)


def dataset(
    tables: Mapping[str, Rows],
    folder: Path,
    read_on: date = date(2024, 7, 15),
    notes: Mapping[str, Mapping[str, int]] | None = None,
) -> Dataset:
    """Store `tables` (canonical name -> rows with canonical column names) as a dataset in `folder`.

    Values may be text such as "2024-01-10": each is stored in its column's declared type. A table given as an
    empty list has its required columns.
    """
    connection = duckdb.connect()
    filled = {}
    for name, rows in tables.items():
        frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows)
        columns = list(frame.columns) or list(TABLES[name].required)
        # Quoted, since a column may be called `at`.
        declared = ", ".join(f'"{column}" VARCHAR' for column in columns)
        connection.execute(f"CREATE TABLE {name} ({declared})")
        lines = [tuple(map(_as_text, line)) for line in frame.itertuples(index=False)]
        if lines:
            places = ", ".join(["(" + ", ".join("?" * len(columns)) + ")"] * len(lines))
            connection.execute(f"INSERT INTO {name} VALUES {places}", [cell for line in lines for cell in line])
        filled[name] = Filled(name, (notes or {}).get(name, {}))
    return store(connection, filled, folder, read_on)


def files(tables: Mapping[str, Rows], folder: Path) -> Dataset:
    """Write `tables` as CSV files to `folder` and read them as a user would."""
    for name, rows in tables.items():
        pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False)
    return sm.read([folder])


def _order(
    order: str, day: str, customer: str, rep: str, region: str, product: str,
    quantity: int, amount: int, cost: int, discount: int = 0, **more: Any,
) -> dict[str, Any]:  # fmt: skip
    return {
        "order_id": order, "order_date": day, "customer_id": customer, "rep_id": rep, "region": region,
        "product": product, "quantity": quantity, "amount": amount, "cost": cost, "discount": discount,
        "channel": "Web" if region == "East" else "Partner",
        "returned": more.get("returned", False), "orig_order_id": more.get("orig_order_id"),
    }  # fmt: skip


EXAMPLE_ORDERS = [
    _order("O1", "2024-01-10", "A", "R1", "East", "P", 2, 200, 120),
    _order("O1", "2024-01-10", "A", "R1", "East", "Q", 1, 100, 50, 25),
    _order("O2", "2024-02-05", "B", "R1", "East", "P", 1, 100, 60),
    _order("O3", "2024-04-10", "A", "R2", "West", "P", 3, 300, 180),
    _order("O4", "2024-04-20", "C", "R2", "West", "Q", 2, 200, 100, 50),
    _order("O5", "2024-05-15", "D", "R1", "East", "P", 1, 100, 60, returned=True),
    _order("O4R", "2024-05-25", "C", "R2", "West", "Q", -1, -100, -50, orig_order_id="O4"),
    _order("O6", "2024-06-01", "B", "R2", "West", "P", 2, 150, 120, 50),
]
EXAMPLE_REPS = [{"rep_id": "R1", "hire_date": "2024-01-01"}, {"rep_id": "R2", "hire_date": "2022-03-15"}]
EXAMPLE_QUOTAS = [
    {"scope": "rep", "scope_id": rep, "period_start": "2024-04-01", "period_end": "2024-06-30", "amount": amount}
    for rep, amount in (("R1", 200), ("R2", 500))
]
EXAMPLE_SPEND = [
    {"date": "2024-04-15", "amount": 200, "kind": "marketing", "lead_source": "web"},
    {"date": "2024-04-15", "amount": 100, "kind": "marketing", "lead_source": "event"},
    {"date": "2024-04-15", "amount": 200, "kind": "sales", "lead_source": None},
]
_LEADS = ("lead_id", "lead_source", "created_at", "first_response_at", "converted_at", "customer_id")
EXAMPLE_LEADS = [
    dict(zip(_LEADS, lead, strict=True))
    for lead in (
        ("L1", "web", "2024-01-05 09:00", "2024-01-05 09:30", "2024-01-25 00:00", None),
        ("L2", "web", "2024-01-06 10:00", "2024-01-06 14:00", None, None),
        ("L3", "event", "2024-01-10 00:00", None, None, None),
        ("L4", "event", "2024-01-12 09:00", "2024-01-13 09:00", "2024-04-15 00:00", "C"),
        ("L5", "web", "2024-06-10 09:00", "2024-06-10 10:00", "2024-06-20 00:00", None),
        ("L6", "web", "2024-06-20 09:00", "2024-06-20 11:00", None, None),
    )
]
_DEALS = ("opportunity_id", "created_date", "close_date", "status", "amount", "probability")
EXAMPLE_OPPORTUNITIES = [
    dict(zip(_DEALS, deal, strict=True))
    for deal in (
        ("D1", "2024-01-01", "2024-01-31", "won", 100, None),
        ("D2", "2024-01-10", "2024-03-10", "won", 300, None),
        ("D3", "2024-02-01", "2024-04-01", "lost", 400, None),
        ("D4", "2024-03-01", "2024-06-29", "won", 200, None),
        ("D5", "2024-04-01", "2024-07-31", "open", 400, 0.5),
        ("D6", "2024-05-01", "2024-07-15", "open", 200, 0.2),
    )
]
EXAMPLE_STAGE_HISTORY = [
    {"opportunity_id": deal, "stage": stage, "entered_at": f"2024-{day} 00:00"}
    for deal, stage, day in (
        ("D1", "Qualify", "01-01"), ("D1", "Proposal", "01-11"), ("D2", "Qualify", "01-10"),
        ("D2", "Proposal", "01-30"), ("D3", "Qualify", "02-01"), ("D4", "Qualify", "03-01"),
        ("D4", "Proposal", "05-01"), ("D5", "Qualify", "04-01"), ("D5", "Proposal", "05-16"),
        ("D6", "Qualify", "05-01"),
    )
]  # fmt: skip

EXAMPLE_TABLES: Mapping[str, Rows] = {
    "orders": EXAMPLE_ORDERS,
    "reps": EXAMPLE_REPS,
    "quotas": EXAMPLE_QUOTAS,
    "spend": EXAMPLE_SPEND,
    "leads": EXAMPLE_LEADS,
    "opportunities": EXAMPLE_OPPORTUNITIES,
    "stage_history": EXAMPLE_STAGE_HISTORY,
}
"""The shared example of the metric definitions: half a year of a company with two reps and four customers."""

_folders: list[tempfile.TemporaryDirectory[str]] = []


@cache
def example_company() -> Dataset:
    """Give the shared example (as of 2024-06-30), stored once for the whole run."""
    _folders.append(tempfile.TemporaryDirectory(prefix="example_company"))
    return dataset(EXAMPLE_TABLES, Path(_folders[-1].name))


def _none(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NaT else value


@dataclass(frozen=True)
class Answer:
    """One row of a result, with None wherever nothing stands."""

    value: float | None
    reason: str | None
    n: int | None
    numerator: float | None
    denominator: float | None
    warnings: tuple[str, ...]
    details: Mapping[str, Any]
    row: Mapping[str, Any] = field(repr=False)

    def warns(self, code: str) -> bool:
        """Tell whether a warning begins with `code`."""
        return any(warning.startswith(code) for warning in self.warnings)


def _answer(row: Mapping[str, Any]) -> Answer:
    plain = {name: _none(value) for name, value in row.items()}
    return Answer(
        plain["value"], plain["reason"], plain["n"], plain["numerator"], plain["denominator"],
        tuple(plain["warnings"] or ()), plain["details"] or {}, plain,
    )  # fmt: skip


def answers(
    data: Dataset,
    metric: str,
    period: sm.Period | None,
    by: Sequence[str] = (),
    grain: sm.Grain | None = None,
    as_of: date | None = AS_OF,
    params: Mapping[str, str] | None = None,
    compare: Sequence[sm.Compare] = (),
    **where: str | Sequence[str],
) -> dict[Any, Answer]:
    """Ask one metric; give its rows by dimension value (a tuple for several), or by period start with `grain`."""
    filters = tuple(sm.Filter(d, (v,) if isinstance(v, str) else tuple(v)) for d, v in where.items())
    query = sm.MetricQuery(
        metrics=(metric,), period=period, grain=grain, by=tuple(by), where=filters, compare=tuple(compare),
        as_of=as_of, params=tuple((params or {}).items()),
    )  # fmt: skip
    keyed: dict[Any, Answer] = {}
    for row in sm.compute(data, query).rows(metric).to_dict("records"):
        start = pd.Timestamp(row["period_start"]).date()
        key = (*([start] if grain else []), *(row[dimension] for dimension in by))
        keyed[key[0] if len(key) == 1 else key] = _answer(row)
    return keyed


def ask(data: Dataset, metric: str, period: sm.Period | None, **more: Any) -> Answer:
    """Ask one metric for one number."""
    [answer] = answers(data, metric, period, **more).values()
    return answer


def days(first: str, last: str) -> sm.Period:
    """Give the period from `first` to `last`, both included.

    >>> days("2024-04-01", "2024-04-30").days
    30
    """
    return sm.Period(date.fromisoformat(first), date.fromordinal(date.fromisoformat(last).toordinal() + 1))
