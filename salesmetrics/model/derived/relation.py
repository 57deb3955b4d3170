"""What a derived relation is: facts that had to meet, met once, before any measure and before any filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import ibis
import ibis.expr.types as ir

from salesmetrics.model.dimensions import UNKNOWN


class Source(Protocol):
    """Where a relation finds the canonical tables and the relations made before it."""

    def table(self, name: str) -> ir.Table:
        """Give a canonical table with every declared column; without rows where no file filled it."""
        ...

    def relation(self, name: str) -> ir.Table:
        """Give a derived relation that this one `needs`."""
        ...

    def has(self, column: str) -> bool:
        """Tell whether files filled a column (TABLE.COLUMN) that the relation declares as optional."""
        ...


@dataclass(frozen=True)
class Relation:
    """A derived relation.

    `key` tells one row from another; `tables` are the fact tables that say how far it reaches; `dimensions`
    are those that its rows have (as columns of that name, the tenure as `tenure_at_<date column>`);
    `needs` are relations built before it, of the same fact tables; `optional` are columns (TABLE.COLUMN)
    without which it is built more simply; `build` gives its expression as of a date; `state` keeps, of rows
    with a `snapshot` date, those in force on it (and adds `tenure_at_snapshot`).
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    tables: tuple[str, ...]
    dimensions: tuple[str, ...]
    build: Callable[[Source, ir.DateScalar], ir.Table]
    needs: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    state: Callable[[ir.Table, ir.DateScalar], ir.Table] | None = None


def one_each(rows: ir.Table, key: str, keep: str = "first") -> ir.Table:
    """Keep one row of each `key` (the first or the last as they stand), so that a join on it is many to one."""
    numbered = rows.mutate(line_number=ibis.row_number())
    order = numbered.line_number if keep == "first" else numbered.line_number.desc()
    ranked = numbered.mutate(place=ibis.row_number().over(group_by=numbered[key], order_by=order))
    return ranked.filter(ranked.place == 0).drop("place", "line_number")


def known(*columns: ir.StringValue) -> ir.StringValue:
    """Give the first value that says something, else `(unknown)`."""
    return ibis.coalesce(*(column.nullif("") for column in columns), UNKNOWN)
