"""Hand-overs between departments: how long they take, and how many are never taken up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import numpy as np

from salesmetrics.analysis import survival
from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import nothing, ratio
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Parameter, Unit
from salesmetrics.metrics.unfinished import P90_MINIMUM, by_day, times

TO_SALES, TO_SERVICE = "marketing_to_sales", "sales_to_service"


@dataclass(frozen=True)
class _Handover:
    relation: str
    inputs: tuple[str, ...]
    link: str


_HANDOVERS = {
    TO_SALES: _Handover("lead_handoff", ("leads.qualified_at", "activities.at"), "activities.lead_id"),
    TO_SERVICE: _Handover(
        "deal_handoff",
        ("opportunities.status", "opportunities.close_date", "activities.at", "activities.type"),
        "activities.customer_id",
    ),
}
_WHICH = Parameter("handoff", TO_SALES, _("which hand-over"), (TO_SALES, TO_SERVICE))


def _count(which: str, name: str, where: Expression) -> Measure:
    of = _HANDOVERS[which]
    return Measure(f"{name}_{which}", of.relation, "handed_on", Aggregate.COUNT, where=where, inputs=of.inputs)


def _any(t: ir.Table) -> ir.BooleanValue:
    return t.handover_hours >= 0


def _time_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    which = settings["handoff"]
    of = _HANDOVERS[which]
    return (
        by_day(
            f"waits_{which}", of.relation, "handed_on", "handover_hours", lambda t: t.taken_up, _any, of.inputs
        ),
        _count(which, "handovers", _any),
        _count(which, "not_taken_up", lambda t: ~t.taken_up),
        _count(which, "untold", lambda t: ~t.told),
    )


def _unless_untold(outcome: Outcome, cells: Cells) -> Outcome:
    """Take the value away where activities name nothing that they were for: then nothing seems to be taken up."""
    which = cells.parameters["handoff"]
    return outcome.absent(cells[f"untold_{which}"] > 0, f"missing_column:{_HANDOVERS[which].link}")


def _ninth_decile(listed: object) -> float:
    """Give the hours by which 9 in 10 are taken up, those still waiting included; null for few cases."""
    counted = listed if isinstance(listed, (list, np.ndarray)) else []
    curve = [(one["days"], int(one["finished"]), int(one["running"])) for one in counted]
    if sum(done + waiting for _hours, done, waiting in curve) < P90_MINIMUM:
        return float("nan")
    found = survival.reached(curve, 0.9)
    return float("nan") if found is None else found


def _handoff_time(cells: Cells) -> Outcome:
    which = cells.parameters["handoff"]
    waits = cells[f"waits_{which}"]
    found = times(waits)
    details: dict[str, Numbers] = {
        "p90": np.array([_ninth_decile(listed) for listed in waits]),
        "completed_median": found.completed_median,
        "open": cells[f"not_taken_up_{which}"],
    }
    outcome = Outcome(found.median, nothing(cells), nothing(cells), found.reason, details)
    return _unless_untold(outcome, cells)


HANDOFF_TIME = Metric(
    id="handoff_time",
    title=_("Hand-over time"),
    title_zh="部门交接时长",
    unit=Unit.HOURS,
    better=Better.LOWER,
    tells=_("How long a qualified lead waits for sales, or a won deal for service."),
    formula_text=_(
        "median of first outbound activity - qualified, or of first service - close; those still waiting count"
    ),
    source="S0",
    measures=_time_measures,
    evaluate=_handoff_time,
    n="handovers_{handoff}",
    placed_by="day of the hand-over",
    parameters=(_WHICH,),
    traps=_(
        "A close has no hour: the wait for service starts with its day. What nobody wrote down did not happen."
    ),
)


def _lost_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    which, days = settings["handoff"], int(settings["days"])

    def old(t: ir.Table) -> ir.BooleanValue:
        return t.hours_since >= 24 * days

    return (
        _count(which, f"lost_{days}", lambda t: old(t) & (~t.taken_up | (t.handover_hours > 24 * days))),
        _count(which, f"aged_{days}", old),
        _count(which, "handovers", _any),
        _count(which, "untold", lambda t: ~t.told),
    )


def _lost(cells: Cells) -> Outcome:
    which, days = cells.parameters["handoff"], cells.parameters["days"]
    aged, handed = cells[f"aged_{days}_{which}"], cells[f"handovers_{which}"]
    outcome = ratio(f"lost_{days}_{which}", f"aged_{days}_{which}")(cells)
    outcome = replace(outcome, details={"too_recent": handed - aged})
    outcome = outcome.absent(handed == 0, "no_rows").absent((handed > 0) & (aged == 0), "immature_cohort")
    return _unless_untold(outcome, cells)


HANDOFF_LOST_RATE = Metric(
    id="handoff_lost_rate",
    title=_("Lost hand-overs"),
    title_zh="交接丢失率",
    unit=Unit.PERCENT,
    better=Better.LOWER,
    tells=_("How many hand-overs nobody took up within two weeks."),
    formula_text=_("hand-overs not taken up within 14 days / hand-overs at least 14 days old"),
    source="S0",
    measures=_lost_measures,
    evaluate=_lost,
    n="aged_{days}_{handoff}",
    placed_by="day of the hand-over",
    parameters=(_WHICH, Parameter("days", "14", _("days after which a hand-over counts as lost"))),
    traps=_("Those younger than that are left out: they may still be taken up."),
)

HANDOFF_METRICS = (HANDOFF_TIME, HANDOFF_LOST_RATE)
