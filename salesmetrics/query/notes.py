"""Warnings that hold for a metric whatever the period: what reading or the ledger did to its tables."""

from __future__ import annotations

from functools import lru_cache

import ibis.expr.types as ir

from salesmetrics.engine import Engine
from salesmetrics.metrics.measure import Measure, alternatives
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived import RELATIONS
from salesmetrics.model.derived.entry import is_cancelled

_ABOUT_COLUMN = {"cost_from_products": "orders.cost"}
"""Notes that concern only metrics that read a certain column."""

_ABOUT_ORDERS = "order_id_synthesized"
_OF_RETURNS = frozenset({"returned"})
"""Measures that are 0 both where nothing came back and where the files do not say what did."""


@lru_cache(maxsize=64)
def _cancelled(engine: Engine, data: Dataset) -> tuple[int, float]:
    orders = engine.table(data, "orders")
    statement = engine.statement("cancelled", orders, _left_out)
    found = engine.answer(statement, orders, {}).iloc[0]
    return int(found["lines"]), float(found["amount"]) if found["lines"] else 0.0


def _left_out(orders: ir.Table) -> ir.Table:
    cancelled = orders.filter(is_cancelled(orders))
    return cancelled.aggregate(lines=cancelled.count(), amount=cancelled.amount.sum())


@lru_cache(maxsize=64)
def _names_returns(engine: Engine, data: Dataset) -> bool:
    if data.has("orders", "returned"):
        return True
    orders = engine.table(data, "orders")
    statement = engine.statement(
        "returned", orders, lambda rows: rows.aggregate(returns=(rows.amount < 0).sum().fill_null(0))
    )
    return bool(engine.answer(statement, orders, {}).iloc[0]["returns"])


def standing_warnings(engine: Engine, data: Dataset, measures: tuple[Measure, ...]) -> tuple[str, ...]:
    """Give warnings of a metric, such as `order_id_synthesized:120` or `cancelled_excluded:3:450.00`."""
    inputs = {name for measure in measures for one in measure.inputs for name in alternatives(one)}
    # Of two files either of which would do, perhaps only one is there.
    tables = sorted({table for name in inputs if (table := name.partition(".")[0]) in data.tables})
    by_order = any(measure.date == "order_date" for measure in measures)
    found = []
    for table in tables:
        for note, count in data.tables[table].notes.items():
            if note in _ABOUT_COLUMN and _ABOUT_COLUMN[note] not in inputs:
                continue
            if note != _ABOUT_ORDERS:
                found.append(f"{note}:{count}")
    if by_order:
        orders = data.tables["orders"]
        without = orders.notes.get(_ABOUT_ORDERS, 0 if data.has("orders", "order_id") else orders.rows)
        if without:
            found.append(f"{_ABOUT_ORDERS}:{without}")
    if data.has("orders") and any(measure.name in _OF_RETURNS for measure in measures):
        found += [] if _names_returns(engine, data) else ["no_returns_named"]
    reads_orders = any("orders" in RELATIONS[measure.relation].tables for measure in measures)
    if reads_orders and data.has("orders", "status"):
        lines, amount = _cancelled(engine, data)
        if lines:
            found.append(f"cancelled_excluded:{lines}:{amount:.2f}")
    return tuple(found)
