"""What customers answered, each answer judged on its own scale, with who the customer is and what followed."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.entry import ENTRY, SALE
from salesmetrics.model.derived.order import ORDER
from salesmetrics.model.derived.relation import Relation, Source, known, one_each
from salesmetrics.model.derived.team import with_rep
from salesmetrics.model.tenure import band

CSAT, NPS = "csat", "nps"
USUAL_SCALE = {CSAT: (1, 5), NPS: (0, 10)}
"""Lowest and highest score of each kind where the file names none."""

SATISFIED, NEUTRAL, DISSATISFIED = "satisfied", "neutral", "dissatisfied"
NEVER = 999_999
"""Days to the next purchase of a customer who has made none."""


def _judged(source: Source, as_of: ir.DateScalar) -> ir.Table:
    """Answers with the scale they were given on, and where on it they stand."""
    answers = source.table("feedback")
    answers = answers.mutate(answer=ibis.row_number()).filter(answers.date <= as_of)
    is_nps = answers.kind == NPS
    (low, high), (nps_low, nps_high) = USUAL_SCALE[CSAT], USUAL_SCALE[NPS]
    answers = answers.mutate(
        lowest=ibis.coalesce(answers.scale_min, is_nps.ifelse(nps_low, low).cast("decimal(18,6)")),
        highest=ibis.coalesce(answers.scale_max, is_nps.ifelse(nps_high, high).cast("decimal(18,6)")),
        respondent=ibis.coalesce(answers.customer_id, "#" + answers.answer.cast("string")),
    )
    width, above = answers.highest - answers.lowest, answers.score - answers.lowest
    counted = (width > 0) & (above >= 0) & (above <= width)
    # Compared without a division, so that 4 of 1 to 5 is three quarters of the way exactly.
    judged = ibis.cases(
        (4 * above >= 3 * width, SATISFIED), (2 * above >= width, NEUTRAL), else_=DISSATISFIED
    )  # fmt: skip
    counted = ibis.coalesce(counted, False)
    return answers.mutate(counted=counted, band=counted.ifelse(judged, ibis.null("string")))


@dataclass(frozen=True)
class _Sold:
    """Order lines and orders as of the date that the answers reach to: orders have a date of their own otherwise."""

    source: Source
    as_of: ir.DateScalar

    def table(self, name: str) -> ir.Table:
        return self.source.table(name)

    def has(self, column: str) -> bool:
        return self.source.has(column)

    def relation(self, name: str) -> ir.Table:
        return {ENTRY.name: ENTRY, ORDER.name: ORDER}[name].build(self, self.as_of)


def _sales(source: Source, as_of: ir.DateScalar) -> ir.Table:
    """Sale lines of orders, with the day and the customer of the order."""
    sold = _Sold(source, as_of)
    entries, orders = sold.relation(ENTRY.name), sold.relation(ORDER.name)
    lines = entries.filter(entries.kind == SALE, entries.customer_id.notnull())
    lines = lines.inner_join(orders.filter(orders.is_order), lines.order_key == orders.matched_key)
    return lines.select(
        bought_by="buyer", bought_on="first_sale", bought_product="product", bought_region="region",
        bought_segment="segment", bought_from="rep_id", bought_for="amount",
    )  # fmt: skip


def _purchases(sales: ir.Table) -> ir.Table:
    """Each customer's purchases, told by the line of the day that was worth most."""
    told = [
        sales[name].fill_null("") for name in ("bought_product", "bought_region", "bought_from", "bought_segment")
    ]
    place = ibis.row_number().over(
        group_by=[sales.bought_by, sales.bought_on], order_by=[sales.bought_for.desc(), *told]
    )
    sales = sales.mutate(place=place)
    return sales.filter(sales.place == 0).drop("place", "bought_for")


def _with_purchases(answers: ir.Table, sales: ir.Table) -> ir.Table:
    """Attach the last purchase up to the day of the answer and the day of the first one after it."""
    answering = answers.filter(answers.customer_id.notnull()).select(answering="customer_id").distinct()
    purchases = _purchases(sales.semi_join(answering, sales.bought_by == answering.answering))
    asked = answers.select("answer", "date", "customer_id")
    met = asked.inner_join(purchases, asked.customer_id == purchases.bought_by)
    around = met.group_by(of_answer="answer").aggregate(
        last_on=met.bought_on.max(where=met.bought_on <= met.date),
        next_purchase=met.bought_on.min(where=met.bought_on > met.date),
    )
    rows = answers.left_join(around, answers.answer == around.of_answer)
    rows = rows.left_join(
        purchases, [rows.customer_id == purchases.bought_by, rows.last_on == purchases.bought_on]
    )
    return rows.cross_join(sales.aggregate(sold_through=sales.bought_on.max()))


def _build_feedback(source: Source, as_of: ir.DateScalar) -> ir.Table:
    rows = _with_purchases(_judged(source, as_of), _sales(source, as_of))
    customers = one_each(source.table("customers"), "customer_id").select(
        listed="customer_id", listed_region="region", listed_segment="segment", owner="rep_id"
    )
    rows = rows.left_join(customers, rows.customer_id == customers.listed)
    rows = with_rep(rows.mutate(rep_id=ibis.coalesce(rows.owner, rows.bought_from)), source)
    # Of two answers on one day the lower counts, whatever the order of the rows.
    standing = (rows.score - rows.lowest).cast("float64") / (rows.highest - rows.lowest).cast("float64").nullif(0)
    rows = rows.mutate(standing=standing)
    turn = ibis.row_number().over(
        group_by=[rows.kind, rows.respondent], order_by=[rows.date, rows.standing.desc(), rows.score, rows.answer]
    )
    return rows.select(
        "answer", "date", "kind", "score", "lowest", "highest", "counted", "band", "respondent", "next_purchase",
        turn=turn,
        days_to_next=ibis.coalesce(rows.next_purchase.delta(rows.date, unit="day"), NEVER),
        days_seen=ibis.coalesce(rows.sold_through.delta(rows.date, unit="day"), -1),
        customer=known(rows.customer_id),
        region=known(rows.listed_region, rows.bought_region, rows.rep_region),
        segment=known(rows.listed_segment, rows.bought_segment),
        product=known(rows.bought_product),
        rep=rows.rep,
        team=rows.team,
        manager=rows.manager,
        tenure_at_date=known(band(rows.hire_date, rows.date)),
    )  # fmt: skip


FEEDBACK = Relation(
    name="feedback",
    meaning="one row for each answer of a customer",
    key=("answer",),
    tables=("feedback",),
    dimensions=("region", "product", "segment", "rep", "team", "manager", "tenure", "customer"),
    build=_build_feedback,
    optional=ENTRY.optional,
)
