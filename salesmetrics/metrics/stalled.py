"""Open deals that nothing moves: too long in their stage, silent, or past their expected close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import kept, over, total
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Placed
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Parameter, Unit

STATUS = ("opportunities.status",)


def is_slow(t: ir.Table, limit: str) -> ir.BooleanValue:
    """Tell deals that stand in their stage for longer than three quarters of the won ones did, or than `limit` days."""
    days = t.snapshot.delta(t.entered_on, unit="day")
    return ibis.coalesce(days > ibis.coalesce(t.stage_limit, float(limit)), False)


def is_silent(t: ir.Table, silence: str) -> ir.BooleanValue:
    """Tell deals without an activity in the last `silence` days, where the files tell of activities."""
    last = ibis.coalesce(t.last_activity, t.created_date)
    return t.activities_known & ibis.coalesce(t.snapshot.delta(last, unit="day") >= int(silence), False)


def is_overdue(t: ir.Table) -> ir.BooleanValue:
    """Tell deals whose expected close has passed."""
    return ibis.coalesce(t.expected_close < t.snapshot, False)


def is_told(t: ir.Table) -> ir.BooleanValue:
    """Tell deals of which anything says whether they stand still."""
    return t.activities_known | t.entered_on.notnull() | t.expected_close.notnull()


def _stalled_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    limit, silence = settings["stage_days"], settings["silent_days"]
    of = f"{limit}_{silence}"

    def is_stalled(t: ir.Table) -> ir.BooleanValue:
        return is_slow(t, limit) | is_silent(t, silence) | is_overdue(t)

    def watched(name: str, where: Expression | None = None) -> Measure:
        return Measure(
            name, "deal_watch", "snapshot", Aggregate.COUNT, where=where, inputs=STATUS, placed=Placed.AT_END
        )

    return (
        watched(f"stalled_{of}", is_stalled),
        watched(f"slow_{of}", lambda t: is_slow(t, limit)),
        watched(f"silent_{of}", lambda t: is_silent(t, silence)),
        watched("watched_overdue", is_overdue),
        watched("watched"),
        watched("watched_and_told", is_told),
        watched("without_activities", lambda t: ~t.activities_known),
        watched("without_stage_entry", lambda t: t.entered_on.isnull()),
        watched(f"stalled_with_amount_{of}", lambda t: is_stalled(t) & t.amount.notnull()),
        Measure(
            f"stalled_amount_{of}", "deal_watch", "snapshot", Aggregate.SUM, lambda t: t.amount, is_stalled, STATUS,
            placed=Placed.AT_END,
        ),
    )  # fmt: skip


def _stalled(cells: Cells) -> Outcome:
    of = f"{cells.parameters['stage_days']}_{cells.parameters['silent_days']}"
    stalled = cells[f"stalled_{of}"]
    details = {
        "too_long_in_stage": cells[f"slow_{of}"],
        "silent": kept(cells[f"silent_{of}"], cells["without_activities"] == 0),
        "overdue": cells["watched_overdue"],
        "open": cells["watched"],
        "share": over(stalled, cells["watched"]),
        "amount": kept(cells[f"stalled_amount_{of}"], cells[f"stalled_with_amount_{of}"] > 0),
    }
    return replace(total(f"stalled_{of}")(cells), details=details)


STALLED_DEALS = Metric(
    id="stalled_deals",
    title=_("Stalled deals"),
    title_zh="停滞商机",
    unit=Unit.COUNT,
    better=Better.LOWER,
    tells=_("Which open deals nothing moves any more."),
    formula_text=_(
        "open deals longer in their stage than 3 in 4 won deals were, or without an activity for 14 days, or past "
        "their expected close"
    ),
    source="S2 S3",
    measures=_stalled_measures,
    evaluate=_stalled,
    n="watched_and_told",
    coverage=("watched_and_told", "watched"),
    placed_by="last day of the period",
    cautions=(
        ("without_activities", "without_activities"),
        ("without_stage_entry", "without_stage_entry"),
    ),
    parameters=(
        Parameter("silent_days", "14", _("days without an activity after which a deal counts as stalled")),
        Parameter(
            "stage_days", "30", _("days in a stage after which a deal counts as stalled where few won deals tell")
        ),
    ),
    traps=_("How long is too long is told by the deals won to date, also for a past day."),
    additive=True,
)

STALLED_METRICS = (STALLED_DEALS,)
