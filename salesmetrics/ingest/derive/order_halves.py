"""Orders split in two sheets: headers with dates and customers, lines with products and prices."""

from __future__ import annotations

import duckdb

from salesmetrics.ingest.relation import Relation, count_rows, select


def first_of_each(connection: duckdb.DuckDBPyConnection, relation: Relation, key: str) -> Relation:
    """Keep the first row of each key, so that a join on it is many-to-one."""
    return select(
        connection,
        f"SELECT * FROM {relation.name} WHERE {key} IS NOT NULL "
        f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY sheet_no, row) = 1",
        relation.columns,
        keep=True,
    )


def join_halves(connection: duckdb.DuckDBPyConnection, lines: Relation, headers: Relation) -> Relation:
    """Give each line what its order's header says, many-to-one; a line's own value goes before the header's.

    Amounts of a header are its lines' total and are left out.
    """
    of_line = {"amount", "unit_price", "quantity", "cost", "discount", "discount_rate", "profit", "unit_cost"}
    one = first_of_each(connection, headers, "order_id")
    from_header = headers.columns - of_line - {"order_id"}
    own = ", ".join(f'l."{column}"' for column in sorted(lines.columns - from_header))
    met = ", ".join(
        f'coalesce(l."{column}", h."{column}") AS "{column}"' if column in lines.columns else f'h."{column}"'
        for column in sorted(from_header)
    )
    return select(
        connection,
        f"SELECT l.sheet_no, l.row, {own}, {met} FROM {lines.name} l "
        f"LEFT JOIN {one.name} h ON h.order_id = l.order_id",
        lines.columns | from_header,
    )


def without_partner(connection: duckdb.DuckDBPyConnection, relation: Relation, other: Relation, key: str) -> int:
    """Count the rows of `relation` whose key is not in `other`."""
    return count_rows(
        connection,
        f"SELECT count(*) FROM {relation.name} r WHERE NOT EXISTS (SELECT 1 FROM {other.name} o "
        f'WHERE o."{key}" = r."{key}")',
    )
