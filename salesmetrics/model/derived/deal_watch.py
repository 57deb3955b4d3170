"""Deals as those who look after them see them: in which stage since when, and when someone last worked on them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.opportunity import OPPORTUNITY, WON, open_at
from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.derived.stage_spell import DEAL_DIMENSIONS

ENOUGH_WON = 10
"""Finished stays of won deals in a stage before they tell how long one may take there."""

THREE_QUARTERS = 0.75
_WORKED_ON = "activities.opportunity_id"
_BEFORE_ALL = (1, 1, 1)


def _limits(spells: ir.Table) -> ir.Table:
    """Give for each stage the days within which three quarters of the won deals had left it."""
    won = spells.filter(spells.status == WON, spells.left, spells.days >= 0)
    stages = won.group_by(limited="stage").aggregate(
        stays=won.count(), stage_limit=won.days.cast("float64").quantile(THREE_QUARTERS)
    )
    return stages.filter(stages.stays >= ENOUGH_WON).drop("stays")


def _signs(source: Source, as_of: ir.DateScalar) -> ir.Table:
    """Give the days on which something happened to a deal: it was created, moved to a stage, or worked on."""
    none = ibis.null("date")
    deals, spells = source.relation("opportunity"), source.relation("stage_spell")
    born = ibis.coalesce(deals.created_date, ibis.date(*_BEFORE_ALL))
    parts = [
        deals.select(deal="opportunity_id", day=born, moved_on=none, worked_on=none),
        spells.select(deal="opportunity_id", day="entered_on", moved_on="entered_on", worked_on=none),
    ]
    if source.has(_WORKED_ON):
        done = source.table("activities")
        done = done.mutate(done_on=done["at"].cast("date"))
        done = done.filter(done.opportunity_id.notnull(), done.done_on <= as_of)
        parts.append(done.select(deal="opportunity_id", day="done_on", moved_on=none, worked_on="done_on"))
    return ibis.union(*parts)


def _build_deal_watch(source: Source, as_of: ir.DateScalar) -> ir.Table:
    deals, spells = source.relation("opportunity"), source.relation("stage_spell")
    kept = deals.select(
        watched="opportunity_id", current_stage="stage",
        **{name: deals[name] for name in (
            "status", "created_date", "closed_on", "expected_close", "amount", "rep_id", "customer_id", "hire_date",
            *DEAL_DIMENSIONS,
        )},
    )  # fmt: skip
    signs = _signs(source, as_of)
    signs = signs.inner_join(kept.select("watched", "created_date"), signs.deal == kept.watched)
    # What is dated before the deal was created counts from then on.
    signs = signs.mutate(since=ibis.greatest(signs.day, signs.created_date))
    days = signs.group_by("deal", "since").aggregate(moved=signs.moved_on.max(), worked=signs.worked_on.max())
    so_far = ibis.cumulative_window(group_by=days.deal, order_by=days.since)
    in_time = ibis.window(group_by=days.deal, order_by=days.since)
    days = days.select(
        "deal", "since",
        until=days.since.lead().over(in_time),
        entered_on=days.moved.max().over(so_far),
        last_activity=days.worked.max().over(so_far),
    )  # fmt: skip
    entered = spells.group_by(moved_deal="opportunity_id", moved_day="entered_on").aggregate(
        moved_to=spells.stage.argmax(spells.spell)
    )
    rows = days.left_join(entered, [days.deal == entered.moved_deal, days.entered_on == entered.moved_day])
    rows = rows.inner_join(kept, rows.deal == kept.watched)
    current = ibis.coalesce(rows.moved_to, rows.current_stage)
    limits = _limits(spells)
    rows = rows.mutate(stage=known(current))
    rows = rows.left_join(limits, rows.stage == limits.limited)
    return rows.select(
        "status", "created_date", "closed_on", "expected_close", "amount", "stage", "entered_on", "stage_limit",
        "last_activity", "since", "until", "rep_id", "customer_id", "hire_date", *DEAL_DIMENSIONS,
        opportunity_id=rows.deal,
        activities_known=ibis.literal(source.has(_WORKED_ON)),
    )  # fmt: skip


def _watched_at(rows: ir.Table, as_of: ir.DateScalar) -> ir.Table:
    """Keep what was known on each `snapshot` of the deals that were open on it."""
    rows = rows.filter(rows.since <= rows.snapshot, rows.until.isnull() | (rows.until > rows.snapshot))
    return open_at(rows, as_of)


DEAL_WATCH = Relation(
    name="deal_watch",
    meaning="one row for each stretch of days in which nothing happened to a deal",
    key=("opportunity_id", "since"),
    tables=("opportunities",),
    dimensions=OPPORTUNITY.dimensions,
    build=_build_deal_watch,
    needs=("opportunity", "stage_spell"),
    optional=(_WORKED_ON,),
    state=_watched_at,
)
