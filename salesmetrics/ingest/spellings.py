"""What a person says of single names: `orders.product:GTX Por=GTX Pro` reads the product "GTX Por" as "GTX Pro"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from salesmetrics.errors import MappingError, nearest
from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.coerced import literal
from salesmetrics.model.tables import TABLES

Spellings = Mapping[tuple[str, str], Mapping[str, str]]
"""Table and column -> a name as it is written -> the name that it means."""

_STANDS_FOR = {"customer_id": "customer_name", "rep_id": "rep_name"}


def is_spelling(text: str) -> bool:
    """Tell whether a map speaks of a single name.

    >>> is_spelling("orders.product:GTX Por=GTX Pro"), is_spelling("orders.amount=june.csv:Net")
    (True, False)
    """
    left, equals, _right = text.partition("=")
    return bool(equals) and ":" in left


def spellings_of(maps: Iterable[str]) -> Spellings:
    """Give what `maps` say of single names.

    Raises MappingError for a table or column that does not exist.

    >>> spellings_of(["orders.product:GTX Por=GTX Pro", "orders.amount=Net"])
    {('orders', 'product'): {'GTX Por': 'GTX Pro'}}
    """
    said: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for text in maps:
        if is_spelling(text):
            left, _equals, meant = text.partition("=")
            where, _colon, written = left.partition(":")
            table, _dot, column = where.strip().partition(".")
            names = [known.name for known in TABLES[table].columns] if table in TABLES else []
            if column not in names:
                message = _("--map {text} names {where}, which does not exist.").format(text=text, where=where)
                raise MappingError(message + (nearest(column, names) or nearest(table, TABLES) or ""))
            said[table, column][written.strip()] = meant.strip()
    return dict(said)


def respelled(expression: str, table: str | None, column: str, found: Collection[str], said: Spellings) -> str:
    """Write the SQL for the values of a column of `table` with single names read as a person said.

    `found` are the columns of the sheet: a name stands for the id where there is none.
    """
    meant = dict(said.get((table or "", column), {}))
    for key, name in _STANDS_FOR.items():
        if column == name and key not in found:
            meant |= said.get((table or "", key), {})
    if not meant:
        return expression
    cases = " ".join(f"WHEN {literal(written)} THEN {literal(name)}" for written, name in meant.items())
    return f"(CASE {expression} {cases} ELSE {expression} END)"
