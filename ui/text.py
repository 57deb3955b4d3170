"""Text from files and links on a page: shown as it stands, never read as formatting."""

from __future__ import annotations

import re


def quoted(text: str) -> str:
    """Put quotes that people read around what a message sets in backticks.

    >>> quoted("header `Net` is a synonym of amount")
    'header “Net” is a synonym of amount'
    """
    return re.sub(r"`([^`]*)`", r"“\1”", text)


def plain(text: str) -> str:
    r"""Escape what Markdown would read as formatting.

    >>> print(plain("Desk [A4] $5 *new*"))
    Desk \[A4\] \$5 \*new\*
    """
    return re.sub(r"([\\`*_{}\[\]()<>#+!|$~:])", r"\\\1", text)
