"""What a plain file is told by: its first rows and every n-th, the very ones that the usual way looks at."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from salesmetrics.ingest import account, typed
from salesmetrics.ingest.maps import Said
from salesmetrics.ingest.plain_lane.layout import READ_AS, Field, Layout, Read, yes_and_no
from salesmetrics.ingest.plain_lane.lines import Lines
from salesmetrics.ingest.plain_lane.not_plain import NotPlainError
from salesmetrics.ingest.read.delimited import beginning
from salesmetrics.ingest.read.dialect import find_dialect
from salesmetrics.ingest.read.header import SAMPLE, find_header
from salesmetrics.ingest.read.stage import BLANKS, Row, stage
from salesmetrics.ingest.read.totals import BY_HAND, HEADS
from salesmetrics.ingest.read.wide import has_periods
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.ingest.typed import Typed, understand

FIRST_ROW = 2
"""The number of the first row: below the header, counting from 1."""

_MOST_COLUMNS = 200
_FEWEST_COLUMNS = 3
_FEW = 0.2
_DELIMITERS = ",\t|"
_EXACT = "DECIMAL(18, 6)"


def sampled(connection: duckdb.DuckDBPyConnection, path: Path, label: str, lines: Lines) -> Sheet:
    """Stage a sample of a file, as a sheet that has all its rows; raises NotPlainError where its top is no plain table's."""
    dialect = find_dialect(beginning(path, "utf-8"))
    rows = lines.count - 1
    if rows < 1 or dialect.delimiter not in _DELIMITERS or not dialect.quoted or dialect.ruled:
        raise NotPlainError
    step = max(1, rows // typed.LOOKED_AT)
    first = account.TOP + SAMPLE
    wanted = sorted({*range(1, min(first, lines.count) + 1), *_each(step, lines.count), lines.count})
    records = list(_records(lines, wanted, dialect.delimiter))
    header = records[0][1]
    width = len(header)
    found = find_header([cells for _number, cells in records[:SAMPLE]])
    plain = found.position == 0 and not found.titles and len(found.rows) == 1 and len(found.names) == width
    if (
        not plain
        or not _FEWEST_COLUMNS <= width <= _MOST_COLUMNS
        or any(not cell.strip(BLANKS) for cell in header)
        or any(len(cells) != width or not any(cells) for _number, cells in records)
        or has_periods(found.names)
    ):
        raise NotPlainError
    relation = stage(connection, records[1:], width)
    return Sheet(label, None, found.names, 1, relation, rows, "utf-8", dialect.delimiter)


def _each(step: int, count: int) -> range:
    # Below two, the usual way looks at every row.
    return range(step, count + 1, step) if step > 1 else range(1, count + 1)


def _records(lines: Lines, numbers: list[int], delimiter: str) -> Iterator[Row]:
    try:
        texts = [line.decode() for _number, line in lines.take(numbers)]
        records = list(csv.reader(texts, delimiter=delimiter))
    except (csv.Error, ValueError) as error:
        raise NotPlainError from error
    if len(records) != len(numbers):
        # A record of several lines.
        raise NotPlainError
    return zip(numbers, records, strict=True)


def understood(connection: duckdb.DuckDBPyConnection, sheet: Sheet, said: Said) -> Typed:
    """Recognise the table of a sample; raises NotPlainError where what it is may lie in other rows than these."""
    found = understand(connection, 0, sheet, said.columns, said.answers, said.ignored)
    recognition = found.recognition
    if found.kind != "orders" or found.table != "orders" or found.questions or found.held:
        raise NotPlainError
    if recognition.match("currency") is not None or (said.columns and set(said.columns) != {"orders"}):
        raise NotPlainError
    discount = recognition.match("discount")
    if discount is not None and recognition.match("discount_rate") is None:
        # Whether it is money or a share, the largest tells.
        [(largest,)] = connection.execute(
            f"SELECT max(abs(try_cast(c{discount.index} AS {_EXACT}))) FROM {sheet.relation}"
        ).fetchall()
        if largest is None or largest <= 1:
            raise NotPlainError
    for match in recognition.matches:
        read = found.coerced[match.column.name]
        plain = {
            Read.DATE: f"try_cast(c{match.index} AS DATE)",
            Read.NUMBER: f"try_cast(c{match.index} AS {_EXACT})",
            Read.TEXT: f"c{match.index}",
            Read.BOOLEAN: read.expression,
        }
        as_it_stands = read == replace(read, notes=(), unreadable=0, currencies=(), sign="", offsets=())
        kind = READ_AS.get(match.column.type)
        if kind is None or read.expression != plain[kind] or not as_it_stands:
            raise NotPlainError
    return found


def layout_of(connection: duckdb.DuckDBPyConnection, found: Typed) -> Layout:
    """Tell how the file of an understood sample is parsed and stored."""
    sheet, matches = found.sheet, found.recognition.matches
    width = len(sheet.header)
    fields = tuple(Field(match.index, match.column.name, READ_AS[match.column.type]) for match in matches)
    heads = tuple(range(min(HEADS, width))) if sheet.rows <= BY_HAND else (0,)
    top = connection.execute(f"SELECT * FROM {sheet.relation} ORDER BY row LIMIT {account.TOP}").fetchall()
    columns = [[cell for cell in column if cell is not None] for column in list(zip(*top, strict=True))[1:]]
    late = tuple(place for place in range(width) if not columns[place])
    few = frozenset(
        field.name for field in fields if len(set(columns[field.place])) <= _FEW * len(columns[field.place])
    )
    yes, no = yes_and_no(_words(connection, sheet, fields))
    watched = tuple(sorted({*heads, *late} - {field.place for field in fields}))
    return Layout(
        "orders", sheet.delimiter or ",", fields, width, watched, heads, late, few, tuple(yes), tuple(no)
    )


def _words(connection: duckdb.DuckDBPyConnection, sheet: Sheet, fields: Iterable[Field]) -> list[str]:
    """Give the words in the columns of yes and no."""
    places = [field.place for field in fields if field.read is Read.BOOLEAN]
    each = " UNION ".join(f"SELECT c{place} FROM {sheet.relation} WHERE c{place} IS NOT NULL" for place in places)
    return [word for (word,) in connection.execute(each).fetchall()] if each else []
