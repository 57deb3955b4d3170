"""Deals that were lost: why, in which stage, and what they would have been worth."""

from __future__ import annotations

from dataclasses import replace

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import kept, over, total
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit
from salesmetrics.model.dimensions import UNKNOWN

CLOSE = ("opportunities.status", "opportunities.close_date")


def _lost(
    name: str, how: Aggregate = Aggregate.COUNT, value: Expression | None = None, where: Expression | None = None
) -> Measure:
    return Measure(name, "lost_deal", "closed_on", how, value, where, CLOSE)


def _losses(cells: Cells) -> Outcome:
    lost, priced = cells["lost_deals"], cells["lost_with_amount"]
    details = {
        "share": over(lost, cells.rows.summed(lost)),
        "amount": kept(cells["lost_amount"], priced > 0),
        "with_amount": priced,
        "competitor_named": cells["lost_to_competitor"],
    }
    return replace(total("lost_deals")(cells), details=details)


LOSS_REASONS = Metric(
    id="loss_reasons",
    title=_("Loss reasons"),
    title_zh="丢单原因",
    unit=Unit.COUNT,
    better=Better.LOWER,
    tells=_("Why deals are lost, and in which stage: how many, and what they would have been worth."),
    formula_text=_("lost deals by reason, or by the last stage they reached, by the date they closed"),
    source="S2 S1",
    measures=(
        _lost("lost_deals"),
        _lost("lost_amount", Aggregate.SUM, lambda t: t.amount),
        _lost("lost_with_amount", where=lambda t: t.amount.notnull()),
        _lost("lost_to_competitor", where=lambda t: t.competitor != UNKNOWN),
    ),
    evaluate=_losses,
    n="lost_deals",
    placed_by="close date",
    by=("loss_reason",),
    traps=_("Many losses without a reason make the others look rarer than they are."),
    additive=True,
)

LOSS_METRICS = (LOSS_REASONS,)
