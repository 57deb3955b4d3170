"""How far a share may be off by chance when it is counted over few cases (Wilson 1927)."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def wilson(hits: Numbers, cases: Numbers, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
    """Give the lower and upper bound of each share `hits / cases`; null where there are no cases.

    >>> low, high = wilson(np.array([3.0]), np.array([5.0]))
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.231, 0.882)
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    counted = np.where(cases > 0, cases, np.nan)
    share = np.clip(hits / counted, 0, 1)
    middle = share + z**2 / (2 * counted)
    half = z * np.sqrt(share * (1 - share) / counted + z**2 / (4 * counted**2))
    scale = 1 + z**2 / counted
    return (middle - half) / scale, (middle + half) / scale
