"""Bring the derived relations of a dataset into being, each as of a date, and keep them ready in the engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from salesmetrics.engine import Engine
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived import RELATIONS
from salesmetrics.query.coverage import coverage


def latest(engine: Engine, data: Dataset, tables: tuple[str, ...]) -> date:
    """Give the last day that any of `tables` covers; the day the files were read where none has dates."""
    reached = coverage(engine, data)
    return max((reached[table].through for table in tables if table in reached), default=data.read_on)


@dataclass(frozen=True)
class Prepared:
    """The tables and derived relations of one dataset; `as_of` None lets each relation reach as far as it can."""

    engine: Engine
    data: Dataset
    as_of: date | None = None

    def table(self, name: str) -> ir.Table:
        """Give a canonical table."""
        return self.engine.table(self.data, name)

    def has(self, table: str, column: str | None = None) -> bool:
        """Tell whether files filled the table (and the column)."""
        return self.data.has(table, column)

    def date_of(self, name: str) -> date:
        """Give the date as of which the relation `name` is computed."""
        return self.as_of or latest(self.engine, self.data, RELATIONS[name].tables)

    def relation(self, name: str) -> ir.Table:
        """Give a derived relation, built at the first call."""
        as_of = self.date_of(name)
        return self.engine.keep(self.data, name, as_of, lambda: RELATIONS[name].build(self, as_of))
