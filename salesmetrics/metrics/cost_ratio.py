"""Cost ratios: what share of revenue selling and marketing cost."""

from __future__ import annotations

from collections.abc import Mapping

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import divide
from salesmetrics.metrics.measure import Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit
from salesmetrics.metrics.spend import PAYROLL, spend_measures, spent, where_known

_REACH = ("region", "channel")
"""Sales and what they cost are told apart by these; a lead source of spend need not be that of an order."""


def _ratio(id: str, title: str, title_zh: str, tells: str, formula: str, *, sales_only: bool) -> Metric:
    prefix = "sales_" if sales_only else ""

    def measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
        return (*spend_measures(settings, sales_only=sales_only), sales.REVENUE)

    def evaluate(cells: Cells) -> Outcome:
        cost = spent(cells, prefix)
        return where_known(cells, divide(cells, cost, cells["revenue"], positive_base=True), prefix)

    return Metric(
        id=id,
        title=title,
        title_zh=title_zh,
        unit=Unit.PERCENT,
        better=Better.LOWER,
        tells=tells,
        formula_text=formula,
        source="S4",
        measures=measures,
        evaluate=evaluate,
        n=f"{prefix}spend_rows",
        dimensions=_REACH,
        placed_by=_("order date; spend by its booking"),
        parameters=(PAYROLL,),
        traps=_("Spend that names no region or channel stands under (unknown), away from the revenue it brought."),
    )


COST_RATIO_METRICS = (
    _ratio(
        "sales_cost_ratio",
        _("Sales cost ratio"),
        "销售成本比率",
        _("How much of the revenue selling costs."),
        _("spend on sales / revenue of the same period"),
        sales_only=True,
    ),
    _ratio(
        "sales_marketing_cost_ratio",
        _("Sales and marketing cost ratio"),
        "销售与营销成本比率",
        _("How much of the revenue selling and marketing cost together."),
        _("spend on sales and marketing / revenue of the same period"),
        sales_only=False,
    ),
)
