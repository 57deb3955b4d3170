"""A list of orders that came back: one order may stand in it many times, and counts once."""

from __future__ import annotations

import duckdb

from salesmetrics.ingest.relation import Relation, select


def returned_orders(connection: duckdb.DuckDBPyConnection, returns: Relation) -> Relation:
    """Reduce a list of returns to its distinct orders, each with the first day it came back where that is said."""
    said = "coalesce(returned, true)" if returns.has("returned") else "true"
    day = "min(return_date)" if returns.has("return_date") else "CAST(NULL AS DATE)"
    return select(
        connection,
        f"SELECT order_id, {day} AS return_date FROM {returns.name} "
        f"WHERE order_id IS NOT NULL AND {said} GROUP BY order_id",
        ("order_id", "return_date"),
        keep=True,
    )


def mark_returned(connection: duckdb.DuckDBPyConnection, orders: Relation, returned: Relation) -> Relation:
    """Mark every line of a returned order as returned; a line that already says so stays so."""
    kept = ", ".join(f'o."{column}"' for column in sorted(orders.columns - {"returned", "return_date"}))
    own = "coalesce(o.returned, false) OR" if orders.has("returned") else ""
    day = "coalesce(o.return_date, r.return_date)" if orders.has("return_date") else "r.return_date"
    return select(
        connection,
        f"SELECT o.sheet_no, o.row, {kept}, {own} r.order_id IS NOT NULL AS returned, {day} AS return_date "
        f"FROM {orders.name} o LEFT JOIN {returned.name} r ON r.order_id = o.order_id",
        orders.columns | {"returned", "return_date"},
    )
