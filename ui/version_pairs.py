"""What is known of two versions of a workspace side by side: worked out once, gone when either of them goes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import timedelta
from typing import Any, TypeVar

from salesmetrics.model.calendar import Period
from salesmetrics.query.deal_moves import DealMoves, deal_moves, expected_closes, moved_deals
from salesmetrics.workspace import TableChanges, Version, changes
from ui import storage
from ui.memory import Memory

T = TypeVar("T")

MOST_LISTED = 500
"""Deals behind a bar that are listed at most, the largest first."""

_known: Memory[Any] = Memory(256)
_pairs: set[tuple[str, str]] = set()


def _get(older: Version, newer: Version, what: Hashable, make: Callable[[], T]) -> T:
    pair = (older.content, newer.content)
    _pairs.add(pair)
    found: T = _known.get(" ".join(pair), what, make)
    return found


def changes_of(older: Version, newer: Version) -> tuple[TableChanges, ...]:
    """Give what differs between two versions, by table; raises WorkspaceError where one is gone."""
    return _get(older, newer, "changes", lambda: changes(storage.dataset(older), storage.dataset(newer)))


def moves_of(older: Version, newer: Version, period: Period | None) -> DealMoves | None:
    """Give what became of open deals; see `deal_moves`."""

    def moved() -> DealMoves | None:
        return deal_moves(storage.dataset(older), storage.dataset(newer), period)

    return _get(older, newer, ("moves", period), moved)


def deals_of(older: Version, newer: Version, move: str, period: Period | None) -> dict[str, list[Any]]:
    """Give the deals behind a bar, `MOST_LISTED` at most; see `moved_deals`."""

    def listed() -> dict[str, list[Any]]:
        return moved_deals(storage.dataset(older), storage.dataset(newer), move, period, MOST_LISTED)

    return _get(older, newer, ("deals", move, period), listed)


def closes_of(older: Version, newer: Version) -> Period | None:
    """Give the days from the first to the last expected close of open deals; None where none has any."""

    def reach() -> Period | None:
        found = expected_closes(storage.dataset(older), storage.dataset(newer))
        return Period(found[0], found[1] + timedelta(days=1)) if found else None

    return _get(older, newer, "closes", reach)


def forget(content: str) -> None:
    """Let nothing stay in memory of pairs that have this version."""
    for pair in [pair for pair in _pairs if content in pair]:
        _pairs.discard(pair)
        _known.forget(" ".join(pair))
