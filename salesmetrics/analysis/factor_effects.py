"""How much of a change each factor of a product brought: exact shares that sum to the change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import factorial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

Method = Literal["lmdi", "shapley"]

MOST_FACTORS = 6
"""Shapley values look at every subset of the factors: 64 of six."""


def logarithmic_mean(after: Numbers, before: Numbers) -> Numbers:
    """Give L(a, b) = (a - b) / ln(a / b), which is a where both are the same; both above 0.

    >>> logarithmic_mean(np.array([2400.0, 5.0]), np.array([2000.0, 5.0])).round(1).tolist()
    [2193.9, 5.0]
    """
    apart = np.log(after / before)
    # Near 0 the quotient of two vanishing numbers loses its digits; expm1 keeps them.
    safe = np.where(apart == 0, 1.0, apart)
    return before * np.where(apart == 0, 1.0, np.expm1(safe) / safe)


def lmdi(before: Numbers, after: Numbers) -> Numbers:
    """Give the share of each factor (the last axis) in the change of their product, by LMDI-I; all above 0.

    L(Y1, Y0) x ln(x1 / x0), Ang 2005. The shares sum to the change but for rounding.
    """
    mean = logarithmic_mean(after.prod(axis=-1), before.prod(axis=-1))
    return mean[..., None] * np.log(after / before)


def shapley(before: Numbers, after: Numbers) -> Numbers:
    """Give the share of each factor (the last axis) in the change of their product: its mean over all orders.

    A factor that is missing (NaN) in one period is taken as it is in the other, so that what is known brings the
    whole change; one that is missing in both is taken as 0. Raises ValueError for more than six factors.
    """
    count = before.shape[-1]
    if count > MOST_FACTORS:
        raise ValueError(f"{count} factors are more than {MOST_FACTORS}")
    first, last = filled(before, after)
    moved, weights = _subsets(count)
    products: Numbers = np.where(moved, last[..., None, :], first[..., None, :]).prod(axis=-1)
    # What did not move brought nothing, not even what rounding leaves.
    return np.where(first == last, 0.0, products @ weights)


@lru_cache(maxsize=MOST_FACTORS)
def _subsets(count: int) -> tuple[NDArray[np.bool_], Numbers]:
    """Give every subset of `count` factors, and what the product with it moved counts for each factor's share.

    A factor's share is the mean over all orders of what moving it adds: the product with it less that without it,
    weighted by how many orders have the others of the subset before it.
    """
    moved = (np.arange(2**count)[:, None] >> np.arange(count)) % 2 == 1
    sizes = moved.sum(axis=1)
    orders = np.array([factorial(size) * factorial(max(count - size - 1, 0)) for size in range(count + 1)], float)
    with_it, without_it = orders[np.maximum(sizes - 1, 0)], orders[sizes]
    return moved, np.where(moved, with_it[:, None], -without_it[:, None]) / factorial(count)


def filled(before: Numbers, after: Numbers) -> tuple[Numbers, Numbers]:
    """Give both with what is missing in one taken from the other, and 0 where both lack it."""
    first = np.where(np.isnan(before), after, before)
    last = np.where(np.isnan(after), before, after)
    return np.nan_to_num(first), np.nan_to_num(last)


def effects(before: Sequence[float], after: Sequence[float]) -> tuple[tuple[float, ...], Method]:
    """Give the share of each factor in the change of their product, and how it was worked out.

    LMDI-I where every factor is above 0 in both periods, else Shapley values; nothing is put in the place of a 0.
    The shares sum to the change. Raises ValueError for more than six factors, where Shapley values are needed.

    >>> shares, method = effects([100, 0.10, 200], [120, 0.08, 250])
    >>> [round(share, 1) for share in shares], method
    ([400.0, -489.6, 489.6], 'lmdi')
    """
    first, last = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    method: Method = "lmdi" if bool((first > 0).all() and (last > 0).all()) else "shapley"
    shares = lmdi(first, last) if method == "lmdi" else shapley(first, last)
    known_first, known_last = filled(first, last)
    return _to_the_last_digit(shares, known_last.prod() - known_first.prod()), method


def _to_the_last_digit(shares: Numbers, change: float) -> tuple[float, ...]:
    """Put what rounding left over into the largest share, where it is too small to be seen."""
    given = shares.tolist()
    largest = int(np.argmax(np.abs(shares)))
    # Twice: adding the rest to a large share rounds once more.
    for _round in range(2):
        given[largest] += float(change) - float(np.sum(given))
    return tuple(given)
