"""Stages: how many deals come how far, how long they stay, and where they get stuck."""

from __future__ import annotations

from dataclasses import replace

import ibis.expr.types as ir

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import unfinished
from salesmetrics.metrics.arithmetic import divide, nothing, over, total
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Unit

HISTORY = ("opportunities.status", "stage_history.stage", "stage_history.entered_at")
STAYS = (*HISTORY, "opportunities.close_date")

MANY_WAITING = 0.2
"""Share of the deals in a stage that are undecided from which those decided fast say too much."""


def _reached(name: str, where: Expression | None = None) -> Measure:
    return Measure(name, "stage_reached", "reached_on", Aggregate.COUNT, where=where, inputs=HISTORY)


# All rows of a stage stand in the same place.
PLACE = Measure(
    "place", "stage_reached", "reached_on", Aggregate.MEAN, lambda t: t.place.cast("float64"), None, HISTORY
)
REACHED = _reached("reached")
ENTERED = _reached("entered", lambda t: t.entered)
ADVANCED = _reached("advanced", lambda t: t.advanced)
DECIDED = _reached("decided", lambda t: t.advanced | t.lost_here)
LOST_HERE = _reached("lost_here", lambda t: t.lost_here)
WAITING = _reached("waiting", lambda t: t.waiting)
WON_LATER = _reached("won_later", lambda t: t.status == "won")
_COUNTS = (REACHED, ENTERED, ADVANCED, DECIDED, LOST_HERE, WAITING, WON_LATER, PLACE)


def _course(cells: Cells) -> dict[str, Numbers]:
    return {
        "place": cells["place"],
        "reached": cells["reached"],
        "entered": cells["entered"],
        "advanced": cells["advanced"],
        "lost": cells["lost_here"],
        "waiting": cells["waiting"],
        "won": cells["won_later"],
        "raw_conversion": over(cells["advanced"], cells["reached"]),
    }


def _conversion(cells: Cells) -> Outcome:
    many = cells["waiting"] > MANY_WAITING * cells["reached"]
    outcome = divide(cells, cells["advanced"], cells["decided"]).absent(cells["reached"] == 0, "no_rows")
    return replace(outcome, details=_course(cells), warnings={"many_waiting": many})


def _funnel(cells: Cells) -> Outcome:
    conversion = over(cells["advanced"], cells["decided"])
    return replace(total("reached")(cells), details={**_course(cells), "conversion": conversion})


STAGE_CONVERSION = Metric(
    id="stage_conversion",
    title=_("Stage conversion"),
    title_zh="阶段转化率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many of the deals that left a stage went on, and were not lost there."),
    formula_text=_("came further or won / (came further or won + lost there), by the date the stage was reached"),
    source="S0 S2 S3 S4",
    measures=_COUNTS,
    evaluate=_conversion,
    n="decided",
    placed_by="entry into the stage",
    by=("stage",),
    traps=_(
        "A stage that a deal skipped counts as reached; a move back takes nothing away. Deals still in the stage "
        "are left out: where they are many, quick losses weigh too much."
    ),
)

FUNNEL = Metric(
    id="funnel",
    title=_("Funnel"),
    title_zh="销售漏斗",
    unit=Unit.COUNT,
    better=Better.HIGHER,
    tells=_("How many deals reached each stage."),
    formula_text=_("deals that entered the stage or a later one, by the date they reached it"),
    source="S0 S2 S3 S4",
    measures=_COUNTS,
    evaluate=_funnel,
    n="reached",
    placed_by="entry into the stage",
    by=("stage",),
    members=("stage_conversion", "open_opportunities"),
    traps=_("Without a file of stage changes there is only where open deals stand today."),
)


def _is_stay(t: ir.Table) -> ir.BooleanValue:
    return t.days >= 0


def _stay(name: str, date: str, where: Expression, value: Expression | None = None, how: str = "count") -> Measure:
    return Measure(name, "stage_spell", date, Aggregate(how), value, where, STAYS)


_BACKWARDS = _stay("stays_backwards", "entered_on", lambda t: t.days < 0)
_STAYS = _stay("stays", "entered_on", _is_stay)
_LEFT = _stay("stays_left", "entered_on", lambda t: _is_stay(t) & t.left)
_LEFT_LOST = _stay("stays_lost", "entered_on", lambda t: _is_stay(t) & t.left & t.lost_here)
_STAY_DAYS = unfinished.by_day("stay_list", "stage_spell", "entered_on", "days", lambda t: t.left, _is_stay, STAYS)
_STAY_PLACE = _stay("place", "entered_on", _is_stay, lambda t: t.place.cast("float64"), "mean")


def _time_in_stage(cells: Cells) -> Outcome:
    found = unfinished.times(cells["stay_list"])
    details = {
        "place": cells["place"],
        "completed_median": found.completed_median,
        "p90": found.completed_p90,
        "lost_share": over(cells["stays_lost"], cells["stays_left"]),
        "still_there": cells["stays"] - cells["stays_left"],
    }
    return Outcome(found.median, nothing(cells), nothing(cells), found.reason, details)


TIME_IN_STAGE = Metric(
    id="time_in_stage",
    title=_("Time in stage"),
    title_zh="阶段停留",
    unit=Unit.DAYS,
    better=Better.LOWER,
    tells=_("How many days it takes until half of the deals have left a stage."),
    formula_text=_("Kaplan-Meier median of leaving - entering, deals still in the stage waiting on"),
    source="S2 S3 S4",
    measures=(_STAY_DAYS, _STAYS, _LEFT, _LEFT_LOST, _STAY_PLACE, _BACKWARDS),
    evaluate=_time_in_stage,
    n="stays",
    cautions=(("stays_backwards", "stays_backwards"),),
    placed_by="entry into the stage",
    by=("stage",),
    traps=_("A deal that comes back to a stage stays there anew. Leaving is leaving, also by being lost."),
)

STAGE_METRICS = (STAGE_CONVERSION, FUNNEL, TIME_IN_STAGE)
