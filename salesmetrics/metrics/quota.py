"""Quotas: how much of what was to be reached was reached, and by how many."""

from __future__ import annotations

from dataclasses import replace

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import ratio
from salesmetrics.metrics.measure import Aggregate, Measure, Per, Placed
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit

DIMENSIONS = ("rep", "team", "manager", "region", "tenure", "product")
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

_ENDED = Per(
    "rep_result",
    ("rep",),
    (("quota", lambda t: t.amount.sum()), ("actual", lambda t: t.actual.sum())),
    where=lambda t: (t.overlap == t.days) & t.ended & (t.scope == "rep"),
)
REPS_WITH_QUOTA = Measure(
    "reps_with_quota", "quota_result", "period_start", Aggregate.COUNT, where=lambda t: t.quota > 0, inputs=QUOTA,
    per=_ENDED, placed=Placed.OVERLAPPING,
)  # fmt: skip
REPS_REACHING = Measure(
    "reps_reaching", "quota_result", "period_start", Aggregate.COUNT,
    where=lambda t: (t.quota > 0) & (t.actual >= t.quota.cast("float64")), inputs=QUOTA, per=_ENDED,
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
    dimensions=("rep", "team", "manager", "region", "tenure"),
)

QUOTA_METRICS = (QUOTA_ATTAINMENT, REPS_AT_QUOTA)
