"""What customers are worth: the profit of their first months, against what it cost to win them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import ibis.expr.types as ir

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.acquisition_cost import PLACED_BY
from salesmetrics.metrics.arithmetic import divide, over
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Parameter, Unit
from salesmetrics.metrics.spend import LAG, PAYROLL, spend_measures, spent, where_known

_MONTHS = Parameter("months", "12", _("months from the first purchase over which a customer's worth is added up"))


def life_measures(settings: Mapping[str, str], inputs: tuple[str, ...] = sales.CUSTOMER) -> tuple[Measure, ...]:
    """Give the measures of what customers brought in their first months, of those known for as long."""
    months = int(settings["months"])

    def of(name: str, how: Aggregate, value: Expression | None, where: Expression) -> Measure:
        return Measure(f"{name}_{months}", "customer_life", "first_purchase", how, value, where, inputs)

    def counts(t: ir.Table) -> ir.BooleanValue:
        return (t.months_known >= months) & (t.months_since_first < months)

    def valued(t: ir.Table) -> ir.BooleanValue:
        return counts(t) & t.worth.notnull()

    return (
        of("life_worth", Aggregate.SUM, lambda t: t.worth, valued),
        of("lives", Aggregate.DISTINCT, lambda t: t.customer_id, valued),
        of("young_lives", Aggregate.DISTINCT, lambda t: t.customer_id, lambda t: t.months_known < months),
        of("life_volume_valued", Aggregate.SUM, lambda t: t.amount.abs(), valued),
        of("life_volume", Aggregate.SUM, lambda t: t.amount.abs(), counts),
        of("life_rows_by_revenue", Aggregate.COUNT, None, lambda t: valued(t) & t.worth_is_revenue),
    )


def _of_life(name: str) -> Callable[[Cells], Numbers]:
    return lambda cells: cells[f"{name}_{cells.parameters['months']}"]


_WORTH, _LIVES, _YOUNG = _of_life("life_worth"), _of_life("lives"), _of_life("young_lives")


def _clv(cells: Cells) -> Outcome:
    lives, young = _LIVES(cells), _YOUNG(cells)
    outcome = divide(cells, _WORTH(cells), lives).absent((lives == 0) & (young > 0), "immature_cohort")
    by_revenue = _of_life("life_rows_by_revenue")(cells) > 0
    return replace(outcome, details={"too_young": young}, warnings={"valued_by_revenue": by_revenue})


CLV_HISTORIC = Metric(
    id="clv_historic",
    title=_("Customer value so far"),
    title_zh="历史客户终身价值",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What a customer brought on average in the first months after the first purchase."),
    formula_text=_("gross profit of the first N months of customers known for N months / their number"),
    source="S2",
    measures=life_measures,
    evaluate=_clv,
    n="lives_{months}",
    coverage=("life_volume_valued_{months}", "life_volume_{months}"),
    placed_by=_("first purchase"),
    parameters=(_MONTHS,),
    left_edge=True,
    traps=_("Customers won less than N months ago are left out. Those who bought once count too."),
)


def _clv_cac_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    return (
        *life_measures(settings, (*sales.CUSTOMER, "orders.cost")),
        *spend_measures(settings),
        sales.NEW_CUSTOMERS,
    )


def _clv_cac(cells: Cells) -> Outcome:
    lives, young = _LIVES(cells), _YOUNG(cells)
    clv = over(_WORTH(cells), lives)
    cac = over(spent(cells), cells["new_customers"])
    outcome = where_known(cells, divide(cells, clv, cac))
    outcome = outcome.absent(lives == 0, "zero_denominator").absent(
        cells["new_customers"] == 0, "zero_denominator"
    )
    outcome = outcome.absent((lives == 0) & (young > 0), "immature_cohort")
    return replace(outcome, details={"clv": clv, "cac": cac, "too_young": young})


CLV_CAC_RATIO = Metric(
    id="clv_cac_ratio",
    title=_("Customer value to acquisition cost"),
    title_zh="CLV:CAC",
    unit=Unit.TIMES,
    better=Better.HIGHER,
    tells=_("How many times over customers earned back what it cost to win them."),
    formula_text=_("customer value so far / customer acquisition cost, of customers won in the period"),
    source="S2",
    measures=_clv_cac_measures,
    evaluate=_clv_cac,
    n="lives_{months}",
    coverage=("life_volume_valued_{months}", "life_volume_{months}"),
    dimensions=("region", "channel"),
    placed_by=PLACED_BY,
    parameters=(_MONTHS, LAG, PAYROLL),
    left_edge=True,
    traps=_("It needs costs: revenue over acquisition cost would flatter. The value holds N months only."),
)

CUSTOMER_VALUE_METRICS = (CLV_HISTORIC, CLV_CAC_RATIO)
