"""What a person says of sheets and headers: `--map TABLE.COLUMN=HEADER`, with an answer to a question where asked.

`orders.amount=Net` reads the header `Net` as the amount in every sheet of orders that has it.
`orders.amount=june.csv:Net` and `orders.amount=Sheet2:Net` say it of one file or sheet.
`orders.order_date=Date:dmy` (or mdy, ymd) says how dates are written, `:point` or `:comma` how decimals are,
`:percent` or `:fraction` what a discount is, `:USD` after a column with currencies which of them is kept.
`orders.product:GTX Por=GTX Pro` reads one name as another (see `spellings.py`).
`currency=EUR` says the reporting currency, to which a file of exchange rates converts.
`ignore=Net` or `ignore=june.csv:Net` leaves a header unread; `orders=june.csv` says what a file or sheet holds.
`encoding=june.csv:cp850` says how a text file is written, `encoding=cp850` that all of them are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from salesmetrics.errors import MappingError, nearest
from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.column import ANSWERS
from salesmetrics.ingest.coerce.yearless import YEAR
from salesmetrics.ingest.fold import fold
from salesmetrics.ingest.read.encoding_said import ENCODINGS, known_encoding
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.ingest.spellings import is_spelling
from salesmetrics.model.tables import TABLES

IGNORE = "ignore"
"""What stands in the place of a table and column where a header is not to be read."""

ENCODING = "encoding"
"""What stands in the place of a table and column where the encoding of a file is said."""

CURRENCY = "currency"
"""What stands in the place of a table and column where the reporting currency is said."""

_CURRENCY = re.compile("[A-Z]{3}|KR")


@dataclass(frozen=True)
class Said:
    """What a person said of the headers of one sheet.

    `columns`: table -> column -> place of the header (a table without columns: the sheet is that table);
    `answers`: place of the header -> how it is written; `ignored`: places of headers that are not read.
    """

    columns: Mapping[str, Mapping[str, int]]
    answers: Mapping[int, str]
    ignored: frozenset[int] = frozenset()


def encodings_of(maps: Iterable[str]) -> dict[str, str]:
    """Give what `maps` say of encodings: folded name of a file ("" for every file) -> encoding.

    Raises MappingError for an encoding that does not exist.

    >>> encodings_of(["orders.amount=Net", "encoding=june.csv:CP850"])
    {'junecsv': 'cp850'}
    """
    said = {}
    for text in maps:
        if text.partition("=")[0].strip() == ENCODING:
            file, encoding = _encoding_of(text)
            said[fold(file)] = encoding
    return said


def currency_of(maps: Iterable[str]) -> str:
    """Give the reporting currency that `maps` say, empty where they say none.

    Raises MappingError for what is no code of three letters.

    >>> currency_of(["orders.amount=Net", "currency=eur"])
    'EUR'
    """
    for text in maps:
        left, _equals, right = (part.strip() for part in text.partition("="))
        if left == CURRENCY:
            if not _CURRENCY.fullmatch(right.upper()):
                message = _("--map {text} names no currency; write its three letters, for example currency=EUR.")
                raise MappingError(message.format(text=text))
            return right.upper()
    return ""


def _encoding_of(text: str) -> tuple[str, str]:
    file, _colon, name = text.partition("=")[2].rpartition(":")
    encoding = known_encoding(name)
    if encoding is None:
        message = _("--map {text} names the encoding {encoding}, which is not known.")
        raise MappingError(
            message.format(text=text, encoding=name.strip())
            + (nearest(name.strip(), ENCODINGS) or " " + _known(ENCODINGS))
        )
    return file.strip(), encoding


def _check_encoding(sheets: Sequence[Sheet], text: str) -> None:
    """Raise MappingError when the file whose encoding is said is not there, or is no text."""
    file, encoding = _encoding_of(text)
    if not file:
        return
    inside = [sheet for sheet in sheets if sheet.file.startswith(f"{file}/")]
    named = inside or [sheets[number] for number in _named(sheets, file)]
    if not any(sheet.encoding for sheet in named):
        message = _("{file} is no text file, so it is not written in {encoding}; leave that --map out.")
        raise MappingError(message.format(file=file, encoding=encoding))


def said_of(sheets: Sequence[Sheet], maps: Iterable[str]) -> tuple[Said, ...]:
    """Tell for each sheet what `maps` say of it.

    Raises MappingError for one that is not TABLE.COLUMN=HEADER, or names what is not there.
    """
    columns: list[dict[str, dict[str, int]]] = [{} for _sheet in sheets]
    answers: list[dict[int, str]] = [{} for _sheet in sheets]
    ignored: list[set[int]] = [set() for _sheet in sheets]
    for text in maps:
        if is_spelling(text):
            continue
        left, equals, right = (part.strip() for part in text.partition("="))
        if left == ENCODING:
            _check_encoding(sheets, text)
            continue
        if left == CURRENCY:
            continue
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
    said = answer.strip() if _CURRENCY.fullmatch(answer.strip()) else answer.strip().casefold()
    if colon and (said in ANSWERS or _CURRENCY.fullmatch(said) or YEAR.fullmatch(said)):
        found = _find(sheets, head.strip())
        if found:
            return found, said
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
