"""Where each customer stands on a day: how lately, how often and for how much it bought, and how overdue it is."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.purchase import OWN_VALUES, PURCHASE_DIMENSIONS
from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.tenure import band

YEAR_DAYS = 365
"""Days up to the one at hand over which frequency and money are counted."""

GAPS_OF_ITS_OWN = 3
"""Gaps between purchases from which a customer's own median says how often it buys."""

USUAL_WEIGHT = 2
"""Gaps that the median of all customers counts for beside the few of one customer."""

WATCH, HIGH, LOST = "watch", "high", "lost"
RISKS = {WATCH: 1.5, HIGH: 2.0, LOST: 4.0}
"""How many of its usual gaps a customer has let pass, at least, for each level of risk."""

CHAMPIONS, LOYAL, NEW, AT_RISK, GONE, REGULAR = "champions", "loyal", "new", "at_risk", "lost", "regular"
RFM_SEGMENTS = (CHAMPIONS, LOYAL, NEW, AT_RISK, GONE, REGULAR)

NEVER = ibis.date("0001-01-01")

_MONEY = "decimal(38,6)"


def _build_standing(source: Source, as_of: ir.DateScalar) -> ir.Table:
    purchases = source.relation("purchase")
    ledger = source.relation("ledger")
    ledger = ledger.filter(ledger.customer_id.notnull())
    bought = purchases.select(
        "customer_id", "gap_days", "hire_date", *OWN_VALUES,
        last_purchase="date",
        day="date",
        purchases=ibis.literal(1, "int64"),
        **{name: ibis.null(_MONEY) for name in ("amount", "profit", "volume", "volume_with_cost")},
    )  # fmt: skip
    days = ledger.group_by("customer_id", "date").aggregate(
        amount=ledger.amount.sum(),
        profit=(ledger.amount - ledger.cost).sum(),
        volume=ledger.amount.abs().sum(),
        volume_with_cost=ledger.amount.abs().sum(where=ledger.cost.notnull()),
    )
    booked = days.select(
        "customer_id",
        gap_days=ibis.null("int64"),
        hire_date=ibis.null("date"),
        **{name: ibis.null("string") for name in OWN_VALUES},
        last_purchase=ibis.null("date"),
        day="date",
        purchases=ibis.literal(0, "int64"),
        **{name: days[name].cast(_MONEY) for name in ("amount", "profit", "volume", "volume_with_cost")},
    )
    return bought.union(booked).mutate(customer=known(ibis._.customer_id))


def _standing_at(days: ir.Table, as_of: ir.DateScalar) -> ir.Table:
    """Sum up what each customer did by each `snapshot`, and set customers against each other."""
    days = days.filter(days.day <= days.snapshot)
    in_year = days.day > days.snapshot - ibis.interval(days=YEAR_DAYS)
    each = days.group_by("snapshot", "customer_id", "customer").aggregate(
        day=days.day.max(),
        last_purchase=days.last_purchase.max(),
        purchases=ibis.coalesce(days.purchases.sum(where=in_year), 0),
        gaps=days.gap_days.count(),
        gap_days=days.gap_days.median(),
        **{name: days[name].sum(where=in_year) for name in ("amount", "profit", "volume", "volume_with_cost")},
        profit_to_date=days.profit.sum(),
        **{name: days[name].argmax(days.last_purchase) for name in OWN_VALUES},
        # The one known or not known of the last purchase, not the last that is known.
        hire_date=ibis.coalesce(days.hire_date, NEVER).argmax(days.last_purchase).nullif(NEVER),
    )
    usual = days.group_by(usual_on="snapshot").aggregate(usual_gap=days.gap_days.median())
    each = each.left_join(usual, each.snapshot == usual.usual_on).drop("usual_on")
    each = each.mutate(
        days_since=each.snapshot.delta(each.last_purchase, unit="day"),
        tenure_at_snapshot=known(band(each.hire_date, each.snapshot)),
        **{name: known(each[name]) for name in OWN_VALUES},
    )
    return _with_worth(_with_scores(_with_risk(each)))


def _with_risk(each: ir.Table) -> ir.Table:
    """Add the gap that a customer usually leaves, and the level of risk where it has let too many pass."""
    enough = each.gaps >= GAPS_OF_ITS_OWN
    shrunk = each.gaps * ibis.coalesce(each.gap_days, 0.0) + USUAL_WEIGHT * each.usual_gap
    # Kept apart, so that a customer exactly at a limit is not moved off it by rounding.
    of_gaps = enough.ifelse(each.gap_days, shrunk)
    parts = enough.ifelse(1, each.gaps + USUAL_WEIGHT)
    passed = each.days_since * parts

    def level(name: str) -> tuple[ir.BooleanValue, str]:
        return passed >= RISKS[name] * of_gaps, name

    return each.mutate(
        expected_gap=of_gaps / parts,
        risk=ibis.cases(level(LOST), level(HIGH), level(WATCH), else_=ibis.null("string")),
    )


def _with_scores(each: ir.Table) -> ir.Table:
    """Score customers who bought within the year from 1 to 5 against each other, and name where they stand."""
    each = each.mutate(scored=each.purchases > 0)
    within = [each.snapshot, each.scored]

    def score(name: str, by: ir.Value) -> ir.IntegerValue:
        """Give 1 + floor(5 x (rank - 0.5) / n), ties at their middle rank; in whole numbers, so that it is exact."""
        below = ibis.rank().over(group_by=within, order_by=by)
        ties = each.count().over(group_by=[*within, each[name]])
        return 1 + (5 * (2 * below + ties)) // (2 * each.count().over(group_by=within))

    each = each.mutate(
        recency_score=score("days_since", each.days_since.desc()),
        frequency_score=score("purchases", each.purchases.asc()),
        money_score=score("amount", each.amount.asc()),
        customers_scored=each.scored.sum().over(group_by=each.snapshot),
    )
    lately, often = each.recency_score, each.frequency_score
    named = ibis.cases(
        ((lately >= 4) & (often >= 4), CHAMPIONS),
        ((lately == 3) & (often >= 4), LOYAL),
        ((lately >= 4) & (each.purchases == 1), NEW),
        ((lately <= 2) & (often >= 3), AT_RISK),
        ((lately == 1) & (often <= 2), GONE),
        else_=REGULAR,
    )
    return each.mutate(rfm_segment=each.scored.ifelse(named, ibis.null("string")))


def _with_worth(each: ir.Table) -> ir.Table:
    """Tell the customers who, largest first, bring 80 % of the year's gross profit (of its revenue without costs)."""
    costed = ibis.coalesce(each.volume_with_cost.sum().over(group_by=each.snapshot) > 0, False)
    each = each.mutate(
        by_revenue=~costed,
        worth=ibis.coalesce(costed.ifelse(each.profit, each.amount), 0),
    )
    each = each.mutate(brings=each.worth > 0)
    within = [each.snapshot, each.brings]
    order = [each.worth.desc(), each.customer_id]
    so_far = each.worth.sum().over(ibis.cumulative_window(group_by=within, order_by=order))
    each = each.mutate(worth_before=so_far - each.worth, worth_of_all=each.worth.sum().over(group_by=within))
    # In whole parts of money, which are exact: those before whom less than 80 % was reached.
    return each.mutate(high_value=each.brings & (each.worth_before * 5 < each.worth_of_all * 4))


STANDING = Relation(
    name="standing",
    meaning="one row a customer: what it had bought, and how it stood among the others, on a day",
    key=("customer_id", "day", "purchases"),
    tables=("orders",),
    dimensions=PURCHASE_DIMENSIONS,
    build=_build_standing,
    needs=("ledger", "purchase"),
    state=_standing_at,
)
