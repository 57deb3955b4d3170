"""How long things take when some are not finished yet (Kaplan and Meier 1958)."""

from __future__ import annotations

from collections.abc import Sequence

Curve = Sequence[tuple[float, int, int]]
"""Days waited, how many were done after them, how many are still waiting."""


def median(curve: Curve) -> float | None:
    """Give the smallest time by which half are done, those still waiting included; None if not reached.

    >>> median([(2, 1, 0), (3, 1, 0), (4, 0, 1), (5, 1, 0), (9, 1, 0)])
    5.0
    >>> median([(2, 1, 3)]) is None
    True
    """
    return reached(curve, 0.5)


def reached(curve: Curve, done: float) -> float | None:
    """Give the smallest time by which a share is done, those still waiting included; None if not reached.

    At a tie what is done comes before what is censored. The comparison allows for floats: 5/6 x 4/5 x 3/4 is one
    half but not exactly so.

    >>> reached([(2, 1, 0), (3, 1, 0), (5, 1, 0), (9, 1, 0)], 0.9)
    9.0
    """
    # Imported here: it takes a second, and most requests never need it.
    from statsmodels.duration.survfunc import SurvfuncRight

    rows = [(days, state, count) for days, done, waiting in curve for state, count in ((1, done), (0, waiting))]
    rows = [row for row in rows if row[2]]
    if not any(state for _, state, _ in rows):
        return None
    days, states, counts = zip(*rows, strict=True)
    fitted = SurvfuncRight(days, states, freq_weights=counts)
    left = zip(fitted.surv_times, fitted.surv_prob, strict=True)
    times = [time for time, waiting in left if waiting <= 1 - done + 1e-9]
    return float(times[0]) if times else None
