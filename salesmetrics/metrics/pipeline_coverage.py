"""Whether the open deals are enough for what is left of the quota."""

from __future__ import annotations

from dataclasses import replace

import ibis.expr.types as ir
import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import deals
from salesmetrics.metrics.arithmetic import divide, kept, over
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Placed
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit
from salesmetrics.metrics.pipeline import value_rate
from salesmetrics.metrics.quota import QUOTA
from salesmetrics.metrics.velocity import lately
from salesmetrics.model.derived.quota import REVENUE


def _due(
    name: str, how: str = "count", value: Expression | None = None, where: Expression | None = None
) -> Measure:
    return Measure(
        name, "due_deal", "period_start", Aggregate(how), value, where, (*deals.AMOUNT, "opportunities.close_date"),
        placed=Placed.OVERLAPPING,
    )  # fmt: skip


def _in_money(t: ir.Table) -> ir.BooleanValue:
    return t.measure == REVENUE


_QUOTA = Measure(
    "money_quota", "quota", "period_start", Aggregate.SUM,
    lambda t: t.amount.cast("float64") * (t.overlap / t.days), _in_money, QUOTA, placed=Placed.OVERLAPPING,
)  # fmt: skip
_QUOTA_ROWS = Measure(
    "money_quotas", "quota", "period_start", Aggregate.COUNT, None, _in_money, QUOTA, placed=Placed.OVERLAPPING
)
_SOLD = Measure(
    "sold_in_money", "quota_sale", "date", Aggregate.SUM, lambda t: t.actual.cast("float64"), _in_money, QUOTA
)


def _coverage(cells: Cells) -> Outcome:
    left = cells["money_quota"] - cells["sold_in_money"]
    outcome = divide(cells, cells["due_amount"], left).absent(left <= 0, "quota_met")
    rate = value_rate(cells, "_lately")
    enough = cells["closed_with_amount_lately"] >= cells.conventions.low_coverage * cells["closed_lately"]
    shares = kept(rate.value, rate.stands & enough)
    details = {
        "required": over(np.ones(cells.size), shares),
        "win_rate_value": shares,
        "quota_left": left,
        "due_deals": cells["due_deals"],
    }
    return replace(outcome.absent(cells["money_quotas"] == 0, "no_rows"), details=details)


PIPELINE_COVERAGE = Metric(
    id="pipeline_coverage",
    title=_("Pipeline coverage"),
    title_zh="商机覆盖率",
    unit=Unit.TIMES,
    better=Better.HIGHER,
    tells=_("How often the deals that should close in the period would fill what is left of its quota."),
    formula_text=_("open amount with an expected close in the period / (quota - sold against it to date)"),
    source="S2",
    measures=(
        _due("due_amount", "sum", lambda t: t.amount),
        _due("due_deals"),
        _due("due_with_amount", where=lambda t: t.amount.notnull()),
        _due("due_overdue", where=lambda t: t.overdue),
        _QUOTA,
        _QUOTA_ROWS,
        _SOLD,
        lately(deals.WON_AMOUNT),
        lately(deals.CLOSED_AMOUNT),
        lately(deals.CLOSED_DEALS),
        lately(deals.CLOSED_WITH_AMOUNT),
        lately(deals.LOST_DEALS),
        lately(deals.LOST_WITHOUT_AMOUNT),
    ),
    evaluate=_coverage,
    n="due_with_amount",
    coverage=("due_with_amount", "due_deals"),
    cautions=(("overdue", "due_overdue"),),
    dimensions=("region", "product", "rep", "team", "manager"),
    placed_by="expected close",
    ahead=True,
    traps=_(
        "How much is enough is told by the win rate by value, not by a fixed three times: 1 / that rate is required."
    ),
)

COVERAGE_METRICS = (PIPELINE_COVERAGE,)
