"""Where a period will land: what is booked, what its months are still expected to bring, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salesmetrics.analysis.forecast.outlook import NARROW, Outlook


@dataclass(frozen=True)
class Landing:
    """What a period is likely to come to: `booked` of it, of which `closed` in whole months; `low` and `high` are
    the points that one in ten falls below and above (None where the backtest cannot tell), `chance` that of
    reaching the `quota`."""

    booked: float
    expected: float
    low: float | None
    high: float | None
    quota: float | None = None
    chance: float | None = None


def landing(
    outlook: Outlook, closed: float, begun: float, months: tuple[int, int], quota: float | None = None
) -> Landing:
    """Work out where a period lands whose whole months brought `closed`, and whose months to come are `months`.

    These are told as the first and the one after the last of the months ahead. The first may have begun: `begun`
    of it is booked, and it will not come to less. Expected is the middle of what the backtest's errors allow (P50),
    low and high its P10 and P90.
    """
    first, last = months
    to_come = outlook.expected[first:last].copy()
    to_come[0] = max(to_come[0], begun)
    booked, middle = closed + begun, closed + float(to_come.sum())
    if outlook.spread is None:
        return Landing(booked, middle, None, None, quota)
    unit = outlook.spread.unit_of_sum(outlook.expected, first, last)
    half = outlook.spread.width(NARROW) * unit
    floor = booked if (outlook.values >= 0).all() else -np.inf
    chance = outlook.spread.chance(quota - middle, unit) if quota is not None else None
    return Landing(booked, middle, float(max(middle - half, floor)), middle + half, quota, chance)
