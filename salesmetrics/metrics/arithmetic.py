"""The arithmetic that metrics share: sums, ratios and statistics with their reasons for being absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from salesmetrics.metrics.metric import Cells, Flags, Numbers, Outcome, Reasons

Part = Callable[[Cells], Numbers]


def reasons(cells: Cells) -> Reasons:
    """Start with no reason for any row."""
    return np.full(cells.size, None, dtype=object)


def nothing(cells: Cells) -> Numbers:
    """Give nulls over the rows."""
    return np.full(cells.size, np.nan)


def kept(values: Numbers, where: Flags) -> Numbers:
    """Keep the values where `where` holds; null elsewhere."""
    return np.where(where, values, np.nan)


def over(top: Numbers, bottom: Numbers) -> Numbers:
    """Divide; null over 0.

    >>> over(np.array([1.0, 3.0]), np.array([0.0, 2.0])).tolist()
    [nan, 1.5]
    """
    return top / kept(bottom, bottom != 0)


def measure(name: str) -> Part:
    """Read one measure."""
    return lambda cells: cells[name]


def total(part: Part | str, details: Mapping[str, Part] | None = None) -> Callable[[Cells], Outcome]:
    """Make a metric that is a sum or count: its value is its numerator."""
    read = measure(part) if isinstance(part, str) else part

    def evaluate(cells: Cells) -> Outcome:
        value = read(cells)
        extra = {name: give(cells) for name, give in (details or {}).items()}
        return Outcome(value, value, nothing(cells), reasons(cells), extra)

    return evaluate


def divide(cells: Cells, top: Numbers, bottom: Numbers, *, positive_base: bool = False) -> Outcome:
    """Divide after aggregation: null `zero_denominator` over 0, and `negative_base` over less where told."""
    outcome = Outcome(over(top, bottom), top, bottom, reasons(cells)).absent(bottom == 0, "zero_denominator")
    return outcome.absent(bottom < 0, "negative_base") if positive_base else outcome


def ratio(
    numerator: Part | str,
    denominator: Part | str,
    *,
    positive_base: bool = False,
    details: Mapping[str, Part] | None = None,
) -> Callable[[Cells], Outcome]:
    """Make a metric that is one sum or count over another."""
    top = measure(numerator) if isinstance(numerator, str) else numerator
    bottom = measure(denominator) if isinstance(denominator, str) else denominator

    def evaluate(cells: Cells) -> Outcome:
        outcome = divide(cells, top(cells), bottom(cells), positive_base=positive_base)
        return replace(outcome, details={name: give(cells) for name, give in (details or {}).items()})

    return evaluate


def at_least(name: str, count: str, minimum: int) -> Part:
    """Read a statistic where enough cases stand behind it."""
    return lambda cells: kept(cells[name], cells[count] >= minimum)
