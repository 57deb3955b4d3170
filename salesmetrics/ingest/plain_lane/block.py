"""One block of whole lines: parsed into types, every cell of it looked at for what is not plain."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as compiled

from salesmetrics.ingest.plain_lane.layout import PARSED, Field, Layout, Read
from salesmetrics.ingest.plain_lane.not_plain import NotPlainError
from salesmetrics.ingest.plain_lane.numbers import decimals, scaled, scaled_exactly
from salesmetrics.ingest.plain_lane.prints import mixed
from salesmetrics.ingest.plain_lane.texts import Texts
from salesmetrics.ingest.read.blocks import quotes_are_regular

_HIDDEN = re.compile(
    rb"\xc2[\x80-\xa0]|\xd8\x9c|\xe1\x9a\x80|\xe2\x80[\x80-\x8f\xa8-\xaf]|\xe2\x81[\xa6-\xa9]|\xe3\x80\x80|\xef\xbb\xbf"
)
"""Characters beyond ASCII that are taken out of a text, or from its ends: where one is, no shortcut holds."""

_FIRST_DAY, _LAST_DAY = np.datetime64("1900-01-01").astype(int), np.datetime64("2100-12-31").astype(int)
_STRETCH = 1 << 17
_POINT, _TO_NINE, _CASE, _E = (np.uint8(number) for number in (b"."[0], 12, 32, b"e"[0]))
_MOST_LATE = 3
_FEWEST_FILLED = 3
_RATE = "discount_rate"
_MILLION = 1_000_000


@dataclass(frozen=True)
class Block:
    """What a block came to: its rows as they are stored, their prints, how many cells of each column are filled.

    `late` are the first rows in which the columns hold something whose first values are wanted: row in the block
    (from 0) and cells.
    """

    rows: pa.RecordBatch
    prints: npt.NDArray[np.uint64]
    filled: Mapping[str, int]
    late: Mapping[int, Sequence[tuple[int, list[str]]]]


def read_block(data: bytes, layout: Layout) -> Block:
    """Read a block of whole lines; raises NotPlainError where the usual way might read anything else than this."""
    check_bytes(data, layout.delimiter)
    places = sorted({field.place for field in layout.fields} | set(layout.watched))
    types = {place: pa.string() for place in places} | {field.place: PARSED[field.read] for field in layout.fields}
    parsed = dict(zip(places, _parsed(data, layout, types), strict=True))
    _check_exponents(data, layout)
    stored: dict[str, pa.Array] = {}
    prints: list[npt.NDArray[np.uint64]] = []
    for field in layout.fields:
        column = parsed[field.place]
        if field.read is Read.NUMBER:
            column = parsed[field.place] = _exact(data, layout, field, column)
        elif field.read is Read.DATE:
            _check_days(column)
        elif field.read is Read.TEXT:
            texts = Texts(column)
            texts.check(key=field.key)
        stored[field.name] = column
        if field.name in layout.telling and column.null_count < len(column):
            prints.append(texts.prints() if field.read is Read.TEXT else _bits(column))
    _check_rows(parsed, layout)
    rows = len(next(iter(stored.values())))
    schema = layout.schema
    columns = [
        stored[name] if name in stored else pa.nulls(rows, schema.field(name).type) for name in schema.names
    ]
    filled = {name: len(column) - column.null_count for name, column in stored.items()}
    return Block(pa.record_batch(columns, schema=schema), mixed(rows, prints), filled, _late(data, layout, parsed))


def check_bytes(data: bytes, delimiter: str) -> None:
    """Raise NotPlainError where bytes are no plain UTF-8, or their line ends or quotation marks are irregular."""
    if not data.isascii():
        try:
            data.decode()
        except UnicodeDecodeError as error:
            raise NotPlainError from error
        if _HIDDEN.search(data):
            raise NotPlainError
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        raise NotPlainError
    if b'"' in data and not quotes_are_regular(data, delimiter):
        raise NotPlainError


def _parsed(data: bytes, layout: Layout, types: Mapping[int, pa.DataType]) -> list[pa.Array]:
    names = [f"c{place}" for place in range(layout.width)]
    try:
        table = compiled.read_csv(
            pa.BufferReader(data),
            read_options=compiled.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=names),
            parse_options=compiled.ParseOptions(delimiter=layout.delimiter, ignore_empty_lines=False),
            convert_options=compiled.ConvertOptions(
                check_utf8=False,
                include_columns=[f"c{place}" for place in types],
                column_types={f"c{place}": meant for place, meant in types.items()},
                strings_can_be_null=True,
                null_values=[""],
                true_values=layout.yes,
                false_values=layout.no,
            ),
        )
    except pa.ArrowInvalid as error:
        raise NotPlainError from error
    return [column.combine_chunks() for column in table.columns]


def _check_exponents(data: bytes, layout: Layout) -> None:
    """Raise NotPlainError where a number has an exponent: the engine does not round all of these the same way."""
    # Codes of goods may look like that too, and only then the numbers are looked at.
    if not _has_exponent(np.frombuffer(data, np.uint8)):
        return
    numbers = {field.place: pa.string() for field in layout.fields if field.read is Read.NUMBER}
    for column in _parsed(data, layout, numbers) if numbers else ():
        if pc.any(pc.match_substring(column, "e", ignore_case=True)).as_py():
            raise NotPlainError


def _has_exponent(letters: npt.NDArray[np.uint8]) -> bool:
    """Tell whether a digit, or a point, stands before an e anywhere: a stretch at a time, which stays near the processor."""
    stretches = (letters[begin : begin + _STRETCH + 1] for begin in range(0, len(letters), _STRETCH))
    return any(
        (((stretch[:-1] - _POINT) < _TO_NINE) & ((stretch[1:] | _CASE) == _E)).any() for stretch in stretches
    )


def _exact(data: bytes, layout: Layout, field: Field, read: pa.Array) -> pa.Array:
    millionths = scaled(read)
    if millionths is None:
        [again] = _parsed(data, layout, {field.place: pa.decimal128(18, 6)})
        millionths = scaled_exactly(again)
    if field.name == _RATE and len(millionths) and np.abs(millionths).max() > _MILLION:
        # Percents, or both: that is for the whole column to tell.
        raise NotPlainError
    return decimals(millionths, read)


def _check_days(column: pa.Array) -> None:
    days = pc.min_max(column.view(pa.int32()))
    first, last = days["min"].as_py(), days["max"].as_py()
    if first is not None and (first < _FIRST_DAY or last > _LAST_DAY):
        raise NotPlainError


def _bits(column: pa.Array) -> npt.NDArray[np.uint64]:
    if pa.types.is_boolean(column.type):
        yes: npt.NDArray[np.uint64] = pc.fill_null(column, False).cast(pa.uint8()).to_numpy().astype(np.uint64)
        return yes
    own = column.view(pa.int32() if pa.types.is_date32(column.type) else pa.int64())
    numbers: npt.NDArray[np.uint64] = pc.fill_null(own, 0).to_numpy().astype(np.int64).view(np.uint64)
    return numbers


def _check_rows(parsed: Mapping[int, pa.Array], layout: Layout) -> None:
    """Raise NotPlainError where a row may be none of the table's: a total, a remark, a blank one."""
    whole = sum(not column.null_count for column in parsed.values())
    if whole < _FEWEST_FILLED:
        filled = np.sum([pc.is_valid(column).to_numpy(zero_copy_only=False) for column in parsed.values()], axis=0)
        if len(filled) and filled.min() < _FEWEST_FILLED:
            raise NotPlainError
    if all(parsed[place].null_count for place in layout.heads):
        heads = np.any(
            [pc.is_valid(parsed[place]).to_numpy(zero_copy_only=False) for place in layout.heads], axis=0
        )
        if not heads.all():
            raise NotPlainError
    for place in layout.heads:
        if pa.types.is_string(parsed[place].type):
            Texts(parsed[place]).check_totals()


def _late(data: bytes, layout: Layout, parsed: Mapping[int, pa.Array]) -> dict[int, list[tuple[int, list[str]]]]:
    found: dict[int, list[tuple[int, list[str]]]] = {}
    lines: list[bytes] = []
    for place in layout.late:
        column = parsed[place]
        if column.null_count == len(column):
            continue
        lines = lines or data.split(b"\n")
        rows = np.flatnonzero(pc.is_valid(column).to_numpy(zero_copy_only=False))[:_MOST_LATE].tolist()
        found[place] = [
            (row, next(csv.reader([lines[row].decode().removesuffix("\r")], delimiter=layout.delimiter)))
            for row in rows
        ]
    return found
