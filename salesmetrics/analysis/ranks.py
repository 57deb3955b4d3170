"""Whether two figures go together, told by ranks, and how easily chance alone would bring as much (Spearman 1904)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

SHUFFLES = 4_999
"""How often one figure is dealt out anew to see what chance brings."""

_AT_ONCE = 2_000_000
_SEED = 20_240_630


@dataclass(frozen=True)
class Together:
    """How two figures go together: `rho` from -1 to 1, `p` the share of shuffles that bring as much."""

    rho: float
    p: float


def together(one: Sequence[float], other: Sequence[float], within: Sequence[Hashable]) -> Together | None:
    """Correlate the ranks of two figures within each group of `within`; None where either does not vary.

    With one group it is Spearman's rho. With several, ranks are set against the mean of their group, so that what
    lifts a whole group (a good quarter) counts for nothing; shuffles stay within groups.

    >>> found = together([1, 2, 3, 4, 5, 6, 7, 8], [1, 3, 2, 4, 6, 5, 7, 8], ["Q1"] * 8)
    >>> round(found.rho, 3), found.p < 0.01
    (0.952, True)
    """
    # Imported here: it takes a while, and most requests never need it.
    from scipy.stats import rankdata

    pairs = sorted(zip(within, one, other, strict=True), key=lambda pair: (str(pair[0]), pair[1], pair[2]))
    groups: dict[str, list[tuple[float, float]]] = {}
    for group, first, second in pairs:
        groups.setdefault(str(group), []).append((first, second))
    ranks = []
    for members in groups.values():
        firsts, seconds = (rankdata(figures) for figures in zip(*members, strict=True))
        ranks.append((firsts - firsts.mean(), seconds - seconds.mean()))
    spread = sqrt(sum(float(a @ a) for a, _b in ranks) * sum(float(b @ b) for _a, b in ranks))
    if spread == 0:
        return None
    rho = sum(float(a @ b) for a, b in ranks) / spread
    dealt = _dealt(ranks) / spread
    as_much = int((np.abs(dealt) >= abs(rho) - 1e-12).sum())
    return Together(rho, (as_much + 1) / (SHUFFLES + 1))


def _dealt(ranks: list[tuple[NDArray[np.float64], NDArray[np.float64]]]) -> NDArray[np.float64]:
    """Give what each shuffle brings, summed over groups; the same shuffles whenever asked."""
    chance = np.random.default_rng(_SEED)
    sums = np.zeros(SHUFFLES)
    for firsts, seconds in ranks:
        step = max(1, _AT_ONCE // len(firsts))
        for start in range(0, SHUFFLES, step):
            size = min(step, SHUFFLES - start)
            sums[start : start + size] += chance.permuted(np.tile(seconds, (size, 1)), axis=1) @ firsts
    return sums
