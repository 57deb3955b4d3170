"""Account for every row of a sheet: kept or left out and why, what could not be read, what lies in the future."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import duckdb

from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.assembled import Assembled
from salesmetrics.ingest.changed import changes
from salesmetrics.ingest.findings import stands_twice
from salesmetrics.ingest.keep import LeftOut
from salesmetrics.ingest.quality.keys import keys_that_stand_twice
from salesmetrics.ingest.quality.whole_shares import above_the_whole
from salesmetrics.ingest.refusal import not_recognised, stopped
from salesmetrics.ingest.relation import Relation, count_rows
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.ingest.type_names import one
from salesmetrics.ingest.typed import Typed
from salesmetrics.model.finding import Finding
from salesmetrics.model.report import MappedColumn, SetAside, SheetReport
from salesmetrics.model.tables import TABLES, Table

_SAMPLES = 3
TOP = 2_000
_LISTED = 5


def dated_after(
    connection: duckdb.DuckDBPyConnection, table: Table, relation: Relation, day: date, sheet: int | None = None
) -> int:
    """Count the rows with an event after `day`; an expected close of an open deal is no event."""
    tests = []
    for column in table.events:
        if relation.has(column):
            closed = " AND status <> 'open'" if table.name == "opportunities" and column == "close_date" else ""
            tests.append(f"(CAST(\"{column}\" AS DATE) > DATE '{day.isoformat()}'{closed})")
    if not tests:
        return 0
    where = f" AND sheet_no = {sheet}" if sheet is not None else ""
    return count_rows(connection, f"SELECT count(*) FROM {relation.name} WHERE ({' OR '.join(tests)}){where}")


def repeated_lines(connection: duckdb.DuckDBPyConnection, relation: Relation) -> int:
    """Count the order lines that repeat an earlier line in every column."""
    columns = ", ".join(f'"{column}"' for column in sorted(relation.columns))
    # A number for each line first: nearly all are like no other, and those need not be held in full.
    prints = f"SELECT hash({columns}) FROM {relation.name} GROUP BY 1 HAVING count(*) > 1"
    return count_rows(
        connection,
        f"SELECT sum(n - 1) FROM (SELECT count(*) AS n FROM {relation.name} WHERE hash({columns}) IN ({prints}) "
        f"GROUP BY {columns} HAVING n > 1)",
    )


def sheet_report(
    connection: duckdb.DuckDBPyConnection, typed: Typed, assembled: Assembled, day: date
) -> SheetReport:
    """Report on one sheet; raises AssertionError if its rows do not add up, which is a fault of this program."""
    sheet, kind = typed.sheet, typed.recognition.kind
    matched = {match.index for match in typed.recognition.matches} if kind else set()
    samples = _samples(connection, sheet)
    not_used = None
    if kind is None:
        not_used = not_recognised(typed)
    elif stopped(typed):
        not_used = _("It waits for an answer: {question}").format(question=typed.questions[0].text)
    else:
        not_used = assembled.unused.get(typed.number)
    aside: tuple[SetAside, ...] = ()
    found: list[Finding] = []
    kept, left = 0, sheet.rows
    if not_used is None:
        own = [out for out in assembled.left_out if out.sheet_no == typed.number]
        aside = tuple(sorted((*sheet.set_aside, *_set_aside(connection, typed, own)), key=lambda each: each.row))
        kept, left = assembled.kept.get(typed.number, 0), len(aside)
        found = [*keys_that_stand_twice(connection, typed, own), *above_the_whole(connection, typed)]
        if kept + left != sheet.rows:
            raise AssertionError(f"{sheet.label}: {kept} rows kept and {left} set aside of {sheet.rows}")
    found += assembled.findings.found.get(typed.number, [])
    return SheetReport(
        file=sheet.file,
        sheet=sheet.name,
        table=(typed.table or assembled.completes.get(typed.number)) if not_used is None else None,
        role=typed.kind,
        not_used=not_used,
        rows=sheet.rows,
        kept=kept,
        left_out=left,
        confidence=typed.recognition.confidence,
        set_aside=aside,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        mapping=_mapping(connection, typed, samples) if kind else (),
        unmapped=tuple(name for index, name in enumerate(sheet.header) if index not in matched),
        unmapped_samples=tuple(
            samples.get(index, ()) for index in range(len(sheet.header)) if index not in matched
        ),
        derivations=tuple(assembled.findings.said.get(typed.number, ())) if not_used is None else (),
        questions=(*typed.questions, *assembled.findings.asked.get(typed.number, ())),
        notes=(*sheet.notes, *(_notes(connection, typed, assembled, day) if not_used is None else ())),
        findings=tuple(replace(one, file=sheet.file, sheet=sheet.name) for one in found),
    )


def _mapping(
    connection: duckdb.DuckDBPyConnection, typed: Typed, samples: Mapping[int, tuple[str, ...]]
) -> tuple[MappedColumn, ...]:
    mapping, changed = [], changes(connection, typed)
    for match in typed.recognition.matches:
        read = typed.coerced[match.column.name]
        mapping.append(
            MappedColumn(
                match.header,
                match.column.name,
                match.confidence,
                match.evidence,
                samples.get(match.index, ()),
                read.filled,
                read.unreadable,
                changed.get(match.column.name, ()),
            )
        )
    return tuple(mapping)


def _samples(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> dict[int, tuple[str, ...]]:
    """Give the first different values of each column, from the top of the sheet."""
    if not sheet.header:
        return {}
    cells = ", ".join(f"c{index}" for index in range(len(sheet.header)))
    top = connection.execute(f"SELECT {cells} FROM {sheet.relation} ORDER BY row LIMIT {TOP}").fetchall()
    found = {
        index: tuple(dict.fromkeys(line[index] for line in top if line[index] is not None))[:_SAMPLES]
        for index in range(len(sheet.header))
    }
    late = [index for index, values in found.items() if not values] if len(top) == TOP else []
    if late:
        firsts = ", ".join(f"arg_min(c{index}, row, {_SAMPLES}) FILTER (c{index} IS NOT NULL)" for index in late)
        [row] = connection.execute(f"SELECT {firsts} FROM {sheet.relation}").fetchall()
        found |= {index: tuple(dict.fromkeys(values or ())) for index, values in zip(late, row, strict=True)}
    return found


def _set_aside(connection: duckdb.DuckDBPyConnection, typed: Typed, left: Sequence[LeftOut]) -> Iterable[SetAside]:
    by_column: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for out in left:
        by_column[out.column, out.duplicate].append(out.row)
    for (column, duplicate), rows in by_column.items():
        header, index, type_name = _blamed(typed, column)
        values: dict[int, str | None] = {}
        if index is not None:
            values = dict(
                connection.execute(
                    f"SELECT row, c{index} FROM {typed.sheet.relation} WHERE row IN (SELECT unnest(?))", [rows]
                ).fetchall()
            )
        for row in rows:
            value = values.get(row)
            if duplicate:
                reason = stands_twice(column)
            elif index is None:
                reason = _("{column} cannot be told for this row").format(column=column)
            elif value is None:
                reason = _("{column} is empty").format(column=column)
            else:
                reason = _("{column} cannot be read as {type}").format(column=column, type=type_name)
            yield SetAside(typed.sheet.file, typed.sheet.name, row, header, value, reason)


_SOURCES = {
    "amount": ("unit_price", "quantity"),
    "status": ("stage", "is_won"),
    "rep_id": ("rep_name", "name"),
    "customer_id": ("customer_name", "name"),
    "score": ("nps_score", "csat_score"),
    "period_start": ("period",),
    "period_end": ("period",),
    "scope_id": ("rep", "region", "product", "team"),
}


def _blamed(typed: Typed, column: str) -> tuple[str | None, int | None, str]:
    for name in (column, *_SOURCES.get(column, ())):
        match = typed.recognition.match(name)
        if match is not None:
            return (
                match.header,
                match.index,
                one(match.column.type) if not match.column.options else _("a known word"),
            )
    return None, None, ""


def _notes(connection: duckdb.DuckDBPyConnection, typed: Typed, assembled: Assembled, day: date) -> Iterable[str]:
    yield from typed.recognition.remarks
    for match in typed.recognition.matches:
        read = typed.coerced[match.column.name]
        for note in read.notes:
            yield f"`{match.header}`: {note.partition(': ')[2] or note}"
        if read.unreadable and not read.question:
            cells = connection.execute(
                f"SELECT row, c{match.index} FROM {typed.sheet.relation} WHERE c{match.index} IS NOT NULL "
                f"AND ({read.expression}) IS NULL ORDER BY row LIMIT {_LISTED}"
            ).fetchall()
            listed = ", ".join(_("row {row}: `{value}`").format(row=row, value=value) for row, value in cells)
            message = ngettext(
                "`{header}`: {n} cell cannot be read as {type} ({listed}).",
                "`{header}`: {n} cells cannot be read as {type} ({listed}).",
                read.unreadable,
            )
            yield message.format(
                header=match.header, n=read.unreadable, type=one(match.column.type), listed=listed
            )
    table = typed.table
    if table in assembled.tables and table is not None:
        later = dated_after(connection, TABLES[table], assembled.tables[table], day, typed.number)
        if later:
            message = ngettext(
                "{n} row is dated after the day of reading, {day}; it is kept.",
                "{n} rows are dated after the day of reading, {day}; they are kept.",
                later,
            )
            yield message.format(n=later, day=day.isoformat())
