"""How fast leads are answered, and how many never are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import at_least, divide, kept, nothing, over, reasons, total
from salesmetrics.metrics.leads import ALL_LEADS, CREATED, absent_while_young, of_leads
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Placed
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Parameter, Unit

P90_MINIMUM = 5
NO_ANSWERS = "missing_column:leads.first_response_at"

GRACE = Parameter("grace", "72", _("hours after which a lead without an answer counts as unanswered"))
SLA = Parameter("sla", "60", _("minutes within which a lead should be answered"))


def is_answered(t: ir.Table) -> ir.BooleanValue:
    """Tell the leads that were answered, and not before they came in."""
    return ibis.coalesce(t.wait_hours >= 0, False)


def is_unanswered(t: ir.Table, grace: str) -> ir.BooleanValue:
    """Tell the leads that nobody answered in the hours that there were for it."""
    return t.responded_at.isnull() & (t.age_hours > int(grace))


def in_hours(minutes: str) -> float:
    """Give minutes as hours.

    >>> in_hours("90")
    1.5
    """
    return int(minutes) / 60


TOLD = (*CREATED, "leads.first_response_at|activities.lead_id")
ANSWERS_TOLD = of_leads("leads_with_answers_told", lambda t: t.answers_told, TOLD)
"""Leads of files that tell of answers at all: without them every lead would seem unanswered."""

BACKWARDS = of_leads("leads_answered_before_creation", lambda t: t.wait_hours < 0)
_CAUTION = ("lead_answers_backwards", "leads_answered_before_creation")


def where_answers_are_told(cells: Cells, outcome: Outcome) -> Outcome:
    """Take the value away where the files hold neither first answers nor activities on leads."""
    return outcome.absent((cells["leads"] > 0) & (cells["leads_with_answers_told"] == 0), NO_ANSWERS)


def unanswered(grace: str) -> Measure:
    """Count the leads that nobody answered."""
    return of_leads(f"unanswered_{grace}", lambda t: is_unanswered(t, grace))


def _older(grace: str) -> Measure:
    return of_leads(f"leads_older_than_{grace}", lambda t: t.age_hours > int(grace))


def _time_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    grace = settings["grace"]

    def waits(name: str, how: Aggregate) -> Measure:
        return of_leads(name, is_answered, aggregate=how, value=lambda t: t.wait_hours)

    def with_unanswered(name: str, how: Aggregate) -> Measure:
        return of_leads(
            f"{name}_{grace}",
            lambda t: is_answered(t) | is_unanswered(t, grace),
            aggregate=how,
            # Never, for a lead without an answer.
            value=lambda t: ibis.coalesce(t.wait_hours, float("inf")),
        )

    return (
        waits("response_median", Aggregate.MEDIAN),
        waits("response_p90", Aggregate.P90),
        of_leads("answered", is_answered),
        with_unanswered("response_median_of_all", Aggregate.MEDIAN),
        with_unanswered("response_p90_of_all", Aggregate.P90),
        unanswered(grace),
        _older(grace),
        of_leads("automatic_replies", lambda t: t.automatic_wait_hours.notnull()),
        of_leads(
            "automatic_reply_median", lambda t: t.automatic_wait_hours >= 0, aggregate=Aggregate.MEDIAN,
            value=lambda t: t.automatic_wait_hours,
        ),
        BACKWARDS, ANSWERS_TOLD, ALL_LEADS,
    )  # fmt: skip


def _response_time(cells: Cells) -> Outcome:
    grace = cells.parameters["grace"]
    median = cells["response_median"]
    count = cells["answered"] + cells[f"unanswered_{grace}"]
    outcome = Outcome(
        median,
        nothing(cells),
        nothing(cells),
        reasons(cells),
        {
            "p90": at_least("response_p90", "answered", P90_MINIMUM)(cells),
            "unanswered_rate": over(cells[f"unanswered_{grace}"], cells[f"leads_older_than_{grace}"]),
            "median_with_unanswered": _finite(cells[f"response_median_of_all_{grace}"]),
            "p90_with_unanswered": kept(_finite(cells[f"response_p90_of_all_{grace}"]), count >= P90_MINIMUM),
            "automatic_replies": cells["automatic_replies"],
            "automatic_reply_median": cells["automatic_reply_median"],
        },
    )
    return where_answers_are_told(cells, outcome.absent(cells["answered"] == 0, "no_rows"))


def _finite(values: Numbers) -> Numbers:
    """Null where it is never reached."""
    return kept(values, np.isfinite(values))


LEAD_RESPONSE_TIME = Metric(
    id="lead_response_time",
    title=_("Response time"),
    title_zh="线索响应时间",
    unit=Unit.HOURS,
    better=Better.LOWER,
    tells=_("How long a lead waits for its first answer from a person."),
    formula_text=_("median of first answer - creation, in hours by the clock, over leads that were answered"),
    source="S3 S4",
    measures=_time_measures,
    evaluate=_response_time,
    n="answered",
    placed_by="creation of the lead",
    parameters=(GRACE,),
    cautions=(_CAUTION,),
    traps=_("Leads that nobody answers do not show in it: look at the unanswered rate beside it."),
)


def _sla_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    sla = settings["sla"]

    def is_due(t: ir.Table) -> ir.BooleanValue:
        return (t.age_hours > in_hours(sla)) & (t.responded_at.isnull() | is_answered(t))

    return (
        of_leads(f"answered_within_{sla}", lambda t: is_due(t) & (t.wait_hours <= in_hours(sla))),
        of_leads(f"leads_due_{sla}", is_due),
        of_leads(f"leads_younger_than_{sla}", lambda t: t.age_hours <= in_hours(sla)),
        BACKWARDS, ANSWERS_TOLD, ALL_LEADS,
    )  # fmt: skip


def _within_sla(cells: Cells) -> Outcome:
    sla = cells.parameters["sla"]
    outcome = divide(cells, cells[f"answered_within_{sla}"], cells[f"leads_due_{sla}"])
    outcome = absent_while_young(outcome, cells[f"leads_younger_than_{sla}"])
    return where_answers_are_told(cells, outcome)


RESPONSE_WITHIN_SLA = Metric(
    id="response_within_sla",
    title=_("Answered in time"),
    title_zh="响应达标率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many leads got their first answer as fast as they should."),
    formula_text=_("leads answered within the agreed minutes / leads at least that old; no answer is a miss"),
    source="S3 S4",
    measures=_sla_measures,
    evaluate=_within_sla,
    n="leads_due_{sla}",
    placed_by="creation of the lead",
    parameters=(SLA,),
    cautions=(_CAUTION,),
)


def _waiting_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    grace = settings["grace"]

    def waiting(name: str, where: Expression | None = None) -> Measure:
        return Measure(name, "lead", "snapshot", Aggregate.COUNT, where=where, inputs=TOLD, placed=Placed.AT_END)

    return (
        waiting(f"waiting_{grace}", lambda t: t.waiting_hours > int(grace)),
        waiting("leads"),
        waiting("leads_with_answers_told", lambda t: t.answers_told),
    )


def _unanswered_leads(cells: Cells) -> Outcome:
    return where_answers_are_told(cells, total(f"waiting_{cells.parameters['grace']}")(cells))


UNANSWERED_LEADS = Metric(
    id="unanswered_leads",
    title=_("Unanswered leads"),
    title_zh="未响应线索",
    unit=Unit.COUNT,
    better=Better.LOWER,
    tells=_("How many leads have had no answer at the end of the period, long after they came in."),
    formula_text=_("leads created by the last day, without an answer by then and older than the grace hours"),
    source="S3",
    measures=_waiting_measures,
    evaluate=_unanswered_leads,
    n="waiting_{grace}",
    placed_by="last day of the period",
    parameters=(GRACE,),
    traps=_("All that ever came in count, not only those of the period: it is a backlog."),
    additive=True,
)


def _rate_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    grace = settings["grace"]
    return (
        unanswered(grace),
        _older(grace),
        of_leads(f"leads_younger_than_{grace}_hours", lambda t: t.age_hours <= int(grace)),
        ANSWERS_TOLD,
        ALL_LEADS,
    )


def _unanswered_rate(cells: Cells) -> Outcome:
    grace = cells.parameters["grace"]
    outcome = divide(cells, cells[f"unanswered_{grace}"], cells[f"leads_older_than_{grace}"])
    young = cells[f"leads_younger_than_{grace}_hours"]
    outcome = where_answers_are_told(cells, absent_while_young(outcome, young))
    return replace(outcome, details={"too_young": young})


UNANSWERED_RATE = Metric(
    id="unanswered_rate",
    title=_("Unanswered rate"),
    title_zh="未响应率",
    unit=Unit.PERCENT,
    better=Better.LOWER,
    tells=_("How many of the leads that came in nobody has answered."),
    formula_text=_("leads without an answer / leads, of those older than the grace hours, by creation"),
    source="S3",
    measures=_rate_measures,
    evaluate=_unanswered_rate,
    n="leads_older_than_{grace}",
    placed_by="creation of the lead",
    parameters=(GRACE,),
)

RESPONSE_METRICS = (LEAD_RESPONSE_TIME, RESPONSE_WITHIN_SLA, UNANSWERED_LEADS, UNANSWERED_RATE)
