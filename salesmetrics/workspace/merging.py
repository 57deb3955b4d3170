"""Rows of new files meet the rows that are stored: added, put in their place by key, or known already."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

import duckdb

from salesmetrics.ingest import Reading
from salesmetrics.ingest.account import dated_after, repeated_lines
from salesmetrics.ingest.relation import Relation, count_rows
from salesmetrics.ingest.store import Filled, store
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.report import Report, SheetReport
from salesmetrics.model.tables import TABLES
from salesmetrics.workspace.changes import (
    TableChanges,
    compared_columns,
    comparing,
    counted,
    key_of,
    rows_of,
    table_changes,
)
from salesmetrics.workspace.disk import share

_LISTS = ("customers", "products", "reps")
"""Tables that reading makes from the rows of others where no file lists them."""

_COUNTED_ANEW = {"order_id_synthesized", "duplicate_lines", "dated_after_reading"}


class Way(StrEnum):
    """What a second upload does to the data that is there.

    REPLACE: nothing of it stays. TOGETHER: all files are read as one set, one in the place of another of its name.
    APPEND: rows that are not there yet are added. UPDATE: rows take the place of those with their key, or are added.
    """

    REPLACE = "replace"
    TOGETHER = "together"
    APPEND = "append"
    UPDATE = "update"


@dataclass(frozen=True)
class Merge:
    """Stored data and a reading that is to be appended to it, or to update it, as `way` says.

    `tables` are those whose rows the new files hold, `lists` those that no file lists: of these only rows with a
    new key are taken. Every other table stays as it is stored. With `doubles` rows that are there already are
    added once more, where the table has no key.
    """

    old: Dataset
    new: Dataset
    tables: frozenset[str]
    lists: frozenset[str]
    way: Way
    doubles: bool = False

    def by_key(self, table: str) -> bool:
        """Tell whether rows of `table` take the place of those with their key."""
        return self.way is Way.UPDATE and table in self.tables and bool(key_of(table, self.old, self.new))


def own_sheets(report: Report, files: Sequence[str]) -> list[SheetReport]:
    """Give the sheets that stand in these files (or in archives of these names)."""
    return [sheet for sheet in report.sheets if {sheet.file, sheet.file.partition("/")[0]} & set(files)]


def tables_in(sheets: Sequence[SheetReport]) -> frozenset[str]:
    """Name the canonical tables that sheets hold rows of."""
    return frozenset(sheet.table for sheet in sheets if sheet.table in TABLES and sheet.table)


def merge_of(
    old: Dataset, stored: Report, reading: Reading, files: Sequence[str], way: Way, doubles: bool = False
) -> Merge:
    """Say what of a reading meets what is stored: the tables of its `files`, not of those read beside them."""
    listed = tables_in(stored.sheets) | tables_in(reading.report.sheets)
    told = {name for name in _LISTS if reading.dataset.has(name)}
    tables = tables_in(own_sheets(reading.report, files))
    return Merge(old, reading.dataset, tables, frozenset(told - listed), way, doubles)


def previewed(merge: Merge) -> tuple[TableChanges, ...]:
    """Tell what a merge would do to each table, and do nothing; the tables of the new files come first."""
    with comparing() as connection:
        found = [_met(connection, merge, name) for name in TABLES if merge.old.has(name) or _takes(merge, name)]
    return tuple(sorted(found, key=lambda one: (one.table not in merge.tables, one.table not in merge.lists)))


def _takes(merge: Merge, table: str) -> bool:
    return table in merge.tables | merge.lists and merge.new.has(table)


def _met(connection: duckdb.DuckDBPyConnection, merge: Merge, table: str) -> TableChanges:
    key = key_of(table, merge.old, merge.new)
    if not _takes(merge, table):
        return TableChanges(table, key, unchanged=merge.old.tables[table].rows)
    # A column that the new files do not have cannot differ.
    columns = merge.new.tables[table].columns if key else None
    found = table_changes(connection, merge.old, merge.new, table, columns)
    stays = found.unchanged + found.gone
    samples = tuple(one for one in found.samples if one.kind != "gone")
    known = replace(found, gone=0, duplicate=found.unchanged, unchanged=stays, samples=samples)
    if merge.by_key(table):
        return known
    if table in merge.lists:
        added = tuple(one for one in samples if one.kind == "new")
        return replace(known, changed=0, columns={}, unchanged=stays + found.changed, samples=added)
    return replace(known, changed=0, left_out=found.changed, unchanged=stays + found.changed)


def merged(merge: Merge, into: Path, read_on: date) -> Dataset:
    """Write the tables of a merge to the folder `into`; tables that nothing meets are shared, not written again."""
    into.mkdir(parents=True, exist_ok=True)
    with comparing() as connection:
        filled = {name: _filled(connection, merge, name, read_on) for name in TABLES if _takes(merge, name)}
        written = store(connection, filled, into, read_on)
    for table in merge.old.tables:
        if table not in written.tables:
            share(merge.old.folder / f"{table}.parquet", into / f"{table}.parquet")
    version = hashlib.sha256(f"{merge.old.version} {written.version}".encode()).hexdigest()[:16]
    return Dataset(into, version, read_on, {**merge.old.tables, **written.tables})


def _filled(connection: duckdb.DuckDBPyConnection, merge: Merge, table: str, read_on: date) -> Filled:
    rows = _joined(connection, merge, table)
    order = "ORDER BY late, place"
    names = ", ".join(f'"{column.name}"' for column in TABLES[table].columns)
    connection.execute(f"CREATE TEMP TABLE merged_{table} AS SELECT {names} FROM ({rows}) {order}")  # noqa: S608
    return Filled(f"merged_{table}", _notes(connection, merge, table, read_on))


def _joined(connection: duckdb.DuckDBPyConnection, merge: Merge, table: str) -> str:
    """Give the rows of both sides in SQL, each with its `place` and whether it comes `late`, after the stored ones."""
    columns = [column.name for column in TABLES[table].columns]
    names = ", ".join(f'"{column}"' for column in columns)
    old, new = rows_of(merge.old, table), rows_of(merge.new, table)
    stored = f"SELECT {names}, file_row_number AS place, false AS late FROM {old}"  # noqa: S608
    late = "file_row_number AS place, true AS late"
    key = key_of(table, merge.old, merge.new)
    if key:
        match = f'o."{key[0]}" = n."{key[0]}"'
        picked = ", ".join(f'n."{column}"' for column in columns)
        added = f"SELECT {picked}, {late} FROM {new} n ANTI JOIN {old} o ON {match}"  # noqa: S608
        if not merge.by_key(table):
            return f"{stored} UNION ALL {added}"
        taken = merge.new.tables[table].columns
        values = ", ".join(
            f'CASE WHEN n.there THEN n."{c}" ELSE o."{c}" END AS "{c}"' if c in taken else f'o."{c}"'
            for c in columns
        )
        return (
            f"SELECT {values}, o.file_row_number AS place, false AS late FROM {old} o "  # noqa: S608
            f"LEFT JOIN (SELECT *, true AS there FROM {new}) n ON {match} UNION ALL {added}"
        )
    compared = compared_columns(table, merge.old, merge.new)
    if merge.doubles:
        source = new
    else:
        groups = counted(connection, merge.old, merge.new, table, compared)
        source = f"(SELECT *, place AS file_row_number FROM {groups}, range(is_now - was))"  # noqa: S608
    values = ", ".join(_value(merge, table, column, compared) for column in columns)
    return f"{stored} UNION ALL SELECT {values}, {late} FROM {source}"  # noqa: S608


def _value(merge: Merge, table: str, column: str, compared: Sequence[str]) -> str:
    if column in compared:
        return f'"{column}"'
    if column in TABLES[table].key and merge.new.has(table, column):
        # Made up from the row's place in its file: from its place in the whole table it is no other row's.
        stored = merge.old.tables[table].rows if merge.old.has(table) else 0
        return f"'row ' || ({stored} + row_number() OVER (ORDER BY file_row_number)) AS \"{column}\""
    return f'NULL AS "{column}"'


def _notes(connection: duckdb.DuckDBPyConnection, merge: Merge, table: str, read_on: date) -> dict[str, int]:
    sides = [one.tables[table] for one in (merge.old, merge.new) if one.has(table)]
    columns = frozenset[str]().union(*(facts.columns for facts in sides))
    relation = Relation(f"merged_{table}", columns)
    rows = count_rows(connection, f"SELECT count(*) FROM {relation.name}")  # noqa: S608
    names = {name for facts in sides for name in facts.notes} - _COUNTED_ANEW
    # How many of a note's rows made way for others is not known: never more than there are rows.
    notes = {name: min(rows, sum(facts.notes.get(name, 0) for facts in sides)) for name in names}
    if table == "orders":
        nameless = f"SELECT count(*) FROM {relation.name} WHERE order_id IS NULL"  # noqa: S608
        notes["order_id_synthesized"] = count_rows(connection, nameless)
        notes["duplicate_lines"] = repeated_lines(connection, relation)
    notes["dated_after_reading"] = dated_after(connection, TABLES[table], relation, read_on)
    return {name: count for name, count in sorted(notes.items()) if count}
