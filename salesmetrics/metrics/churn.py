"""Customers worth keeping: those who bring most of the profit, and those who stay away longer than usual."""

from __future__ import annotations

from dataclasses import replace

import ibis.expr.types as ir

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import kept, over, total
from salesmetrics.metrics.measure import Aggregate, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit
from salesmetrics.metrics.standing import mean, named, on_day
from salesmetrics.model.derived.standing import HIGH, LOST, RISKS, WATCH


def _at_level(name: str) -> Measure:
    return on_day(f"risk_{name}", where=lambda t: t.risk == name)


def _judged(t: ir.Table) -> ir.BooleanValue:
    return t.last_purchase.notnull() & t.expected_gap.notnull()


def _churn_risk(cells: Cells) -> Outcome:
    flagged = sum((cells[f"risk_{name}"] for name in RISKS), start=cells["judged"] * 0)
    judged = cells["judged"]
    details = {
        **{name: cells[f"risk_{name}"] for name in (WATCH, HIGH, LOST)},
        "money_at_risk": cells["money_at_risk"],
        "money_share": over(cells["money_at_risk"], cells["money_of_judged"]),
        "days_since": mean(cells["days_since_of_judged"], judged),
        "usual_gap": mean(cells["gap_of_judged"], judged),
        "gaps_passed": mean(cells["gaps_passed_of_judged"], judged),
        "risk": named(cells, "judged", {name: f"risk_{name}" for name in RISKS}),
    }
    outcome = replace(total(lambda _cells: flagged)(cells), details=details)
    return outcome.absent((judged == 0) & (cells["buyers"] > 0), "n_too_small")


CHURN_RISK = Metric(
    id="churn_risk",
    title=_("Customers at risk"),
    title_zh="流失预警",
    unit=Unit.COUNT,
    better=Better.LOWER,
    tells=_(
        "How many customers have stayed away longer than they usually do, and what they brought in the last year."
    ),
    formula_text=_(
        "days since the last purchase / the customer's usual gap: watch from 1.5, high from 2, lost from 4; "
        "with less than three gaps of its own the usual gap leans on that of all customers"
    ),
    source="S4",
    measures=(
        *(_at_level(name) for name in RISKS),
        on_day("money_at_risk", Aggregate.SUM, lambda t: t.amount, lambda t: t.risk.notnull()),
        on_day("buyers", where=lambda t: t.last_purchase.notnull()),
        on_day("judged", where=_judged),
        on_day("money_of_judged", Aggregate.SUM, lambda t: t.amount, _judged),
        on_day("days_since_of_judged", Aggregate.SUM, lambda t: t.days_since, _judged),
        on_day("gap_of_judged", Aggregate.SUM, lambda t: t.expected_gap, _judged),
        on_day("gaps_passed_of_judged", Aggregate.SUM, lambda t: t.days_since / t.expected_gap, _judged),
    ),
    evaluate=_churn_risk,
    n="judged",
    placed_by="last day of the period",
    traps=_(
        "Nobody has said goodbye: these customers did not buy when they usually would have. "
        "A customer belongs to the part of its last purchase."
    ),
    additive=True,
)


def _high_value(cells: Cells) -> Outcome:
    flagged = cells["high_value"]
    by_revenue = cells["high_value_by_revenue"] > 0
    details = {
        "worth": cells["high_value_worth"],
        "share": over(cells["high_value_worth"], cells["worth_of_all"]),
        "profit_to_date": kept(cells["high_value_profit_to_date"], ~by_revenue),
        "at_risk": sum((cells[f"high_value_{name}"] for name in RISKS), start=flagged * 0),
        "risk": named(cells, "high_value", {name: f"high_value_{name}" for name in RISKS}),
    }
    return replace(
        total("high_value")(cells), details=details, warnings={"valued_by_revenue": by_revenue & (flagged > 0)}
    )


def _top(name: str, how: Aggregate, column: str) -> Measure:
    return on_day(name, how, lambda t: t[column], lambda t: t.high_value)


def _top_at_level(name: str) -> Measure:
    return on_day(f"high_value_{name}", where=lambda t: t.high_value & (t.risk == name))


HIGH_VALUE_CUSTOMERS = Metric(
    id="high_value_customers",
    title=_("High-value customers"),
    title_zh="高价值客户",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    tells=_("How few customers bring four fifths of the gross profit, who they are, and which of them stay away."),
    formula_text=_(
        "fewest customers with 80 % of the gross profit of the last 365 days (of the revenue where no cost is known)"
    ),
    source="S1 S2",
    measures=(
        on_day("high_value", where=lambda t: t.high_value),
        _top("high_value_worth", Aggregate.SUM, "worth"),
        on_day("worth_of_all", Aggregate.MEAN, lambda t: t.worth_of_all.cast("float64"), lambda t: t.brings),
        _top("high_value_profit_to_date", Aggregate.SUM, "profit_to_date"),
        *(_top_at_level(name) for name in RISKS),
        on_day("high_value_by_revenue", where=lambda t: t.high_value & t.by_revenue),
        on_day("ranked_volume", Aggregate.SUM, lambda t: t.by_revenue.ifelse(t.volume, t.volume_with_cost)),
        on_day("year_volume", Aggregate.SUM, lambda t: t.volume),
    ),
    evaluate=_high_value,
    n="high_value",
    placed_by="last day of the period",
    coverage=("ranked_volume", "year_volume"),
    traps=_("Customers who cost more than they bring are left out of the whole. The list is made before filters."),
    additive=True,
)

CHURN_METRICS = (HIGH_VALUE_CUSTOMERS, CHURN_RISK)
