"""Read cells as text: as they stand, save the marks that databases write for nothing."""

from __future__ import annotations

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.coerced import EMPTY_TEXT, Coerced, literals
from salesmetrics.ingest.sheet import Sheet


def coerce_text(connection: duckdb.DuckDBPyConnection, sheet: Sheet, column: int) -> Coerced:
    """Tell how a column reads as text; every text reads."""
    cell = f"c{column}"
    expression = f"CASE WHEN {cell} NOT IN ({literals(EMPTY_TEXT)}) THEN {cell} END"
    [(filled, floats)] = connection.execute(
        f"SELECT count(v), count(*) FILTER (regexp_full_match(v, '\\d+\\.0')) FROM (SELECT {expression} AS v "
        f"FROM {sheet.relation})"
    ).fetchall()
    if not filled or floats < filled:
        return Coerced(expression, filled, 0)
    # Whole numbers next to empty cells are often written as 1001.0; the key is 1001.
    note = "whole_numbers: " + _("Every value ends in .0, which is left out.")
    return Coerced(f"regexp_replace({expression}, '\\.0$', '')", filled, 0, (note,))
