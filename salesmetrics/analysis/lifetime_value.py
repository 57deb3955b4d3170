"""What customers are worth from now on: purchases to expect month by month, discounted, times what one is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salesmetrics.analysis.bg_nbd import BuyingModel, Histories

Numbers = NDArray[np.float64]

MONTH_DAYS = 365.25 / 12

USUAL_HORIZON = 12
"""Months ahead that are looked at unless another number is asked for."""

YEARLY_DISCOUNT = 0.10
"""What money of a year ahead is worth less than money of today."""

FEWEST_CUSTOMERS, FEWEST_BACK = 100, 50
"""Customers, and those of them who came back, below whom nothing is told."""

GAPS_SEEN = 3
"""Usual gaps between purchases that the history must be as long as."""

MOST_TIED = 0.3
"""Correlation between how often customers buy and for how much from which the value of frequent buyers is off."""


@dataclass(frozen=True)
class Enough:
    """What there is to learn from: customers, those who came back, days of history, and the usual gap in days."""

    customers: int
    came_back: int
    history_days: int
    usual_gap: float

    @property
    def lacks(self) -> str | None:
        """Say what there is too little of: `customers`, `came_back` or `history`; None where there is enough.

        >>> Enough(5000, 49, 700, 40.0).lacks, Enough(5000, 900, 700, 40.0).lacks
        ('came_back', None)
        """
        if self.customers < FEWEST_CUSTOMERS:
            return "customers"
        if self.came_back < FEWEST_BACK:
            return "came_back"
        return "history" if not self.history_days >= GAPS_SEEN * self.usual_gap else None


def monthly_discount(yearly: float = YEARLY_DISCOUNT) -> float:
    """Give the discount of a month that comes to `yearly` in twelve.

    >>> round(monthly_discount(0.10), 6)
    0.007974
    """
    return float((1.0 + yearly) ** (1 / 12) - 1.0)


def discounted(by_month: Numbers, yearly: float = YEARLY_DISCOUNT) -> Numbers:
    """Give today's worth of what comes by the end of each month: `by_month` adds up over its last axis.

    >>> discounted(np.array([[1.0, 1.0], [0.0, 1.0]]), 0.10).round(4).tolist()
    [0.9921, 0.9842]
    """
    months = np.arange(1, by_month.shape[-1] + 1)
    within = np.diff(by_month, axis=-1, prepend=0.0)
    found: Numbers = within @ (1.0 + monthly_discount(yearly)) ** -months.astype(np.float64)
    return found


@dataclass(frozen=True, eq=False)
class Ahead:
    """What to expect of customers, one of each in a row: purchases in all, and those purchases at today's worth."""

    purchases: Numbers
    discounted: Numbers


def ahead(model: BuyingModel, histories: Histories, months: int, yearly: float = YEARLY_DISCOUNT) -> Ahead:
    """Tell what to expect of customers over `months`; times of the model and the histories are days."""
    ends = MONTH_DAYS * np.arange(1, months + 1)
    by_month = np.stack(
        [model.expected(histories.repeats, histories.last, histories.age, end) for end in ends], axis=-1
    )
    return Ahead(by_month[:, -1], discounted(by_month, yearly))


def ahead_of_new(model: BuyingModel, months: int, yearly: float = YEARLY_DISCOUNT) -> float:
    """Give the repeat purchases to expect of a customer won now over `months`, at today's worth."""
    by_month = model.expected_of_new(MONTH_DAYS * np.arange(1, months + 1))
    return float(discounted(by_month, yearly))


def tie(repeats: Numbers, worth: Numbers) -> float:
    """Give the correlation between how often customers came back and what a purchase was worth; NaN where neither varies.

    The two models take it to be 0.
    """
    if len(repeats) < 2 or np.ptp(repeats) == 0 or np.ptp(worth) == 0:
        return float("nan")
    return float(np.corrcoef(repeats, worth)[0, 1])
