"""Effective and efficient: who reaches the goals, and who does so quickly and with little effort."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from salesmetrics.analysis.percentiles import percentile
from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.activity import WEEKDAYS, on_weekday
from salesmetrics.metrics.arithmetic import kept, nothing, over, reasons
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Flags, Metric, Numbers, Outcome, Unit
from salesmetrics.metrics.quota import QUOTA_AMOUNT, SOLD
from salesmetrics.metrics.team import REP_DIMENSIONS
from salesmetrics.model.derived.effort import ANSWER, CONTACT, WIN
from salesmetrics.model.dimensions import UNKNOWN

GOAL = 1.0
MIDDLE = 50.0
"""Percentile from which a rep is among the better half."""

FEWEST_SIGNS = 2
"""Signs of efficiency without which there is none."""

BOTH, NEITHER = "effective_efficient", "neither"
EFFECTIVE, EFFICIENT = "effective_inefficient", "ineffective_efficient"
"""The four quadrants."""

_INPUTS = (*sales.AMOUNT, "orders.rep_id")


def _is_named(t: ir.Table) -> ir.BooleanValue:
    return t.rep != UNKNOWN


def _of_kind(kind: str) -> Expression:
    return lambda t: t.kind == kind


def _effort(name: str, how: Aggregate, where: Expression, value: Expression | None = None) -> Measure:
    return Measure(name, "effort", "day", how, value, where)


_NAMED = (
    Measure("named_in_ledger", "ledger", "date", Aggregate.COUNT, where=_is_named, inputs=_INPUTS),
    _effort("named_in_effort", Aggregate.COUNT, _is_named),
)
_WORKED = tuple(
    Measure(f"worked_on_weekday_{day}", "employed_day", "day", Aggregate.COUNT, where=on_weekday(day))
    for day in WEEKDAYS
)
# A company without quotas, costs, leads or activities is judged by what it has.
_MEASURES = (
    *(replace(measure, inputs=_INPUTS) for measure in (sales.REVENUE, sales.PROFIT, sales.ROWS_WITH_COST)),
    *(replace(measure, inputs=_INPUTS) for measure in (SOLD, QUOTA_AMOUNT)),
    _effort("answer_hours", Aggregate.MEDIAN, _of_kind(ANSWER), lambda t: t.took),
    _effort("cycle_days", Aggregate.MEDIAN, _of_kind(WIN), lambda t: t.took),
    _effort("contacts_made", Aggregate.COUNT, _of_kind(CONTACT)),
    *_WORKED,
    *_NAMED,
)


def _people(cells: Cells) -> Flags:
    """Tell which rows are of someone: no one is judged by what names no rep."""
    named = [cells[measure.name] for measure in (*_NAMED, *_WORKED)]
    found: Flags = np.nansum(named, axis=0) > 0
    return found


def _percentiles(cells: Cells, values: Numbers, *, lower_is_better: bool = False) -> Numbers:
    """Place each row among those of its period."""
    found = np.full(cells.size, np.nan)
    for span in np.unique(cells.rows.span):
        rows = np.flatnonzero(cells.rows.span == span)
        among = values[rows].tolist()
        found[rows] = [percentile(value, among, lower_is_better=lower_is_better) for value in among]
    return found


def _signs(cells: Cells, people: Flags) -> Mapping[str, Numbers]:
    """Give what tells how efficient each row is, as percentiles; null where the data holds nothing of it."""
    contacts = kept(cells["contacts_made"], cells.rows.summed(cells["contacts_made"]) > 0)
    worked = sum(
        (cells[f"worked_on_weekday_{day}"] for day in cells.conventions.working_days), np.zeros(cells.size)
    )
    signs = {
        "response_percentile": (cells["answer_hours"], True),
        "cycle_percentile": (cells["cycle_days"], True),
        "contacts_percentile": (over(contacts, worked), False),
        "revenue_per_contact_percentile": (over(cells["revenue"], contacts), False),
    }
    return {
        name: _percentiles(cells, kept(values, people), lower_is_better=lower)
        for name, (values, lower) in signs.items()
    }


def quadrant(effective: bool, efficient: bool) -> str:
    """Name the quadrant.

    >>> quadrant(1.10 >= GOAL, 35 >= MIDDLE)
    'effective_inefficient'
    """
    if effective:
        return BOTH if efficient else EFFECTIVE
    return EFFICIENT if efficient else NEITHER


def _judged(cells: Cells) -> Outcome:
    people = _people(cells)
    signs = _signs(cells, people)
    shown = np.array(list(signs.values()))
    count = (~np.isnan(shown)).sum(axis=0)
    efficiency = kept(over(np.nansum(shown, axis=0), count.astype(float)), count >= FEWEST_SIGNS)
    attainment = kept(over(cells["sold_against_quota"], cells["quota_amount"]), people)
    profit = _percentiles(cells, kept(cells["profit"], people & (cells["rows_with_cost"] > 0)))
    by_quota = ~np.isnan(attainment)
    effective = np.where(by_quota, attainment >= GOAL, profit >= MIDDLE)
    known = (by_quota | ~np.isnan(profit)) & ~np.isnan(efficiency)
    quadrants: NDArray[np.object_] = np.array(
        [
            quadrant(*pair) if stands else None
            for *pair, stands in zip(effective.tolist(), (efficiency >= MIDDLE).tolist(), known, strict=True)
        ],
        dtype=object,
    )
    measured = [
        "quota_attainment" if quota else None if np.isnan(of_profit) else "gross_profit"
        for quota, of_profit in zip(by_quota.tolist(), profit.tolist(), strict=True)
    ]
    details = {
        "effectiveness": np.where(by_quota, attainment, profit),
        "effectiveness_by": np.array(measured, dtype=np.object_),
        "efficiency": efficiency,
        "quadrant": quadrants,
        **signs,
    }
    outcome = Outcome(efficiency, nothing(cells), nothing(cells), reasons(cells), details)
    return outcome.absent(~known, "n_too_small").absent(~people, "no_rows")


EFFECTIVENESS_EFFICIENCY = Metric(
    id="effectiveness_efficiency",
    title=_("Effectiveness and efficiency"),
    title_zh="有效性×效率象限",
    unit=Unit.POINTS,
    better=Better.HIGHER,
    tells=_("Who reaches the goals, and who works quickly and with little effort: 50 is the middle of the reps."),
    formula_text=_(
        "effective: quota attainment of 100 % (without a quota the better half by gross profit); efficient: the mean"
        " percentile of answering leads, closing deals, contacts a working day and revenue a contact is 50 or more"
    ),
    source="S3",
    measures=_MEASURES,
    evaluate=_judged,
    n="contacts_made",
    dimensions=REP_DIMENSIONS,
    by=("rep",),
    traps=_(
        "At least two signs of efficiency are needed. It compares reps with each other, not with what could be."
    ),
)

EFFECTIVENESS_METRICS = (EFFECTIVENESS_EFFICIENCY,)
