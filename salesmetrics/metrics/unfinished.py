"""Times of things of which some are not finished yet, from what the engine counted by day to medians."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from salesmetrics.analysis import survival
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per
from salesmetrics.metrics.metric import Numbers, Reasons

P90_MINIMUM = 5


@dataclass(frozen=True)
class Times:
    """What is known of one kind of time, each an array over the rows of `Cells`.

    `median` counts what is not finished as still running (Kaplan and Meier); `completed_median` and
    `completed_p90` look at what is finished alone. `reason` tells why there is no `median`.
    """

    median: Numbers
    completed_median: Numbers
    completed_p90: Numbers
    reason: Reasons


def by_day(
    name: str,
    relation: str,
    date: str,
    days: str,
    finished: Expression,
    where: Expression,
    inputs: tuple[str, ...],
) -> Measure:
    """Declare the measure that counts, for each number of `days`, the things finished after it and still running."""
    counted = Per(
        name,
        (days,),
        (("finished", lambda t: finished(t).sum()), ("running", lambda t: (~finished(t)).sum())),
        where=lambda t: where(t) & (t[days] >= 0),
    )

    def listed(t: ir.Table) -> ir.Value:
        return ibis.struct({"days": t[days], "finished": t.finished, "running": t.running})

    return Measure(name, relation, date, Aggregate.LIST, listed, inputs=inputs, per=counted)


def times(lists: NDArray[np.object_]) -> Times:
    """Work out medians from the lists that a `by_day` measure gives."""
    curves = [_curve(listed) for listed in lists]
    medians = [survival.median(curve) if curve else None for curve in curves]
    finished = [np.repeat([days for days, _n, _o in curve], [n for _d, n, _o in curve]) for curve in curves]
    return Times(
        np.array(medians, dtype=float),
        np.array([np.median(days) if len(days) else np.nan for days in finished], dtype=float),
        np.array([np.quantile(d, 0.9) if len(d) >= P90_MINIMUM else np.nan for d in finished], dtype=float),
        np.array([_why(curve, median) for curve, median in zip(curves, medians, strict=True)], dtype=object),
    )


def _why(curve: survival.Curve, median: float | None) -> str | None:
    return "no_rows" if not curve else "not_reached" if median is None else None


def _curve(listed: object) -> survival.Curve:
    # Where nothing was counted the cell holds no list.
    counted = listed if isinstance(listed, (list, np.ndarray)) else []
    return [(time["days"], int(time["finished"]), int(time["running"])) for time in counted]
