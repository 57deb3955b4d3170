"""The arithmetic that metrics share: sums, ratios and statistics with their reasons for being absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from salesmetrics.metrics.metric import Cells, Outcome, Series

Part = Callable[[Cells], Series]

LOW_COVERAGE, FULL_COVERAGE = 0.5, 0.95
"""Share of the data below which a number that rests on it is not given, and below which that share is told."""


def reasons(cells: Cells) -> Series:
    """Start with no reason for any row."""
    return pd.Series(None, index=cells.index, dtype=object)


def nothing(cells: Cells) -> Series:
    """Give a series of nulls over the rows."""
    return pd.Series(np.nan, index=cells.index, dtype=float)


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


def divide(cells: Cells, top: Series, bottom: Series, *, positive_base: bool = False) -> Outcome:
    """Divide after aggregation: null `zero_denominator` over 0, and `negative_base` over less where told."""
    why = reasons(cells)
    why[bottom == 0] = "zero_denominator"
    if positive_base:
        why[bottom < 0] = "negative_base"
    return Outcome((top / bottom.where(bottom != 0)).where(why.isna()), top, bottom, why)


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
        extra = {name: give(cells) for name, give in (details or {}).items()}
        return Outcome(outcome.value, outcome.numerator, outcome.denominator, outcome.reason, extra)

    return evaluate


def at_least(name: str, count: str, minimum: int) -> Part:
    """Read a statistic where enough cases stand behind it."""
    return lambda cells: cells[name].where(cells[count] >= minimum)
