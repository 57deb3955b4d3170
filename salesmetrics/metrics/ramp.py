"""Ramp time: how many months new reps need to sell like those who have been there for a year."""

from __future__ import annotations

import ibis
import numpy as np

from salesmetrics.analysis import survival
from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import nothing, reasons
from salesmetrics.metrics.measure import Aggregate, Measure, Per
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit

_INPUTS = ("reps.rep_id", "reps.hire_date", *sales.AMOUNT, "orders.rep_id")

_BY_MONTHS = Per(
    "months_to_ramp",
    ("months",),
    (("done", lambda t: t.caught_up.sum()), ("open", lambda t: (~t.caught_up).sum())),
)
_MONTHS = Measure(
    "months_list", "ramp", "hire_date", Aggregate.LIST,
    lambda t: ibis.struct({"months": t.months, "done": t.done, "open": t.open}), inputs=_INPUTS, per=_BY_MONTHS,
)  # fmt: skip
_HIRED = Measure("reps_hired", "ramp", "hire_date", Aggregate.COUNT, inputs=_INPUTS)
_CAUGHT_UP = Measure(
    "reps_ramped", "ramp", "hire_date", Aggregate.COUNT, where=lambda t: t.caught_up, inputs=_INPUTS
)
_JUDGED = Measure(
    "reps_judged", "ramp", "hire_date", Aggregate.COUNT, where=lambda t: t.months_judged > 0, inputs=_INPUTS
)


def _curve(listed: object) -> survival.Curve:
    rows = listed if isinstance(listed, (list, np.ndarray)) else []
    return [(row["months"], int(row["done"]), int(row["open"])) for row in rows]


def _ramp(cells: Cells) -> Outcome:
    found = [survival.median(curve) for curve in map(_curve, cells["months_list"])]
    ramped, judged = cells["reps_ramped"], cells["reps_judged"]
    outcome = Outcome(
        np.array(found, dtype=float), nothing(cells), nothing(cells), reasons(cells),
        {"ramped": ramped, "not_yet": cells["reps_hired"] - ramped},
    )  # fmt: skip
    outcome = outcome.absent(np.isnan(outcome.value), "not_reached").absent(judged == 0, "n_too_small")
    return outcome.absent(cells["reps_hired"] == 0, "no_rows")


RAMP_TIME = Metric(
    id="ramp_time",
    title=_("Ramp time"),
    title_zh="爬坡期",
    unit=Unit.MONTHS,
    better=Better.LOWER,
    tells=_("After how many months half of the new reps sell like those who have been there for a year."),
    formula_text=_(
        "Kaplan-Meier median of the months from the hire to the end of the first three in a row with 80 % of the"
        " median rep of a year or more in the same months"
    ),
    source="S3",
    measures=(_MONTHS, _HIRED, _CAUGHT_UP, _JUDGED),
    evaluate=_ramp,
    n="reps_hired",
    placed_by=_("hire date"),
    traps=_(
        "Reps who are not there yet, or left before, count as still on their way. Months count from the first full"
        " one; those with fewer than three reps of a year or more tell nothing."
    ),
)

RAMP_METRICS = (RAMP_TIME,)
