"""Which cells were read as something other than they stand, and how: signs taken off, percent, forms of dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce import Coerced
from salesmetrics.ingest.typed import Typed
from salesmetrics.model.report import Change
from salesmetrics.model.tables import ColumnType

_SAMPLES = 3
_LOOKED_AT = 2_000
_NUMBERS = (ColumnType.MONEY, ColumnType.NUMBER)
_DATES = (ColumnType.DATE, ColumnType.TIMESTAMP)
_PLAIN_TYPE = {
    ColumnType.MONEY: "DECIMAL(18, 6)", ColumnType.NUMBER: "DECIMAL(18, 6)", ColumnType.DATE: "DATE",
    ColumnType.TIMESTAMP: "TIMESTAMP",
}  # fmt: skip

# What a cell that does not stand as plain text of its type has about it; the first that is true counts. Cheap tests
# come first: a large file has nothing but 1,234.50 or 31/12/2024 in a column.
_OF_NUMBERS: tuple[tuple[str, str], ...] = (
    ("marks", "translate({c}, '0123456789.,+ ''', '') = '' OR regexp_full_match({c}, '-?[0-9., '']+')"),
    ("percent", "regexp_matches({c}, '[%％]')"),
    ("below_zero", "regexp_matches({c}, '^[(（]|[-−]$')"),
    (
        "scale",
        r"regexp_matches({c}, '(?i)\d[.,]?\s*(?:k|m|b|bn|mm|mn|mio|million|billion|thousand)\b|[千万萬百亿億]')",
    ),
    ("currency", r"regexp_matches({c}, '[\p{{Sc}}元圆￥]|(?i)\b[a-z]{{2,3}}\b')"),
    ("other_writing", "true"),
)
_OF_DATES: tuple[tuple[str, str], ...] = (
    ("serial", r"regexp_full_match({c}, '\d{{5}}(\.\d+)?')"),
    ("zone", r"regexp_matches({c}, ':\d\d.*(?:Z|[+-]\d\d:?\d\d|UTC|GMT)$')"),
    ("date_form", "true"),
)


def _said(kind: str) -> str:
    return {
        "marks": _("marks for thousands and decimals read"),
        "percent": _("percent sign taken off and divided by 100"),
        "below_zero": _("brackets, or a minus at the end, read as below zero"),
        "scale": _("K, M, 万 or 亿 multiplied out"),
        "currency": _("currency sign or code taken off"),
        "other_writing": _("number in other writing"),
        "by_column": _("read otherwise than it looks, as the whole column says"),
        "serial": _("spreadsheet's day number read as a date"),
        "zone": _("distance from UTC left out"),
        "date_form": _("date in another form"),
        "time_left_out": _("time of day left out"),
        "ends_in_zero": _("“.0” at the end left out"),
        "empty": _("word for nothing read as empty"),
    }[kind]


@dataclass(frozen=True)
class _Read:
    """A column as it was matched: its canonical name, cell, type and expression."""

    name: str
    cell: str
    type: ColumnType
    read: Coerced

    @property
    def plain(self) -> str:
        """SQL for the cell where it stands as plain text of its type."""
        if self.type in _DATES:
            # A day with a time is no plain day, and a plain cast would take it for one.
            alone = f"length({self.cell}) <= 10 AND " if self.type is ColumnType.DATE else ""
            return (
                f"CASE WHEN {alone}{self.cell}[5] = '-' THEN try_cast({self.cell} AS {_PLAIN_TYPE[self.type]}) END"
            )
        return f"try_cast({self.cell} AS {_PLAIN_TYPE[self.type]})"

    @property
    def tests(self) -> Sequence[tuple[str, str]]:
        """The kinds of change that cells of its type can have, with the SQL that tells them."""
        if self.type in _NUMBERS:
            return _OF_NUMBERS
        if self.type is ColumnType.DATE:
            left_out = r"regexp_matches({c}, '\d:\d\d') AND NOT regexp_matches({c}, '[T ]0?0:00(:00(\.0+)?)?$')"
            return (*_OF_DATES[:1], ("time_left_out", left_out), *_OF_DATES[2:])
        return _OF_DATES

    @property
    def kind(self) -> str:
        """SQL for the number of the first kind that holds of a cell that is not plain; null for the plain and empty."""
        branches = " ".join(
            f"WHEN {test.format(c=self.cell)} THEN {place}" for place, (_kind, test) in enumerate(self.tests)
        )
        return f"CASE WHEN {self.cell} IS NULL OR {self.plain} IS NOT NULL THEN NULL {branches} END"


def changes(connection: duckdb.DuckDBPyConnection, typed: Typed) -> Mapping[str, tuple[Change, ...]]:
    """Give for each canonical column the ways in which its cells changed; one scan of the sheet counts them."""
    columns = [
        _Read(match.column.name, f"c{match.index}", match.column.type, typed.coerced[match.column.name])
        for match in typed.recognition.matches
        if not typed.coerced[match.column.name].question
    ]
    if not columns or not typed.sheet.rows:
        return {}
    counted = [f"count({one.cell})" for one in columns]
    counted += [f"histogram({one.kind})" if one.type in (*_NUMBERS, *_DATES) else "NULL" for one in columns]
    [row] = connection.execute(f"SELECT {', '.join(counted)} FROM {typed.sheet.relation}").fetchall()
    held, kinds = row[: len(columns)], row[len(columns) :]
    return {
        one.name: tuple(_of_column(connection, typed.sheet.relation, one, cells, found or {}))
        for one, cells, found in zip(columns, held, kinds, strict=True)
    }


def _of_column(
    connection: duckdb.DuckDBPyConnection, relation: str, one: _Read, cells: int, found: Mapping[int, int]
) -> Iterator[Change]:
    if one.type in (*_NUMBERS, *_DATES):
        yield from _of_kinds(
            connection, relation, one, found, lossless=cells == one.read.filled and not one.read.unreadable
        )
        by_column = _by_column(connection, relation, one)
        if by_column:
            yield Change(
                "by_column", _said("by_column"), by_column, _samples(connection, relation, one, _differs(one))
            )
    elif any(note.startswith("whole_numbers") for note in one.read.notes):
        samples = _samples(connection, relation, one, f"ends_with({one.cell}, '.0')")
        yield Change("ends_in_zero", _said("ends_in_zero"), one.read.filled, samples)
    if cells > one.read.filled:
        nothing = connection.execute(
            f"SELECT DISTINCT {one.cell} FROM {relation} WHERE {one.cell} IS NOT NULL AND ({one.read.expression}) "
            f"IS NULL ORDER BY length({one.cell}), 1 LIMIT {_SAMPLES}"
        ).fetchall()
        yield Change("empty", _said("empty"), cells - one.read.filled, tuple(cell for (cell,) in nothing))


def _of_kinds(
    connection: duckdb.DuckDBPyConnection, relation: str, one: _Read, found: Mapping[int, int], *, lossless: bool
) -> Iterator[Change]:
    if not found:
        return
    # Cells that could not be read, or stand for nothing, have no kind: they are told elsewhere.
    lost: dict[int, int] = {}
    if not lossless:
        lost = dict(
            connection.execute(
                f"SELECT {one.kind} AS kind, count(*) FROM {relation} WHERE {one.cell} IS NOT NULL AND "
                f"{one.plain} IS NULL AND ({one.read.expression}) IS NULL GROUP BY 1"
            ).fetchall()
        )
    for place, count in sorted(found.items(), key=lambda each: -each[1]):
        read = count - lost.get(place, 0)
        if read > 0:
            kind = one.tests[place][0]
            yield Change(kind, _said(kind), read, _samples(connection, relation, one, f"{one.kind} = {place}"))


def _differs(one: _Read) -> str:
    return f"{one.plain} IS NOT NULL AND {one.plain} <> ({one.read.expression})"


def _by_column(connection: duckdb.DuckDBPyConnection, relation: str, one: _Read) -> int:
    """Count the cells that are plain and yet read otherwise: 1.234 as thousands, 12 as 12%."""
    few = f"(SELECT * FROM {relation} LIMIT {_LOOKED_AT})"
    [(some,)] = connection.execute(f"SELECT count(*) FROM {few} WHERE {_differs(one)}").fetchall()
    if not some:
        return 0
    [(cells,)] = connection.execute(f"SELECT count(*) FROM {relation} WHERE {_differs(one)}").fetchall()
    return int(cells)


def _samples(connection: duckdb.DuckDBPyConnection, relation: str, one: _Read, where: str) -> tuple[str, ...]:
    value = f"({one.read.expression})"
    after = (
        f"rtrim(rtrim(CAST({value} AS VARCHAR), '0'), '.')"
        if one.type in _NUMBERS
        else f"CAST({value} AS VARCHAR)"
    )
    found = connection.execute(
        f"SELECT {one.cell} || ' → ' || {after} FROM {relation} WHERE {where} AND {value} IS NOT NULL "
        f"LIMIT {_LOOKED_AT // 100}"
    ).fetchall()
    return tuple(dict.fromkeys(sample for (sample,) in found))[:_SAMPLES]
