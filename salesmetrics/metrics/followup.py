"""Whether leads are followed up: how often reps turn to them in their first days."""

from __future__ import annotations

import ibis.expr.types as ir

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import divide
from salesmetrics.metrics.leads import CREATED, absent_while_young
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit
from salesmetrics.model.derived.lead_followup import FOLLOWUP_DAYS, TOUCH_DAYS

TOUCHED = (*CREATED, "activities.lead_id", "activities.at")
ENOUGH = 2
"""Outbound activities from which a lead counts as followed up."""


def _of_leads(
    name: str, where: Expression, how: Aggregate = Aggregate.COUNT, value: Expression | None = None
) -> Measure:
    return Measure(name, "lead_followup", "created_on", how, value, where, TOUCHED)


def _is_aged(days: int) -> Expression:
    return lambda t: t.age_days >= days


def _is_followed_up(t: ir.Table) -> ir.BooleanValue:
    return (t.age_days >= FOLLOWUP_DAYS) & (t.touches_in_7 >= ENOUGH)


def _followup_rate(cells: Cells) -> Outcome:
    outcome = divide(cells, cells["followed_up"], cells["leads_a_week_old"])
    return absent_while_young(outcome, cells["leads_under_a_week"])


def _touches_per_lead(cells: Cells) -> Outcome:
    outcome = divide(cells, cells["touches"], cells["leads_a_month_old"])
    return absent_while_young(outcome, cells["leads_under_a_month"])


_TRAP = _("What is not entered as an activity on the lead does not count, and neither do automatic replies.")

FOLLOWUP_RATE = Metric(
    id="followup_rate",
    title=_("Follow-up rate"),
    title_zh="跟进率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many leads reps turned to at least twice in the first week."),
    formula_text=_("leads with 2 or more outbound activities in 7 days / leads at least 7 days old, by creation"),
    source="S3",
    measures=(
        _of_leads("followed_up", _is_followed_up),
        _of_leads("leads_a_week_old", _is_aged(FOLLOWUP_DAYS)),
        _of_leads("leads_under_a_week", lambda t: t.age_days < FOLLOWUP_DAYS),
    ),
    evaluate=_followup_rate,
    n="leads_a_week_old",
    placed_by="creation of the lead",
    traps=_TRAP,
)

TOUCHES_PER_LEAD = Metric(
    id="touches_per_lead",
    title=_("Touches per lead"),
    title_zh="跟进次数",
    unit=Unit.COUNT,
    better=Better.HIGHER,
    tells=_("How often reps turned to a lead in its first month."),
    formula_text=_("outbound activities in the first 30 days / leads at least 30 days old, by creation"),
    source="S3",
    measures=(
        _of_leads("touches", _is_aged(TOUCH_DAYS), Aggregate.SUM, lambda t: t.touches_in_30),
        _of_leads("leads_a_month_old", _is_aged(TOUCH_DAYS)),
        _of_leads("leads_under_a_month", lambda t: t.age_days < TOUCH_DAYS),
    ),
    evaluate=_touches_per_lead,
    n="leads_a_month_old",
    placed_by="creation of the lead",
    traps=_TRAP,
)

FOLLOWUP_METRICS = (FOLLOWUP_RATE, TOUCHES_PER_LEAD)
