"""Deals as they stood at a date: open, won or lost, with their rep, cycle and chance to win."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, known, one_each
from salesmetrics.model.derived.team import with_rep
from salesmetrics.model.tenure import band

OPEN, WON, LOST = "open", "won", "lost"

STAGE_RATE_MINIMUM = 20
"""Closed deals that a stage must have seen before its win rate stands in for a missing probability."""

USUAL_MINIMUM = 5
"""Won deals from which the time that nine in ten of them took can be told."""


def _stage_rates(source: Source, deals: ir.Table) -> ir.Table:
    """Share won of the closed deals that ever entered each stage, where there are enough of them."""
    entries = source.table("stage_history").select(seen_deal="opportunity_id", seen_stage="stage").distinct()
    closed = deals.filter(deals.status != OPEN).select(closed_deal="opportunity_id", outcome="status")
    seen = entries.inner_join(closed, entries.seen_deal == closed.closed_deal)
    rates = seen.group_by(rate_stage="seen_stage").aggregate(
        closed=seen.count(), won=seen.count(where=seen.outcome == WON)
    )
    rates = rates.filter(rates.closed >= STAGE_RATE_MINIMUM)
    return rates.select("rate_stage", stage_rate=rates.won / rates.closed)


def _with_usual_days(deals: ir.Table) -> ir.Table:
    """Add the days from creation to close within which nine in ten of the won deals were won (`usual_days`)."""
    deals = deals.mutate(days_to_close=deals.closed_on.delta(deals.created_date, unit="day"))
    won = deals.filter(deals.status == WON, deals.days_to_close >= 0)
    usual = won.aggregate(counted=won.count(), p90=won.days_to_close.cast("float64").quantile(0.9))
    usual = usual.select(usual_days=(usual.counted >= USUAL_MINIMUM).ifelse(usual.p90, ibis.null("float64")))
    return deals.cross_join(usual)


def _build_opportunity(source: Source, as_of: ir.DateScalar) -> ir.Table:
    deals = one_each(source.table("opportunities"), "opportunity_id", keep="last")
    deals = deals.filter(deals.created_date.isnull() | (deals.created_date <= as_of))
    # A deal that closed after the date was still open on it.
    still_open = (deals.status == OPEN) | (deals.close_date.notnull() & (deals.close_date > as_of))
    deals = deals.mutate(
        status=still_open.ifelse(OPEN, deals.status),
        closed_on=still_open.ifelse(ibis.null("date"), deals.close_date),
        expected_close=still_open.ifelse(deals.close_date, ibis.null("date")),
    )
    rates = _stage_rates(source, deals)
    deals = deals.left_join(rates, deals.stage == rates.rate_stage)
    deals = deals.mutate(chance=ibis.coalesce(deals.probability.cast("float64"), deals.stage_rate))
    leads = one_each(source.table("leads"), "lead_id").select(first_lead="lead_id", lead_created="created_at")
    deals = deals.left_join(leads, deals.lead_id == leads.first_lead)
    products = one_each(source.table("products"), "product").select(offered="product", offered_category="category")
    deals = deals.left_join(products, deals["product"] == products.offered)
    customers = one_each(source.table("customers"), "customer_id").select(
        buyer="customer_id", buyer_segment="segment"
    )
    deals = deals.left_join(customers, deals.customer_id == customers.buyer)
    deals = _with_usual_days(with_rep(deals, source))
    start = ibis.coalesce(deals.lead_created.cast("date"), deals.created_date)
    return deals.select(
        "opportunity_id", "status", "created_date", "closed_on", "expected_close", "amount", "chance", "rep_id",
        "customer_id", "hire_date", "probability", "competitor", "days_to_close", "usual_days",
        age_days=as_of.delta(deals.created_date, unit="day"),
        cycle_start=start,
        cycle_days=deals.closed_on.delta(start, unit="day"),
        days_so_far=(deals.status == OPEN).ifelse(as_of, deals.closed_on).delta(start, unit="day"),
        from_lead=deals.lead_created.notnull(),
        customer=known(deals.customer_id),
        region=known(deals.region, deals.rep_region),
        product=known(deals["product"]),
        category=known(deals.category, deals.offered_category),
        segment=known(deals.segment, deals.buyer_segment),
        lead_source=known(deals.lead_source),
        stage=known(deals.stage),
        loss_reason=known(deals.loss_reason),
        rep=deals.rep,
        team=deals.team,
        manager=deals.manager,
        tenure_at_closed_on=known(band(deals.hire_date, deals.closed_on)),
        tenure_at_created_date=known(band(deals.hire_date, deals.created_date)),
    )  # fmt: skip


def open_at(deals: ir.Table, as_of: ir.DateScalar) -> ir.Table:
    """Keep the deals that were open on each `snapshot`; one without a creation date counts only as of now."""
    created = deals.created_date.isnull().ifelse(deals.snapshot == as_of, deals.created_date <= deals.snapshot)
    still_open = (deals.status == OPEN) | (deals.closed_on > deals.snapshot)
    deals = deals.filter(created & ibis.coalesce(still_open, False))
    return deals.mutate(tenure_at_snapshot=known(band(deals.hire_date, deals.snapshot)))


OPPORTUNITY = Relation(
    name="opportunity",
    meaning="one row a deal, as it stood at the date",
    key=("opportunity_id",),
    tables=("opportunities",),
    dimensions=(
        "region", "product", "category", "segment", "rep", "team", "manager", "tenure", "customer", "lead_source",
        "stage", "loss_reason",
    ),
    build=_build_opportunity,
    state=open_at,
)  # fmt: skip
