"""What is counted of customers as they stand on a day: measures that the lists of customers share."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import kept, over
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Placed
from salesmetrics.metrics.metric import Cells, Numbers, Reasons


def on_day(
    name: str,
    how: Aggregate = Aggregate.COUNT,
    value: Expression | None = None,
    where: Expression | None = None,
) -> Measure:
    """Aggregate customers as they stand at the end of the period."""
    return Measure(name, "standing", "snapshot", how, value, where, sales.CUSTOMER, placed=Placed.AT_END)


def named(cells: Cells, customers: str, counts: Mapping[str, str]) -> Reasons:
    """Name where the customer of a row stands, where it is of one alone; None elsewhere.

    `customers` is the measure that counts those of the row, `counts` are those that count them by where they stand.
    """
    found = np.full(cells.size, None, dtype=object)
    for name, measure in counts.items():
        found[(cells[customers] == 1) & (cells[measure] == 1)] = name
    return found


def mean(total: Numbers, count: Numbers) -> Numbers:
    """Give what each of `count` customers has on average, of one alone what it has itself; null of none."""
    return over(kept(total, count > 0), count)
