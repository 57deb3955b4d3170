"""Texts that people give, made fit to store: names of workspaces and files, settings, links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath

from salesmetrics.errors import WorkspaceError
from salesmetrics.i18n import _

LONGEST_NAME = 120
"""Characters of a workspace's name; what is longer is cut."""

LONGEST_SETTING = 4_000
MOST_SETTINGS = 200
_LONGEST_FILE_NAME = 180  # bytes: file systems take 255, and a name may still get a number
_LONGEST_ENDING = 12
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")
# They turn the reading direction round, so that a name can pretend to be another.
_DIRECTION = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def _printable(text: str) -> str:
    plain = text.translate(_DIRECTION)
    kept = (" " if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} else one for one in plain)
    return " ".join("".join(kept).split())


def workspace_name(text: str) -> str:
    r"""Give `text` as a name: one line of printable characters, at most 120.

    Raises WorkspaceError when nothing is left of it.

    >>> workspace_name("  North \n 2024\x00 ")
    'North 2024'
    """
    name = _printable(text)[:LONGEST_NAME].strip()
    if not name:
        raise WorkspaceError(_("A workspace needs a name; write at least one letter."))
    return name


def file_name(text: str) -> str:
    r"""Give the last part of what a browser calls a file, as a name that any disk takes.

    >>> file_name("..\\..\\secret/../orders 2024.csv"), file_name(".."), len(file_name("x" * 300 + ".csv"))
    ('orders 2024.csv', 'file', 180)
    """
    name = PurePosixPath(_printable(text).replace("\\", "/")).name
    if name.strip(". ") == "":
        return "file"
    stem, dot, ending = name.rpartition(".")
    ending = f"{dot}{ending}" if stem and len(ending.encode()) <= _LONGEST_ENDING else ""
    stem = name.removesuffix(ending) if ending else name
    return stem.encode()[: _LONGEST_FILE_NAME - len(ending.encode())].decode(errors="ignore") + ending


def is_token(text: str) -> bool:
    """Tell whether `text` has the form of a link's token: nothing else is looked up."""
    return bool(_TOKEN.fullmatch(text))


def checked_settings(settings: Mapping[str, str]) -> dict[str, str]:
    """Give `settings` as they can be stored; raises WorkspaceError when they are too many or too long."""
    for name, text in settings.items():
        if not name or len(name) > LONGEST_NAME or len(text) > LONGEST_SETTING or _unstorable(name + text):
            message = _(
                "The setting {name} is too long or holds characters that cannot be stored; write it shorter."
            )
            raise WorkspaceError(message.format(name=_printable(name)[:40]))
    if len(settings) > MOST_SETTINGS:
        message = _("{n} settings are too many; a workspace holds {most}.")
        raise WorkspaceError(message.format(n=len(settings), most=MOST_SETTINGS))
    return dict(settings)


def _unstorable(text: str) -> bool:
    return any(one == "\0" or "\ud800" <= one <= "\udfff" for one in text)
