"""Lost deals, with why they were lost and how far they had come."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.opportunity import LOST, OPPORTUNITY
from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.derived.stage_order import is_closing


def _build_lost_deal(source: Source, as_of: ir.DateScalar) -> ir.Table:
    deals = source.relation("opportunity")
    lost = deals.filter(deals.status == LOST)
    reached = source.relation("stage_reached")
    last = reached.filter(reached.lost_here).select(lost_in="opportunity_id", last_stage="stage")
    lost = lost.left_join(last, lost.opportunity_id == last.lost_in).drop("lost_in")
    own_stage = is_closing(lost.stage).ifelse(ibis.null("string"), lost.stage)
    return lost.select(
        "opportunity_id", "created_date", "closed_on", "amount", "rep_id", "customer_id", "hire_date",
        *(name for name in OPPORTUNITY.dimensions if name not in ("stage", "tenure")),
        "tenure_at_closed_on",
        competitor=known(lost.competitor),
        stage=known(lost.last_stage, own_stage),
    )  # fmt: skip


LOST_DEAL = Relation(
    name="lost_deal",
    meaning="one row a deal that was lost, with the last stage it reached",
    key=("opportunity_id",),
    tables=("opportunities",),
    dimensions=OPPORTUNITY.dimensions,
    build=_build_lost_deal,
    needs=("opportunity", "stage_reached"),
)
