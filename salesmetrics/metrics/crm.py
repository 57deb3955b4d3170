"""How the CRM is used: whether open deals are worked in it, what is filled in, how soon it is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import at_least, kept, nothing, over, ratio, reasons
from salesmetrics.metrics.deals import OPEN_DEALS
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Placed
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Parameter, Unit
from salesmetrics.model.derived.crm import REQUIRED
from salesmetrics.model.derived.lead import hours_between

P90_MINIMUM = 5
DEALS = ("opportunities.opportunity_id", "opportunities.status")
WORKED = (*DEALS, "activities.at", "activities.opportunity_id")
LOGGED = ("activities.at", "activities.logged_at")


def _adoption_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    days = int(settings["days"])
    worked = Measure(
        f"worked_in_{days}", "deal_activity", "snapshot", Aggregate.DISTINCT, lambda t: t.opportunity_id,
        lambda t: t.worked_on > (t.snapshot - ibis.interval(days=days)).cast("date"), WORKED,
        placed=Placed.AT_END,
    )  # fmt: skip
    return (worked, OPEN_DEALS)


def _adoption(cells: Cells) -> Outcome:
    outcome = ratio(f"worked_in_{cells.parameters['days']}", "open_deals")(cells)
    return outcome.absent(cells["open_deals"] == 0, "no_rows")


CRM_ADOPTION = Metric(
    id="crm_adoption",
    title=_("CRM use"),
    title_zh="CRM使用率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many of the open deals something was written down for in the last two weeks."),
    formula_text=_("open deals with an activity in the last 14 days / open deals"),
    source="S0 S1 S3",
    measures=_adoption_measures,
    evaluate=_adoption,
    n="open_deals",
    placed_by="last day of the period",
    parameters=(Parameter("days", "14", _("days in which a deal should have been worked on")),),
    traps=_("A deal that is worked but not written down counts as not worked."),
)


def _record(name: str, value: Expression) -> Measure:
    return Measure(name, "deal_record", "snapshot", Aggregate.SUM, value, inputs=DEALS, placed=Placed.AT_END)


def _filled(column: str) -> Measure:
    return _record(f"{column}_filled", lambda t: t[f"{column}_filled"])


def _asked(column: str) -> Measure:
    return _record(f"{column}_asked", lambda t: t[f"{column}_filled"].notnull().cast("int8"))


CELLS_FILLED = _record("cells_filled", lambda t: t.filled)
CELLS = _record("cells_required", lambda t: t["cells"])


def _completeness(cells: Cells) -> Outcome:
    outcome = ratio("cells_filled", "cells_required")(cells)
    details: dict[str, Numbers] = {
        column: over(cells[f"{column}_filled"], cells[f"{column}_asked"]) for column in REQUIRED
    }
    return replace(outcome, details=details).absent(cells["open_records"] == 0, "no_rows")


OPEN_RECORDS = Measure(
    "open_records", "deal_record", "snapshot", Aggregate.COUNT, inputs=DEALS, placed=Placed.AT_END
)

CRM_COMPLETENESS = Metric(
    id="crm_completeness",
    title=_("CRM completeness"),
    title_zh="CRM完整度",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How much of what an open deal's record should say is filled in."),
    formula_text=_("filled cells / cells among amount, close date, stage and rep of open deals"),
    source="S0 S1 S3",
    measures=(
        CELLS_FILLED, CELLS, OPEN_RECORDS, *(_filled(column) for column in REQUIRED),
        *(_asked(column) for column in REQUIRED),
    ),
    evaluate=_completeness,
    n="open_records",
    placed_by="last day of the period",
    traps=_("A column that the file does not have is not asked for. For a past day the cells are those of today."),
)  # fmt: skip


def _lag(t: ir.Table) -> ir.FloatingValue:
    return hours_between(t["at"], t.logged_at)


def _after(t: ir.Table) -> ir.BooleanValue:
    return t.logged_at >= t["at"]


def _logging(
    name: str, aggregate: Aggregate = Aggregate.COUNT, value: Expression | None = None, where: Expression = _after
) -> Measure:
    return Measure(name, "activity", "day", aggregate, value, where, LOGGED)


_LAG = (
    _logging("lag_median", Aggregate.MEDIAN, _lag),
    _logging("lag_p90", Aggregate.P90, _lag),
    _logging("lag_mean", Aggregate.MEAN, _lag),
    _logging("lags"),
    _logging("logged_before", where=lambda t: t.logged_at < t["at"]),
    _logging("activities_seen", where=lambda t: t["at"].notnull()),
)


def _crm_lag(cells: Cells) -> Outcome:
    empty = nothing(cells)
    details = {
        "p90": at_least("lag_p90", "lags", P90_MINIMUM)(cells),
        "mean": cells["lag_mean"],
        "logged": over(cells["lags"] + cells["logged_before"], cells["activities_seen"]),
    }
    median = kept(cells["lag_median"], cells["lags"] > 0)
    outcome = Outcome(median, empty, empty, reasons(cells), details)
    return outcome.absent(cells["lags"] == 0, "no_rows")


CRM_LAG = Metric(
    id="crm_lag",
    title=_("Logging lag"),
    title_zh="CRM录入延迟",
    unit=Unit.HOURS,
    better=Better.LOWER,
    tells=_("How long after a call or meeting it is written down."),
    formula_text=_("median of time logged - time it took place"),
    source="S0 S1 S3",
    measures=_LAG,
    evaluate=_crm_lag,
    n="lags",
    placed_by="day of the activity",
    cautions=(("logged_before", "logged_before"),),
    traps=_("What was never written down has no lag."),
)

CRM_METRICS = (CRM_ADOPTION, CRM_COMPLETENESS, CRM_LAG)
