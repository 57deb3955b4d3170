"""Read one long file of orders in the plain lane: told by a sample, parsed once, written once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from salesmetrics.errors import FileError, MappingError
from salesmetrics.ingest.assemble import assemble
from salesmetrics.ingest.assembled import Assembled
from salesmetrics.ingest.currency import in_reporting_currency
from salesmetrics.ingest.maps import currency_of, encodings_of, said_of
from salesmetrics.ingest.plain_lane.block import check_bytes
from salesmetrics.ingest.plain_lane.lines import Lines, lines_of
from salesmetrics.ingest.plain_lane.not_plain import NotPlainError
from salesmetrics.ingest.plain_lane.prints import Prints
from salesmetrics.ingest.plain_lane.repeats import repeated_lines
from salesmetrics.ingest.plain_lane.sample import FIRST_ROW, layout_of, sampled, understood
from salesmetrics.ingest.plain_lane.write import write
from salesmetrics.ingest.plain_lane.written import Written
from salesmetrics.ingest.progress import Stage, Watch
from salesmetrics.ingest.read.forms import LOOKED_AT, Form, form_of
from salesmetrics.ingest.read.plain import plain_line
from salesmetrics.ingest.read.stage import Row, add
from salesmetrics.ingest.relation import Relation, has_rows, select
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.ingest.spellings import spellings_of
from salesmetrics.ingest.typed import Typed

LONG = 8 << 20
"""From this many bytes on a file is tried in the plain lane; below, the usual way takes no longer."""


@dataclass(frozen=True)
class Plainly:
    """A file that was read in the plain lane: its sheet, the tables of it, and its rows as written."""

    typed: Typed
    assembled: Assembled
    written: Written


def read_plainly(
    connection: duckdb.DuckDBPyConnection, paths: Sequence[Path], maps: Sequence[str], beside: Path, watch: Watch
) -> Plainly | None:
    """Read a file in the plain lane; None where it is to be read in the usual way.

    What is written goes to the folder `beside`. What `watch` raises is raised.
    """
    before = watch.bytes, watch.rows, watch.stage
    # Whatever is wrong with the file or the maps, the usual way says it.
    with suppress(NotPlainError, FileError, MappingError, duckdb.Error):
        return _read(connection, _begun(paths), maps, beside, watch)
    watch.bytes, watch.rows, watch.stage = before
    return None


@dataclass(frozen=True)
class _Begun:
    """A file that may be plain: its first line, and where its lines are."""

    path: Path
    first: bytes
    lines: Lines


def _begun(paths: Sequence[Path]) -> _Begun:
    try:
        if len(paths) != 1 or not paths[0].is_file() or paths[0].stat().st_size <= LONG:
            raise NotPlainError
        with paths[0].open("rb") as file:
            start = file.read(LOOKED_AT)
        first, end, _rest = start.partition(b"\n")
        if form_of(start) is not Form.TEXT or not end:
            raise NotPlainError
        return _Begun(paths[0], first + end, lines_of(paths[0]))
    except (OSError, ValueError) as error:
        raise NotPlainError from error


def _read(
    connection: duckdb.DuckDBPyConnection, begun: _Begun, maps: Sequence[str], beside: Path, watch: Watch
) -> Plainly:
    lines = begun.lines
    sheet = sampled(connection, begun.path, plain_line(begun.path.name), lines)
    check_bytes(begun.first, sheet.delimiter or "")
    [said] = said_of([sheet], maps)
    if said.answers or encodings_of(maps) or spellings_of(maps) or currency_of(maps):
        raise NotPlainError
    typed = understood(connection, sheet, said)
    layout = layout_of(connection, typed)
    target = beside / "plain.parquet"
    watch.add(bytes=len(begun.first), rows=1)
    found = write(lines, len(begun.first), layout, target, Prints(beside / "plain.prints"), watch)
    if found.rows != sheet.rows:
        raise NotPlainError
    _show_late(connection, sheet, found.late)
    relation = _relation(connection, target, frozenset(field.name for field in layout.fields))
    repeated = repeated_lines(connection, lines, layout, found.prints.shared())
    written = Written(target, relation, layout.is_table, found.filled, repeated)
    typed = _whole(connection, typed, written)
    watch.enter(Stage.UNDERSTANDING)
    [exchanged] = in_reporting_currency(connection, [typed], [said.answers]).sheets
    if exchanged is not typed:
        raise NotPlainError
    assembled = assemble(connection, [typed])
    if assembled.left_out or assembled.unused or not has_rows(connection, assembled.tables["orders"]):
        raise NotPlainError
    return Plainly(typed, assembled, written)


def _show_late(connection: duckdb.DuckDBPyConnection, sheet: Sheet, late: dict[int, list[Row]]) -> None:
    """Add the first rows in which columns hold something at all to the sample: reports show their values."""
    known = {row for (row,) in connection.execute(f"SELECT row FROM {sheet.relation}").fetchall()}
    rows = {number: cells for found in late.values() for number, cells in found if number not in known}
    if rows:
        add(connection, sheet.relation, sorted(rows.items()), len(sheet.header))


def _relation(connection: duckdb.DuckDBPyConnection, path: Path, columns: frozenset[str]) -> Relation:
    source = str(path).replace("'", "''")
    names = ", ".join(f'"{name}"' for name in sorted(columns))
    query = (
        f"SELECT 0 AS sheet_no, file_row_number + {FIRST_ROW} AS row, {names} "
        f"FROM read_parquet('{source}', file_row_number = true)"
    )
    return replace(select(connection, query, columns, as_staged=True), by_row=True)


def _whole(connection: duckdb.DuckDBPyConnection, typed: Typed, written: Written) -> Typed:
    """Give what was understood of the sample for the whole file."""
    coerced = {}
    for match in typed.recognition.matches:
        name = match.column.name
        read, filled = typed.coerced[name], written.filled[name]
        if filled and not read.filled:
            # What fills it now was never looked at.
            raise NotPlainError
        coerced[name] = replace(read, filled=filled)
    return replace(typed, relation=written.relation, coerced=coerced, as_it_stands=True)
