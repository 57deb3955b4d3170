"""Make a staged sheet of rows of cells: find the header, settle ragged rows, drop columns that hold nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.read.header import SAMPLE, find_header, names
from salesmetrics.ingest.read.ragged import mend, profile
from salesmetrics.ingest.read.stage import BLANKS, Row, add, drop_columns, stage
from salesmetrics.ingest.sheet import SetAside, Sheet

_PROFILED = 2_000
_SHOWN = 200


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

    def regular_rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        for number, cells in rows:
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


def stage_sheet(connection: duckdb.DuckDBPyConnection, rows: Iterator[Row], origin: Origin) -> Sheet | None:
    """Stage `rows` (numbered as in the file) as a sheet; None when they hold no text at all.

    Every row that holds something is either in the relation or set aside, never both.
    """
    rows = ((number, cells) for number, cells in rows if any(cells))
    top = list(islice((row for row in rows if any(cell.strip(BLANKS) for cell in row[1])), SAMPLE))
    if not top:
        return None
    found = find_header([cells for _number, cells in top])
    body = top[found.first_data :]
    header = _header(found.names, found.position is None, [cells for _number, cells in body], origin.delimiter)
    sorter = _Sorter(len(header))
    relation = stage(connection, sorter.regular_rows(chain(body, rows)), len(header))
    aside = _settle(connection, relation, sorter, origin)
    aside += _repeated_headers(connection, relation, header, origin) if found.position is not None else []
    header = _drop_empty(connection, relation, header, found.names)
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
    )


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
    connection: duckdb.DuckDBPyConnection, relation: str, sorter: _Sorter, origin: Origin
) -> list[SetAside]:
    if not sorter.odd:
        return []
    described = profile(sorter.regular, sorter.width)
    mended = mend([cells for _number, cells in sorter.odd], described, origin.delimiter or ",")
    kept: list[Row] = []
    aside = []
    for (number, cells), whole in zip(sorter.odd, mended, strict=True):
        if whole is not None:
            kept.append((number, whole))
            continue
        reason = _("The header has {expected} cells and this row {found}; nothing tells which belong where.")
        aside.append(_aside(origin, number, cells, reason.format(found=len(cells), expected=sorter.width)))
    if kept:
        add(connection, relation, kept, sorter.width)
    return aside


def _repeated_headers(
    connection: duckdb.DuckDBPyConnection, relation: str, header: Sequence[str], origin: Origin
) -> list[SetAside]:
    same = " AND ".join(f"c{index} = ?" for index in range(len(header)))
    repeats = connection.execute(f"SELECT row FROM {relation} WHERE {same}", list(header)).fetchall()
    if repeats:
        connection.execute(f"DELETE FROM {relation} WHERE {same}", list(header))
    reason = _("This row repeats the header.")
    return [_aside(origin, number, header, reason) for (number,) in repeats]


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
    held = (origin.delimiter or ", ").join(cells).strip(BLANKS)
    return SetAside(origin.file, origin.sheet, number, None, held[:_SHOWN], reason)
