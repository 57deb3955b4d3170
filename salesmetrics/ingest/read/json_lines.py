"""Read JSON: an object a line, or one list of objects; what stands one level deeper gets a dotted name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import duckdb

from salesmetrics.errors import FileError
from salesmetrics.i18n import _
from salesmetrics.ingest.read.bounds import MOST_COLUMNS
from salesmetrics.ingest.read.guard import too_wide
from salesmetrics.ingest.read.named import stage_named
from salesmetrics.ingest.read.plain import plain
from salesmetrics.ingest.read.table import Origin
from salesmetrics.ingest.sheet import SetAside, Sheet

_BLANK = " \t\r\n\ufeff"
_SHOWN = 200
_BAD_SHARE = 0.1
_Name = tuple[str, ...]
_Found = tuple[int, dict[_Name, object] | None, str]
"""A record's number, its flat values (None where it is no object), and its text where that is at hand."""


def _number(written: str) -> str:
    return format(Decimal(written), "f") if "e" in written.lower() and len(written) < 20 else written


_DECODER = json.JSONDecoder(parse_float=_number, parse_int=str, parse_constant=lambda _name: None)


def read_json(connection: duckdb.DuckDBPyConnection, text: str, file: str, encoding: str) -> Sheet | None:
    """Stage the objects that `text` holds; None when it holds none.

    Lines that are no object are set aside. Raises FileError when it is JSON of another shape.
    """
    origin = Origin(file, encoding=encoding)
    columns: dict[_Name, None] = {}
    good, bad, flat = 0, [], False
    for number, record, held in _records(text, file):
        if record is None:
            reason = _("This line is no JSON object.")
            bad.append(SetAside(file, None, number, None, plain(held)[:_SHOWN], reason))
            continue
        good += 1
        columns.update(dict.fromkeys(record))
        flat = flat or not all(isinstance(value, list | dict) for value in record.values())
        if len(columns) > MOST_COLUMNS:
            raise too_wide(file, len(columns))
    if len(bad) > max(1, _BAD_SHARE * good) or (good and not flat) or (bad and not good):
        raise _unfit(file)
    rows = (
        (number, [_text(record.get(name)) for name in columns])
        for number, record, _held in _records(text, file)
        if record is not None
    )
    sheet = stage_named(connection, [".".join(name) for name in columns], rows, origin)
    if sheet is None:
        return None
    aside = sorted((*sheet.set_aside, *bad), key=lambda each: each.row)
    return replace(sheet, rows=sheet.rows + len(bad), set_aside=tuple(aside))


def _unfit(file: str) -> FileError:
    message = _("{file} is JSON, but no list of flat records; export it as CSV, or as one object a line.")
    return FileError(message.format(file=file))


def _records(text: str, file: str) -> Iterator[_Found]:
    start = text.lstrip(_BLANK)
    if start.startswith("["):
        return _listed(text, text.index("[") + 1, file)
    first = start.split("\n", 1)[0]
    return _lines(text) if _parsed(first) is not None else _one_after_another(text, file)


def _lines(text: str) -> Iterator[_Found]:
    begin, number = 0, 0
    while begin < len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        number += 1
        line = text[begin:end].strip(_BLANK).removesuffix(",")
        if line:
            yield number, _parsed(line), line
        begin = end + 1


def _parsed(line: str) -> dict[_Name, object] | None:
    try:
        value = _DECODER.decode(line.strip(_BLANK).removesuffix(","))
    except (ValueError, RecursionError):
        return None
    return _flat(value) if isinstance(value, dict) else None


def _listed(text: str, at: int, file: str) -> Iterator[_Found]:
    number = 0
    while True:
        at = _past(text, at, _BLANK + ",")
        if text.startswith("]", at):
            return
        number += 1
        value, at = _next(text, at, number, file)
        if not isinstance(value, dict):
            raise _unfit(file)
        yield number, _flat(value), ""


def _one_after_another(text: str, file: str) -> Iterator[_Found]:
    at, number = _past(text, 0, _BLANK), 0
    while at < len(text):
        number += 1
        value, at = _next(text, at, number, file)
        if not isinstance(value, dict):
            raise _unfit(file)
        yield number, _flat(value), ""
        at = _past(text, at, _BLANK + ",")


def _next(text: str, at: int, number: int, file: str) -> tuple[object, int]:
    try:
        value, end = _DECODER.raw_decode(text, at)
    except RecursionError as error:
        raise _unfit(file) from error
    except ValueError as error:
        message = _("{file} is JSON that breaks off or is damaged at record {number}; export it again.")
        raise FileError(message.format(file=file, number=number)) from error
    return value, end


def _past(text: str, at: int, skipped: str) -> int:
    while at < len(text) and text[at] in skipped:
        at += 1
    return at


def _flat(record: dict[str, object]) -> dict[_Name, object]:
    flat: dict[_Name, object] = {}
    for name, value in record.items():
        if isinstance(value, dict) and value:
            flat.update({(name, inner): held for inner, held in value.items()})
        else:
            flat[(name,)] = value
    return flat


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if value else ""
