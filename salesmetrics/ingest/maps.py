"""What a person says of headers: `--map TABLE.COLUMN=HEADER`, for one file or sheet, with an answer to a question.

`orders.amount=Net` reads the header `Net` as the amount in every sheet of orders that has it.
`orders.amount=june.csv:Net` and `orders.amount=Sheet2:Net` say it of one file or sheet.
`orders.order_date=Date:dmy` (or mdy, ymd) says how dates are written, `:point` or `:comma` how decimals are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from salesmetrics.errors import MappingError, nearest
from salesmetrics.i18n import _
from salesmetrics.ingest.fold import fold
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.model.tables import TABLES

_ANSWERS = ("dmy", "mdy", "ymd", "point", "comma")


@dataclass(frozen=True)
class Said:
    """What a person said of the headers of one sheet.

    `columns`: table -> column -> place of the header; `answers`: place of the header -> how it is written.
    """

    columns: Mapping[str, Mapping[str, int]]
    answers: Mapping[int, str]


def said_of(sheets: Sequence[Sheet], maps: Iterable[str]) -> tuple[Said, ...]:
    """Tell for each sheet what `maps` say of it.

    Raises MappingError for one that is not TABLE.COLUMN=HEADER, or names what is not there.
    """
    columns: list[dict[str, dict[str, int]]] = [{} for _sheet in sheets]
    answers: list[dict[int, str]] = [{} for _sheet in sheets]
    for text in maps:
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
    return tuple(Said(c, a) for c, a in zip(columns, answers, strict=True))


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
            stem = sheet.file.rsplit(".", 1)[0]
            if where in {
                fold(sheet.file),
                fold(stem),
                fold(sheet.name or ""),
                fold(sheet.file.rsplit("/", 1)[-1]),
            }:
                place = _place(sheet, header)
                if place is not None:
                    found.append((number, place))
        if found:
            break
    return found


def _place(sheet: Sheet, wanted: str) -> int | None:
    if wanted in sheet.header:
        return sheet.header.index(wanted)
    folded = [fold(name) for name in sheet.header]
    return folded.index(fold(wanted)) if fold(wanted) in folded else None
