"""Where one figure stands among others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def percentile(value: float, among: Sequence[float], *, lower_is_better: bool = False) -> float:
    """Give the percentile (0 to 100) of a figure among others that include it: those below it and half of its equals.

    The higher the better it stands, whichever way the figures should move. Null where it or all of them are.

    >>> percentile(4.0, [1.0, 2.0, 4.0, 4.0]), percentile(1.0, [1.0, 2.0], lower_is_better=True)
    (75.0, 75.0)
    """
    figures = np.array(among, dtype=float)
    figures = figures[~np.isnan(figures)]
    if np.isnan(value) or not len(figures):
        return float("nan")
    worse = (figures > value) if lower_is_better else (figures < value)
    return float(100 * (worse.sum() + (figures == value).sum() / 2) / len(figures))
