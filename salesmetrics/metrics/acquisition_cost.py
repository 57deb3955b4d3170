"""What it costs to win a customer, in all and by the lead source that brought it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis.expr.types as ir
import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import divide, over
from salesmetrics.metrics.measure import Aggregate, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Parameter, Unit
from salesmetrics.metrics.spend import LAG, PAYROLL, SPENT, spend_measures, spent, where_known
from salesmetrics.model.derived.spending import UNALLOCATED

PLACED_BY = _("first purchase; spend by its booking")


def _cac_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    return (
        *spend_measures(settings),
        sales.NEW_CUSTOMERS,
        sales.ORDER_VOLUME_WITH_CUSTOMER,
        sales.ORDER_VOLUME,
        sales.TWO_CUSTOMERS,
    )


def _cac(cells: Cells) -> Outcome:
    return where_known(cells, divide(cells, spent(cells), cells["new_customers"]))


CAC = Metric(
    id="cac",
    title=_("Customer acquisition cost"),
    title_zh="客户获取成本",
    unit=Unit.MONEY,
    better=Better.LOWER,
    tells=_("What it costs to win one new customer."),
    formula_text=_("spend on marketing and sales / new customers"),
    source="S0 S2 S4",
    measures=_cac_measures,
    evaluate=_cac,
    n="new_customers",
    coverage=("order_volume_with_customer", "order_volume"),
    dimensions=("region", "channel"),
    placed_by=PLACED_BY,
    parameters=(LAG, PAYROLL),
    cautions=(("orders_under_two_customers", "orders_under_two_customers"),),
    left_edge=True,
    traps=_("Where selling takes months, the spend of a month wins customers of later ones: set the lag."),
)

NEW_BY_SOURCE = Measure(
    "new_customers_by_source", "customer_life", "order_date", Aggregate.DISTINCT, lambda t: t.customer_id,
    lambda t: sales.is_sale(t) & (t.first_purchase >= t.period_start), sales.CUSTOMER,
)  # fmt: skip
PRO_RATA = "pro_rata"


def is_unallocated(t: ir.Table) -> ir.BooleanValue:
    """Tell spend that names no lead source."""
    return t.lead_source == UNALLOCATED


def _by_source_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    of_spend = spend_measures(settings)
    sourceless = replace(
        of_spend[0],
        name="sourceless_spend",
        where=is_unallocated,
        inputs=(*SPENT, "spend.lead_source"),
    )
    return (*of_spend, sourceless, NEW_BY_SOURCE)


def _by_source(cells: Cells) -> Outcome:
    new, cost = cells["new_customers_by_source"], spent(cells)
    if cells.parameters["unallocated"] == PRO_RATA:
        pool = cells.rows.summed(cells["sourceless_spend"])
        share = over(new, cells.rows.summed(new))
        shared = cost - cells["sourceless_spend"] + pool * share
        # Where nobody was won there is nobody to share it out to.
        cost = np.where(np.isnan(share), cost, shared)
    return where_known(cells, divide(cells, cost, new))


CAC_BY_SOURCE = Metric(
    id="cac_by_source",
    title=_("Acquisition cost by lead source"),
    title_zh="按线索来源的CAC",
    unit=Unit.MONEY,
    better=Better.LOWER,
    tells=_("What it costs to win a new customer through each lead source."),
    formula_text=_("spend on the source / new customers whose first lead came from it"),
    source="S2",
    measures=_by_source_measures,
    evaluate=_by_source,
    n="new_customers_by_source",
    by=("lead_source",),
    placed_by=PLACED_BY,
    parameters=(
        LAG,
        Parameter(
            "unallocated",
            "apart",
            _("whether spend that names no source stands apart or is shared out by new customers"),
            options=("apart", PRO_RATA),
        ),
    ),
    left_edge=True,
    traps=_("Spend without a source stands apart, so the sources look cheaper than customers are in all."),
)

ACQUISITION_COST_METRICS = (CAC, CAC_BY_SOURCE)
