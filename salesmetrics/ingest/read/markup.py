"""Divide a web page into tags and text, in one pass over it however broken it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_LONGEST_TAG = 4_000
_NAME = re.compile(r"(/?)([A-Za-z][\w:-]*)")
_ATTRIBUTE = re.compile(r"""([\w:-]{1,60})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_UNSHOWN = frozenset({"script", "style", "title"})


@dataclass(frozen=True)
class Tag:
    """A tag: its name in lower case, whether it closes, and what it says of itself."""

    name: str
    closing: bool = False
    said: dict[str, str] = field(default_factory=dict)


def tags_and_text(page: str) -> Iterator[Tag | str]:
    """Give the tags of `page` and the text between them in order; scripts, styles and remarks are left out.

    >>> [str(each) if isinstance(each, str) else each.name for each in tags_and_text("<b>1 &lt; 2</b> a < b")]
    ['b', '1 < 2', 'b', ' a ', '<', ' b']
    """
    at = 0
    while at < len(page):
        opened = page.find("<", at)
        if opened != at:
            yield unescape(page[at:] if opened < 0 else page[at:opened])
        if opened < 0:
            return
        if page.startswith("<!--", opened):
            at = _after(page, "-->", opened + 4)
            continue
        name = _NAME.match(page, opened + 1)
        if name is None and page[opened + 1 : opened + 2] not in ("!", "?"):
            yield "<"
            at = opened + 1
            continue
        end = _end(page, opened)
        at = end + 1
        if name is None:
            continue
        tag = _tag(name, page[name.end() : min(end, name.end() + _LONGEST_TAG)])
        yield tag
        if tag.name in _UNSHOWN and not tag.closing:
            closing = re.compile(f"</{tag.name}", re.IGNORECASE).search(page, at)
            at = closing.start() if closing else len(page)


def _tag(name: re.Match[str], inside: str) -> Tag:
    said = {found[1].lower(): unescape(found[2].strip("\"'")) for found in _ATTRIBUTE.finditer(inside)}
    return Tag(name[2].lower(), bool(name[1]), said)


def _end(page: str, opened: int) -> int:
    """Find where a tag ends: not within quotation marks, unless they are never closed nearby."""
    end = first = page.find(">", opened)
    while 0 <= end < opened + _LONGEST_TAG:
        inside = page[opened:end]
        if inside.count('"') % 2 == 0 or "=" not in inside:
            return end
        end = page.find(">", end + 1, opened + _LONGEST_TAG)
    return first if first >= 0 else len(page)


def _after(page: str, mark: str, at: int) -> int:
    found = page.find(mark, at)
    return found + len(mark) if found >= 0 else len(page)
