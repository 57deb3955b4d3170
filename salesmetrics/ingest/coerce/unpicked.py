"""`Select`, which a list shows until something is picked, told from a value of that name."""

from __future__ import annotations

import duckdb

from salesmetrics.i18n import ngettext
from salesmetrics.ingest.coerce.coerced import Coerced
from salesmetrics.ingest.sheet import Sheet

# Beside these, Select is a grade of goods or customers.
_GRADES = frozenset(
    {
        "basic", "standard", "regular", "plus", "premium", "pro", "prime", "choice", "classic", "elite", "gold", "silver",
        "platinum", "bronze", "economy", "deluxe", "preferred", "essential", "essentials",
    }
)  # fmt: skip
_LISTED = 200


def is_unpicked(connection: duckdb.DuckDBPyConnection, sheet: Sheet, column: int) -> bool:
    """Tell whether `Select` in a column stands for nothing: beside two or more choices that are no grades."""
    cell = f"c{column}"
    found = connection.execute(
        f"SELECT lower({cell}) FROM {sheet.relation} WHERE {cell} IS NOT NULL AND {cell} <> 'Select' "
        f"GROUP BY 1 LIMIT {_LISTED}"
    ).fetchall()
    words = {word for (word,) in found}
    return 1 < len(words) < _LISTED and not words & _GRADES


def unpicked(expression: str, filled: int, selects: int) -> Coerced:
    """Read a column of `filled` texts without the `selects` of them that are only `Select`."""
    said = ngettext(
        "{n} cell says “Select”, which a list shows before something is picked; it is read as empty.",
        "{n} cells say “Select”, which a list shows before something is picked; they are read as empty.",
        selects,
    )
    note = "unpicked: " + said.format(n=f"{selects:,}")
    return Coerced(f"nullif({expression}, 'Select')", filled - selects, 0, (note,))
