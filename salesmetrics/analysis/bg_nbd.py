"""How often customers will buy and whether they still do, from how often and how lately they bought (BG/NBD).

Each customer buys at a rate of its own and after any purchase may leave for good. Source: Fader, Hardie and Lee,
"Counting Your Customers the Easy Way" (Marketing Science 24, 2005), whose symbols r, alpha, a, b are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import OptimizeResult, minimize
from scipy.special import digamma, expit, gammaln, hyp2f1

Numbers = NDArray[np.float64]

SCALE = 10.0
"""Time units that the longest history is stretched or shrunk to while fitting, so that no parameter is extreme."""

STARTS = ((1.0, 10.0, 1.0, 2.0), (0.3, 3.0, 0.5, 3.0), (3.0, 10.0, 0.2, 5.0))
"""r, alpha, a and b in that time from which the best fit is sought."""

MOST_TRIED = 10_000
"""Rows from which the best start is told."""

LEAST, MOST, SLOWEST = 1e-4, 200.0, 1e5
"""Bounds of parameters, `SLOWEST` that of alpha: beyond them customers are as good as all alike, or none leaves."""

_NEAR_ONE = 1e-6
"""How far a parameter is moved off a value at which a formula divides nothing by nothing."""


@dataclass(frozen=True, eq=False)
class Histories:
    """How customers bought by a day: columns of one length, all times in one unit.

    `repeats` are days on which they bought after the first (x), `last` the time from the first purchase to the last
    (t_x, 0 without repeats), `age` the time from the first purchase to the day (T), `customers` how many are alike.
    """

    repeats: Numbers
    last: Numbers
    age: Numbers
    customers: Numbers

    @classmethod
    def of(
        cls, repeats: ArrayLike, last: ArrayLike, age: ArrayLike, customers: ArrayLike | None = None
    ) -> Histories:
        """Bring together the histories of customers; each counts once unless `customers` says how often."""
        x, t_x, ages = (np.asarray(column, dtype=np.float64) for column in (repeats, last, age))
        return cls(x, t_x, ages, np.ones(len(x)) if customers is None else np.asarray(customers, dtype=np.float64))

    def collapsed(self) -> Histories:
        """Give the same customers with those who are alike in one row.

        >>> Histories.of([0, 2, 0], [0, 5, 0], [9, 9, 9]).collapsed().customers.tolist()
        [2.0, 1.0]
        """
        order = np.lexsort((self.age, self.last, self.repeats))
        rows = np.stack((self.repeats, self.last, self.age))[:, order]
        starts = np.flatnonzero(np.r_[len(order) > 0, np.any(rows[:, 1:] != rows[:, :-1], axis=0)])
        x, t_x, age = rows[:, starts]
        return Histories(x, t_x, age, np.add.reduceat(self.customers[order], starts))

    def every(self, step: int) -> Histories:
        """Give every so-manieth row: of rows in order a sample of all kinds of customers."""
        return Histories(*(column[::step] for column in (self.repeats, self.last, self.age, self.customers)))

    def per(self, unit: float) -> Histories:
        """Give the same histories in a unit of `unit` times the length."""
        return Histories(self.repeats, self.last / unit, self.age / unit, self.customers)


@dataclass(frozen=True)
class BuyingModel:
    """A fitted model: purchase rates are Gamma(`r`, `alpha`) over customers, chances to leave Beta(`a`, `b`).

    `alpha` is in the unit of time of the histories it was fitted on, and every time given to it must be too.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float = float("nan")

    def expected_of_new(self, time: ArrayLike) -> Numbers:
        """Give the repeat purchases to expect of a new customer within `time` after its first purchase.

        >>> published = BuyingModel(0.243, 4.414, 0.793, 2.426)
        >>> float(published.expected_of_new(52).round(3))
        1.446
        """
        times = np.asarray(time, dtype=np.float64)
        zeros = np.zeros_like(times)
        return self._while_active(zeros, zeros, times)

    def active(self, repeats: ArrayLike, last: ArrayLike, age: ArrayLike) -> Numbers:
        """Give the chance that a customer still buys; exactly 1 without repeats, since only buyers can leave."""
        x, t_x, ages = (np.asarray(column, dtype=np.float64) for column in (repeats, last, age))
        came_back = x > 0
        gone = np.log(self.a) - np.log(np.where(came_back, self.b + x - 1, 1.0))
        gone = gone + (self.r + x) * (np.log(self.alpha + ages) - np.log(self.alpha + t_x))
        found: Numbers = np.where(came_back, expit(-gone), 1.0)
        return found

    def expected(self, repeats: ArrayLike, last: ArrayLike, age: ArrayLike, time: ArrayLike) -> Numbers:
        """Give the purchases to expect of customers in the next `time`, whether or not they still buy.

        >>> published = BuyingModel(0.243, 4.414, 0.793, 2.426)
        >>> published.expected([2, 26, 0], [30.43, 30.86, 0], [38.86, 31, 38.86], [39, 52, 39]).round(3).tolist()
        [1.226, 25.758, 0.195]
        """
        x, ages, ahead = (np.asarray(column, dtype=np.float64) for column in (repeats, age, time))
        return self._while_active(x, ages, ahead) * self.active(repeats, last, age)

    def _while_active(self, x: Numbers, age: Numbers, time: Numbers) -> Numbers:
        """Give the purchases to expect in the next `time` of customers who still buy.

        The published (1 - z)^(r + x) 2F1(r + x, b + x; c; z), c = a + b + x - 1, overflows for frequent buyers. Its
        Euler transform (1 - z)^(a - 1) 2F1(a + b - 1 - r, a - 1; c; z) does not; where that one cannot be had, as of
        newcomers of whom much time lies ahead, the published one can.
        """
        # At a = 1 nothing would be divided by nothing; beside it the value is the same to six digits.
        a = 1.0 + _NEAR_ONE if abs(self.a - 1.0) < _NEAR_ONE else self.a
        c = a + self.b + x - 1.0
        c = np.where(np.abs(c) < _NEAR_ONE, _NEAR_ONE, c)
        z = time / (self.alpha + age + time)
        rest = np.log1p(-z)
        not_yet = np.exp((a - 1.0) * rest) * hyp2f1(c - x - self.r, a - 1.0, c, z)
        odd = ~np.isfinite(not_yet)
        if np.any(odd):
            published = np.exp((self.r + x) * rest) * hyp2f1(self.r + x, self.b + x, c, z)
            not_yet = np.where(odd, published, not_yet)
        found: Numbers = np.maximum(c / (a - 1.0) * (1.0 - not_yet), 0.0)
        return found


def log_likelihood(histories: Histories, model: BuyingModel) -> float:
    """Give how well a model explains histories: the log of their likelihood, which depends on the unit of time."""
    a_customer, _slope = _Likelihood(histories)(np.log([model.r, model.alpha, model.a, model.b]))
    return -a_customer * float(histories.customers.sum())


def fit(histories: Histories) -> BuyingModel | None:
    """Find the parameters under which histories are likeliest; None where there is nobody or no best is found."""
    longest = float(histories.age.max(initial=0.0))
    if longest <= 0 or not np.any(histories.repeats > 0):
        return None
    unit = longest / SCALE
    rows = histories.per(unit).collapsed()
    # Of a great many the best start is as well told by some, and saves most of the time.
    some = rows.every(-(-len(rows.repeats) // MOST_TRIED))
    tried = [_likeliest(some, np.log(start)) for start in STARTS]
    best = min(tried, key=lambda one: float(one.fun))
    if len(some.repeats) < len(rows.repeats):
        best = _likeliest(rows, best.x)
    if not np.isfinite(best.fun):
        return None
    r, alpha, a, b = np.exp(best.x)
    # Each repeat purchase counts with its density in time, which is per unit.
    likeliest = -float(best.fun) * histories.customers.sum() - histories.customers @ histories.repeats * np.log(
        unit
    )
    return BuyingModel(float(r), float(alpha * unit), float(a), float(b), float(likeliest))


def _likeliest(histories: Histories, start: Numbers) -> OptimizeResult:
    return minimize(_Likelihood(histories), start, jac=True, method="SLSQP", bounds=_BOUNDS, options=_OPTIONS)


_BOUNDS = np.log([(LEAST, MOST), (LEAST, SLOWEST), (LEAST, MOST), (LEAST, MOST)])
_OPTIONS = {"maxiter": 500, "ftol": 1e-13}


@dataclass(frozen=True, eq=False)
class _Likelihood:
    """The negative log-likelihood a customer of histories and its slope, over the logs of r, alpha, a and b.

    It is told per customer, so that how closely the best is found does not hang on how many there are.
    """

    histories: Histories

    @cached_property
    def _by_repeats(self) -> tuple[Numbers, NDArray[np.intp], Numbers]:
        """The different numbers of repeats, which of them each row has, and customers of each: gammas are dear."""
        counts, places = np.unique(self.histories.repeats, return_inverse=True)
        many: Numbers = np.bincount(places, self.histories.customers).astype(np.float64)
        return counts, places, many

    @cached_property
    def _came_back(self) -> NDArray[np.bool_]:
        return self.histories.repeats > 0

    def __call__(self, logs: Numbers) -> tuple[float, Numbers]:
        r, alpha, a, b = np.exp(logs)
        x, t_x, age, weight = (
            self.histories.repeats, self.histories.last, self.histories.age, self.histories.customers
        )  # fmt: skip
        counts, places, many = self._by_repeats
        everybody = many.sum()
        until_now, until_last = np.log(alpha + age), np.log(alpha + t_x)
        stays = -(r + x) * until_now
        leaves = np.where(
            self._came_back,
            (np.log(a) - np.log(np.maximum(b + counts - 1, b)))[places] - (r + x) * until_last,
            -np.inf,
        )
        either = np.logaddexp(stays, leaves)
        gone = np.exp(leaves - either)
        of_counts = (
            gammaln(r + counts) - gammaln(r) + r * np.log(alpha)
            + gammaln(a + b) + gammaln(b + counts) - gammaln(b) - gammaln(a + b + counts)
        )  # fmt: skip
        value = many @ of_counts + weight @ either
        left = np.bincount(places, weight * gone)
        waited = weight @ ((1 - gone) * until_now + gone * until_last)
        both = digamma(a + b) - digamma(a + b + counts)
        slope = np.array(
            [
                many @ (digamma(r + counts) - digamma(r)) + everybody * np.log(alpha) - waited,
                everybody * r / alpha - weight @ ((r + x) * ((1 - gone) / (alpha + age) + gone / (alpha + t_x))),
                many @ both + left.sum() / a,
                many @ (both + digamma(b + counts) - digamma(b)) - left @ (1 / np.maximum(b + counts - 1, b)),
            ]
        )
        return -float(value) / everybody, -slope * np.exp(logs) / everybody
