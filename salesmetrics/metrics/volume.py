"""Sales volume: revenue, returns, units, orders and what an order is worth."""

from __future__ import annotations

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import kept, measure, over, ratio, total
from salesmetrics.metrics.metric import Better, Metric, Unit

REVENUE = Metric(
    id="revenue",
    title=_("Revenue"),
    title_zh="销售额(净)",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What was sold, less what came back."),
    formula_text=_("sum of ledger amounts: sales less returns"),
    source="S0 S1 S2 S3 S4",
    measures=(sales.REVENUE, sales.ROWS, sales.UNLINKED),
    evaluate=total("revenue"),
    n="ledger_rows",
    cautions=(("unlinked_returns", "unlinked_returns"),),
    traps=_("Returns count on the day they come back. Deal amounts are bookings and never part of it."),
    additive=True,
)

GROSS_SALES = Metric(
    id="gross_sales",
    title=_("Gross sales"),
    title_zh="销售总额(退货前)",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What was sold, before anything came back."),
    formula_text=_("sum of sale rows"),
    source="S–",
    measures=(sales.GROSS_SALES, sales.SALES),
    evaluate=total("gross_sales"),
    n="sale_rows",
    additive=True,
)

RETURN_AMOUNT = Metric(
    id="return_amount",
    title=_("Returns"),
    title_zh="退货额",
    unit=Unit.MONEY,
    better=Better.LOWER,
    tells=_("The value of what came back."),
    formula_text=_("minus the sum of return rows"),
    source="S–",
    measures=(sales.RETURNED, sales.RETURN_ROWS),
    evaluate=total("returned"),
    n="return_rows",
    placed_by="return date",
    additive=True,
)

RETURN_RATE = Metric(
    id="return_rate",
    title=_("Return rate"),
    title_zh="退货率",
    unit=Unit.PERCENT,
    better=Better.LOWER,
    tells=_("How much of what was sold came back in the same period."),
    formula_text=_("returns / gross sales"),
    source="S–",
    measures=(sales.RETURNED, sales.GROSS_SALES, sales.SALES),
    evaluate=ratio("returned", "gross_sales"),
    n="sale_rows",
    traps=_("Recent sales can still come back: the latest months look better than they will."),
    placed_by="order date and return date",
)

UNITS = Metric(
    id="units",
    title=_("Units sold"),
    title_zh="销售量",
    unit=Unit.UNITS,
    better=Better.HIGHER,
    tells=_("How many units were sold, less those that came back."),
    formula_text=_("sum of ledger quantities"),
    source="S1 S3",
    measures=(sales.UNITS, sales.ROWS_WITH_QUANTITY, sales.VOLUME_WITH_QUANTITY, sales.VOLUME),
    evaluate=total("units"),
    n="rows_with_quantity",
    coverage=("volume_with_quantity", "volume"),
    additive=True,
)

ORDERS = Metric(
    id="orders",
    title=_("Orders"),
    title_zh="订单数",
    unit=Unit.COUNT,
    better=Better.HIGHER,
    tells=_("How many orders were placed and not wholly returned."),
    formula_text=_("distinct orders dated in the period"),
    source="S0 S3",
    measures=(sales.ORDERS, sales.UNLINKED),
    cautions=(("unlinked_returns", "unlinked_returns"),),
    evaluate=total("orders"),
    n="orders",
    traps=_("An order with two products counts for both: products do not add up to the total."),
)

AVERAGE_TRANSACTION_VALUE = Metric(
    id="average_transaction_value",
    title=_("Average order value"),
    title_zh="平均交易额",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What an order is worth on average, after returns."),
    formula_text=_("revenue of the orders dated in the period, with their returns to date / orders"),
    source="S0 S2",
    measures=(
        sales.ORDER_REVENUE,
        sales.ORDERS,
        sales.MEDIAN_ORDER,
        sales.UNLINKED,
        sales.REVENUE,
    ),
    evaluate=ratio(
        "order_revenue",
        "orders",
        details={
            "median": measure("median_order"),
            "net_revenue_per_order": lambda cells: kept(
                over(cells["revenue"], cells["orders"]), (cells["unlinked_returns"] > 0) & (cells["orders"] > 0)
            ),
        },
    ),
    n="orders",
    cautions=(("unlinked_returns", "unlinked_returns"),),
    traps=_("Late returns of older orders stay out."),
)

VOLUME_METRICS = (REVENUE, GROSS_SALES, RETURN_AMOUNT, RETURN_RATE, UNITS, ORDERS, AVERAGE_TRANSACTION_VALUE)
