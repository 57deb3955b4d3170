"""Take out of text what cannot be seen and changes how the rest is shown: controls and marks of direction."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")


def plain(text: str) -> str:
    r"""Give `text` without control characters and marks of direction; old marks of a break become blanks.

    Tabs and line ends stay: they divide lines and cells.

    >>> plain("East\x00 \u202etsaE\u202c"), plain("one\x0btwo")
    ('East tsaE', 'one two')
    """
    if text.isprintable():
        return text
    return _BREAKS.sub(" ", _HIDDEN.sub("", text))


def plain_line(text: str) -> str:
    r"""Give `text` as one line, for names of files and sheets.

    >>> plain_line("a\u202e\n.csv")
    'a .csv'
    """
    return " ".join(plain(text).split()) if not text.isprintable() else text
