"""Bring the derived relations of a dataset into being, each as of a date, and keep them ready in the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import ibis.expr.types as ir

from salesmetrics.engine import Engine
from salesmetrics.engine.base import relation_slot, slot, table_slot
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived import RELATIONS
from salesmetrics.query.coverage import coverage


def latest(engine: Engine, data: Dataset, tables: tuple[str, ...]) -> date:
    """Give the last day that any of `tables` covers; the day the files were read where none has dates."""
    reached = coverage(engine, data)
    return max((reached[table].through for table in tables if table in reached), default=data.read_on)


@dataclass(frozen=True)
class Prepared:
    """The derived relations of one dataset; `as_of` None lets each relation reach as far as it can."""

    engine: Engine
    data: Dataset
    as_of: date | None = None
    _ready: dict[str, ir.Table] = field(default_factory=dict, repr=False, compare=False)

    def relation(self, name: str) -> ir.Table:
        """Give a derived relation, and those it needs, brought into being at the first call."""
        if name not in self._ready:
            self._ready[name] = self._made(name)
        return self._ready[name]

    def _made(self, name: str) -> ir.Table:
        declared = RELATIONS[name]
        as_of = self.as_of or latest(self.engine, self.data, declared.tables)
        needs = {need: self.relation(need) for need in declared.needs}
        found = {column: self.data.has(*column.split(".")) for column in declared.optional}
        return self.engine.keep(
            self.data,
            name,
            as_of,
            tuple(found.values()),
            lambda: declared.build(Blueprint(needs, found), slot("as_of").cast("date")),
        )


@dataclass(frozen=True)
class Blueprint:
    """What a relation is built over: tables and relations of no dataset in particular."""

    needs: Mapping[str, ir.Table]
    found: Mapping[str, bool]

    def table(self, name: str) -> ir.Table:
        """Give a canonical table."""
        return table_slot(name)

    def relation(self, name: str) -> ir.Table:
        """Give a relation that was declared as needed."""
        return relation_slot(self.needs[name])

    def has(self, column: str) -> bool:
        """Tell whether files filled a column that was declared as optional."""
        return self.found[column]
