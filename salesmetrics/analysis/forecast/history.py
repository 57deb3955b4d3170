"""What a forecast starts from: monthly sums, where they begin, and whether selling has stopped."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
"""Sums by month in the order of time, without gaps."""

CYCLE = 12
"""Months after which a season comes again."""

FEWEST_MONTHS = 6
"""Months below which nothing is forecast."""

SILENT_MONTHS = 3
"""Months without a sale from which selling may have stopped."""


def begun(values: Values) -> Values:
    """Give the months from the first one in which anything was sold.

    >>> begun(np.array([0.0, 0.0, 5.0, 0.0, 7.0]))
    array([5., 0., 7.])
    """
    sold = np.flatnonzero(values)
    return values[sold[0] :] if len(sold) else values[:0]


def stopped(values: Values) -> bool:
    """Tell whether nothing has been sold for months, and for twice as long as ever before.

    >>> stopped(np.array([5.0, 0.0, 6.0, 4.0, 0.0, 0.0, 0.0])), stopped(np.array([5.0, 0.0, 0.0, 6.0, 0.0, 0.0, 0.0]))
    (True, False)
    """
    sold = np.flatnonzero(values)
    if not len(sold):
        return True
    silent = len(values) - 1 - int(sold[-1])
    longest = int(np.diff(sold).max()) - 1 if len(sold) > 1 else 0
    return silent >= SILENT_MONTHS and silent > 2 * longest
