"""The smallest XLSB there is: what a binary workbook says of one sheet, as records of a kind, a length and bytes."""

from __future__ import annotations

import io
import struct
import zipfile

_TYPES = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BUNDLE, _BEGIN_SHEET, _END_SHEET, _SHEET_DATA, _END_SHEET_DATA, _ROW, _REAL, _TEXT = (
    156,
    129,
    130,
    145,
    146,
    0,
    5,
    6,
)


def _record(kind: int, content: bytes = b"") -> bytes:
    coded = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return coded + length + content


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, value: str | float) -> bytes:
    place = struct.pack("<II", column, 0)
    return _record(_TEXT, place + _text(value)) if isinstance(value, str) else _record(
        _REAL, place + struct.pack("<d", value)
    )  # fmt: skip


def xlsb(name: str, cells: dict[tuple[int, int], str | float]) -> bytes:
    """Give an XLSB with one sheet: place (row and column, from 0) -> value."""
    sheet = _record(_BEGIN_SHEET) + _record(148, struct.pack("<IIII", 0, 1, 0, 1)) + _record(_SHEET_DATA)
    for row in sorted({row for row, _column in cells}):
        sheet += _record(_ROW, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))
        sheet += b"".join(_cell(at, value) for (number, at), value in sorted(cells.items()) if number == row)
    sheet += _record(_END_SHEET_DATA) + _record(_END_SHEET)
    bundle = struct.pack("<II", 0, 1) + _text("rId1") + _text(name)
    book = _record(131) + _record(143) + _record(_BUNDLE, bundle) + _record(144) + _record(132)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}/content-types"/>')
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{_TYPES}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
            'Target="worksheets/sheet1.bin"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return buffer.getvalue()
