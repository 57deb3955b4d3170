"""What was spent to win customers: measures of spend and pay, and where they cannot be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis.expr.types as ir

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Reach, Window
from salesmetrics.metrics.metric import Cells, Numbers, Outcome, Parameter

SPENT = ("spend.date", "spend.amount")
DAYS_IN_YEAR = 365
SALES_SPEND = "sales"
ADDED, LEFT_OUT = "added", "left_out"

LAG = Parameter(
    "lag",
    "0",
    _("days by which spend comes before the customers it wins; the median sales cycle is a good guess"),
    least=0,
)
PAYROLL = Parameter(
    "payroll",
    LEFT_OUT,
    _("whether the reps' salaries are added, which is right only where spend holds no pay"),
    options=(LEFT_OUT, ADDED),
)


def is_of_sales(t: ir.Table) -> ir.BooleanValue:
    """Tell bookings of sales cost from those of marketing."""
    return t.kind == SALES_SPEND


def _cuts_months(t: ir.Table) -> ir.BooleanValue:
    # A month's one booking stands for all its days: a part of a month has all of it or nothing.
    return t.booked_by_month & ((t.base_start.day() != 1) | (t.base_end.day() != 1))


def spend_measures(settings: Mapping[str, str], *, sales_only: bool = False) -> tuple[Measure, ...]:
    """Give the measures of spend that `spent` and `where_known` read, with pay where the settings add it.

    They look at the period moved back by the lag. A period that begins before the first month of spend has none.
    """
    window = Window(Reach.MOVED_BACK, int(settings.get("lag", "0")))
    prefix = "sales_" if sales_only else ""
    kind: Expression | None = is_of_sales if sales_only else None
    inputs = (*SPENT, "spend.kind") if sales_only else SPENT

    def of(name: str, how: Aggregate, value: Expression | None = None, where: Expression | None = kind) -> Measure:
        return Measure(f"{prefix}{name}", "spending", "date", how, value, where, inputs, window=window)

    def cut(t: ir.Table) -> ir.BooleanValue:
        return _cuts_months(t) & is_of_sales(t) if sales_only else _cuts_months(t)

    measures = (
        of("spend", Aggregate.SUM, lambda t: t.amount),
        of("spend_rows", Aggregate.COUNT),
        of("spend_cut", Aggregate.COUNT, where=cut),
    )
    if settings.get("payroll") != ADDED:
        return measures
    salaries = Measure(
        "yearly_pay_by_day", "rep_day", "date", Aggregate.SUM, lambda t: t.salary,
        inputs=("reps.rep_id", "reps.hire_date", "reps.salary"), window=window,
    )  # fmt: skip
    return (*measures, salaries)


def spent(cells: Cells, prefix: str = "") -> Numbers:
    """Give what was spent, with pay where it is added: a day costs a 365th of the yearly salary."""
    pay = cells["yearly_pay_by_day"] / DAYS_IN_YEAR if cells.parameters.get("payroll") == ADDED else 0.0
    return cells[f"{prefix}spend"] + pay


def where_known(cells: Cells, outcome: Outcome, prefix: str = "") -> Outcome:
    """Take away values where nothing was booked (never a cost of 0), and where monthly bookings are cut apart."""
    cut = cells[f"{prefix}spend_cut"] > 0
    nothing_booked = (spent(cells, prefix) == 0) & (cells[f"{prefix}spend_rows"] == 0)
    outcome = outcome.absent(outcome.stands & nothing_booked, "no_rows").absent(cut, "incomplete_period")
    return replace(outcome, warnings={**outcome.warnings, "spend_booked_by_month": cut})
