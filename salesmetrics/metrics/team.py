"""The team: what reps bring for the time they worked, by how long they have been there."""

from __future__ import annotations

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import over, ratio, total
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Unit

DAYS_IN_MONTH = 30.4375
DAYS_IN_YEAR = 365
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

_PAY = (*HIRED, "reps.salary")


def _of_paid(name: str, how: Aggregate, value: Expression | None = None) -> Measure:
    inputs = (*sales.COST, "orders.rep_id", *_PAY)
    return Measure(name, "ledger", "date", how, value, lambda t: t.rep_paid & t.cost.notnull(), inputs)


REP_ROI = Metric(
    id="rep_roi",
    title=_("Profit per unit of pay"),
    title_zh="人效比",
    unit=Unit.TIMES,
    better=Better.HIGHER,
    tells=_("How many times over a rep's sales earn the rep's salary."),
    formula_text=_("gross profit / (yearly salary x days employed / 365)"),
    source="S3",
    measures=(
        _of_paid("profit_of_paid", Aggregate.SUM, lambda t: t.amount - t.cost),
        _of_paid("rows_of_paid", Aggregate.COUNT),
        _of_paid("volume_of_paid", Aggregate.SUM, lambda t: t.amount.abs()),
        Measure("salary_day_by_day", "rep_day", "date", Aggregate.SUM, lambda t: t.salary, inputs=_PAY),
        sales.VOLUME,
    ),
    evaluate=ratio("profit_of_paid", lambda cells: cells["salary_day_by_day"] / DAYS_IN_YEAR),
    n="rows_of_paid",
    coverage=("volume_of_paid", "volume"),
    dimensions=REP_DIMENSIONS,
    traps=_("Pay means the salary: bonuses, expenses and the cost of finding leads are not in it."),
)  # fmt: skip

EMPLOYED_DAYS = Measure("employed_days", "employed_day", "day", Aggregate.COUNT, inputs=HIRED)
LEAVERS = Measure(
    "leavers", "employed_day", "day", Aggregate.COUNT, where=lambda t: t.leaves, inputs=(*HIRED, "reps.leave_date")
)


def _headcount(cells: Cells) -> Numbers:
    return over(cells["employed_days"], cells.rows.days)


REP_TURNOVER_RATE = Metric(
    id="rep_turnover_rate",
    title=_("Rep turnover"),
    title_zh="销售流失率",
    unit=Unit.PERCENT,
    better=Better.LOWER,
    tells=_("How many of the reps left in the period: the nearest that figures come to morale."),
    formula_text=_("reps whose last day lies in the period / reps employed on the average day"),
    source="S0 S1 S3",
    measures=(LEAVERS, EMPLOYED_DAYS),
    evaluate=ratio("leavers", _headcount, details={"headcount": _headcount}),
    n="leavers",
    placed_by=_("last day employed"),
    traps=_("It is of the period, not of a year: a month's rate is about a twelfth of a year's."),
)

TEAM_METRICS = (
    REVENUE_BY_TENURE, REVENUE_PER_REP_MONTH, TENURE_EFFECTIVENESS, REVENUE_PER_REP, REP_ROI, REP_TURNOVER_RATE,
)  # fmt: skip
