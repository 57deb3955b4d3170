"""Rows with more or fewer cells than the header: mended where the rest of the sheet shows how, else left aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from salesmetrics.ingest.read.header import kind

_THOUSANDS = re.compile(r"\s*[-(]?[$€£¥￥]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\)?\s*")
_KNOWN_MOST = 500
_NEVER = -100


@dataclass(frozen=True)
class Profile:
    """What regular rows hold: each column's usual kind, its values where they are few, and spaces before cells."""

    kinds: tuple[str, ...]
    known: tuple[frozenset[str], ...]
    spaced: bool


def profile(rows: Sequence[Sequence[str]], width: int) -> Profile:
    """Describe the columns of regular `rows`."""
    kinds, known = [], []
    for index in range(width):
        cells = [row[index].strip() for row in rows if row[index].strip()]
        usual, number = Counter(map(kind, cells)).most_common(1)[0] if cells else ("any", 0)
        kinds.append(usual if number >= 0.95 * len(cells) else "any")
        distinct = frozenset(cells)
        known.append(distinct if len(distinct) <= min(_KNOWN_MOST, len(cells) / 2) else frozenset())
    spaced = sum(cell.startswith(" ") for row in rows for cell in row) * 20 > len(rows) * width
    return Profile(tuple(kinds), tuple(known), spaced)


def mend(rows: Sequence[Sequence[str]], described: Profile, delimiter: str) -> list[list[str] | None]:
    """Give each of `rows` the width of the described sheet, or None where it cannot be told how.

    A row that is too long holds a delimiter that was not quoted: the cells it divided are joined again, where
    only one place leaves every other cell in a column of its kind. A row that is too short is filled at its
    end, where its cells still fit their columns.
    """
    width = len(described.kinds)
    places: list[list[int]] = []
    for row in rows:
        places.append(_places(row, described, delimiter) if len(row) > width else [])
    usual = Counter(options[0] for options in places if len(options) == 1).most_common(1)
    mended: list[list[str] | None] = []
    for row, options in zip(rows, places, strict=True):
        if len(row) <= width:
            mended.append(_filled(row, described))
        elif len(options) == 1:
            mended.append(_joined(row, options[0], width, delimiter))
        else:
            # Where a row alone does not tell, the column in which the other rows were divided does.
            mended.append(
                _joined(row, usual[0][0], width, delimiter) if usual and usual[0][0] in options else None
            )
    return mended


def _joined(row: Sequence[str], at: int, width: int, delimiter: str) -> list[str]:
    surplus = len(row) - width
    return [*row[:at], delimiter.join(row[at : at + surplus + 1]), *row[at + surplus + 1 :]]


def _places(row: Sequence[str], described: Profile, delimiter: str) -> list[int]:
    width = len(described.kinds)
    surplus = len(row) - width
    scores = {}
    for at in range(width):
        cells = _joined(row, at, width, delimiter)
        score = sum(_fit(cells[index], index, described) for index in range(width) if index != at)
        score += _evidence(row[at : at + surplus + 1], cells[at], described)
        if described.kinds[at] in ("number", "date") and not _THOUSANDS.fullmatch(cells[at]):
            score += _NEVER
        scores[at] = score
    best = max(scores.values(), default=0)
    return [at for at, score in scores.items() if score == best and score > 0]


def _evidence(parts: Sequence[str], whole: str, described: Profile) -> int:
    """How strongly the parts look like one cell: text after a comma goes on with a blank, thousands in threes."""
    if _THOUSANDS.fullmatch(whole):
        return 3
    if whole.startswith('"') and whole.endswith('"'):
        return 3 * len(parts)
    if described.spaced:
        return 0
    return sum(4 if part.startswith(" ") else 0 for part in parts[1:])


def _fit(cell: str, index: int, described: Profile) -> int:
    text = cell.strip()
    if not text or text == "NULL":
        return 0
    expected = described.kinds[index]
    if expected in ("number", "date"):
        return 1 if kind(text) == expected else _NEVER
    return 1 if text in described.known[index] else 0


def _filled(row: Sequence[str], described: Profile) -> list[str] | None:
    width = len(described.kinds)
    filled = sum(1 for cell in row if cell.strip())
    if filled < min(2, width):
        return None
    if sum(_fit(cell, index, described) for index, cell in enumerate(row)) < 0:
        return None
    return [*row, *[""] * (width - len(row))]
