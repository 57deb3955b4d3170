"""Values out of their range: signs that do not go together, chances and scores beyond their scale."""

from __future__ import annotations

from salesmetrics.i18n import ngettext
from salesmetrics.ingest.quality.check import Check, figure
from salesmetrics.model.derived.feedback import NPS, USUAL_SCALE
from salesmetrics.model.finding import Severity


def checks() -> list[Check]:
    """List the checks of values against what they can be."""
    return [*_orders(), *_deals(), _scores(), _spend()]


def _orders() -> list[Check]:
    return [
        Check(
            "negative_quantity_sold", "orders", "quantity", Severity.CHANGES, ("orders.quantity",),
            "t.quantity < 0 AND t.amount >= 0",
            lambda n: ngettext(
                "{n} order line has a quantity below zero and is no return: units sold takes it off.",
                "{n} order lines have a quantity below zero and are no returns: units sold takes them off.", n,
            ),
            (figure("t.quantity"), figure("t.amount")), ("units", "price_per_unit"),
        ),
        Check(
            "positive_quantity_returned", "orders", "quantity", Severity.CHANGES, ("orders.quantity",),
            "t.quantity > 0 AND t.amount < 0",
            lambda n: ngettext(
                "{n} return has a quantity above zero: units sold adds it instead of taking it off.",
                "{n} returns have a quantity above zero: units sold adds them instead of taking them off.", n,
            ),
            (figure("t.quantity"), figure("t.amount")), ("units", "price_per_unit"),
        ),
        Check(
            "negative_discount", "orders", "discount", Severity.CHANGES, ("orders.discount",),
            "t.discount < 0 AND t.amount >= 0",
            lambda n: ngettext(
                "{n} order line has a discount below zero: it lowers the discount rate of all others.",
                "{n} order lines have a discount below zero: they lower the discount rate of all others.", n,
            ),
            (figure("t.amount"), figure("t.discount")), ("discount_rate",),
        ),
        Check(
            "cost_of_other_sign", "orders", "cost", Severity.CHANGES, ("orders.cost",),
            "(t.cost < 0 AND t.amount > 0) OR (t.cost > 0 AND t.amount < 0)",
            lambda n: ngettext(
                "{n} order line has a cost of the other sign than its amount: gross profit counts it as it stands.",
                "{n} order lines have a cost of the other sign than their amount: gross profit counts them as they "
                "stand.", n,
            ),
            (figure("t.amount"), figure("t.cost")), ("gross_profit", "gross_margin"),
        ),
    ]  # fmt: skip


def _deals() -> list[Check]:
    return [
        Check(
            "chance_out_of_range", "opportunities", "probability", Severity.CHANGES,
            ("opportunities.probability",), "t.status = 'open' AND (t.probability > 1 OR t.probability < 0)",
            lambda n: ngettext(
                "{n} open deal has a chance above 100% or below 0%: weighted pipeline multiplies with it as it stands.",
                "{n} open deals have a chance above 100% or below 0%: weighted pipeline multiplies with it as it "
                "stands.", n,
            ),
            (f"concat({figure('t.probability * 100')}, '%')",), ("weighted_pipeline",),
        ),
        Check(
            "negative_deal", "opportunities", "amount", Severity.MAY, ("opportunities.amount",), "t.amount < 0",
            lambda n: ngettext(
                "{n} deal has an amount below zero: it counts against the others.",
                "{n} deals have an amount below zero: they count against the others.", n,
            ),
            ("t.status", figure("t.amount")), ("pipeline_value", "avg_deal_size"),
        ),
        Check(
            "closed_without_date", "opportunities", "close_date", Severity.CHANGES,
            ("opportunities.close_date",), "t.status <> 'open' AND t.close_date IS NULL",
            lambda n: ngettext(
                "{n} deal is won or lost on no known day: win rate and all else by close date leave it out.",
                "{n} deals are won or lost on no known day: win rate and all else by close date leave them out.", n,
            ),
            ("t.status", "t.created_date"), ("win_rate", "avg_deal_size", "sales_cycle_length"),
        ),
        Check(
            "deal_without_creation", "opportunities", "created_date", Severity.CHANGES,
            ("opportunities.created_date",), "t.created_date IS NULL",
            lambda n: ngettext(
                "{n} deal has no creation date: it counts as of today, not among the deals created nor on past days.",
                "{n} deals have no creation date: they count as of today, not among the deals created nor on past "
                "days.",
                n,
            ),
            ("t.status", "t.close_date"), ("win_rate_cohort", "open_opportunities"),
        ),
    ]  # fmt: skip


def _scores() -> Check:
    (low, high), (nps_low, nps_high) = USUAL_SCALE["csat"], USUAL_SCALE[NPS]
    lowest = f"coalesce(t.scale_min, CASE WHEN t.kind = '{NPS}' THEN {nps_low} ELSE {low} END)"
    highest = f"coalesce(t.scale_max, CASE WHEN t.kind = '{NPS}' THEN {nps_high} ELSE {high} END)"
    return Check(
        "score_off_scale", "feedback", "score", Severity.CHANGES, (),
        f"t.score < {lowest} OR t.score > {highest}",
        lambda n: ngettext(
            "{n} answer lies outside its scale: customer satisfaction and promoter score leave it out.",
            "{n} answers lie outside their scale: customer satisfaction and promoter score leave them out.", n,
        ),
        ("t.kind", figure("t.score")), ("csat", "nps"),
    )  # fmt: skip


def _spend() -> Check:
    return Check(
        "negative_spend", "spend", "amount", Severity.MAY, (), "t.amount < 0",
        lambda n: ngettext(
            "{n} booking of spend is below zero: cost of a customer takes it off.",
            "{n} bookings of spend are below zero: cost of a customer takes them off.", n,
        ),
        ("t.date", figure("t.amount")), ("cac",),
    )  # fmt: skip
