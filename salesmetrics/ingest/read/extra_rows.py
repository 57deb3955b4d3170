"""The rows of a staged sheet that are none of its table's: headers again, remarks, other tables, totals."""

from __future__ import annotations

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.read.footers import take_footers
from salesmetrics.ingest.read.header import Header
from salesmetrics.ingest.read.repeats import take_repeated_headers
from salesmetrics.ingest.read.stacked import take_other_tables
from salesmetrics.ingest.read.totals import Extra, take_totals

_LISTED = 5


def take_extra_rows(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    width: int,
    found: Header,
    other_table: int | None,
) -> tuple[list[Extra], list[str]]:
    """Take such rows out of a staged relation; give them, and what to say of rows that only look like it.

    It has `width` columns; `found` is its header, `other_table` the row where another table is known to begin.
    """
    extra = take_repeated_headers(connection, relation, width, found.rows)
    extra += take_other_tables(connection, relation, width, other_table)
    totals = take_totals(connection, relation, width)
    extra += totals.taken
    extra += take_footers(connection, relation, width, found.titles)
    notes = []
    if totals.doubtful:
        rows = ", ".join(map(str, totals.doubtful[:_LISTED]))
        message = _("Rows that say “total” but hold no sum and lack nothing are read as data: {rows}.")
        notes.append(message.format(rows=rows))
    if sum(len(title) > 1 for title in found.titles) > 1:
        message = _("{n} rows above the header are not read as data.")
        notes.append(message.format(n=len(found.titles)))
    return extra, notes
