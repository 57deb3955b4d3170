"""Tell the columns of a text by the places that are blank in all its lines, as reports of old systems have them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

_LINES = 5_000
_TITLES = 12
_TAIL = 3
_LONGEST = 4_000
_FEWEST = 3
_RULE = re.compile(r"[-=_+| ]*[-=]{2,}[-=_+| ]*")
_STROKES = re.compile(r"[-=_]+")
_FILLED = re.compile(r"[^ ]")
_ASIDE = "\ufffc"
"""Stands after a character that takes two places, as Chinese ones do."""
_Run = tuple[int, int]


@dataclass(frozen=True)
class Ruled:
    """Where the cells of each line begin: `cuts` in characters, or in places of the screen where `wide`."""

    cuts: tuple[int, ...]
    wide: bool
    first: int
    """How many lines stand above the table; they are not divided."""

    def records(self, text: str) -> Iterator[list[str]]:
        """Give the cells of each line; what stands above the table is one cell, a line of strokes an empty record."""
        ends = [*self.cuts[1:], None]
        for number, line in enumerate(text.splitlines()):
            if number < self.first:
                yield [line.strip()]
            elif _RULE.fullmatch(line):
                yield []
            else:
                laid = _laid(line, wide=self.wide)
                # What runs across the columns, a remark below the table for one, is divided by none of them.
                cells = [laid[slice(*each)] for each in zip(self.cuts, ends, strict=True)]
                yield [cell.replace(_ASIDE, "").strip() for cell in cells] if _fits(laid, self.cuts) else [line]


def find_ruled(text: str) -> Ruled | None:
    """Tell how the lines of `text` are ruled in columns; None when nothing shows that they are.

    >>> find_ruled("name      price\\nGreen tea     5\\nRice         12\\nBlack tea     7\\n").cuts
    (0, 10)
    """
    lines = list(islice(text.splitlines(), _LINES))
    if any(len(line) > _LONGEST for line in lines):
        return None
    rule = next((at for at, line in enumerate(lines[: _TITLES + 1]) if at and _RULE.fullmatch(line)), None)
    if rule is not None and len(_STROKES.findall(lines[rule])) > 1 and len(lines) > rule + 1:
        cuts = tuple(0 if not n else m.start() for n, m in enumerate(_STROKES.finditer(lines[rule])))
        below = [line for line in lines[rule + 1 :] if line.strip()]
        for wide in (False, True):
            kept = sum(_fits(_laid(line, wide=wide), cuts) for line in below)
            if kept >= 0.9 * len(below):
                return Ruled(cuts, wide, rule - 1)
    by_character = _by_blanks(lines, wide=False)
    return by_character or (None if text.isascii() else _by_blanks(lines, wide=True))


def _fits(line: str, cuts: Sequence[int]) -> bool:
    return all(cut > len(line) or line[cut - 1 : cut] in (" ", "") for cut in cuts[1:])


def _laid(line: str, *, wide: bool) -> str:
    line = line.expandtabs()
    if not wide or line.isascii():
        return line
    return "".join(one + _ASIDE if unicodedata.east_asian_width(one) in "WF" else one for one in line)


def _by_blanks(lines: Sequence[str], *, wide: bool) -> Ruled | None:
    laid = [(at, _laid(line, wide=wide).rstrip()) for at, line in enumerate(lines)]
    laid = [(at, line) for at, line in laid if line]
    masks = [_mask(line) for _at, line in laid]
    for titles in range(min(_TITLES, max(len(laid) - _FEWEST, 0)) + 1):
        for tail in range(_TAIL + 1):
            end = len(laid) - tail
            if end - titles < _FEWEST:
                break
            cuts = _cuts([line for _at, line in laid[titles:end]], masks[titles:end])
            if cuts:
                return Ruled(cuts, wide, laid[titles][0])
    return None


def _mask(line: str) -> int:
    return int(_FILLED.sub("1", line).replace(" ", "0")[::-1] or "0", 2)


def _cuts(lines: Sequence[str], masks: Sequence[int]) -> tuple[int, ...]:
    header, body = lines[0], lines[1:]
    columns = _joined(_runs(masks), header, body)
    ends = [0, *(end for _begin, end in columns)]
    apart = [begin - end > 1 for (begin, _end), end in zip(columns, ends, strict=False)]
    if len(columns) < 2 or not all(
        _is_column(header, body, *column, apart=alone)
        for column, alone in zip(columns, [all(apart[1:2]), *apart[1:]], strict=True)
    ):
        return ()
    gaps = [after[0] - before[1] for before, after in pairwise(_runs(masks[1:]))]
    # Few lines of prose share a blank by chance; names over all columns, or wide gaps, do not come about so.
    if not all(header[slice(*column)].strip() for column in columns) or (
        len(lines) < 8 and max(gaps, default=0) < 2
    ):
        return ()
    return (0, *(begin for begin, _end in columns[1:]))


def _runs(masks: Sequence[int]) -> list[_Run]:
    """Give the runs of places at which any of the lines has something."""
    together = 0
    for mask in masks:
        together |= mask
    return [(found.start(), found.end()) for found in re.finditer("1+", bin(together)[:1:-1])]


def _joined(runs: Sequence[_Run], header: str, body: Sequence[str]) -> list[_Run]:
    """Join runs of filled places that one blank divides, where it stands within a name or within every cell."""
    columns: list[_Run] = []
    for run in runs:
        if columns and run[0] - columns[-1][1] == 1:
            before = columns[-1]
            named = header[slice(*before)].strip() and header[slice(*run)].strip()
            held = [any(line[slice(*each)].strip() for line in body) for each in (before, run)]
            if not named or not all(held):
                columns[-1] = before[0], run[1]
                continue
        columns.append(run)
    return columns


def _is_column(header: str, body: Sequence[str], begin: int, end: int, *, apart: bool) -> bool:
    cells = [line[begin:end].strip() for line in body]
    filled = [cell for cell in cells if cell]
    delimiters = sum(cell[-1] in ",;|" or cell[0] in ",;|" for cell in filled)
    # Prose leaves no two blanks below each other: what has a name, and stands `apart`, may be empty in most lines.
    usual = len(filled) * 3 >= len(cells) or (apart and bool(header[begin:end].strip()))
    return usual and delimiters * 2 < max(len(filled), 1)
