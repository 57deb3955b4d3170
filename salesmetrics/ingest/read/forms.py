"""Tell by its first bytes in which form a file holds its tables; its name plays no part."""

from __future__ import annotations

import re
from enum import StrEnum

from salesmetrics.i18n import _

LOOKED_AT = 8_192
"""How many bytes from the top are looked at."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_EARLY_XLS = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_JSON = re.compile(r"\{\s*[\"}]|\[\s*[\[{]|\[\s*\]\s*$")
_SHEET_XML = "urn:schemas-microsoft-com:office:spreadsheet"
_MARKUP = re.compile(
    r"<(?:!doctype|html|\?xml|table|head|body|meta|style|title|div|font|center|script|!--)\b|<!--", re.IGNORECASE
)


class Form(StrEnum):
    """In which form a file holds its tables."""

    ZIP = "zip"
    GZIP = "gzip"
    WORKBOOK = "workbook"
    PARQUET = "parquet"
    JSON = "json"
    HTML = "html"
    SHEET_XML = "sheet_xml"
    TEXT = "text"


def form_of(start: bytes) -> Form:
    """Tell the form of a file that begins with `start`; a ZIP may hold a workbook or files.

    >>> form_of(b'[{"id": 1}]'), form_of(b"PAR1..."), form_of(b"id,amount"), form_of(b"<table><tr>")
    (<Form.JSON: 'json'>, <Form.PARQUET: 'parquet'>, <Form.TEXT: 'text'>, <Form.HTML: 'html'>)
    """
    if start.startswith(_ZIP):
        return Form.ZIP
    if start.startswith((_OLE, *_EARLY_XLS)):
        return Form.WORKBOOK
    if start.startswith(b"\x1f\x8b"):
        return Form.GZIP
    if start.startswith(b"PAR1"):
        return Form.PARQUET
    text = _beginning(start)
    if _JSON.match(text):
        return Form.JSON
    if _SHEET_XML in text and text.startswith("<?") and "<html" not in text.lower():
        return Form.SHEET_XML
    return Form.HTML if _MARKUP.match(text) else Form.TEXT


def no_table(start: bytes) -> str:
    """Name what a file is that begins like something that never holds a table (empty when it does not)."""
    start = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"II*\0", b"MM\0*")):
        return _("an image")
    if start.startswith(b"%PDF"):
        return _("a PDF document")
    if start.startswith(b"{\\rtf"):
        return _("a text document")
    if start.startswith((b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")):
        return _("a compressed archive")
    return ""


def _beginning(start: bytes) -> str:
    """Give the first bytes of a file as characters to look at, whatever its encoding, blanks in front left out."""
    text = start.translate(None, b"\0").decode("latin-1")
    return text.removeprefix("ï»¿").removeprefix("ÿþ").removeprefix("þÿ").removeprefix("ÿþ").lstrip()
