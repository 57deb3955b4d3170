"""Make a staged sheet of rows of cells: find the header, settle ragged rows, drop columns that hold nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import PurePath

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.read.blocks import Blocks
from salesmetrics.ingest.read.extra_rows import take_extra_rows
from salesmetrics.ingest.read.footers import is_one_text
from salesmetrics.ingest.read.guard import Guard
from salesmetrics.ingest.read.header import SAMPLE, find_header, names
from salesmetrics.ingest.read.ragged import mend, profile
from salesmetrics.ingest.read.stacked import another_table, other_table_among
from salesmetrics.ingest.read.stage import BLANKS, Piece, Row, add, drop_columns, stage
from salesmetrics.ingest.read.wide import turn_long
from salesmetrics.ingest.sheet import SetAside, Sheet

_PROFILED = 2_000
_SHOWN = 200
_FEW = 3
"""Columns of a table in which a text alone may well be a row."""


@dataclass(frozen=True)
class Origin:
    """Where rows come from: the file, the sheet of a workbook, and how a text file was divided."""

    file: str
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


@dataclass
class _Sorter:
    """Passes rows of the right width on and keeps the others back, with some regular ones to compare them with."""

    width: int
    odd: list[Row] = field(default_factory=list)
    regular: list[list[str]] = field(default_factory=list)

    def regular_rows(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            if not isinstance(piece, tuple):
                yield piece
                continue
            number, cells = piece
            if len(cells) != self.width:
                if len(cells) > self.width and not any(cell.strip(BLANKS) for cell in cells[self.width :]):
                    cells = cells[: self.width]
                elif any(cell.strip(BLANKS) for cell in cells):
                    self.odd.append((number, cells))
                    continue
                else:
                    continue
            if len(self.regular) < _PROFILED:
                self.regular.append(cells)
            yield number, cells

    def knows_enough(self) -> bool:
        return len(self.regular) == _PROFILED


def stage_sheet(
    connection: duckdb.DuckDBPyConnection, rows: Iterable[Row] | Blocks, origin: Origin
) -> Sheet | None:
    """Stage `rows` (numbered as in the file) as a sheet; None when they hold no text at all.

    Every row that holds something is either in the relation or set aside, never both.
    """
    guard = Guard(origin.file, origin.sheet)
    pieces = _within_bounds(guard, rows)
    top = list(islice(_filled(pieces), SAMPLE))
    if not top:
        return None
    found = find_header([cells for _number, cells in top])
    body = top[found.first_data :]
    header = _header(found.names, found.position is None, [cells for _number, cells in body], origin.delimiter)
    sorter = _Sorter(len(header))
    if isinstance(rows, Blocks):
        rows.width, rows.known = len(header), sorter.knows_enough
    relation = stage(connection, sorter.regular_rows(chain(body, pieces)), len(header))
    other_table = other_table_among(sorter.odd)
    aside = guard.aside + _settle(connection, relation, sorter, origin, other_table)
    extra, notes = take_extra_rows(connection, relation, len(header), found, other_table)
    header = _drop_empty(connection, relation, header, found.names)
    above = [cell[:_SHOWN] for title in reversed(found.titles) for cell in title]
    places = [name for name in (origin.sheet, PurePath(origin.file).stem) if name]
    long = turn_long(connection, relation, header, above, places)
    if long is not None:
        header, extra, notes = long.header, [*extra, *long.without], [*notes, *long.notes]
    aside += [_aside(origin, each.row, each.cells, each.reason) for each in extra]
    [(kept,)] = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
    return Sheet(
        file=origin.file,
        name=origin.sheet,
        header=header,
        header_row=0 if found.position is None else top[found.position][0],
        relation=relation,
        rows=kept + len(aside),
        encoding=origin.encoding,
        delimiter=origin.delimiter,
        set_aside=tuple(sorted(aside, key=lambda each: each.row)),
        notes=tuple(notes),
        yearless=long.yearless if long else None,
    )


def _within_bounds(guard: Guard, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Let `guard` see every row that is given by itself; those given by many at once are short."""
    held: list[Piece] = []

    def rows() -> Iterator[Row]:
        for piece in pieces:
            if isinstance(piece, tuple):
                yield piece
            else:
                held.append(piece)
                yield 0, []

    for number, cells in guard.within_bounds(rows()):
        if not number:
            yield held.pop()
        elif any(cells):
            yield number, cells


def _filled(pieces: Iterable[Piece]) -> Iterator[Row]:
    return (row for row in pieces if isinstance(row, tuple) and any(cell.strip(BLANKS) for cell in row[1]))


def _header(
    found: Sequence[str], unnamed: bool, body: Sequence[Sequence[str]], delimiter: str | None
) -> tuple[str, ...]:
    lengths = Counter(_length(cells) for cells in body)
    usual, number = lengths.most_common(1)[0] if lengths else (len(found), 0)
    if unnamed:
        return names([""] * max(usual, 1))
    surplus = usual - len(found)
    if surplus <= 0 or number < 0.9 * len(body):
        return tuple(found)
    regular = [row for row in body if len(row) == len(found)]
    longer = [row[:usual] for row in body if _length(row) == usual]
    if any(row is not None for row in mend(longer, profile(regular, len(found)), delimiter or ",")):
        return tuple(found)
    if surplus == 1 and [row[0].strip() for row in longer] == [str(at + 1) for at in range(len(longer))]:
        # R writes row numbers without a name for them.
        return names(["", *found])
    return names([*found, *[""] * surplus])


def _length(cells: Sequence[str]) -> int:
    return max((at for at, cell in enumerate(cells, start=1) if cell.strip(BLANKS)), default=0)


def _settle(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    sorter: _Sorter,
    origin: Origin,
    other_table: int | None,
) -> list[SetAside]:
    if not sorter.odd:
        return []
    described = profile(sorter.regular, sorter.width)
    odd = [row for row in sorter.odd if other_table is None or row[0] < other_table]
    mended = mend([cells for _number, cells in odd], described, origin.delimiter or ",")
    kept: list[Row] = []
    aside = [
        _aside(origin, number, cells, another_table(other_table))
        for number, cells in sorter.odd
        if other_table is not None and number >= other_table
    ]
    [(last,)] = connection.execute(f"SELECT max(row) FROM {relation}").fetchall()
    for (number, cells), whole in zip(odd, mended, strict=True):
        if whole is not None:
            kept.append((number, whole))
            continue
        if last is not None and number > last and sorter.width > _FEW and is_one_text(cells):
            # What stands below a table is told from it when all of it is staged.
            kept.append((number, [*cells, *[""] * sorter.width][: sorter.width]))
            continue
        reason = _("The header has {expected} cells and this row {found}; nothing tells which belong where.")
        aside.append(_aside(origin, number, cells, reason.format(found=len(cells), expected=sorter.width)))
    if kept:
        add(connection, relation, kept, sorter.width)
    return aside


def _drop_empty(
    connection: duckdb.DuckDBPyConnection, relation: str, header: tuple[str, ...], named: Sequence[str]
) -> tuple[str, ...]:
    counts = ", ".join(f"count(c{index})" for index in range(len(header)))
    [filled] = connection.execute(f"SELECT {counts} FROM {relation}").fetchall()
    keep = [at for at, name in enumerate(header) if filled[at] or not _made_up(name, at)]
    keep = keep or [0]
    drop_columns(connection, relation, len(header), keep)
    return tuple(header[at] for at in keep)


def _made_up(name: str, at: int) -> bool:
    return name.startswith(_("column {number}").format(number=at + 1))


def _aside(origin: Origin, number: int, cells: Sequence[str], reason: str) -> SetAside:
    held = (origin.delimiter or ", ").join(cells[: _length(cells)]).strip(BLANKS)
    return SetAside(origin.file, origin.sheet, number, None, held[:_SHOWN], reason)
