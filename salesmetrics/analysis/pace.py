"""Pace: how much of a quota should be reached by now, by the working days of its periods that are over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

import pandas as pd

from salesmetrics.model.calendar import Period, working_days_in


def elapsed(period: Period, as_of: date, working_days: Collection[int]) -> float:
    """Give the share of a period's working days that are over when `as_of` is.

    A period without a working day counts by its days.

    >>> elapsed(Period(date(2024, 2, 1), date(2024, 3, 1)), date(2024, 2, 14), (1, 2, 3, 4, 5))  # 10 of 21
    0.47619047619047616
    """
    over = Period(period.start, max(period.start, min(period.end, as_of + timedelta(days=1))))
    whole = working_days_in(period, working_days)
    return working_days_in(over, working_days) / whole if whole else over.days / period.days


def pace(
    parts: pd.DataFrame, whole: pd.DataFrame, as_of: date, working_days: Collection[int]
) -> Mapping[str, float]:
    """Give for each rep the share of the quota that should be reached when `as_of` is over.

    `parts` holds the rep's quota of each month (`rep`, `period_start`, `period_end` exclusive, `denominator`),
    `whole` that of the whole period (`rep`, `denominator`): a rep who joined late is not measured by months that
    were nobody's quota. Months that have not begun may be missing or null. Reps without a quota are left out.
    """
    share = [
        elapsed(Period(start.date(), end.date()), as_of, working_days)
        for start, end in zip(parts["period_start"], parts["period_end"], strict=True)
    ]
    due = (parts["denominator"].fillna(0.0) * share).groupby(parts["rep"]).sum()
    quota = whole.dropna(subset=["denominator"]).groupby("rep")["denominator"].sum()
    quota = quota[quota > 0]
    return {str(rep): float(due.get(rep, 0.0) / amount) for rep, amount in quota.items()}
