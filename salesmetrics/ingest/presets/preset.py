"""An export that is known by its headers: which system made it, what it holds, and what its headers mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from salesmetrics.ingest.fold import fold


@dataclass(frozen=True)
class Preset:
    """A usual export of one system.

    `known_by` are groups of headers: a sheet that has all of one group is such an export. `columns` gives for a
    canonical column the headers that hold it, the best first: the next is read where the one before has no
    values. Headers in `unread` mean something else than they seem to. Any other header is read as everywhere.
    """

    origin: str
    holds: str
    kind: str
    known_by: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[str, ...]]
    unread: tuple[str, ...] = ()

    def named_by(self, header: Collection[str]) -> int:
        """Count how many of `header` (folded) this export is known to have; 0 where it is not this export."""
        if not any(all(fold(name) in header for name in group) for group in self.known_by):
            return 0
        own = {fold(name) for names in self.columns.values() for name in names}
        own |= {fold(name) for name in self.unread} | {fold(name) for group in self.known_by for name in group}
        return len(own.intersection(header))

    def places(self, header: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
        """Give for each canonical column where in `header` it may stand, the best place first."""
        where = {fold(name): index for index, name in reversed(list(enumerate(header)))}
        return {
            column: found
            for column, names in self.columns.items()
            if (found := tuple(where[fold(name)] for name in names if fold(name) in where))
        }

    def left_unread(self, header: Sequence[str]) -> frozenset[int]:
        """Tell which places of `header` are not to be read."""
        unread = {fold(name) for name in self.unread}
        return frozenset(index for index, name in enumerate(header) if fold(name) in unread)


def best_of(presets: Sequence[Preset], header: Sequence[str]) -> Preset | None:
    """Give the export among `presets` that knows most of `header`, None where it is none of them."""
    folded = {fold(name) for name in header}
    named = [(preset.named_by(folded), preset) for preset in presets]
    most = max((number for number, _preset in named), default=0)
    return next((preset for number, preset in named if number == most), None) if most else None
