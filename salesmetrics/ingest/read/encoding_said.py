"""Encodings that a person names for a file: which there are, and which holds for which file."""

from __future__ import annotations

import codecs
from collections.abc import Mapping

from salesmetrics.ingest.fold import fold

ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp437", "cp850", "gb18030", "gbk", "big5",
    "iso-8859-1", "iso-8859-15", "cp1250", "cp1251", "cp852", "cp866", "mac-roman", "shift_jis", "euc-jp", "euc-kr",
)  # fmt: skip
"""Encodings that a person can name; others are known by other names too (windows-1252 is cp1252)."""


def known_encoding(name: str) -> str | None:
    """Give the encoding that a person means by `name` as it stands in `ENCODINGS`, None when there is none.

    >>> known_encoding("Windows-1252"), known_encoding("CP850"), known_encoding("klingon")
    ('cp1252', 'cp850', None)
    """
    try:
        meant = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    return next((one for one in ENCODINGS if codecs.lookup(one).name == meant), None)


def decode_as(data: bytes, encoding: str) -> tuple[str, str] | None:
    """Give the text of `data` as a person says it is written; None when it plainly is not."""
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    return (text, encoding) if text.count("\ufffd") * 100 <= len(text) else None


def encoding_said(label: str, said: Mapping[str, str]) -> str | None:
    """Give the encoding that `said` (folded name of a file -> encoding, "" for every file) has for a file.

    >>> encoding_said("june.zip/north.csv", {"junezip": "cp850"}), encoding_said("a.csv", {"": "big5"})
    ('cp850', 'big5')
    """
    parents = [label[:at] for at, character in enumerate(label) if character == "/"]
    last = label.rsplit("/", 1)[-1]
    names = [label, label.rsplit(".", 1)[0], last, last.rsplit(".", 1)[0], *reversed(parents)]
    return next((said[fold(name)] for name in names if fold(name) in said), said.get(""))
