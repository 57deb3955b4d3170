"""Header rows that come again inside the data, as on every page of a printed report."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.read.totals import Extra, delete


def the_header_again() -> str:
    """Say why a row is no data that says what the header says."""
    return _("This row repeats the header.")


def take_repeated_headers(
    connection: duckdb.DuckDBPyConnection, relation: str, width: int, rows: Sequence[Sequence[str]]
) -> list[Extra]:
    """Take rows out of a staged relation of `width` columns that say what one of the header's `rows` says, in any case."""
    taken = []
    for cells in rows:
        named = {index: cell for index, cell in enumerate(cells[:width]) if cell}
        if len(named) < min(2, len(cells)):
            continue
        same = " AND ".join(f"lower(c{index}) = ?" for index in named)
        found = connection.execute(
            f"SELECT row FROM {relation} WHERE {same} ORDER BY row", [cell.lower() for cell in named.values()]
        ).fetchall()
        taken += [Extra(row, tuple(cells), the_header_again()) for (row,) in found]
    delete(connection, relation, [extra.row for extra in taken])
    return taken
