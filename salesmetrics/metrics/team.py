"""The team: what reps bring for the time they worked, by how long they have been there."""

from __future__ import annotations

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import over, ratio, total
from salesmetrics.metrics.measure import Aggregate, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Unit

DAYS_IN_MONTH = 30.4375
REP_DIMENSIONS = ("rep", "team", "manager", "region", "tenure")
HIRED = ("reps.rep_id", "reps.hire_date")
_SOLD_BY = (*sales.AMOUNT, "orders.rep_id")

REP_DAYS = Measure("rep_days", "rep_day", "date", Aggregate.COUNT, inputs=HIRED)
# Revenue of reps whose hire date is unknown leaves the numerator, as their days are missing below it.
REVENUE_OF_HIRED = Measure(
    "revenue_of_hired",
    "ledger",
    "date",
    Aggregate.SUM,
    lambda t: t.amount,
    lambda t: t.hire_date.notnull(),
    _SOLD_BY,
)
VOLUME_OF_HIRED = Measure(
    "volume_of_hired", "ledger", "date", Aggregate.SUM, lambda t: t.amount.abs(), lambda t: t.hire_date.notnull(),
    _SOLD_BY,
)  # fmt: skip
_PARTS = (REVENUE_OF_HIRED, REP_DAYS, VOLUME_OF_HIRED, sales.VOLUME)


def _average_reps(cells: Cells) -> Numbers:
    return over(cells["rep_days"], cells.rows.days)


def _rep_months(cells: Cells) -> Numbers:
    return cells["rep_days"] / DAYS_IN_MONTH


REVENUE_BY_TENURE = Metric(
    id="revenue_by_tenure",
    title=_("Revenue by tenure"),
    title_zh="按任期/经验的销售额",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What reps sold in each stretch of their time with the company, at the date of each sale."),
    formula_text=_("sum of ledger amounts by the rep's completed months since hire"),
    source="S3",
    measures=(sales.REVENUE, sales.ROWS),
    evaluate=total("revenue"),
    n="ledger_rows",
    by=("tenure",),
    traps=_("A band with many reps sells more: compare revenue per rep-month."),
    additive=True,
)

REVENUE_PER_REP_MONTH = Metric(
    id="revenue_per_rep_month",
    title=_("Revenue per rep-month"),
    title_zh="每人月销售额",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What a rep sells in a month of work: the fair way to compare tenure bands."),
    formula_text=_("revenue / (days reps were employed / 30.4375)"),
    source="S3",
    measures=_PARTS,
    evaluate=ratio("revenue_of_hired", _rep_months),
    n="rep_days",
    coverage=("volume_of_hired", "volume"),
    dimensions=REP_DIMENSIONS,
)

TENURE_EFFECTIVENESS = Metric(
    id="tenure_effectiveness",
    title=_("Effectiveness by tenure"),
    title_zh="按任期的效能",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("How reps perform by how long they have been there; those who left stay in their bands."),
    formula_text=_("revenue per rep-month by tenure band; beside it win rate, attainment and cycle"),
    source="S3",
    measures=_PARTS,
    evaluate=ratio("revenue_of_hired", _rep_months),
    n="rep_days",
    coverage=("volume_of_hired", "volume"),
    dimensions=REP_DIMENSIONS,
    by=("tenure",),
    members=("revenue_per_rep_month", "win_rate", "quota_attainment", "sales_cycle_length"),
)

REVENUE_PER_REP = Metric(
    id="revenue_per_rep",
    title=_("Revenue per rep"),
    title_zh="人均产出",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What the average rep brought in the period."),
    formula_text=_("revenue / average number of reps employed"),
    source="S1 S3",
    measures=_PARTS,
    evaluate=ratio("revenue_of_hired", _average_reps),
    n="rep_days",
    coverage=("volume_of_hired", "volume"),
    dimensions=REP_DIMENSIONS,
)

TEAM_METRICS = (REVENUE_BY_TENURE, REVENUE_PER_REP_MONTH, TENURE_EFFECTIVENESS, REVENUE_PER_REP)
