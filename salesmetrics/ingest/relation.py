"""A relation under way to a canonical table: its name in DuckDB and the columns it has so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

import duckdb

from salesmetrics.ingest.derive.step import Step
from salesmetrics.model.finding import Finding
from salesmetrics.model.report import Question

_numbers = count(1)


@dataclass(frozen=True)
class Relation:
    """A relation in DuckDB; beside `columns` it has `sheet_no` and `row`, which say where each row stood.

    With `as_staged` its rows are those of one staged sheet, each read by itself: they come as they were staged.
    With `by_row` they are known to come in the order of `row`, each once.
    """

    name: str
    columns: frozenset[str]
    as_staged: bool = False
    by_row: bool = False

    def has(self, *columns: str) -> bool:
        """Tell whether the relation has all of `columns`."""
        return self.columns.issuperset(columns)


@dataclass
class Findings:
    """What is found out while files are read: by sheet sentences, findings and questions, by table notes for metrics."""

    said: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    found: dict[int, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[int, list[Question]] = field(default_factory=lambda: defaultdict(list))

    def say(self, sheets: Iterable[int], sentences: Iterable[str]) -> None:
        """Say `sentences` of `sheets`, each once."""
        for sheet in sheets:
            for sentence in sentences:
                if sentence not in self.said[sheet]:
                    self.said[sheet].append(sentence)

    def find(self, sheets: Iterable[int], finding: Finding) -> None:
        """Tell `finding` of the first of `sheets`: it counts the rows of all."""
        for sheet in sorted(sheets)[:1]:
            self.found[sheet].append(finding)

    def ask(self, sheets: Iterable[int], question: Question) -> None:
        """Ask `question` once, of the first of `sheets`."""
        for sheet in sorted(sheets)[:1]:
            self.asked[sheet].append(question)

    def note(self, table: str, name: str, rows: int) -> None:
        """Count `rows` for the note `name` of `table`."""
        if rows:
            self.notes[table][name] = self.notes[table].get(name, 0) + rows


def select(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    columns: Collection[str],
    *,
    keep: bool = False,
    as_staged: bool = False,
) -> Relation:
    """Give the result of `query` a name; `keep` computes it now, once, where it will be read several times."""
    name = f"step_{next(_numbers)}"
    connection.execute(f"CREATE TEMP {'TABLE' if keep else 'VIEW'} {name} AS {query}")
    return Relation(name, frozenset(columns), as_staged)


def extend(connection: duckdb.DuckDBPyConnection, relation: Relation, columns: Mapping[str, str]) -> Relation:
    """Add `columns` (name -> expression over the relation) to `relation`, in place of those it has."""
    if not columns:
        return relation
    kept = ", ".join(f'"{column}"' for column in ("sheet_no", "row", *sorted(relation.columns - set(columns))))
    added = ", ".join(f'{expression} AS "{column}"' for column, expression in columns.items())
    return select(
        connection,
        f"SELECT {kept}, {added} FROM {relation.name}",
        relation.columns | set(columns),
        as_staged=relation.as_staged,
    )


def apply(
    connection: duckdb.DuckDBPyConnection,
    relation: Relation,
    step: Step,
    findings: Findings,
    sheets: Iterable[int],
) -> Relation:
    """Add what `step` derives to `relation` and say it of `sheets`."""
    findings.say(sheets, step.said)
    return extend(connection, relation, step.columns)


def union(connection: duckdb.DuckDBPyConnection, relations: Sequence[Relation]) -> Relation:
    """Put relations one below the other, by column name, and compute the result where that is any work."""
    if len(relations) == 1 and relations[0].as_staged:
        return relations[0]
    columns = frozenset().union(*(relation.columns for relation in relations))
    parts = []
    for relation in relations:
        names = ", ".join(f'"{column}"' for column in ("sheet_no", "row", *sorted(relation.columns)))
        parts.append(f"SELECT {names} FROM {relation.name}")
    return select(connection, " UNION ALL BY NAME ".join(parts), columns, keep=True)


def count_rows(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """Give the single number that `query` computes, 0 for null."""
    row = connection.execute(query).fetchone()
    return int(row[0] or 0) if row else 0


def in_order(connection: duckdb.DuckDBPyConnection, relation: Relation) -> bool:
    """Tell whether the rows of `relation` come in the order in which they stood in their sheet, each once."""
    if relation.by_row:
        return True
    after = f"SELECT row, lag(row) OVER () AS before FROM {relation.name}"
    return relation.as_staged and not count_rows(connection, f"SELECT count(*) FROM ({after}) WHERE row <= before")


def has_rows(connection: duckdb.DuckDBPyConnection, relation: Relation) -> bool:
    """Tell whether `relation` has a row."""
    return connection.execute(f"SELECT 1 FROM {relation.name} LIMIT 1").fetchone() is not None
