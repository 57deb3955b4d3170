"""What numbers are the product of: each tree an identity on the same rows, with what stands beside it.

A tree is a metric outside the catalogue, so that it is read, placed in time and filtered like any other; its
measures are its `details`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import ibis.expr.types as ir

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import deals, pipeline, sales
from salesmetrics.metrics.arithmetic import nothing, reasons
from salesmetrics.metrics.leads import ALL_LEADS
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit

Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Factor:
    """One factor: `measure` over the measure of the factor before it (the first stands alone)."""

    id: str
    title: str
    unit: Unit
    measure: Measure


@dataclass(frozen=True)
class Beside:
    """A part that no factor is in: the sum of `plus` less that of `minus`."""

    id: str
    title: str
    plus: tuple[Measure, ...]
    minus: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class DriverTree:
    """The product that `metric` is: the last factor's measure, and what stands `beside` it, come to its value.

    `dimensions` are those by which the rows of all its measures are one whole; None where all relations' are.
    """

    id: str
    metric: str
    title: str
    unit: Unit
    factors: tuple[Factor, ...]
    beside: tuple[Beside, ...] = ()
    dimensions: tuple[str, ...] | None = None

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure it reads, each once."""
        found = [factor.measure for factor in self.factors]
        found += [measure for part in self.beside for measure in (*part.plus, *part.minus)]
        return tuple({measure.name: measure for measure in found}.values())

    def as_metric(self) -> Metric:
        """Give it as a metric whose details are its measures."""
        names = [measure.name for measure in self.measures]

        def evaluate(cells: Cells) -> Outcome:
            read = {name: cells[name] for name in names}
            return Outcome(
                read[self.factors[-1].measure.name], nothing(cells), nothing(cells), reasons(cells), read
            )

        return Metric(
            id=self.id, title=self.title, title_zh=self.title, unit=self.unit, better=Better.NEITHER, tells="",
            formula_text="", source="", measures=self.measures, evaluate=evaluate, n=names[0],
            dimensions=self.dimensions,
        )  # fmt: skip

    def factor_values(self, read: Numbers) -> list[float] | None:
        """Give each factor's figure, NaN over 0; None where something stands over 0, which no product gives."""
        found, below = [], 1.0
        for factor in self.factors:
            top = read[factor.measure.name]
            if not below and top:
                return None
            found.append(top / below if below else float("nan"))
            below = top
        return found

    def beside_values(self, read: Numbers) -> list[float]:
        """Give the figure of each part beside the product."""
        return [
            sum(read[one.name] for one in part.plus) - sum(read[one.name] for one in part.minus)
            for part in self.beside
        ]


def _of_known(name: str, like: Measure) -> Measure:
    """Give a measure of the ledger for those rows alone that name their customer."""

    def known(t: ir.Table) -> ir.Value:
        named = t.customer_id.notnull()
        return named & like.where(t) if like.where else named

    return replace(like, name=name, where=known, inputs=sales.CUSTOMER)


KNOWN_ORDERS = _of_known("orders_of_known_customers", sales.ORDERS)
KNOWN_ORDER_REVENUE = _of_known("order_revenue_of_known_customers", sales.ORDER_REVENUE)
KNOWN_REVENUE = _of_known("revenue_of_known_customers", sales.REVENUE)


def _quantified(name: str, value: Expression) -> Measure:
    return Measure(
        name, "ledger", "date", Aggregate.SUM, value, lambda t: t.cost.notnull() & t.quantity.notnull(),
        (*sales.COST, "orders.quantity"),
    )  # fmt: skip


COSTED_UNITS = _quantified("units_with_cost", lambda t: t.quantity)
COSTED_AMOUNT = _quantified("amount_with_cost_and_quantity", lambda t: t.amount)
COSTED_PROFIT = _quantified("profit_with_quantity", lambda t: t.amount - t.cost)

_LEAD_INPUTS = (*sales.CUSTOMER, "leads.created_at", "leads.customer_id")


def _from_leads(name: str, where: Expression, aggregate: Aggregate = Aggregate.SUM) -> Measure:
    counted = aggregate is Aggregate.DISTINCT
    return Measure(
        name,
        "lead_ledger",
        "date",
        aggregate,
        lambda t: t.customer_id if counted else t.amount,
        where,
        _LEAD_INPUTS,
    )


COHORT_BUYERS = _from_leads("buyers_of_new_leads", lambda t: t.came_on >= t.period_start, Aggregate.DISTINCT)
COHORT_REVENUE = _from_leads("revenue_of_new_leads", lambda t: t.came_on >= t.period_start)
EARLIER_REVENUE = _from_leads("revenue_of_earlier_leads", lambda t: t.came_on < t.period_start)
REVENUE_WITHOUT_LEAD = _from_leads("revenue_without_lead", lambda t: t.came_on.isnull())

_LATE = Beside("late_returns", _("Returns from other periods"), (KNOWN_REVENUE,), (KNOWN_ORDER_REVENUE,))

TREES = (
    DriverTree(
        "revenue_by_customers", "revenue", _("Customers, orders, order value"), Unit.MONEY,
        (
            Factor("customers", _("Active customers"), Unit.COUNT, sales.CUSTOMERS),
            Factor("frequency", _("Orders per customer"), Unit.UNITS, KNOWN_ORDERS),
            Factor("order_value", _("Average order value"), Unit.MONEY, KNOWN_ORDER_REVENUE),
        ),
        (_LATE, Beside("unknown_customers", _("Sales that name no customer"), (sales.REVENUE,), (KNOWN_REVENUE,))),
    ),
    DriverTree(
        "revenue_by_leads", "revenue", _("Leads, conversion, value"), Unit.MONEY,
        (
            Factor("leads", _("New leads"), Unit.COUNT, ALL_LEADS),
            Factor("conversion", _("Conversion of new leads"), Unit.PERCENT, COHORT_BUYERS),
            Factor("value", _("Revenue per new buyer"), Unit.MONEY, COHORT_REVENUE),
        ),
        (
            Beside("earlier_leads", _("Customers of earlier leads"), (EARLIER_REVENUE,)),
            Beside("no_lead", _("Orders without a lead"), (REVENUE_WITHOUT_LEAD,)),
        ),
        dimensions=("region", "team", "lead_source"),
    ),
    DriverTree(
        "revenue_by_orders", "revenue", _("Orders, order value"), Unit.MONEY,
        (
            Factor("orders", _("Orders"), Unit.COUNT, sales.ORDERS),
            Factor("order_value", _("Average order value"), Unit.MONEY, sales.ORDER_REVENUE),
        ),
        (Beside("late_returns", _("Returns from other periods"), (sales.REVENUE,), (sales.ORDER_REVENUE,)),),
    ),
    DriverTree(
        "profit_by_price", "gross_profit", _("Units, price, margin"), Unit.MONEY,
        (
            Factor("units", _("Units sold"), Unit.UNITS, COSTED_UNITS),
            Factor("price", _("Price per unit"), Unit.MONEY, COSTED_AMOUNT),
            Factor("margin", _("Gross margin"), Unit.PERCENT, COSTED_PROFIT),
        ),
        (Beside("without_quantity", _("Sales without a quantity"), (sales.PROFIT,), (COSTED_PROFIT,)),),
    ),
    DriverTree(
        "orders_by_customers", "orders", _("Customers, orders per customer"), Unit.COUNT,
        (
            Factor("customers", _("Active customers"), Unit.COUNT, sales.CUSTOMERS),
            Factor("frequency", _("Orders per customer"), Unit.UNITS, KNOWN_ORDERS),
        ),
        (Beside("unknown_customers", _("Orders that name no customer"), (sales.ORDERS,), (KNOWN_ORDERS,)),),
    ),
    DriverTree(
        "won_by_deals", "won_value", _("Deals, win rate, deal size"), Unit.MONEY,
        (
            Factor("decided", _("Deals decided"), Unit.COUNT, deals.CLOSED_DEALS),
            Factor("win_rate", _("Win rate"), Unit.PERCENT, deals.WON_DEALS),
            Factor("priced", _("Won deals with an amount"), Unit.PERCENT, deals.WON_WITH_AMOUNT),
            Factor("deal_size", _("Average deal size"), Unit.MONEY, deals.WON_AMOUNT),
        ),
    ),
    DriverTree(
        "pipeline_by_deals", "pipeline_value", _("Open deals, their size"), Unit.MONEY,
        (
            Factor("open", _("Open deals"), Unit.COUNT, deals.OPEN_DEALS),
            Factor("priced", _("Open deals with an amount"), Unit.PERCENT, deals.OPEN_WITH_AMOUNT),
            Factor("deal_size", _("Mean amount"), Unit.MONEY, deals.OPEN_AMOUNT),
        ),
    ),
    DriverTree(
        "weighted_by_deals", "weighted_pipeline", _("Open deals, their size, their chance"), Unit.MONEY,
        (
            Factor("open", _("Open deals with a chance"), Unit.COUNT, pipeline.DEALS_WITH_CHANCE),
            Factor("deal_size", _("Mean amount"), Unit.MONEY, pipeline.AMOUNT_WITH_CHANCE),
            Factor("chance", _("Mean chance, by amount"), Unit.PERCENT, pipeline.WEIGHTED),
        ),
    ),
)  # fmt: skip
"""Every tree; of those of one metric the most telling first."""


def trees_of(metric: str) -> tuple[DriverTree, ...]:
    """Give the trees of a metric; none where it is no product."""
    return tuple(tree for tree in TREES if tree.metric == metric)
