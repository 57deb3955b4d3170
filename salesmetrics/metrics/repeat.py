"""Buying again: cohorts of new customers month by month, who comes back within a time, and how long it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import numpy as np

from salesmetrics.analysis import survival
from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import at_least, divide, nothing, over, reasons
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per, Placed
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Parameter, Unit
from salesmetrics.model.derived.purchase import PURCHASE_DIMENSIONS

COHORT_MONTHS = 12
"""Months after the first purchase for which a cohort has cells."""

P90_MINIMUM = 5

_ENOUGH_KNOWN = (sales.ORDER_VOLUME_WITH_CUSTOMER, sales.ORDER_VOLUME)


def _of_cohort(name: str, where: Expression) -> Measure:
    return Measure(name, "cohort", "first_purchase", Aggregate.COUNT, where=where, inputs=sales.CUSTOMER)


def _seen(months: int) -> tuple[Measure, Measure]:
    """Count the customers whose month `months` after their first is over, and those of them who bought in it."""
    return (
        _of_cohort(f"cohort_{months}", lambda t: (t.months_since_first == 0) & (t.months_known >= months)),
        _of_cohort(f"bought_{months}", lambda t: (t.months_since_first == months) & (t.months_known >= months)),
    )


NEWCOMERS = _of_cohort("newcomers", lambda t: t.months_since_first == 0)


def _too_early(outcome: Outcome, counted: Numbers, everybody: Numbers) -> Outcome:
    """Tell customers who have not been seen long enough from no customers at all."""
    return outcome.absent((counted == 0) & (everybody > 0), "immature_cohort")


def _cohort(cells: Cells) -> Outcome:
    month = cells.parameters["month"]
    size = cells[f"cohort_{month}"]
    details = {"immature": cells["newcomers"] - size}
    for k in range(COHORT_MONTHS + 1):
        details[f"share_{k}"] = over(cells[f"bought_{k}"], cells[f"cohort_{k}"])
        details[f"bought_{k}"] = cells[f"bought_{k}"]
        details[f"cohort_{k}"] = cells[f"cohort_{k}"]
    outcome = _too_early(divide(cells, cells[f"bought_{month}"], size), size, cells["newcomers"])
    return replace(outcome, details=details, warnings={"immature_left_out": details["immature"] > 0})


COHORT_RETENTION = Metric(
    id="cohort_retention",
    title=_("Cohort retention"),
    title_zh="同期群留存",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many of the customers who started together bought again so many months later."),
    formula_text=_("customers with a purchase in the month k months after their first / customers of that cohort"),
    source="S0 S4",
    measures=(*(one for k in range(COHORT_MONTHS + 1) for one in _seen(k)), NEWCOMERS, *_ENOUGH_KNOWN),
    evaluate=_cohort,
    n="cohort_{month}",
    placed_by="first purchase",
    coverage=("order_volume_with_customer", "order_volume"),
    parameters=(Parameter("month", "3", _("months after the month of the first purchase"), most=COHORT_MONTHS),),
    traps=_("Only cohorts whose month is over count: for later months these are fewer and older customers."),
    left_edge=True,
)


def _repeat_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    days = int(settings["horizon"])

    def seen(t: ir.Table) -> ir.BooleanValue:
        return (t.months_since_first == 0) & (t.days_seen >= days)

    return (
        _of_cohort(f"again_within_{days}", lambda t: seen(t) & (t.days_to_second <= days)),
        _of_cohort(f"seen_for_{days}", seen),
        _of_cohort("ever_again", lambda t: (t.months_since_first == 0) & t.second_purchase.notnull()),
        NEWCOMERS,
        *_ENOUGH_KNOWN,
    )


def _repeat(cells: Cells) -> Outcome:
    days = cells.parameters["horizon"]
    seen, everybody = cells[f"seen_for_{days}"], cells["newcomers"]
    outcome = _too_early(divide(cells, cells[f"again_within_{days}"], seen), seen, everybody)
    details = {"naive": over(cells["ever_again"], everybody), "immature": everybody - seen}
    return replace(outcome, details=details, warnings={"immature_left_out": details["immature"] > 0})


REPEAT_PURCHASE_RATE = Metric(
    id="repeat_purchase_rate",
    title=_("Repeat purchase rate"),
    title_zh="回购率/复购率/回访率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many new customers bought a second time soon after the first."),
    formula_text=_("customers with a second purchase within H days / customers first seen at least H days ago"),
    source="S0 S4",
    measures=_repeat_measures,
    evaluate=_repeat,
    n="seen_for_{horizon}",
    placed_by="first purchase",
    coverage=("order_volume_with_customer", "order_volume"),
    parameters=(Parameter("horizon", "180", _("days within which the second purchase counts")),),
    traps=_(
        "Customers who started less than H days ago are left out: they have had no fair chance yet. "
        "The plain share of all who ever came back changes for past periods whenever one does."
    ),
    left_edge=True,
)

_GAP = ("orders.order_date", "orders.amount", "orders.customer_id")


def _closed(name: str, how: Aggregate, value: Expression | None = None, per: Per | None = None) -> Measure:
    where = None if per else (lambda t: t.gap_days.notnull())
    return Measure(name, "purchase", "date", how, value, where, _GAP, per)


_BY_GAP = Per("gap", ("gap_days",), (("gaps", lambda t: t.count()),), where=lambda t: t.gap_days.notnull())
_BY_OPEN_GAP = Per("open_gap", ("open_days",), (("gaps", lambda t: t.count()),))


def _days(t: ir.Table) -> ir.Value:
    return t.gap_days.cast("float64")


def _repurchase(cells: Cells) -> Outcome:
    curves = [
        [(gap["days"], int(gap["gaps"]), 0) for gap in _listed(closed)]
        + [(gap["days"], 0, int(gap["gaps"])) for gap in _listed(still_open)]
        for closed, still_open in zip(cells["gap_list"], cells["open_gap_list"], strict=True)
    ]
    medians = [survival.median(curve) if curve else None for curve in curves]
    empty = nothing(cells)
    details = {
        "p90": at_least("gap_p90", "gaps", P90_MINIMUM)(cells),
        "median_with_open": np.array(medians, dtype=float),
        "open": cells["open_gaps"],
    }
    outcome = Outcome(cells["gap_median"], empty, empty, reasons(cells), details)
    return outcome.absent(cells["gaps"] == 0, "no_rows")


def _listed(gaps: object) -> list[Mapping[str, float]]:
    """Give the gaps of one row as counted by the engine; none where nobody bought."""
    return list(gaps) if isinstance(gaps, (list, np.ndarray)) else []


REPURCHASE_INTERVAL = Metric(
    id="repurchase_interval",
    title=_("Days between purchases"),
    title_zh="复购间隔",
    unit=Unit.DAYS,
    better=Better.LOWER,
    tells=_("How many days customers let pass between one purchase and the next."),
    formula_text=_("median of the days since the customer's purchase before"),
    source="S0 S4",
    measures=(
        _closed("gap_median", Aggregate.MEDIAN, _days),
        _closed("gap_p90", Aggregate.P90, _days),
        _closed("gaps", Aggregate.COUNT),
        _closed(
            "gap_list", Aggregate.LIST, lambda t: ibis.struct({"days": t.gap_days, "gaps": t.gaps}), _BY_GAP
        ),
        Measure(
            "open_gap_list", "purchase", "snapshot", Aggregate.LIST,
            lambda t: ibis.struct({"days": t.open_days, "gaps": t.gaps}), inputs=_GAP, per=_BY_OPEN_GAP,
            placed=Placed.AT_END,
        ),
        Measure("open_gaps", "purchase", "snapshot", Aggregate.COUNT, inputs=_GAP, placed=Placed.AT_END),
        *_ENOUGH_KNOWN,
    ),
    evaluate=_repurchase,
    n="gaps",
    placed_by="date of the later purchase",
    coverage=("order_volume_with_customer", "order_volume"),
    dimensions=PURCHASE_DIMENSIONS,
    traps=_(
        "Only customers who came back have such days: it looks shorter than it is. The median with open gaps "
        "also counts those who have not come back by the last day."
    ),
)  # fmt: skip

REPEAT_METRICS = (COHORT_RETENTION, REPEAT_PURCHASE_RATE, REPURCHASE_INTERVAL)
