"""Which of its measures a metric's value is made of: those that only caution, or tell on how much it rests, are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from salesmetrics.metrics.measure import Aggregate
from salesmetrics.metrics.metric import Cells, Numbers, Outcome, Rows
from salesmetrics.query.resolve import Asked


@dataclass(frozen=True)
class MadeOf:
    """Names of measures: those above the line, and those below it where the value is a quotient."""

    top: tuple[str, ...]
    bottom: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.top, *self.bottom)))


def made_of(one: Asked) -> MadeOf:
    """Find out what a metric's value is made of, by changing one measure at a time and doing its arithmetic again.

    A list of figures cannot be changed so, and counts as part of the value.
    """
    lists = tuple(measure.name for measure in one.measures if measure.aggregate is Aggregate.LIST)
    if lists:
        return MadeOf(lists)
    # Large and all different, so that no threshold for few cases and no accident hides what matters.
    usual = {measure.name: 1000.0 + 37.0 * place for place, measure in enumerate(one.measures)}
    plain = _outcome(one, usual)
    top, bottom = [], []
    for name in usual:
        changed = _outcome(one, {**usual, name: usual[name] * 1.5})
        if _differ(plain.numerator, changed.numerator) or (
            np.isnan(plain.numerator).all() and _differ(plain.value, changed.value)
        ):
            top.append(name)
        if _differ(plain.denominator, changed.denominator):
            bottom.append(name)
    # A standing among others is nothing for one alone: all that is looked at then counts.
    return MadeOf(tuple(top) or tuple(usual), tuple(bottom))


def _outcome(one: Asked, values: Mapping[str, float]) -> Outcome:
    now = {name: np.array([value]) for name, value in values.items()}
    before = {name: np.array([value * 0.8]) for name, value in values.items()}
    row = Rows(np.array([0]), np.array([30.0]), np.array([False]))
    return one.metric.evaluate(Cells(now, one.settings, row, before))


def _differ(first: Numbers, second: Numbers) -> bool:
    return not np.array_equal(first, second, equal_nan=True)
