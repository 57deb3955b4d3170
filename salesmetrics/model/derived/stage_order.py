"""The order of stages: told by the deals that went through them, since files hardly ever state it."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source

TABLES = ("opportunities", "stage_history")
"""Fact tables of everything that is made of stage entries."""

_CLOSING = (
    r"^\d*(closed?|deal)?(won|win|lost|lose)$|closed(won|lost)$|^\d*(closed|dead|abandoned)$"
    r"|(赢单|输单|丢单)$|^\d*已?(赢|输|成交|成单|签单|中标|失败|战败|流失|败单|失单|关闭|放弃)$|^\d*(未成交|未中标)$"
)
"""Names, of letters and digits only, by which a stage is no stage but the end of a deal."""


def is_closing(stage: ir.StringValue) -> ir.BooleanValue:
    """Tell stages that only say how a deal ended, such as `Closed Won`: its status says so too."""
    return stage.lower().re_replace(r"[^\p{L}\p{N}]", "").re_search(_CLOSING)


def stage_entries(source: Source, as_of: ir.DateScalar) -> ir.Table:
    """Give the entries of deals into stages up to a day: `opportunity_id`, `stage`, `entered_at`."""
    entries = source.table("stage_history")
    entries = entries.filter(
        entries.stage.notnull(), entries.entered_at.cast("date") <= as_of, ~is_closing(entries.stage)
    )
    return entries.select("opportunity_id", "stage", "entered_at")


def _build_stage_order(source: Source, as_of: ir.DateScalar) -> ir.Table:
    """Number stages by how many of the others were entered before them, over the deals that entered both.

    A deal's own first entries are compared, so that skipped stages, moves back and histories that begin late
    tell nothing wrong. Each other stage counts alike, whatever the number of deals: early stages are seen in
    many deals that never came further. One seen together in few deals counts for less.
    """
    entries = stage_entries(source, as_of)
    first = entries.group_by("opportunity_id", "stage").aggregate(first_at=entries.entered_at.min())
    other = first.select(other_deal="opportunity_id", other_stage="stage", other_at="first_at")
    pairs = first.inner_join(other, first.opportunity_id == other.other_deal)
    pairs = pairs.filter(pairs.first_at != pairs.other_at)
    met = pairs.group_by("stage", "other_stage").aggregate(
        deals=pairs.count(), later=(pairs.other_at < pairs.first_at).sum()
    )
    met = met.mutate(weight=met.deals / (met.deals + 1))
    scores = met.group_by(scored="stage").aggregate(
        score=(met.weight * met.later / met.deals).sum() / met.weight.sum()
    )
    stages = first.group_by(ordered_stage="stage").aggregate(deals=first.count())
    stages = stages.left_join(scores, stages.ordered_stage == scores.scored)
    # A stage never seen beside another tells nothing of its place: in the middle, the more usual one first.
    score = ibis.coalesce(stages.score, 0.5).round(9)
    place = ibis.row_number().over(order_by=[score, stages.deals.desc(), stages.ordered_stage]) + 1
    return stages.select("ordered_stage", place=place)


STAGE_ORDER = Relation(
    name="stage_order",
    meaning="the place of each stage in the order in which deals go through them",
    key=("ordered_stage",),
    tables=TABLES,
    dimensions=(),
    build=_build_stage_order,
)
