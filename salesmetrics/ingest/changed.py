"""Which cells were read as something other than they stand, and how: signs taken off, percent, forms of dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce import Coerced
from salesmetrics.ingest.coerce.coerced import literal, literals
from salesmetrics.ingest.typed import Typed
from salesmetrics.model.report import Change
from salesmetrics.model.tables import ColumnType

_SAMPLES = 3
_LOOKED_AT = 2_000
_FEW = 20
_NUMBERS = (ColumnType.MONEY, ColumnType.NUMBER)
_DATES = (ColumnType.DATE, ColumnType.TIMESTAMP)
_TYPE = {
    ColumnType.MONEY: "DECIMAL(18, 6)", ColumnType.NUMBER: "DECIMAL(18, 6)", ColumnType.DATE: "DATE",
    ColumnType.TIMESTAMP: "TIMESTAMP",
}  # fmt: skip

# What the shape of a cell (every digit as 9) tells; the first that matches counts, and an empty kind is plain.
_OF_NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("", re.compile(r"[-+]?(?:9+(?:\.9*)?|\.9+)(?:[eE][-+]?9+)?")),
    ("marks", re.compile(r"[-+]?[9., ']+")),
    ("percent", re.compile(r".*[%％].*")),
    ("below_zero", re.compile(r"[(（].*|.*[-−]")),
    (
        "scale",
        re.compile(r".*9[.,]?\s*(?:k|m|b|bn|mm|mn|mio|million|billion|thousand)\b.*|.*[千万萬百亿億].*", re.I),
    ),
    ("currency", re.compile(r".*(?:[$¢£¤¥€₩₹₽฿₫₺￥＄元圆]|\b[a-z]{1,3}\b|9[a-z]{2,3}\b|\b[a-z]{2,3}9).*", re.I)),
    ("other_writing", re.compile(r".*", re.S)),
)
_OF_DATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("", re.compile(r"9{4}-99-99")),
    ("serial", re.compile(r"9{5}(?:\.9+)?")),
    ("time_left_out", re.compile(r".*9:99.*")),
    ("date_form", re.compile(r".*", re.S)),
)
_OF_MOMENTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("", re.compile(r"9{4}-99-99(?:[ T]99:99(?::99(?:\.9{1,6})?)?)?")),
    ("serial", re.compile(r"9{5}(?:\.9+)?")),
    ("zone", re.compile(r".*:99.*(?:Z|[+-]99:?99|UTC|GMT)")),
    ("date_form", re.compile(r".*", re.S)),
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
    def has_shapes(self) -> bool:
        """Whether its cells change in ways that their shape tells."""
        return self.type in _TYPE

    @property
    def shape(self) -> str:
        """SQL for the shape of a cell: few in a column, however many rows it has."""
        return f"translate(left({self.cell}, 40), '012345678', '999999999')"

    @property
    def plain(self) -> dict[str, str]:
        """The shape of plain cells of its type, with the pattern of all that are."""
        return {
            ColumnType.DATE: {"9999-99-99": r"\d{4}-\d\d-\d\d"},
            ColumnType.TIMESTAMP: {
                "9999-99-99 99:99": r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?"
            },
        }.get(self.type, {"9": r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"})

    @property
    def not_plain(self) -> str:
        """SQL that tells a cell that is not plain."""
        [pattern] = self.plain.values()
        return f"NOT regexp_full_match({self.cell}, {literal(pattern)})"

    def patterns(self, shapes: Mapping[str, int]) -> dict[str, str]:
        """For each kind of change among `shapes` one of them, with the pattern of all of that kind."""
        kinds: dict[str, dict[str, str]] = {}
        for shape in shapes:
            if kind := self.kind(shape):
                kinds.setdefault(kind, {})[self._pattern(shape)] = shape
        return {next(iter(own.values())): "|".join(own) for own in kinds.values()}

    def _pattern(self, shape: str) -> str:
        escaped = re.escape(shape)
        # How many digits a number has says nothing of how it is written; with dates it does.
        return re.sub("9+", r"\\d+", escaped) if self.type in _NUMBERS else escaped.replace("9", r"\d")

    def kind(self, shape: str) -> str:
        """Name what cells of a shape have about them; empty where they are plain."""
        kinds = {ColumnType.DATE: _OF_DATES, ColumnType.TIMESTAMP: _OF_MOMENTS}.get(self.type, _OF_NUMBERS)
        return next(kind for kind, pattern in kinds if pattern.fullmatch(shape))


def changes(connection: duckdb.DuckDBPyConnection, typed: Typed) -> Mapping[str, tuple[Change, ...]]:
    """Give for each canonical column the ways in which its cells changed; one scan of the sheet counts them."""
    columns = [
        _Read(match.column.name, f"c{match.index}", match.column.type, typed.coerced[match.column.name])
        for match in typed.recognition.matches
        if not typed.coerced[match.column.name].question
    ]
    if not columns or not typed.sheet.rows or typed.as_it_stands:
        return {}
    held = connection.execute(
        f"SELECT {', '.join(f'count({one.cell})' for one in columns)} FROM {typed.sheet.relation}"
    ).fetchall()[0]
    shapes = _shapes(connection, typed, [one for one in columns if one.has_shapes])
    return {
        one.name: tuple(_of_column(connection, typed.sheet.relation, one, cells, shapes.get(one.name, {})))
        for one, cells in zip(columns, held, strict=True)
    }


def _shapes(
    connection: duckdb.DuckDBPyConnection, typed: Typed, columns: Sequence[_Read]
) -> Mapping[str, Mapping[str, int]]:
    """Count the cells of each column by a shape that stands for all of its kind.

    To write a shape costs ten times a look for one that is known: of a large sheet only every n-th row is written
    as shapes, then all rows are held against these, and what is like none of them is written too.
    """
    if not columns:
        return {}
    relation, step = typed.sheet.relation, max(1, typed.sheet.rows // _LOOKED_AT)
    written = ", ".join(f"histogram({one.shape})" for one in columns)
    [seen] = connection.execute(f"SELECT {written} FROM {relation} WHERE row % {step} = 0").fetchall()
    if step == 1:
        return {one.name: shapes or {} for one, shapes in zip(columns, seen, strict=True)}
    known = {one.name: one.patterns(shapes or {}) | one.plain for one, shapes in zip(columns, seen, strict=True)}
    places = [(one, shape) for one in columns for shape in known[one.name]]
    alike = ", ".join(
        f"count(*) FILTER (regexp_full_match({one.cell}, {literal(known[one.name][shape])}))"
        for one, shape in places
    )
    [counts] = connection.execute(f"SELECT {alike} FROM {relation}").fetchall()
    found: dict[str, dict[str, int]] = {one.name: {} for one in columns}
    for (one, shape), count in zip(places, counts, strict=True):
        found[one.name][shape] = count
    for one in columns:
        if sum(found[one.name].values()) < one.read.filled:
            like_none = " AND ".join(
                f"NOT regexp_full_match({one.cell}, {literal(pattern)})" for pattern in known[one.name].values()
            )
            for shape, count in connection.execute(
                f"SELECT {one.shape}, count(*) FROM {relation} WHERE {like_none} GROUP BY 1"
            ).fetchall():
                found[one.name][shape] = found[one.name].get(shape, 0) + count
    return found


def _of_column(
    connection: duckdb.DuckDBPyConnection, relation: str, one: _Read, cells: int, shapes: Mapping[str, int]
) -> Iterator[Change]:
    if one.has_shapes:
        if (cells > one.read.filled or one.read.unreadable) and any(one.kind(shape) for shape in shapes):
            # What could not be read, or stands for nothing, did not change: only then is every cell read once more.
            shapes = dict(
                connection.execute(
                    f"SELECT {one.shape}, count({one.read.expression}) FROM {relation} "
                    f"WHERE {one.cell} IS NOT NULL AND {one.not_plain} GROUP BY 1"
                ).fetchall()
            )
        yield from _of_shapes(connection, relation, one, shapes)
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


def _of_shapes(
    connection: duckdb.DuckDBPyConnection, relation: str, one: _Read, shapes: Mapping[str, int]
) -> Iterator[Change]:
    kinds: dict[str, list[str]] = {}
    for shape in sorted(shapes, key=lambda shape: -shapes[shape]):
        if shapes[shape] and (kind := one.kind(shape)):
            kinds.setdefault(kind, []).append(shape)
    midnight = _at_midnight(connection, relation, one) if "time_left_out" in kinds else 0
    for kind, own in kinds.items():
        # A day written with the hour 0 loses nothing: it is only another form.
        cells = sum(shapes[shape] for shape in own) - (midnight if kind == "time_left_out" else 0)
        said = kind if cells else "date_form"
        samples = _samples(
            connection, relation, one, f"{one.not_plain} AND {one.shape} IN ({literals(own[:_FEW])})"
        )
        yield Change(said, _said(said), cells or midnight, samples)


def _at_midnight(connection: duckdb.DuckDBPyConnection, relation: str, one: _Read) -> int:
    at_midnight = (
        f"regexp_matches({one.cell}, '[T ]0?0:00(:00(\\.0+)?)?$') AND ({one.read.expression}) IS NOT NULL"
    )
    [(cells,)] = connection.execute(f"SELECT count(*) FROM {relation} WHERE {at_midnight}").fetchall()
    return int(cells)


def _differs(one: _Read) -> str:
    return f"try_cast({one.cell} AS {_TYPE[one.type]}) <> ({one.read.expression})"


def _by_column(connection: duckdb.DuckDBPyConnection, relation: str, one: _Read) -> int:
    """Count the cells that are plain and yet read otherwise: 1.234 as thousands, 12 as 12%."""
    if one.type not in _NUMBERS:
        return 0
    [(some,)] = connection.execute(
        f"SELECT count(*) FROM (SELECT * FROM {relation} LIMIT {_LOOKED_AT}) WHERE {_differs(one)}"
    ).fetchall()
    if not some and not any(note.startswith("decimal_comma") for note in one.read.notes):
        return 0
    [(cells,)] = connection.execute(f"SELECT count(*) FROM {relation} WHERE {_differs(one)}").fetchall()
    return int(cells)


def _samples(connection: duckdb.DuckDBPyConnection, relation: str, one: _Read, where: str) -> tuple[str, ...]:
    value = f"({one.read.expression})"
    after = f"CAST({value} AS VARCHAR)"
    if one.type in _NUMBERS:
        after = f"rtrim(rtrim({after}, '0'), '.')"
    found: Sequence[tuple[str]] = connection.execute(
        f"SELECT {one.cell} || ' → ' || {after} FROM (SELECT {one.cell} FROM {relation} WHERE {where} "
        f"LIMIT {_LOOKED_AT}) WHERE {value} IS NOT NULL LIMIT {_FEW}"
    ).fetchall()
    return tuple(dict.fromkeys(sample for (sample,) in found))[:_SAMPLES]
