"""Which rows are kept: those with all that their table requires, one a key; the others are accounted for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from salesmetrics.ingest.relation import Relation, count_rows, in_order, select

_ORDER = {
    "opportunities": "sheet_no DESC, row DESC",
    "leads": "created_at NULLS LAST, sheet_no, row",
}


@dataclass(frozen=True)
class LeftOut:
    """A row that is left out: its sheet and row, the column that is to blame, and whether it is a double."""

    sheet_no: int
    row: int
    column: str
    duplicate: bool


def keep(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    relation: Relation,
    required: Collection[str],
    key: str | None,
) -> tuple[Relation, list[LeftOut]]:
    """Split `relation` into the rows to keep and those to leave out.

    A row is left out when a required column is null, or when another row has its `key`: of deals the latest stays,
    of leads the earliest created, of all else the first.
    """
    if in_order(connection, relation) and not _to_leave_out(connection, relation, required, key):
        return relation, []
    missing = " ".join(f"WHEN \"{column}\" IS NULL THEN '{column}'" for column in required)
    blame = f"CASE {missing} END" if missing else "NULL"
    order = _ORDER.get(table, "sheet_no, row")
    if not relation.has("created_at"):
        order = order.replace("created_at NULLS LAST, ", "")
    place = f'row_number() OVER (PARTITION BY blame IS NULL, "{key}" ORDER BY {order})'
    rank = f'CASE WHEN "{key}" IS NOT NULL THEN {place} END'
    judged = select(
        connection,
        f"SELECT *, {rank if key else '1'} AS rank FROM (SELECT *, {blame} AS blame FROM {relation.name})",
        relation.columns,
        keep=True,
    )
    columns = ", ".join(f'"{column}"' for column in ("sheet_no", "row", *sorted(relation.columns)))
    kept = select(
        connection,
        f"SELECT {columns} FROM {judged.name} WHERE blame IS NULL AND coalesce(rank, 1) = 1 "
        "ORDER BY sheet_no, row",
        relation.columns,
        keep=True,
    )
    rows = connection.execute(
        f"SELECT sheet_no, row, coalesce(blame, '{key}'), blame IS NULL FROM {judged.name} "
        "WHERE blame IS NOT NULL OR coalesce(rank, 1) > 1 ORDER BY sheet_no, row"
    ).fetchall()
    return kept, [LeftOut(*row) for row in rows]


def _to_leave_out(
    connection: duckdb.DuckDBPyConnection, relation: Relation, required: Collection[str], key: str | None
) -> bool:
    """Tell whether a row of `relation` lacks what is required, or has the key of another."""
    tests = [f'count(*) > count("{column}")' for column in required]
    if key is not None:
        tests.append(f'count("{key}") > count(DISTINCT "{key}")')
    return bool(tests) and bool(
        count_rows(connection, f"SELECT CAST({' OR '.join(tests)} AS INTEGER) FROM {relation.name}")
    )


def kept_by_sheet(connection: duckdb.DuckDBPyConnection, relation: Relation) -> dict[int, int]:
    """Count the rows of `relation` by the sheet they stood in."""
    return dict(connection.execute(f"SELECT sheet_no, count(*) FROM {relation.name} GROUP BY 1").fetchall())
