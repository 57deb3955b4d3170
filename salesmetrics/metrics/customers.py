"""Customers: who bought, who is new, who came back, and what each kind brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import kept, over, ratio, total
from salesmetrics.metrics.measure import Aggregate, Measure, Reach, Window
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Parameter, Unit
from salesmetrics.model.derived.purchase import PURCHASE_DIMENSIONS


def _counted(
    id: str, title: str, title_zh: str, tells: str, formula: str, of: Measure, *, left_edge: bool = False
) -> Metric:
    return Metric(
        id=id,
        title=title,
        title_zh=title_zh,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        tells=tells,
        formula_text=formula,
        source="S2 S3",
        measures=(of, sales.ORDER_VOLUME_WITH_CUSTOMER, sales.ORDER_VOLUME, sales.TWO_CUSTOMERS),
        evaluate=total(of.name),
        n=of.name,
        coverage=("order_volume_with_customer", "order_volume"),
        cautions=(("orders_under_two_customers", "orders_under_two_customers"),),
        traps=_("A customer counts in every part it bought in, so parts do not add up."),
        left_edge=left_edge,
    )


def _share_of(part: str, other: str) -> Callable[[Cells], Numbers]:
    def share(cells: Cells) -> Numbers:
        whole = cells[part] + cells[other]
        return kept(over(cells[part], whole), whole > 0)

    return share


def _revenue_of(
    id: str, title: str, title_zh: str, tells: str, formula: str, part: Measure, other: Measure, rows: Measure
) -> Metric:  # fmt: skip
    def evaluate(cells: Cells) -> Outcome:
        return total(part.name, {"share": _share_of(part.name, other.name)})(cells)

    return Metric(
        id=id,
        title=title,
        title_zh=title_zh,
        unit=Unit.MONEY,
        better=Better.HIGHER,
        tells=tells,
        formula_text=formula,
        source="S2",
        measures=(part, other, rows, sales.VOLUME_WITH_CUSTOMER, sales.VOLUME),
        evaluate=evaluate,
        n=rows.name,
        coverage=("volume_with_customer", "volume"),
        traps=_("A customer new in April is returning in May by month, but new all quarter by quarter."),
        left_edge=True,
    )


def _acquisition_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    before = Measure(
        f"customers_in_{settings['days']}_days", "ledger", "order_date", Aggregate.DISTINCT,
        lambda t: t.customer_id, lambda t: sales.is_sale(t) & (t.order_date < t.base_end), sales.CUSTOMER,
        window=Window(Reach.BEFORE, int(settings["days"])),
    )  # fmt: skip
    return (sales.NEW_CUSTOMERS, before, sales.ORDER_VOLUME_WITH_CUSTOMER, sales.ORDER_VOLUME)


def _acquisition(cells: Cells) -> Outcome:
    return ratio("new_customers", f"customers_in_{cells.parameters['days']}_days")(cells)


CUSTOMER_ACQUISITION_RATE = Metric(
    id="customer_acquisition_rate",
    title=_("Customer acquisition rate"),
    title_zh="新客户获取率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many new customers there are for each one of before."),
    formula_text=_("new customers / customers with a purchase in the 365 days before the period"),
    source="S1 S3",
    measures=_acquisition_measures,
    evaluate=_acquisition,
    n="customers_in_{days}_days",
    coverage=("order_volume_with_customer", "order_volume"),
    dimensions=PURCHASE_DIMENSIONS,
    parameters=(Parameter("days", "365", _("days before the period in which a customer has bought")),),
    left_edge=True,
)

NEW_CUSTOMER_SHARE = Metric(
    id="new_customer_share",
    title=_("Share of new customers"),
    title_zh="新客户占比",
    unit=Unit.PERCENT,
    better=Better.NEITHER,
    tells=_("How many of the customers who bought did so for the first time."),
    formula_text=_("new customers / active customers"),
    source="S1 S3",
    measures=(
        sales.NEW_CUSTOMERS, sales.CUSTOMERS, sales.ORDER_VOLUME_WITH_CUSTOMER, sales.ORDER_VOLUME,
    ),
    evaluate=ratio("new_customers", "customers"),
    n="customers",
    coverage=("order_volume_with_customer", "order_volume"),
    traps=_("A share that rises may mean more new customers, or fewer of the old ones."),
    left_edge=True,
)  # fmt: skip

CUSTOMER_METRICS = (
    _counted(
        "active_customers",
        _("Active customers"),
        "活跃客户数",
        _("How many customers bought."),
        _("distinct customers with a purchase in the period"),
        sales.CUSTOMERS,
    ),
    _counted(
        "new_customers",
        _("New customers"),
        "新客户数",
        _("How many customers bought for the first time."),
        _("distinct customers whose first purchase lies in the period"),
        sales.NEW_CUSTOMERS,
        left_edge=True,
    ),
    _counted(
        "returning_customers",
        _("Returning customers"),
        "回头客数",
        _("How many customers bought who had bought before the period."),
        _("distinct customers with a purchase in the period and an earlier one before it"),
        sales.RETURNING_CUSTOMERS,
        left_edge=True,
    ),
    _revenue_of(
        "new_revenue",
        _("Revenue from new customers"),
        "新客销售额",
        _("What customers who bought for the first time in the period brought."),
        _("ledger amount of customers whose first purchase lies in the period"),
        sales.NEW_REVENUE,
        sales.RETURNING_REVENUE,
        sales.NEW_ROWS,
    ),
    _revenue_of(
        "returning_revenue",
        _("Revenue from returning customers"),
        "老客销售额",
        _("What customers who had bought before the period brought."),
        _("ledger amount of customers whose first purchase lies before the period"),
        sales.RETURNING_REVENUE,
        sales.NEW_REVENUE,
        sales.RETURNING_ROWS,
    ),
    CUSTOMER_ACQUISITION_RATE,
    NEW_CUSTOMER_SHARE,
)
