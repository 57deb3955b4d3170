"""What every engine offers: a dataset's tables as expressions, relations kept ready, and answers as frames."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir
import pandas as pd
from numpy.typing import NDArray

from salesmetrics.model.dataset import Dataset
from salesmetrics.model.tables import TABLES, ColumnType

SLOT_OPEN, SLOT_CLOSE = "⟦", "⟧"


def slot(name: str) -> ir.StringScalar:
    """Give a place in an expression that is left open, to be filled with text each time its statement runs."""
    return ibis.literal(f"{SLOT_OPEN}{name}{SLOT_CLOSE}")


CATALOG = "ready"
"""Where an engine keeps what it has at hand."""

IBIS_TYPES = {
    ColumnType.TEXT: "string",
    ColumnType.DATE: "date",
    ColumnType.TIMESTAMP: "timestamp(6)",
    ColumnType.MONEY: "decimal(18, 6)",
    ColumnType.NUMBER: "decimal(18, 6)",
    ColumnType.BOOLEAN: "boolean",
}
"""How each column type of the declaration reads as an expression."""


def table_schema(name: str) -> ibis.Schema:
    """Give the types of a canonical table's columns."""
    return ibis.schema({column.name: IBIS_TYPES[column.type] for column in TABLES[name].columns})


def table_slot(name: str) -> ir.Table:
    """Give a canonical table of no dataset in particular."""
    return ibis.table(table_schema(name), name=name, catalog=CATALOG, database=f"{SLOT_OPEN}files{SLOT_CLOSE}")


def relation_slot(relation: ir.Table) -> ir.Table:
    """Give a table like a kept relation, of no dataset and date in particular."""
    return ibis.table(
        relation.schema(), name=relation.op().name, catalog=CATALOG, database=f"{SLOT_OPEN}kept{SLOT_CLOSE}"
    )


class Engine(Protocol):
    """Runs expressions over datasets; safe to share between threads."""

    def table(self, dataset: Dataset, name: str) -> ir.Table:
        """Give a canonical table with every declared column; without rows where no file filled it."""
        ...

    def keep(
        self, dataset: Dataset, name: str, as_of: date, shape: Hashable, build: Callable[[], ir.Table]
    ) -> ir.Table:
        """Give the relation `name` as of a date, brought into being once for this version of the data and kept.

        `build` gives it over `table_slot` and `relation_slot` tables with the date as `slot("as_of")`; it is
        compiled once for each `shape`.
        """
        ...

    def run(self, expression: ir.Table) -> pd.DataFrame:
        """Run an expression; decimals arrive as float64, dates as datetime64, text as str."""
        ...

    def statement(self, shape: Hashable, relation: ir.Table, build: Callable[[ir.Table], ir.Table]) -> str:
        """Give the statement of what `build` makes of a relation, compiled once for each `shape`.

        It holds for every kept relation of the same schema: which one is told when it runs.
        """
        ...

    def answer(self, statement: str, relation: ir.Table, fill: Mapping[str, Sequence[str]]) -> pd.DataFrame:
        """Run a statement on a relation, its open places filled with text values (several where a list is open)."""
        ...

    def columns(
        self, statement: str, relation: ir.Table, fill: Mapping[str, Sequence[str]]
    ) -> Mapping[str, NDArray[Any]]:
        """Run a statement like `answer`, for few rows: numbers with NaN, dates as datetime64, text with None."""
        ...

    def forget(self, dataset: Dataset) -> None:
        """Drop everything kept for a dataset."""
        ...

    def __hash__(self) -> int:
        """An engine is itself: caches of what was read from it are keyed by it."""
        ...
