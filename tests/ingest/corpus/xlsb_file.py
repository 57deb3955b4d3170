"""Write an XLSB workbook (binary parts in a ZIP) with one sheet; after the specification [MS-XLSB]."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

Cell = str | float | None

_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"""


def xlsb(rows: Sequence[Sequence[Cell]], sheet: str = "Sheet1") -> bytes:
    """Give the bytes of a workbook whose only sheet holds `rows`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS.format(kind="officeDocument", target="xl/workbook.bin"))
        archive.writestr(
            "xl/_rels/workbook.bin.rels", _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.bin")
        )
        archive.writestr("xl/workbook.bin", _workbook(sheet))
        archive.writestr("xl/worksheets/sheet1.bin", _sheet(rows))
    return buffer.getvalue()


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(body)
    length = b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + length + body


def _wide(text: str) -> bytes:
    coded = text.encode("utf-16-le")
    return struct.pack("<I", len(coded) // 2) + coded


def _workbook(sheet: str) -> bytes:
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet)
    return b"".join([_record(131), _record(143), _record(156, bundle), _record(144), _record(132)])


def _sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    width = max(map(len, rows), default=1)
    parts = [
        _record(129),
        _record(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1)),
        _record(145),
    ]
    for at, row in enumerate(rows):
        parts.append(_record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, 0, 0, 0)))
        for column, cell in enumerate(row):
            where = struct.pack("<II", column, 0)
            if isinstance(cell, str):
                parts.append(_record(6, where + _wide(cell)))
            elif cell is not None:
                parts.append(_record(5, where + struct.pack("<d", cell)))
    parts += [_record(146), _record(130)]
    return b"".join(parts)
