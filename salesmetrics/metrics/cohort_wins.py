"""Wins of the deals created in a period, each given the same time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import deals
from salesmetrics.metrics.arithmetic import divide, kept, over
from salesmetrics.metrics.measure import Aggregate, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Parameter, Unit

USUAL = "p90"
"""The horizon that is told by the data: the days within which nine in ten of the won deals were won."""


def _cohort_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    horizon = settings["horizon"]

    def days(t: ir.Table) -> ir.NumericValue:
        return t.usual_days if horizon == USUAL else ibis.literal(float(horizon))

    def is_counted(t: ir.Table) -> ir.BooleanValue:
        return ~deals.is_decided(t) | (t.days_to_close >= 0)

    def is_mature(t: ir.Table) -> ir.BooleanValue:
        return is_counted(t) & (t.age_days >= days(t))

    def is_young(t: ir.Table) -> ir.BooleanValue:
        return is_counted(t) & (t.age_days < days(t))

    def is_in_time(t: ir.Table) -> ir.BooleanValue:
        return deals.is_won(t) & (t.days_to_close <= days(t))

    return (
        deals.created(f"won_within_{horizon}", where=lambda t: is_mature(t) & is_in_time(t)),
        deals.created(f"created_before_{horizon}", where=is_mature),
        deals.created(f"created_within_{horizon}", where=is_young),
        deals.created(f"already_won_{horizon}", where=lambda t: is_young(t) & is_in_time(t)),
        deals.created("created_deals", where=is_counted),
        deals.created("usual_days", Aggregate.MEAN, lambda t: t.usual_days),
        deals.created("closed_before_creation", where=lambda t: deals.is_decided(t) & (t.days_to_close < 0)),
    )


def _cohort(cells: Cells) -> Outcome:
    horizon = cells.parameters["horizon"]
    mature, young = cells[f"created_before_{horizon}"], cells[f"created_within_{horizon}"]
    created = cells["created_deals"]
    usual = cells["usual_days"]
    days = usual if horizon == USUAL else kept(np.full(cells.size, float(horizon)), created > 0)
    outcome = divide(cells, cells[f"won_within_{horizon}"], mature)
    outcome = outcome.absent((mature == 0) & (created > 0), "immature_cohort")
    outcome = outcome.absent((created > 0) & np.isnan(days), "n_too_small").absent(created == 0, "no_rows")
    details = {
        "horizon_days": days,
        "too_young": young,
        "provisional": over(cells[f"already_won_{horizon}"], young),
    }
    return replace(outcome, details=details)


WIN_RATE_COHORT = Metric(
    id="win_rate_cohort",
    title=_("Win rate of deals created"),
    title_zh="同期群赢单率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many of the deals created in the period were won within the time that deals usually take."),
    formula_text=_("won within the horizon / created, deals younger than the horizon left out"),
    source="S4",
    measures=_cohort_measures,
    evaluate=_cohort,
    n="created_before_{horizon}",
    cautions=(("negative_durations", "closed_before_creation"),),
    parameters=(
        Parameter(
            "horizon", USUAL,
            _("days that each deal is given; `p90`: as many as nine in ten of the won deals took"), words=(USUAL,),
        ),
    ),
    placed_by="creation of the deal",
    traps=_("Fast losses and slow wins do not bias it, but the latest deals are too young to be counted."),
)  # fmt: skip

COHORT_WIN_METRICS = (WIN_RATE_COHORT,)
