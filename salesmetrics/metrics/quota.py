"""Quotas: how much of what was to be reached was reached, and by how many."""

from __future__ import annotations

from dataclasses import replace

import ibis.expr.types as ir

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import divide, ratio, total
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per, Placed
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit
from salesmetrics.model.derived.quota import REVENUE

DIMENSIONS = ("rep", "team", "manager", "region", "tenure", "product")
OF_REPS = DIMENSIONS[:-1]
_EXACT = "decimal(38,6)"
QUOTA = ("quotas.scope", "quotas.amount", "orders.order_date", "orders.amount")

# A quota whose period reaches outside the one at hand counts with the share of its days inside.
QUOTA_AMOUNT = Measure(
    "quota_amount", "quota", "period_start", Aggregate.SUM,
    lambda t: t.amount.cast("float64") * (t.overlap / t.days), inputs=QUOTA, placed=Placed.OVERLAPPING,
)  # fmt: skip
QUOTA_ROWS = Measure(
    "quota_rows", "quota", "period_start", Aggregate.COUNT, inputs=QUOTA, placed=Placed.OVERLAPPING
)
QUOTA_CUT = Measure(
    "quotas_pro_rated", "quota", "period_start", Aggregate.COUNT, where=lambda t: t.overlap < t.days, inputs=QUOTA,
    placed=Placed.OVERLAPPING,
)  # fmt: skip
SOLD = Measure("sold_against_quota", "quota_sale", "date", Aggregate.SUM, lambda t: t.actual, inputs=QUOTA)


def _has_ended(t: ir.Table) -> ir.BooleanValue:
    """Tell the quotas of reps that lie wholly in the period and are over."""
    return (t.overlap == t.days) & t.ended


_ENDED = Per(
    "rep_result",
    ("rep",),
    (("quota", lambda t: t.amount.sum()), ("actual", lambda t: t.actual.cast(_EXACT).sum())),
    where=_has_ended,
)


def _of_rep(name: str, value: Expression | None = None, per: Per = _ENDED) -> Measure:
    """Sum a figure of each rep with a quota above zero, or count these reps."""
    how = Aggregate.COUNT if value is None else Aggregate.SUM
    return Measure(
        name, "rep_quota_result", "period_start", how, value, lambda t: t.quota > 0, QUOTA, per, Placed.OVERLAPPING
    )


REPS_WITH_QUOTA = _of_rep("reps_with_quota")
REPS_REACHING = Measure(
    "reps_reaching", "rep_quota_result", "period_start", Aggregate.COUNT,
    where=lambda t: (t.quota > 0) & (t.actual >= t.quota), inputs=QUOTA, per=_ENDED,
    placed=Placed.OVERLAPPING,
)  # fmt: skip


def _attainment(cells: Cells) -> Outcome:
    outcome = ratio("sold_against_quota", "quota_amount")(cells).absent(cells["quota_rows"] == 0, "no_rows")
    return replace(outcome, details={"net_gain_loss": cells["sold_against_quota"] - cells["quota_amount"]})


QUOTA_ATTAINMENT = Metric(
    id="quota_attainment",
    title=_("Quota attainment"),
    title_zh="配额/目标完成率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How much of the quota was reached."),
    formula_text=_("what was sold against quotas / quotas"),
    source="S1 S3",
    measures=(SOLD, QUOTA_AMOUNT, QUOTA_ROWS, QUOTA_CUT),
    evaluate=_attainment,
    n="quota_rows",
    cautions=(("quotas_pro_rated", "quotas_pro_rated"),),
    dimensions=DIMENSIONS,
    traps=_("Sales without a quota stay out. Quotas of reps and of regions stand side by side, never added."),
)


def _reaching(cells: Cells) -> Outcome:
    return ratio("reps_reaching", "reps_with_quota")(cells).absent(cells["reps_with_quota"] == 0, "no_rows")


REPS_AT_QUOTA = Metric(
    id="reps_at_quota",
    title=_("Reps at quota"),
    title_zh="达标人数占比",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many of the reps with a quota reached it, over quota periods that have ended."),
    formula_text=_("reps at 100 % or more / reps with a quota above zero"),
    source="S3",
    measures=(REPS_REACHING, REPS_WITH_QUOTA),
    evaluate=_reaching,
    n="reps_with_quota",
    dimensions=OF_REPS,
)

_OF_PERIOD = Per(
    "quota_period",
    ("period_start", "period_end"),
    (
        ("reps", lambda t: t.rep.nunique(where=t.amount > 0)),
        ("missing", lambda t: t.rep.nunique(where=(t.amount > 0) & (t.actual < t.amount.cast("float64")))),
    ),
    where=_has_ended,
)
PERIODS_MOSTLY_MISSED = Measure(
    "quota_periods_mostly_missed", "rep_quota_result", "period_start", Aggregate.COUNT,
    where=lambda t: t.missing * 2 > t.reps, inputs=QUOTA, per=_OF_PERIOD, placed=Placed.OVERLAPPING,
)  # fmt: skip

PERIODS_TO_REVIEW = 2
"""Quota periods that most reps missed, after which it is the quota that should be looked at."""


def _missing(cells: Cells) -> Outcome:
    reps = cells["reps_with_quota"]
    outcome = divide(cells, reps - cells["reps_reaching"], reps).absent(reps == 0, "no_rows")
    often = (cells["quota_periods_mostly_missed"] >= PERIODS_TO_REVIEW) & (reps > 1)
    return replace(outcome, warnings={"quota_review": often})


QUOTA_MISS_RATE = Metric(
    id="quota_miss_rate",
    title=_("Reps below quota"),
    title_zh="配额丢失率",
    unit=Unit.PERCENT,
    better=Better.LOWER,
    tells=_("How many of the reps with a quota missed it, over quota periods that have ended."),
    formula_text=_("reps below 100 % / reps with a quota above zero"),
    source="S3",
    measures=(REPS_REACHING, REPS_WITH_QUOTA, PERIODS_MOSTLY_MISSED),
    evaluate=_missing,
    n="reps_with_quota",
    dimensions=OF_REPS,
    traps=_(
        "Where most reps miss period after period, it is the quota that should be reviewed, not only the reps."
    ),
)


def _gap(cells: Cells) -> Outcome:
    return divide(cells, cells["quota_gap"], cells["quota_ended"]).absent(cells["reps_with_quota"] == 0, "no_rows")


QUOTA_GAP_RATE = Metric(
    id="quota_gap_rate",
    title=_("Share of quota missed"),
    title_zh="配额缺口率",
    unit=Unit.PERCENT,
    better=Better.LOWER,
    tells=_("How much of the quotas was not reached; what others sold beyond theirs does not make up for it."),
    formula_text=_("sum of what each rep fell short by / quotas, over quota periods that have ended"),
    source="S3",
    measures=(
        _of_rep("quota_gap", lambda t: (t.quota - t.actual).clip(lower=0)),
        _of_rep("quota_ended", lambda t: t.quota),
        REPS_WITH_QUOTA,
    ),
    evaluate=_gap,
    n="reps_with_quota",
    dimensions=OF_REPS,
)

_IN_MONEY = Per(
    "rep_result_in_money",
    ("rep",),
    _ENDED.totals,
    where=lambda t: _has_ended(t) & (t.measure == REVENUE) & (t.amount > 0),
)


def _net(cells: Cells) -> Outcome:
    return total("net_gain_loss")(cells).absent(cells["reps_with_money_quota"] == 0, "no_rows")


NET_GAIN_LOSS = Metric(
    id="net_gain_loss",
    title=_("Net gain or loss against quota"),
    title_zh="净收益/损失",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("By how much money each rep ended above or below the quota."),
    formula_text=_("sold against the quota - quota, over quota periods that have ended"),
    source="S3",
    measures=(
        _of_rep("net_gain_loss", lambda t: t.actual - t.quota, per=_IN_MONEY),
        _of_rep("reps_with_money_quota", per=_IN_MONEY),
    ),
    evaluate=_net,
    n="reps_with_money_quota",
    dimensions=OF_REPS,
    additive=True,
    traps=_(
        "In total, what some sold beyond their quotas hides what others fell short by. Quotas in units stay out."
    ),
)

QUOTA_METRICS = (QUOTA_ATTAINMENT, REPS_AT_QUOTA, QUOTA_MISS_RATE, QUOTA_GAP_RATE, NET_GAIN_LOSS)
