"""Header rows written as text with what each header means, and how well what was recognised agrees with them.

`Order ID>order_id | Ship Mode`: the first header is read as order_id, the second as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from salesmetrics.ingest.recognise import recognise


@dataclass(frozen=True)
class HeaderList:
    """The headers of one sheet, what kind of sheet it is, and the column that each header means."""

    kind: str
    headers: tuple[str, ...]
    columns: frozenset[tuple[str, str]]


def header_list(kind: str, text: str) -> HeaderList:
    """Read headers and their meaning from `text`."""
    pairs = [each.strip().rpartition(">") for each in text.split("|")]
    named = [(left.strip(), right.strip()) if sign else (right.strip(), "") for left, sign, right in pairs]
    return HeaderList(kind, tuple(left for left, _ in named), frozenset(pair for pair in named if pair[1]))


@dataclass(frozen=True)
class Agreement:
    """Of columns recognised and expected: how many in all, how many alike; and which lists are of another kind."""

    recognised: int
    expected: int
    alike: int
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.alike / self.recognised

    @property
    def recall(self) -> float:
        return self.alike / self.expected


def agreement(lists: Iterable[tuple[str, HeaderList]]) -> Agreement:
    """Compare what is recognised with what is expected, over all lists."""
    recognised = expected = alike = 0
    wrong = []
    for name, known in lists:
        found = recognise(known.headers)
        columns = {(match.header, match.column.name) for match in found.matches} if found.kind else set()
        recognised, expected = recognised + len(columns), expected + len(known.columns)
        alike += len(columns & known.columns)
        if found.kind is None or found.kind.name != known.kind:
            wrong.append(f"{name}: {found.kind.name if found.kind else 'unknown'}, not {known.kind}")
        for header, column in sorted(columns ^ known.columns):
            wrong.append(f"{name}: {header} {'is read as' if (header, column) in columns else 'is not'} {column}")
    return Agreement(recognised, expected, alike, tuple(wrong))
