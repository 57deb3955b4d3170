"""Price and margin: gross profit, profit an order, discount, price a unit."""

from __future__ import annotations

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import ratio, total
from salesmetrics.metrics.metric import Better, Metric, Unit

GROSS_PROFIT = Metric(
    id="gross_profit",
    title=_("Gross profit"),
    title_zh="毛利",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What is left of revenue after the cost of what was sold."),
    formula_text=_("sum of amount - cost, rows with a cost"),
    source="S0 S3 S4",
    measures=(sales.PROFIT, sales.ROWS_WITH_COST, sales.VOLUME_WITH_COST, sales.VOLUME),
    evaluate=total("profit"),
    n="rows_with_cost",
    coverage=("volume_with_cost", "volume"),
    additive=True,
)

GROSS_MARGIN = Metric(
    id="gross_margin",
    title=_("Gross margin"),
    title_zh="毛利率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How much of each unit of revenue is left after the cost of what was sold."),
    formula_text=_("gross profit / revenue of the same rows"),
    source="S0 S3 S4",
    measures=(sales.PROFIT, sales.WITH_COST, sales.ROWS_WITH_COST, sales.VOLUME_WITH_COST, sales.VOLUME),
    evaluate=ratio("profit", "revenue_with_cost", positive_base=True),
    n="rows_with_cost",
    coverage=("volume_with_cost", "volume"),
)

PROFIT_PER_ORDER = Metric(
    id="profit_per_order",
    title=_("Profit per order"),
    title_zh="单笔利润",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What an order earns on average, after returns."),
    formula_text=_("profit of the orders dated in the period, with their returns to date / these orders"),
    source="S0 S3",
    measures=(sales.ORDER_PROFIT, sales.ORDERS_WITH_COST, sales.ORDER_VOLUME_WITH_COST, sales.ORDER_VOLUME),
    evaluate=ratio("order_profit", "orders_with_cost"),
    n="orders_with_cost",
    coverage=("order_volume_with_cost", "order_volume"),
)

DISCOUNT_RATE = Metric(
    id="discount_rate",
    title=_("Discount rate"),
    title_zh="折扣率",
    unit=Unit.PERCENT,
    better=Better.LOWER,
    tells=_("How much of the list price was given away."),
    formula_text=_("discount / (amount + discount), sale rows with a known discount"),
    source="S– (S3 profit)",
    measures=(
        sales.DISCOUNT_GIVEN,
        sales.LIST_VALUE,
        sales.ROWS_WITH_DISCOUNT,
        sales.SALES_WITH_DISCOUNT,
        sales.GROSS_SALES,
    ),
    evaluate=ratio("discount_given", "list_value"),
    n="rows_with_discount",
    coverage=("sales_with_discount", "gross_sales"),
    traps=_("Returns are not netted: the discount was granted all the same."),
)

PRICE_PER_UNIT = Metric(
    id="price_per_unit",
    title=_("Price per unit"),
    title_zh="平均单价",
    unit=Unit.MONEY,
    better=Better.NEITHER,
    tells=_("What a unit sold for on average."),
    formula_text=_("revenue / units, rows with a quantity"),
    source="S–",
    measures=(
        sales.WITH_QUANTITY,
        sales.UNITS,
        sales.ROWS_WITH_QUANTITY,
        sales.VOLUME_WITH_QUANTITY,
        sales.VOLUME,
    ),
    evaluate=ratio("revenue_with_quantity", "units", positive_base=True),
    n="rows_with_quantity",
    coverage=("volume_with_quantity", "volume"),
    traps=_("A change can come from the mix of products as well as from prices."),
)

PRICE_METRICS = (GROSS_PROFIT, GROSS_MARGIN, PROFIT_PER_ORDER, DISCOUNT_RATE, PRICE_PER_UNIT)
