"""How long things take when some are not finished yet (Kaplan and Meier 1958)."""

from __future__ import annotations

from collections.abc import Sequence

Curve = Sequence[tuple[float, int, int]]
"""Days waited, how many were done after them, how many are still waiting."""


def median(curve: Curve) -> float | None:
    """Give the smallest time by which half are done, those still waiting included; None if not reached.

    At a tie what is done comes before what is censored. The comparison allows for floats: 5/6 x 4/5 x 3/4 is one
    half but not exactly so.

    >>> median([(2, 1, 0), (3, 1, 0), (4, 0, 1), (5, 1, 0), (9, 1, 0)])
    5.0
    >>> median([(2, 1, 3)]) is None
    True
    """
    # Imported here: it takes a second, and most requests never need it.
    from statsmodels.duration.survfunc import SurvfuncRight

    rows = [(days, state, count) for days, done, waiting in curve for state, count in ((1, done), (0, waiting))]
    rows = [row for row in rows if row[2]]
    if not any(state for _, state, _ in rows):
        return None
    days, states, counts = zip(*rows, strict=True)
    fitted = SurvfuncRight(days, states, freq_weights=counts)
    reached = [time for time, left in zip(fitted.surv_times, fitted.surv_prob, strict=True) if left <= 0.5 + 1e-9]
    return float(reached[0]) if reached else None
