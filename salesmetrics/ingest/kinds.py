"""What a sheet can be: a canonical table, half of one, or a list that completes one by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from salesmetrics.ingest.fold import fold, readings
from salesmetrics.model.tables import LOOKUPS, PARTS, TABLES, Column, Table

STRONG = 0.6
"""From this confidence on, a header alone tells a column."""

HINTS = 100
"""Candidates ranked from here on are known by a hint only."""

_CANONICAL, _SYNONYM, _HINT = 0.98, 0.95, 0.5


@dataclass(frozen=True)
class Kind:
    """One thing a sheet can be: its columns are those of `columns`, its rows go into the table `table`.

    `table` is None for a list that only completes other tables.
    """

    name: str
    table: str | None
    columns: Table
    needs: tuple[tuple[str, ...], ...]
    lacks: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether the sheet is a canonical table by itself."""
        return self.name in TABLES


@dataclass(frozen=True)
class Candidate:
    """A header that may stand for a column: how sure its words make us, and in which words it is known."""

    index: int
    column: Column
    confidence: float
    rank: int
    how: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Give everything a sheet can be, by name."""
    whole = [Kind(table.name, table.name, table, table.requirements) for table in TABLES.values()]
    halves = [Kind(part.name, part.table, TABLES[part.table], part.needs, part.lacks) for part in PARTS.values()]
    lists = [Kind(table.name, None, table, table.requirements) for table in LOOKUPS.values()]
    return {kind.name: kind for kind in (*whole, *halves, *lists)}


@cache
def _index(table: Table) -> Mapping[str, tuple[tuple[Column, float, int, str], ...]]:
    known: dict[str, list[tuple[Column, float, int, str]]] = defaultdict(list)
    for column in table.readable:
        hints = {fold(hint) for hint in column.hints}
        if fold(column.name) not in hints:
            known[fold(column.name)].append((column, _CANONICAL, 0, column.name))
        for rank, synonym in enumerate(column.synonyms, 1):
            if fold(synonym) != fold(column.name):
                known[fold(synonym)].append((column, _SYNONYM, rank, synonym))
        for rank, hint in enumerate(column.hints, HINTS):
            known[fold(hint)].append((column, _HINT, rank, hint))
    return {form: tuple(entries) for form, entries in known.items()}


def candidates(header: tuple[str, ...], table: Table) -> list[Candidate]:
    """Give every column of `table` that each header may stand for, the surest first."""
    index = _index(table)
    found: dict[tuple[int, str], Candidate] = {}
    for position, name in enumerate(header):
        for form, share in readings(name, table.words):
            for column, confidence, rank, how in index.get(form, ()):
                candidate = Candidate(position, column, confidence * share, rank, how)
                key = (position, column.name)
                if key not in found or found[key].confidence < candidate.confidence:
                    found[key] = candidate
    return sorted(found.values(), key=lambda c: (-c.confidence, c.rank, c.index))
