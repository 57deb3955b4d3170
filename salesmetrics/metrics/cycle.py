"""How long deals take, from their start to their close."""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir
import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import deals, unfinished
from salesmetrics.metrics.arithmetic import at_least, nothing, reasons
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Parameter, Unit

STARTED = "km_of_created"
"""The statistic that looks at deals from their creation on, those still open included."""


def counted(outcome: str) -> Expression:
    """Give the condition for deals with an `outcome` (`won`, `closed`) that did not close before they started."""
    chosen = deals.is_won if outcome == "won" else deals.is_decided
    return lambda t: chosen(t) & (t.cycle_days >= 0)


def _cycle_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    of = settings["outcome"]
    return _of_started(of) if settings["statistic"] == STARTED else _of_closed(of)


def _of_closed(of: str) -> tuple[Measure, ...]:
    kept = counted(of)

    def days(name: str, how: Aggregate) -> Measure:
        return deals.closed(f"{name}_{of}", how, lambda t: t.cycle_days.cast("float64"), kept, deals.CYCLE)

    return (
        days("cycle_median", Aggregate.MEDIAN),
        days("cycle_p90", Aggregate.P90),
        days("cycle_mean", Aggregate.MEAN),
        deals.closed(f"cycles_{of}", where=kept, inputs=deals.CYCLE),
        deals.closed(
            "negative_cycles", where=lambda t: deals.is_decided(t) & (t.cycle_days < 0), inputs=deals.CYCLE
        ),
        deals.closed("cycles_from_lead", where=lambda t: kept(t) & t.from_lead, inputs=deals.CYCLE),
    )


def _of_started(of: str) -> tuple[Measure, ...]:
    """Count the deals created in the period by their days: to the close, or so far."""
    finished = deals.is_won if of == "won" else deals.is_decided

    def created(name: str, where: Expression) -> Measure:
        return deals.created(name, where=where)

    def lasted(t: ir.Table) -> ir.BooleanValue:
        return t.days_so_far >= 0

    return (
        unfinished.by_day(
            f"cycle_list_{of}", "opportunity", "created_date", "days_so_far", finished, lasted,
            deals.CYCLE,
        ),
        created(f"cycles_{of}", lasted),
        created("negative_cycles", lambda t: t.days_so_far < 0),
        created("cycles_from_lead", lambda t: lasted(t) & t.from_lead),
    )  # fmt: skip


def _cycle(cells: Cells) -> Outcome:
    of, wanted = cells.parameters["outcome"], cells.parameters["statistic"]
    empty = nothing(cells)
    if wanted == STARTED:
        found = unfinished.times(cells[f"cycle_list_{of}"])
        return Outcome(found.median, empty, empty, found.reason, {"completed_median": found.completed_median})
    p90 = at_least(f"cycle_p90_{of}", f"cycles_{of}", unfinished.P90_MINIMUM)(cells)
    figures = {"median": cells[f"cycle_median_{of}"], "p90": p90, "mean": cells[f"cycle_mean_{of}"]}
    outcome = Outcome(figures[wanted], empty, empty, reasons(cells), figures)
    return outcome.absent(np.isnan(figures[wanted]), "n_too_small").absent(cells[f"cycles_{of}"] == 0, "no_rows")


SALES_CYCLE_LENGTH = Metric(
    id="sales_cycle_length",
    title=_("Sales cycle"),
    title_zh="销售周期长度",
    unit=Unit.DAYS,
    better=Better.LOWER,
    tells=_("How many days a won deal took from its start to its close."),
    formula_text=_("median of close - start; start is the lead's creation where linked, else the deal's"),
    source="S2 S3 S4",
    measures=_cycle_measures,
    evaluate=_cycle,
    n="cycles_{outcome}",
    cautions=(("negative_durations", "negative_cycles"), ("from_first_contact", "cycles_from_lead")),
    parameters=(
        Parameter("outcome", "won", _("which deals: won, or all that closed"), ("won", "closed")),
        Parameter(
            "statistic",
            "median",
            _(
                "which statistic; km_of_created looks at the deals created in the period, open and lost ones included"
            ),
            ("median", "p90", "mean", STARTED),
        ),
    ),
    placed_by="close date",
    traps=_("Reps and sources that started recently are seen only where they were fast."),
)

CYCLE_METRICS = (SALES_CYCLE_LENGTH,)
