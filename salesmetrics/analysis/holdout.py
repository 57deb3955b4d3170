"""What a model of customers would have said of days that it did not see, beside what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salesmetrics.analysis import bg_nbd
from salesmetrics.analysis.bg_nbd import Histories

Numbers = NDArray[np.float64]

LEARNT_FROM = 0.75
"""The share of the history that is learnt from; the rest is foretold."""

NEAR = (0.7, 1.3)
"""Foretold over actual purchases between which a model is taken to be right."""


MOST_REPEATS = 7
"""Customers who had come back so often or more are told together."""


@dataclass(frozen=True)
class Alike:
    """Customers who had come back `repeats` times before (the last group: or more often), and purchases after."""

    repeats: int
    customers: int
    foretold: float
    actual: float


@dataclass(frozen=True)
class Holdout:
    """A test on the last `days`: of `customers` known before, purchases foretold and those that came.

    `by_rate` is what each customer's own rate so far, carried on, would have given. `error` and `error_by_rate` are
    by how many purchases a customer was off on average. `groups` tell the same of customers who had bought alike.
    """

    days: int
    customers: int
    foretold: float
    actual: float
    by_rate: float
    error: float
    error_by_rate: float
    groups: tuple[Alike, ...]

    @property
    def ratio(self) -> float:
        """What was foretold over what came; NaN where nothing came."""
        return self.foretold / self.actual if self.actual else float("nan")

    @property
    def near(self) -> bool:
        """Tell whether as many purchases came as were foretold, give or take 30 %."""
        return NEAR[0] <= self.ratio <= NEAR[1]

    @property
    def beaten(self) -> bool:
        """Tell whether carrying on each customer's rate did better both over all and customer by customer."""
        over_all = abs(self.by_rate - self.actual) < abs(self.foretold - self.actual)
        return over_all and self.error_by_rate < self.error


def check(before: Histories, came: Numbers, days: int) -> Holdout | None:
    """Learn from `before`, one customer a row, and set it against what `came` in the `days` after.

    None where nothing can be learnt.
    """
    model = bg_nbd.fit(before)
    if model is None:
        return None
    foretold = model.expected(before.repeats, before.last, before.age, days)
    by_rate = np.where(before.age > 0, before.repeats / np.maximum(before.age, 1.0) * days, 0.0)
    return Holdout(
        days=days,
        customers=len(came),
        foretold=float(foretold.sum()),
        actual=float(came.sum()),
        by_rate=float(by_rate.sum()),
        error=float(np.abs(foretold - came).mean()),
        error_by_rate=float(np.abs(by_rate - came).mean()),
        groups=_groups(before.repeats, foretold, came),
    )


def _groups(repeats: Numbers, foretold: Numbers, came: Numbers) -> tuple[Alike, ...]:
    often = np.minimum(repeats, MOST_REPEATS).astype(int)
    sums = [np.bincount(often, each) for each in (np.ones(len(often)), foretold, came)]
    return tuple(
        Alike(repeats, int(customers), float(told), float(actual))
        for repeats, (customers, told, actual) in enumerate(zip(*sums, strict=True))
        if customers
    )
