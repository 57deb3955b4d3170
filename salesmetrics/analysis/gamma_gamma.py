"""What one purchase of a customer is worth, from what its purchases were worth so far (gamma-gamma).

Source: Fader and Hardie, "The Gamma-Gamma Model of Monetary Value" (2013), whose symbols p, q, v are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import OptimizeResult, minimize
from scipy.special import digamma, gammaln

Numbers = NDArray[np.float64]

STARTS = ((1.0, 2.0, 1.0), (6.0, 4.0, 0.5), (20.0, 20.0, 1.0))
"""p, q and v, of values whose mean is 1, from which the best fit is sought."""

MOST_TRIED = 10_000
"""Customers from whom the best start is told."""

LEAST, MOST = np.log(1e-3), np.log(1e5)

_OPTIONS = {"maxiter": 500, "ftol": 1e-13}


@dataclass(frozen=True)
class SpendingModel:
    """A fitted model: one purchase is worth Gamma(`p`, nu), and nu is Gamma(`q`, `v`) over customers."""

    p: float
    q: float
    v: float
    log_likelihood: float = float("nan")

    @property
    def mean(self) -> float:
        """What a purchase of any customer is worth on average, of one unknown the best guess; needs q above 1.

        >>> round(SpendingModel(6.25, 3.74, 15.44).mean, 2)
        35.22
        """
        return self.p * self.v / (self.q - 1)

    def expected(self, repeats: ArrayLike, worth: ArrayLike) -> Numbers:
        """Give what a purchase is worth of customers whose `repeats` were worth `worth` on average.

        Few purchases are drawn towards the mean of all; of none it is that mean, whatever stands in `worth`.

        >>> SpendingModel(6.25, 3.74, 15.44).expected([2, 0], [25, float("nan")]).round(2).tolist()
        [26.84, 35.22]
        """
        x, seen = np.asarray(repeats, dtype=np.float64), np.asarray(worth, dtype=np.float64)
        total = np.where(x > 0, x * seen, 0.0)
        found: Numbers = self.p * (self.v + total) / (self.p * x + self.q - 1)
        return found


def log_likelihood(repeats: ArrayLike, worth: ArrayLike, model: SpendingModel) -> float:
    """Give how well a model explains the mean values of customers' repeat purchases, in the unit of the values."""
    x, seen = np.asarray(repeats, dtype=np.float64), np.asarray(worth, dtype=np.float64)
    return -_negative(np.log([model.p, model.q, model.v]), x, seen)[0] * len(x)


def fit(repeats: ArrayLike, worth: ArrayLike) -> SpendingModel | None:
    """Find the parameters under which the mean values of repeat purchases are likeliest.

    `repeats` and `worth` are of customers with repeats whose mean is above 0. None where nobody is given, or where
    the best has q at 1 or below: then a purchase has no finite mean.
    """
    x, seen = np.asarray(repeats, dtype=np.float64), np.asarray(worth, dtype=np.float64)
    if not len(x):
        return None
    unit = float(x @ seen / x.sum())
    seen = seen / unit
    # Of a great many the best start is as well told by some, and saves most of the time.
    some = slice(None, None, -(-len(x) // MOST_TRIED))
    tried = [_likeliest(x[some], seen[some], np.log(start)) for start in STARTS]
    best = min(tried, key=lambda one: float(one.fun))
    if len(x) > MOST_TRIED:
        best = _likeliest(x, seen, best.x)
    p, q, v = np.exp(best.x)
    if not np.isfinite(best.fun) or q <= 1:
        return None
    return SpendingModel(float(p), float(q), float(v * unit), float(-best.fun - np.log(unit)) * len(x))


def _likeliest(x: Numbers, seen: Numbers, start: Numbers) -> OptimizeResult:
    return minimize(
        _negative, start, (x, seen), jac=True, method="SLSQP", bounds=[(LEAST, MOST)] * 3, options=_OPTIONS
    )


def _negative(logs: Numbers, x: Numbers, seen: Numbers) -> tuple[float, Numbers]:
    """Give the negative log-likelihood a customer and its slope, over the logs of p, q and v."""
    p, q, v = np.exp(logs)
    total = np.log(x * seen + v)
    value = (
        gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(v) + (p * x - 1) * np.log(seen)
        + p * x * np.log(x) - (p * x + q) * total
    )  # fmt: skip
    both = digamma(p * x + q)
    slope = np.array(
        [
            np.sum(x * (both - digamma(p * x) + np.log(x * seen) - total)),
            np.sum(both - digamma(q) + np.log(v) - total),
            np.sum(q / v - (p * x + q) / (x * seen + v)),
        ]
    )
    return -float(value.sum()) / len(x), -slope * np.exp(logs) / len(x)
