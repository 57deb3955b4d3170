"""Where deals get stuck: the stage that takes most of their days, and more of them than it used to."""

from __future__ import annotations

from dataclasses import replace

import ibis.expr.types as ir
import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import at_least, divide, over
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Reach, Window
from salesmetrics.metrics.metric import Better, Cells, Flags, Metric, Numbers, Outcome, Unit
from salesmetrics.metrics.stages import STAYS
from salesmetrics.metrics.unfinished import P90_MINIMUM

SLOWER = 1.25
"""Times the earlier median from which a stage has become slow."""

ENOUGH = 10
"""Stays on either side before two medians are compared."""

_YEAR_BEFORE = Window(Reach.BEFORE, 365)


def _is_known(t: ir.Table) -> ir.BooleanValue:
    return t.days >= 0


def _now(t: ir.Table) -> ir.BooleanValue:
    return _is_known(t) & (t.closed_on >= t.period_start)


def _before(t: ir.Table) -> ir.BooleanValue:
    return _is_known(t) & (t.closed_on < t.period_start)


def _of_closed(name: str, how: str, where: Expression = _now, value: Expression | None = None) -> Measure:
    return Measure(name, "stage_spell", "closed_on", Aggregate(how), value, where, STAYS, window=_YEAR_BEFORE)


def _days(t: ir.Table) -> ir.Value:
    return t.days.cast("float64")


def _highest(cells: Cells, share: Numbers) -> Flags:
    """Tell the rows with the largest share of their period."""
    periods = int(cells.rows.span[-1]) + 1 if cells.size else 1
    largest = np.fmax.reduce(share.reshape(periods, -1), axis=1) if cells.size else share
    found: Flags = share == largest[cells.rows.span]
    return found


def _bottleneck(cells: Cells) -> Outcome:
    days = cells["stage_days"]
    outcome = divide(cells, days, cells.rows.summed(days)).absent(cells["stays"] == 0, "no_rows")
    median, before = cells["stay_median"], cells["stay_median_before"]
    compared = (cells["stays"] >= ENOUGH) & (cells["stays_before"] >= ENOUGH)
    slower = compared & (median >= SLOWER * before) & (median > before)
    details = {
        "place": cells["place"],
        "days": days,
        "median": median,
        "p90": at_least("stay_p90", "stays", P90_MINIMUM)(cells),
        "lost_share": over(cells["stays_lost"], cells["stays"]),
        "median_before": before,
        "slower": slower.astype(float),
        "worst": (slower & _highest(cells, outcome.value)).astype(float),
    }
    return replace(outcome, details=details)


BOTTLENECK = Metric(
    id="bottleneck",
    title=_("Bottleneck"),
    title_zh="阶段瓶颈",
    unit=Unit.PERCENT,
    better=Better.LOWER,
    tells=_("In which stage deals spend most of their days, and whether it has become slower."),
    formula_text=_("days in the stage / days in all stages, over the deals that closed in the period"),
    source="S2 S3 S4",
    measures=(
        _of_closed("stage_days", "sum", value=_days),
        _of_closed("stays", "count"),
        _of_closed("stays_lost", "count", lambda t: _now(t) & t.lost_here),
        _of_closed("stay_median", "median", value=_days),
        _of_closed("stay_p90", "p90", value=_days),
        _of_closed("stays_before", "count", _before),
        _of_closed("stay_median_before", "median", _before, _days),
        _of_closed("place", "mean", value=lambda t: t.place.cast("float64")),
        _of_closed("stays_backwards", "count", lambda t: (t.days < 0) & (t.closed_on >= t.period_start)),
    ),
    evaluate=_bottleneck,
    n="stays",
    cautions=(("stays_backwards", "stays_backwards"),),
    placed_by="close date",
    by=("stage",),
    traps=_(
        "A long stage is not a bad one. The worst is the longest only where its median is a quarter above that of "
        "the year before, with 10 stays or more on either side."
    ),
)

BOTTLENECK_METRICS = (BOTTLENECK,)
