"""Write an XLS workbook (BIFF8 in a compound file) with one sheet, as Excel 97 and its exporters did.

After the specifications [MS-XLS] and [MS-CFB]; only what a plain table of texts and numbers needs.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

Cell = str | float | None

_SECTOR = 512
_END, _FREE, _FAT, _DIFAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
_IN_HEADER = 109


def xls(rows: Sequence[Sequence[Cell]], sheet: str = "Sheet1") -> bytes:
    """Give the bytes of a workbook whose only sheet holds `rows`."""
    return _compound(_workbook(rows, sheet))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _workbook(rows: Sequence[Sequence[Cell]], sheet: str) -> bytes:
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    codepage, end = _record(0x0042, struct.pack("<H", 1200)), _record(0x000A, b"")
    name = struct.pack("<BB", len(sheet), 0) + sheet.encode("latin-1")
    place = len(begin) + len(codepage) + 4 + 6 + len(name) + len(end)
    globals_ = begin + codepage + _record(0x0085, struct.pack("<IBB", place, 0, 0) + name) + end
    return globals_ + _sheet(rows)


def _sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    parts = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))]
    width = max(map(len, rows), default=0)
    parts.append(_record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)))
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            where = struct.pack("<HHH", at, column, 0)
            if isinstance(cell, str):
                text = cell.encode("utf-16-le")
                parts.append(_record(0x0204, where + struct.pack("<HB", len(text) // 2, 1) + text))
            elif cell is not None:
                parts.append(_record(0x0203, where + struct.pack("<d", cell)))
    parts.append(_record(0x000A, b""))
    return b"".join(parts)


def _compound(stream: bytes) -> bytes:
    # A stream under 4,096 bytes would live in the small-sector store: pad it over that.
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(stream) // _SECTOR
    tables, listing = 1, 0
    while (tables + listing + 1 + sectors) * 4 > tables * _SECTOR:
        tables += 1
        # The header names 109 of the sectors that hold the table of sectors; further ones are listed apart.
        listing = max(-(-(tables - _IN_HEADER) // 127), 0)
    first = tables + listing + 1
    fat = [_FAT] * tables + [_DIFAT] * listing + [_END] + [*range(first + 1, first + sectors), _END]
    fat += [_FREE] * (tables * _SECTOR // 4 - len(fat))
    header = (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    )
    header += struct.pack("<IIIIII", 0, tables, tables + listing, 0, 4096, _END)
    header += struct.pack("<III", 0, tables if listing else _END, listing)
    places = [*range(tables)]
    named, apart = places[:_IN_HEADER], places[_IN_HEADER:]
    named += [_FREE] * (_IN_HEADER - len(named))
    pages = []
    for at in range(listing):
        page = apart[at * 127 : (at + 1) * 127]
        page += [_FREE] * (127 - len(page)) + [tables + at + 1 if at + 1 < listing else _END]
        pages.append(struct.pack("<128I", *page))
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, first, len(stream))
    parts = [header, struct.pack("<109I", *named), struct.pack(f"<{len(fat)}I", *fat), *pages]
    return b"".join([*parts, directory.ljust(_SECTOR, b"\0"), stream])


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
