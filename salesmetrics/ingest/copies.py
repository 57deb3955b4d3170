"""The same export given twice, as CSV and as workbook: its rows count once."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.assembled import Assembled
from salesmetrics.ingest.relation import Relation
from salesmetrics.ingest.typed import Typed


def without_copies(
    connection: duckdb.DuckDBPyConnection, found: Sequence[tuple[Typed, Relation]], result: Assembled
) -> list[tuple[Typed, Relation]]:
    """Leave out a sheet whose rows are all those of another: one export saved twice."""
    kept: list[tuple[Typed, Relation]] = []
    for typed, relation in found:
        twin = next((other for other in kept if _same_rows(connection, relation, other[1])), None)
        if twin is None:
            kept.append((typed, relation))
        else:
            result.unused[typed.number] = _("It holds the same rows as {other}, which are read once.").format(
                other=twin[0].sheet.label
            )
    return kept


def _same_rows(connection: duckdb.DuckDBPyConnection, one: Relation, other: Relation) -> bool:
    columns = ", ".join(f'"{column}"' for column in sorted(one.columns & other.columns))
    if not columns or one.columns != other.columns:
        return False
    prints = [
        connection.execute(f"SELECT count(*), sum(hash({columns})::HUGEINT) FROM {relation.name}").fetchone()
        for relation in (one, other)
    ]
    return prints[0] == prints[1]
