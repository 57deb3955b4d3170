"""What a person says of sheets and headers: `--map TABLE.COLUMN=HEADER`, with an answer to a question where asked.

`orders.amount=Net` reads the header `Net` as the amount in every sheet of orders that has it.
`orders.amount=june.csv:Net` and `orders.amount=Sheet2:Net` say it of one file or sheet.
`orders.order_date=Date:dmy` (or mdy, ymd) says how dates are written, `:point` or `:comma` how decimals are.
`ignore=Net` or `ignore=june.csv:Net` leaves a header unread; `orders=june.csv` says what a file or sheet holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from salesmetrics.errors import MappingError, nearest
from salesmetrics.i18n import _
from salesmetrics.ingest.fold import fold
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.model.tables import TABLES

IGNORE = "ignore"
"""What stands in the place of a table and column where a header is not to be read."""

_ANSWERS = ("dmy", "mdy", "ymd", "point", "comma")


@dataclass(frozen=True)
class Said:
    """What a person said of the headers of one sheet.

    `columns`: table -> column -> place of the header (a table without columns: the sheet is that table);
    `answers`: place of the header -> how it is written; `ignored`: places of headers that are not read.
    """

    columns: Mapping[str, Mapping[str, int]]
    answers: Mapping[int, str]
    ignored: frozenset[int] = frozenset()


def said_of(sheets: Sequence[Sheet], maps: Iterable[str]) -> tuple[Said, ...]:
    """Tell for each sheet what `maps` say of it.

    Raises MappingError for one that is not TABLE.COLUMN=HEADER, or names what is not there.
    """
    columns: list[dict[str, dict[str, int]]] = [{} for _sheet in sheets]
    answers: list[dict[int, str]] = [{} for _sheet in sheets]
    ignored: list[set[int]] = [set() for _sheet in sheets]
    for text in maps:
        left, equals, right = (part.strip() for part in text.partition("="))
        if equals and right and left == IGNORE:
            for number, place in _places(sheets, right)[0]:
                ignored[number].add(place)
            continue
        if equals and right and left in TABLES:
            for number in _named(sheets, right):
                columns[number].setdefault(left, {})
            continue
        table, column, right = _split(text)
        places, answer = _places(sheets, right)
        for number, place in places:
            taken = columns[number].setdefault(table, {})
            if column in taken and taken[column] != place:
                raise MappingError(
                    _("{column} is mapped twice in {sheet}; leave one --map out.").format(
                        column=f"{table}.{column}", sheet=sheets[number].label
                    )
                )
            taken[column] = place
            if answer:
                answers[number][place] = answer
    return tuple(Said(c, a, frozenset(i)) for c, a, i in zip(columns, answers, ignored, strict=True))


def _split(text: str) -> tuple[str, str, str]:
    left, equals, right = text.partition("=")
    table, dot, column = left.strip().partition(".")
    if not (equals and dot and right.strip()):
        raise MappingError(
            _("--map {text} is not TABLE.COLUMN=HEADER; write for example orders.amount=Net.").format(text=text)
        )
    if table not in TABLES:
        message = _("--map {text} names the table {table}, which does not exist.").format(text=text, table=table)
        raise MappingError(message + (nearest(table, TABLES) or " " + _known(TABLES)))
    names = [known.name for known in TABLES[table].readable]
    if column not in names:
        message = _("--map {text} names the column {column}, which {table} has not.")
        raise MappingError(
            message.format(text=text, column=column, table=table) + (nearest(column, names) or " " + _known(names))
        )
    return table, column, right.strip()


def _known(names: Iterable[str]) -> str:
    return _("There are: {names}.").format(names=", ".join(names))


def _places(sheets: Sequence[Sheet], right: str) -> tuple[list[tuple[int, int]], str | None]:
    found = _find(sheets, right)
    if found:
        return found, None
    head, colon, answer = right.rpartition(":")
    if colon and answer.strip().casefold() in _ANSWERS:
        found = _find(sheets, head.strip())
        if found:
            return found, answer.strip().casefold()
        right = head.strip()
    headers = list(dict.fromkeys(name for sheet in sheets for name in sheet.header))
    message = _("No sheet has the header {header}.").format(header=right)
    raise MappingError(message + (nearest(right, headers) or " " + _known(headers[:20])))


def _find(sheets: Sequence[Sheet], wanted: str) -> list[tuple[int, int]]:
    found = [
        (number, place) for number, sheet in enumerate(sheets) if (place := _place(sheet, wanted)) is not None
    ]
    if found:
        return found
    for cut in (i for i, character in enumerate(wanted) if character == ":"):
        where, header = fold(wanted[:cut]), wanted[cut + 1 :].strip()
        for number, sheet in enumerate(sheets):
            if where in _names(sheet):
                place = _place(sheet, header)
                if place is not None:
                    found.append((number, place))
        if found:
            break
    return found


def _names(sheet: Sheet) -> set[str]:
    stem, last = sheet.file.rsplit(".", 1)[0], sheet.file.rsplit("/", 1)[-1]
    both = [f"{sheet.file}:{sheet.name}"] if sheet.name else []
    return {fold(name) for name in (sheet.file, stem, last, sheet.name or "", *both) if name}


def _named(sheets: Sequence[Sheet], wanted: str) -> list[int]:
    """Give the sheets that a person calls `wanted`: by file, by sheet, or as FILE:SHEET."""
    found = [number for number, sheet in enumerate(sheets) if fold(wanted) in _names(sheet)]
    if not found:
        names = list(dict.fromkeys(name for sheet in sheets for name in (sheet.file, sheet.name) if name))
        message = _("There is no file or sheet {name}.").format(name=wanted)
        raise MappingError(message + (nearest(wanted, names) or " " + _known(names[:20])))
    return found


def _place(sheet: Sheet, wanted: str) -> int | None:
    if wanted in sheet.header:
        return sheet.header.index(wanted)
    folded = [fold(name) for name in sheet.header]
    return folded.index(fold(wanted)) if fold(wanted) in folded else None
