"""What winning customers gives back: how soon the spend returns, and how much each source returns on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate

import ibis
import ibis.expr.types as ir
import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.acquisition_cost import PLACED_BY, is_unallocated
from salesmetrics.metrics.arithmetic import divide, kept, nothing, over, reasons
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Parameter, Unit
from salesmetrics.metrics.spend import LAG, PAYROLL, SPENT, spend_measures, spent, where_known

_LIVED = (*sales.CUSTOMER, "orders.cost")


def _of_life(
    name: str, how: Aggregate, value: Expression | None = None, where: Expression | None = None
) -> Measure:
    return Measure(name, "customer_life", "first_purchase", how, value, where, _LIVED)


_MONTHS_OF_LIFE = Measure(
    "profit_by_month_of_life",
    "customer_life",
    "first_purchase",
    Aggregate.LIST,
    lambda t: ibis.struct({"age": t.months_since_first, "known": t.months_known, "profit": t.profit}),
    inputs=_LIVED,
    per=Per("month_of_life", ("months_since_first", "months_known"), (("profit", lambda t: t.worth.sum()),)),
)
_WON = _of_life("customers_won", Aggregate.DISTINCT, lambda t: t.customer_id)
_COVERED = (
    _of_life("life_volume_with_cost", Aggregate.SUM, lambda t: t.amount.abs(), lambda t: t.worth.notnull()),
    _of_life("life_volume", Aggregate.SUM, lambda t: t.amount.abs()),
)


def _payback_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    return (_MONTHS_OF_LIFE, _WON, *spend_measures(settings), *_COVERED)


def _profit_by_month(listed: object) -> list[float]:
    """Give the profit of a cohort in each month of its life, of the months that all of its customers have lived.

    >>> rows = [{"age": 0, "known": 2, "profit": 30.0}, {"age": 0, "known": 1, "profit": 5.0}]
    >>> _profit_by_month(rows)
    [35.0]
    """
    rows = listed if isinstance(listed, (list, np.ndarray)) else []
    months = [0.0] * int(min((row["known"] for row in rows), default=0))
    for row in rows:
        # What no cost is known of brings a null.
        if row["age"] < len(months) and row["profit"] is not None and row["profit"] == row["profit"]:
            months[int(row["age"])] += float(row["profit"])
    return months


def _payback(cells: Cells) -> Outcome:
    cost, won = spent(cells), cells["customers_won"]
    lived = [_profit_by_month(listed) for listed in cells["profit_by_month_of_life"]]
    found = [
        next((month for month, earned in enumerate(accumulate(months), start=1) if earned >= due), None)
        for months, due in zip(lived, cost, strict=True)
    ]
    known = np.array([len(months) for months in lived], dtype=float)
    outcome = Outcome(np.array(found, dtype=float), nothing(cells), nothing(cells), reasons(cells))
    outcome = outcome.absent(np.isnan(outcome.value), "not_reached")
    outcome = outcome.absent(known == 0, "immature_cohort").absent(won == 0, "zero_denominator")
    monthly = over(np.array([sum(months) for months in lived], dtype=float), known * won)
    simple = over(over(cost, won), kept(monthly, monthly > 0))
    return where_known(cells, replace(outcome, details={"months_known": known, "simple_months": simple}))


CAC_PAYBACK_MONTHS = Metric(
    id="cac_payback_months",
    title=_("Months until acquisition pays back"),
    title_zh="CAC回收期",
    unit=Unit.MONTHS,
    better=Better.LOWER,
    tells=_("After how many months customers have earned what it cost to win them."),
    formula_text=_("first month of their life by which the gross profit of all customers won reaches the spend"),
    source="S2",
    measures=_payback_measures,
    evaluate=_payback,
    n="customers_won",
    coverage=("life_volume_with_cost", "life_volume"),
    dimensions=("region", "channel"),
    placed_by=PLACED_BY,
    parameters=(LAG, PAYROLL),
    left_edge=True,
    traps=_("Only months count that every customer of the period has lived, so a young cohort knows few."),
)


def _roi_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    days = int(settings["days"])

    def in_time(t: ir.Table) -> ir.BooleanValue:
        return t.days_since_first <= days

    def is_young(t: ir.Table) -> ir.BooleanValue:
        # The customer won on the period's last day must have been known for so many days.
        return t.period_end + ibis.interval(days=days - 1) > t.known_until

    def of(name: str, how: Aggregate, value: Expression | None, where: Expression) -> Measure:
        return _of_life(f"{name}_{days}", how, value, where)

    of_spend = spend_measures(settings)
    inputs = (*SPENT, "spend.lead_source")
    return (
        of("early_profit", Aggregate.SUM, lambda t: t.worth, in_time),
        of(
            "early_volume_with_cost",
            Aggregate.SUM,
            lambda t: t.amount.abs(),
            lambda t: in_time(t) & t.worth.notnull(),
        ),
        of("early_volume", Aggregate.SUM, lambda t: t.amount.abs(), in_time),
        of("young_rows", Aggregate.COUNT, None, is_young),
        _WON,
        *of_spend,
        replace(of_spend[0], name="sourceless_spend", where=is_unallocated, inputs=inputs),
        replace(of_spend[1], name=f"young_spend_{days}", where=is_young),
    )


def _roi(cells: Cells) -> Outcome:
    days, cost = cells.parameters["days"], cells["spend"]
    outcome = divide(cells, cells[f"early_profit_{days}"] - cost, cost, positive_base=True)
    won = cells["customers_won"]
    outcome = outcome.absent((cells["sourceless_spend"] == cost) & (cost > 0) & (won == 0), "unallocated")
    # How long customers are known is told by the orders; where nobody was won, by the spend.
    young = cells.rows.summed(cells[f"young_rows_{days}"]) > 0
    nobody = cells.rows.summed(won) == 0
    young = young | (nobody & (cells.rows.summed(cells[f"young_spend_{days}"]) > 0))
    outcome = where_known(cells, outcome.absent(young, "immature_cohort"))
    return replace(
        outcome, details={"customers": won, "gross_profit": cells[f"early_profit_{days}"], "spend": cost}
    )


ROI_BY_SOURCE = Metric(
    id="roi_by_source",
    title=_("Return on spend by lead source"),
    title_zh="按来源ROI",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("What each lead source brings back for what is spent on it, after that spend."),
    formula_text=_("(gross profit of the first N days of customers won through the source - spend) / spend"),
    source="S2 S3 S4",
    measures=_roi_measures,
    evaluate=_roi,
    n="customers_won",
    coverage=("early_volume_with_cost_{days}", "early_volume_{days}"),
    by=("lead_source",),
    placed_by=PLACED_BY,
    parameters=(Parameter("days", "90", _("days from the first purchase within which profit counts")),),
    left_edge=True,
    traps=_("It is known only once the last customer of the period has been one for N days."),
)

PAYBACK_METRICS = (CAC_PAYBACK_MONTHS, ROI_BY_SOURCE)
