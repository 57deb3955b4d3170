"""Names of files that a browser sends: what people are shown of them, and what they are called on disk."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

_NAME_CHARACTERS, _NAME_BYTES, _SUFFIX_BYTES = 200, 200, 50


def shown_name(sent: str) -> str:
    """Give the last part of a file name as the browser sent it, without what cannot be seen, 200 characters at most.

    >>> shown_name("C:\\\\Sales\\\\Q1\\x00.csv")
    'Q1.csv'
    """
    last = re.split(r"[/\\]", sent)[-1]
    seen = "".join(one for one in last if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Zl", "Zp")).strip()
    if seen in ("", ".", ".."):
        return "file"
    suffix = Path(seen).suffix[-_NAME_CHARACTERS:]
    return seen.removesuffix(suffix)[: _NAME_CHARACTERS - len(suffix)] + suffix


def path_name(shown: str) -> str:
    """Give a name for the disk: `shown`, of 200 bytes at most with its ending kept.

    >>> len(path_name("销售" * 90 + ".xlsx").encode()), path_name("销售.xlsx")
    (200, '销售.xlsx')
    """
    suffix = Path(shown).suffix
    if len(suffix.encode()) > _SUFFIX_BYTES:
        suffix = ""
    return (
        shown.removesuffix(suffix).encode()[: _NAME_BYTES - len(suffix.encode())].decode(errors="ignore") + suffix
    )
