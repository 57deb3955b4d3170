"""Stages as deals went through them: how long each stay took, and how far each deal came."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.opportunity import LOST, OPEN, OPPORTUNITY, WON
from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.derived.stage_order import TABLES, stage_entries
from salesmetrics.model.tenure import band

DEAL_DIMENSIONS = tuple(name for name in OPPORTUNITY.dimensions if name not in ("stage", "tenure"))
"""Dimensions that a stay in a stage takes from its deal."""

_OF_DEAL = (
    "status", "created_date", "closed_on", "amount", "rep_id", "customer_id", "hire_date", *DEAL_DIMENSIONS,
)  # fmt: skip


def _deals(source: Source) -> ir.Table:
    deals = source.relation("opportunity")
    return deals.select(deal="opportunity_id", **{name: deals[name] for name in _OF_DEAL})


def _build_stage_spell(source: Source, as_of: ir.DateScalar) -> ir.Table:
    entries = stage_entries(source, as_of)
    order = source.relation("stage_order")
    entries = entries.inner_join(order, entries.stage == order.ordered_stage).drop("ordered_stage")
    in_time = ibis.window(
        group_by=entries.opportunity_id, order_by=[entries.entered_at, entries.place, entries.stage]
    )
    entries = entries.mutate(before=entries.stage.lag().over(in_time))
    # Systems log a deal's stage with every change of anything: only another stage is a move.
    moves = entries.filter(entries.before.isnull() | (entries.before != entries.stage)).drop("before")
    in_time = ibis.window(group_by=moves.opportunity_id, order_by=[moves.entered_at, moves.place, moves.stage])
    moves = moves.mutate(
        entered_on=moves.entered_at.cast("date"),
        spell=ibis.row_number().over(in_time) + 1,
        next_on=moves.entered_at.lead().over(in_time).cast("date"),
    )
    deals = _deals(source)
    spells = moves.inner_join(deals, moves.opportunity_id == deals.deal).drop("deal")
    is_last = spells.next_on.isnull()
    left_on = ibis.coalesce(spells.next_on, spells.closed_on)
    # A deal that closed on no known day: nobody can say how long it stayed.
    stayed = (is_last & (spells.status == OPEN)).ifelse(as_of, left_on)
    return spells.select(
        "opportunity_id", "spell", "stage", "place", "entered_on", *_OF_DEAL,
        left_on=left_on,
        days=stayed.delta(spells.entered_on, unit="day"),
        left=left_on.notnull(),
        lost_here=is_last & (spells.status == LOST),
        tenure_at_entered_on=known(band(spells.hire_date, spells.entered_on)),
        tenure_at_closed_on=known(band(spells.hire_date, spells.closed_on)),
    )  # fmt: skip


def _build_stage_reached(source: Source, as_of: ir.DateScalar) -> ir.Table:
    spells = source.relation("stage_spell")
    order = source.relation("stage_order")
    first = spells.group_by(entered_deal="opportunity_id", entered_place="place").aggregate(
        first_on=spells.entered_on.min()
    )
    deals = _deals(source)
    furthest = spells.group_by(far_deal="opportunity_id").aggregate(furthest=spells.place.max())
    deals = deals.inner_join(furthest, deals.deal == furthest.far_deal).drop("far_deal")
    reached = deals.cross_join(order)
    reached = reached.filter((reached.place <= reached.furthest) | (reached.status == WON))
    met = [reached.deal == first.entered_deal, reached.place == first.entered_place]
    reached = reached.left_join(first, met).drop("entered_deal", "entered_place")
    from_here_on = ibis.cumulative_window(group_by=reached.deal, order_by=reached.place.desc())
    reached = reached.mutate(
        # A stage that was skipped is reached with the next one entered, or with the sale.
        reached_on=ibis.coalesce(reached.first_on.min().over(from_here_on), reached.closed_on)
    )
    at_furthest = reached.place == reached.furthest
    won = reached.status == WON
    return reached.select(
        "place", "reached_on", *_OF_DEAL,
        opportunity_id=reached.deal,
        stage=reached.ordered_stage,
        entered=reached.first_on.notnull(),
        advanced=won | ~at_furthest,
        lost_here=at_furthest & (reached.status == LOST),
        waiting=at_furthest & (reached.status == OPEN),
        tenure_at_reached_on=known(band(reached.hire_date, reached.reached_on)),
    )  # fmt: skip


STAGE_SPELL = Relation(
    name="stage_spell",
    meaning="one row for each stay of a deal in a stage, each return a stay of its own",
    key=("opportunity_id", "spell"),
    tables=TABLES,
    dimensions=(*DEAL_DIMENSIONS, "stage", "tenure"),
    build=_build_stage_spell,
    needs=("opportunity", "stage_order"),
)

STAGE_REACHED = Relation(
    name="stage_reached",
    meaning="one row for each deal and stage that it entered or went beyond",
    key=("opportunity_id", "stage"),
    tables=TABLES,
    dimensions=(*DEAL_DIMENSIONS, "stage", "tenure"),
    build=_build_stage_reached,
    needs=("opportunity", "stage_order", "stage_spell"),
)
