"""Which metrics the files at hand allow, what the others lack, and what alone would unlock most of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from salesmetrics.metrics.measure import alternatives
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.availability import inputs_of


@dataclass(frozen=True)
class Unlock:
    """A file that is not there, or columns that a file lacks, and the metrics that these alone would unlock.

    `columns` are canonical (`table.column`), those that most of the metrics need first.
    """

    table: str
    columns: tuple[str, ...]
    is_file: bool
    metrics: tuple[str, ...]

    @property
    def is_one(self) -> bool:
        """Whether it is one thing to add: a file, or a single column."""
        return self.is_file or len(self.columns) == 1


@dataclass(frozen=True)
class Readiness:
    """What the files allow: ids that can be computed, and for each other id the columns it lacks.

    `unlocks` come with the one first that unlocks most. A metric that lacks columns of several tables is in none.
    """

    available: tuple[str, ...]
    lacking: Mapping[str, tuple[str, ...]]
    unlocks: tuple[Unlock, ...]

    @property
    def of(self) -> int:
        """How many metrics there are in all."""
        return len(self.available) + len(self.lacking)

    @property
    def first(self) -> Unlock | None:
        """The one file or column that unlocks most; None where no single one unlocks anything."""
        return next((unlock for unlock in self.unlocks if unlock.is_one), None)

    @property
    def several(self) -> tuple[str, ...]:
        """The ids that need more than one file or set of columns."""
        alone = {metric for unlock in self.unlocks for metric in unlock.metrics}
        return tuple(metric for metric in self.lacking if metric not in alone)


def readiness(data: Dataset) -> Readiness:
    """Work out what the files allow, under the default parameters of each metric."""
    lacking = {
        metric: tuple(name for name in names if not any(data.has(*one.split(".")) for one in alternatives(name)))
        for metric, names in inputs_of().items()
    }
    waiting = {metric: names for metric, names in lacking.items() if names}
    return Readiness(
        tuple(metric for metric, names in lacking.items() if not names),
        {metric: tuple(alternatives(name)[0] for name in names) for metric, names in waiting.items()},
        _unlocks(data, waiting),
    )


def _unlocks(data: Dataset, waiting: Mapping[str, tuple[str, ...]]) -> tuple[Unlock, ...]:
    """Give every file or set of columns that alone unlocks something, what unlocks most first."""
    by_table: dict[str, dict[str, frozenset[str]]] = {}
    for metric, names in waiting.items():
        # Where one of several columns will do, each is a way of its own; the usual one is told first.
        for columns in map(frozenset, product(*map(alternatives, names))):
            tables = {column.partition(".")[0] for column in columns}
            if len(tables) == 1:
                by_table.setdefault(tables.pop(), {}).setdefault(metric, columns)
    found = []
    for table, metrics in by_table.items():
        if data.has(table):
            for added in dict.fromkeys(metrics.values()):
                found.append(
                    _unlock(table, {one: lacks for one, lacks in metrics.items() if lacks <= added}, False)
                )
        else:
            # Whoever brings the file can bring all its columns at once.
            found.append(_unlock(table, metrics, True))
    # Of what unlocks as many, the fewer columns to find the better.
    return tuple(sorted(found, key=lambda unlock: (-len(unlock.metrics), len(unlock.columns))))


def _unlock(table: str, metrics: Mapping[str, frozenset[str]], is_file: bool) -> Unlock:
    asked = Counter(column for columns in metrics.values() for column in sorted(columns))
    return Unlock(table, tuple(column for column, _times in asked.most_common()), is_file, tuple(metrics))
