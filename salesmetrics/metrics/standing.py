"""What is counted of customers as they stand on a day: measures that the lists of customers share."""

from __future__ import annotations

import numpy as np

from salesmetrics.metrics import sales
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Placed
from salesmetrics.metrics.metric import Cells, Flags, Numbers


def on_day(
    name: str,
    how: Aggregate = Aggregate.COUNT,
    value: Expression | None = None,
    where: Expression | None = None,
) -> Measure:
    """Aggregate customers as they stand at the end of the period."""
    return Measure(name, "standing", "snapshot", how, value, where, sales.CUSTOMER, placed=Placed.AT_END)


def named(cells: Cells, counts: dict[str, str]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Name where the one customer of a row stands; None for rows of several. `counts` are measures by name."""
    total = np.sum([cells[measure] for measure in counts.values()], axis=0)
    found = np.full(cells.size, None, dtype=object)
    for name, measure in counts.items():
        found[(total == 1) & (cells[measure] == 1)] = name
    return found


def mean(total: Numbers, count: Numbers) -> Numbers:
    """Give what each of `count` customers has on average: of one alone what it has itself."""
    some: Flags = count > 0
    return np.where(some, total, np.nan) / np.where(some, count, 1)
