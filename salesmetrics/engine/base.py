"""What every engine offers: a dataset's tables as expressions, relations kept ready, and answers as frames."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import Protocol

import ibis
import ibis.expr.types as ir
import pandas as pd

from salesmetrics.model.dataset import Dataset

SLOT_OPEN, SLOT_CLOSE = "⟦", "⟧"


def slot(name: str) -> ir.StringScalar:
    """Give a place in an expression that is left open, to be filled with text each time its statement runs."""
    return ibis.literal(f"{SLOT_OPEN}{name}{SLOT_CLOSE}")


class Engine(Protocol):
    """Runs expressions over datasets; safe to share between threads."""

    def table(self, dataset: Dataset, name: str) -> ir.Table:
        """Give a canonical table with every declared column; without rows where no file filled it."""
        ...

    def keep(self, dataset: Dataset, name: str, as_of: date, build: Callable[[], ir.Table]) -> ir.Table:
        """Give the relation `name` as of a date, built once for this version of the data and kept ready."""
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

    def forget(self, dataset: Dataset) -> None:
        """Drop everything kept for a dataset."""
        ...

    def __hash__(self) -> int:
        """An engine is itself: caches of what was read from it are keyed by it."""
        ...
