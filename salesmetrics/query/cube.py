"""What the scans of a request gave, found by period and group."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salesmetrics.model import tenure
from salesmetrics.model.calendar import Period
from salesmetrics.query.placing import Lot, Scan

Group = tuple[str, ...]
"""A value of each dimension that a request is cut by."""


@dataclass(frozen=True)
class Found:
    """What one scan gave: `columns` by measure, and in which row of them each period and group stands."""

    columns: Mapping[str, NDArray[Any]]
    places: Mapping[Period, Mapping[Group, int]]

    def at(self, periods: Sequence[Period], groups: Sequence[Group]) -> NDArray[np.intp]:
        """Tell where each period with each group stands, period by period; -1 where nowhere."""
        nowhere: Mapping[Group, int] = {}
        rows = (self.places.get(period, nowhere) for period in periods)
        return np.array([row.get(group, -1) for row in rows for group in groups], dtype=np.intp)


@dataclass
class Cube:
    """The answers to the statements of a request, put together scan by scan when they are first read."""

    _parts: dict[Scan, list[tuple[Lot, Mapping[str, NDArray[Any]]]]] = field(default_factory=dict)
    _found: dict[Scan, Found] = field(default_factory=dict)

    def add(self, scan: Scan, lot: Lot, columns: Mapping[str, NDArray[Any]]) -> None:
        """Take in the answer to one statement."""
        self._parts.setdefault(scan, []).append((lot, columns))

    def cells(self, scan: Scan) -> Found:
        """Give the cells of a scan; a row of the engine's answers once for each period that it stands for."""
        if scan not in self._found:
            self._found[scan] = _put_together(scan, self._parts[scan])
        return self._found[scan]

    def groups(self, asked: Mapping[Scan, Collection[Period]], by: tuple[str, ...]) -> list[Group]:
        """Give the groups that have a row in any of the periods asked of the scans, in reading order."""
        if not by:
            return [()]
        found: set[Group] = set()
        for scan, periods in asked.items():
            places = self.cells(scan).places
            found.update(*(places.get(period, ()) for period in periods))
        order = {band: place for place, band in enumerate(tenure.ORDER)}
        return sorted(found, key=lambda group: tuple((order.get(str(value), 99), str(value)) for value in group))


def _put_together(scan: Scan, parts: Sequence[tuple[Lot, Mapping[str, NDArray[Any]]]]) -> Found:
    places: dict[Period, dict[Group, int]] = {}
    row = 0
    for lot, columns in parts:
        meant: dict[date, list[Period]] = {}
        for day, period in lot.keys:
            meant.setdefault(day, []).append(period)
        days = columns["key"].astype("datetime64[D]").tolist()
        groups = (
            zip(*(columns[f"by_{name}"].tolist() for name in scan.by), strict=True)
            if scan.by
            else [()] * len(days)
        )
        for day, group in zip(days, groups, strict=True):
            # A trend scans whole stretches of time: buckets in between were not asked for.
            for period in meant.get(day, ()):
                places.setdefault(period, {})[group] = row
            row += 1
    names = parts[0][1]
    joined = {name: np.concatenate([columns[name] for _lot, columns in parts]) for name in names}
    return Found(joined, places)
