"""What is sold and through what: shares, new products, cross-selling, channels, time to deliver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import numpy as np

from salesmetrics.analysis import survival
from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import divide, nothing, ratio, total
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Parameter, Unit
from salesmetrics.model.dimensions import UNKNOWN


def _share(cells: Cells) -> Outcome:
    part = cells["revenue"]
    return divide(cells, part, cells.rows.summed(part), positive_base=True).absent(part < 0, "negative_base")


REVENUE_SHARE = Metric(
    id="revenue_share",
    title=_("Share of revenue"),
    title_zh="销售占比",
    unit=Unit.PERCENT,
    better=Better.NEITHER,
    tells=_("How much of the revenue under the same filters each part brings."),
    formula_text=_("revenue of the part / revenue of all parts"),
    source="S1 S2 S3",
    measures=(sales.REVENUE, sales.ROWS),
    evaluate=_share,
    n="ledger_rows",
)


def _new_product_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    months = ibis.interval(months=int(settings["months"]))

    def is_new(t: ir.Table) -> ir.BooleanValue:
        return t.product_is_new | (t.product_launch.notnull() & (t.date < t.product_launch + months))

    def of_new(name: str, how: Aggregate, value: Expression | None = None, *, counted: bool = False) -> Measure:
        def where(t: ir.Table) -> ir.BooleanValue:
            return is_new(t) & t.quantity.notnull() if counted else is_new(t)

        return Measure(f"{name}_{settings['months']}", "ledger", "date", how, value, where, sales.QUANTITY)

    return (
        of_new("new_product_units", Aggregate.SUM, lambda t: t.quantity),
        of_new("new_product_rows", Aggregate.COUNT, counted=True),
        of_new("new_product_volume", Aggregate.SUM, lambda t: t.amount.abs()),
        of_new("new_product_volume_counted", Aggregate.SUM, lambda t: t.amount.abs(), counted=True),
        sales.ROWS,
    )


def _new_product_units(cells: Cells) -> Outcome:
    return total(f"new_product_units_{cells.parameters['months']}")(cells)


NEW_PRODUCT_UNITS = Metric(
    id="new_product_units",
    title=_("Units of new products"),
    title_zh="新产品销量",
    unit=Unit.UNITS,
    better=Better.HIGHER,
    tells=_("How many units came from products that are new."),
    formula_text=_("units within N months of the product's first sale, or of products marked as new"),
    source="S3",
    measures=_new_product_measures,
    evaluate=_new_product_units,
    n="new_product_rows_{months}",
    coverage=("new_product_volume_counted_{months}", "new_product_volume_{months}"),
    parameters=(Parameter("months", "6", _("months for which a product counts as new")),),
    traps=_("Products sold in the first 90 days of the file are never new: they may be old."),
    additive=True,
)

_BASKET = Per(
    "basket",
    ("customer_id",),
    (("products", lambda t: t["product"].nunique(where=t["product"] != UNKNOWN)),),
    where=lambda t: sales.is_sale(t) & t.kept & t.customer_id.notnull(),
)

CROSS_SELL_RATE = Metric(
    id="cross_sell_rate",
    title=_("Cross-sell rate"),
    title_zh="交叉销售率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many of the customers who bought chose more than one product."),
    formula_text=_("customers with two or more products / customers with a purchase"),
    source="S2",
    measures=(
        Measure(
            "customers_with_several_products", "ledger", "order_date", Aggregate.COUNT,
            where=lambda t: t.products >= 2, inputs=(*sales.CUSTOMER, "orders.product"), per=_BASKET,
        ),
        sales.CUSTOMERS,
        sales.ORDER_VOLUME_WITH_CUSTOMER,
        sales.ORDER_VOLUME,
    ),
    evaluate=ratio("customers_with_several_products", "customers"),
    n="customers",
    coverage=("order_volume_with_customer", "order_volume"),
)  # fmt: skip

_SPENT = Measure(
    "channel_spend", "spending", "date", Aggregate.SUM, lambda t: t.amount, lambda t: t.channel != UNKNOWN,
    ("spend.date", "spend.amount", "spend.channel"),
)  # fmt: skip


def _channel_effect(cells: Cells) -> Outcome:
    contribution = cells["profit"] - cells["channel_spend"]
    outcome = divide(cells, contribution, cells["channel_spend"], positive_base=True)
    details = {
        "revenue": cells["revenue"],
        "gross_profit": cells["profit"],
        "new_customers": cells["new_customers"],
        "spend": cells["channel_spend"],
        "contribution": contribution,
    }
    return replace(outcome, details=details)


CHANNEL_EFFECTIVENESS = Metric(
    id="channel_effectiveness",
    title=_("Channel effectiveness"),
    title_zh="销售渠道效益",
    unit=Unit.TIMES,
    better=Better.HIGHER,
    tells=_("What a channel earns for each unit of money spent on it, after that money."),
    formula_text=_("(gross profit - channel spend) / channel spend"),
    source="S1",
    measures=(
        sales.PROFIT, _SPENT, sales.REVENUE, sales.NEW_CUSTOMERS, sales.ROWS_WITH_COST, sales.VOLUME_WITH_COST,
        sales.VOLUME,
    ),
    evaluate=_channel_effect,
    n="rows_with_cost",
    coverage=("volume_with_cost", "volume"),
    by=("channel",),
    members=("revenue", "gross_profit", "new_customers"),
)  # fmt: skip


def _wait_list(t: ir.Table) -> ir.Value:
    return ibis.struct({"days": t.wait_days, "done": t.done, "open": t.waiting})


_WAITS = Per(
    "wait",
    ("wait_days",),
    (("done", lambda t: t.delivered.sum()), ("waiting", lambda t: (~t.delivered).sum())),
    where=lambda t: sales.is_sale(t) & (t.wait_days >= 0),
)


def _waits(name: str, how: Aggregate, value: Expression) -> Measure:
    inputs = ("orders.order_date", "orders.delivered_date")
    return Measure(name, "ledger", "date", how, value, inputs=inputs, per=_WAITS)


def _fulfilment(cells: Cells) -> Outcome:
    waits = [_curve(listed) for listed in cells["wait_list"]]
    reached = [survival.median(curve) if curve else None for curve in waits]
    done = [[days for days, count, _open in curve for _each in range(count)] for curve in waits]
    why = [
        "no_rows" if not curve else "not_reached" if median is None else None
        for curve, median in zip(waits, reached, strict=True)
    ]
    completed = np.array([float(np.median(days)) if days else np.nan for days in done], dtype=float)
    return Outcome(
        np.array(reached, dtype=float),
        nothing(cells),
        nothing(cells),
        np.array(why, dtype=object),
        {"completed_median": completed, "still_open": cells["waiting"]},
    )


def _curve(listed: object) -> survival.Curve:
    """Give the waits of one row as counted by the engine; none where nothing was ordered."""
    waits = listed if isinstance(listed, (list, np.ndarray)) else []
    return [(wait["days"], int(wait["done"]), int(wait["open"])) for wait in waits]


FULFILMENT_DAYS = Metric(
    id="fulfilment_days",
    title=_("Days to deliver"),
    title_zh="交付/处理时长",
    unit=Unit.DAYS,
    better=Better.LOWER,
    tells=_("How many days it takes until half of what was ordered is delivered."),
    formula_text=_("Kaplan-Meier median of delivered - ordered, undelivered lines still waiting"),
    source="S1 S3",
    measures=(
        _waits("wait_list", Aggregate.LIST, _wait_list),
        _waits("delivered", Aggregate.SUM, lambda t: t.done),
        _waits("waiting", Aggregate.SUM, lambda t: t.waiting),
    ),
    evaluate=_fulfilment,
    n="delivered",
    traps=_("Looking at delivered lines alone makes the wait look shorter than it is."),
)

MIX_METRICS = (REVENUE_SHARE, NEW_PRODUCT_UNITS, CROSS_SELL_RATE, CHANNEL_EFFECTIVENESS, FULFILMENT_DAYS)
