"""Staying: how many customers, and how much of their money, are still there a period later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import divide, ratio
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per, Reach, Segment, Window
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Parameter, Unit
from salesmetrics.model.derived.purchase import PURCHASE_DIMENSIONS

PREVIOUS, LAST_YEAR = "previous", "last_year"


def _in_base(column: str) -> Expression:
    """Give the amount of rows of the base period, null for others."""
    return lambda t: (t[column] < t.base_end).ifelse(t.amount, ibis.null(t.amount.type()))


_BY_PURCHASES = Segment(("customer_id",), _in_base("order_date"))
_BY_REVENUE = Segment(("customer_id",), _in_base("date"))

_CUSTOMER = Per(
    "customer_kept",
    ("customer_id",),
    (
        ("before", lambda t: (t.order_date < t.base_end).any()),
        ("again", lambda t: (t.order_date >= t.period_start).any()),
    ),
    where=lambda t: sales.is_sale(t) & t.customer_id.notnull(),
)


def _kept_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    base = settings["base"]
    window = Window(Reach.WITH_PREVIOUS) if base == PREVIOUS else Window(Reach.BEFORE, int(base))

    def counted(name: str, where: Expression) -> Measure:
        return Measure(
            name, "ledger", "order_date", Aggregate.COUNT, where=where, inputs=sales.CUSTOMER, per=_CUSTOMER,
            window=window, segment=_BY_PURCHASES,
        )  # fmt: skip

    return (
        counted("customers_kept", lambda t: t.before & t.again),
        counted("customers_before", lambda t: t.before),
        Measure(
            "usual_gap", "purchase", "date", Aggregate.MEDIAN, lambda t: t.gap_days.cast("float64"),
            inputs=sales.CUSTOMER, window=window, segment=_BY_REVENUE,
        ),
        sales.ORDER_VOLUME_WITH_CUSTOMER,
        sales.ORDER_VOLUME,
    )  # fmt: skip


def _kept(count: Callable[[Cells], Numbers]) -> Callable[[Cells], Outcome]:
    def evaluate(cells: Cells) -> Outcome:
        outcome = divide(cells, count(cells), cells["customers_before"])
        slow = cells["usual_gap"] > cells.rows.days
        return replace(
            outcome,
            details={"usual_gap": cells["usual_gap"]},
            warnings={"period_shorter_than_buying_cycle": slow & outcome.stands},
        )

    return evaluate


def _retention(
    id: str,
    title: str,
    title_zh: str,
    source: str,
    better: Better,
    tells: str,
    formula: str,
    traps: str,
    count: Callable[[Cells], Numbers],
) -> Metric:
    return Metric(
        id=id,
        title=title,
        title_zh=title_zh,
        unit=Unit.PERCENT,
        better=better,
        tells=tells,
        formula_text=formula,
        source=source,
        measures=_kept_measures,
        evaluate=_kept(count),
        n="customers_before",
        placed_by="order date",
        coverage=("order_volume_with_customer", "order_volume"),
        dimensions=PURCHASE_DIMENSIONS,
        parameters=(
            Parameter(
                "base", PREVIOUS,
                _("whose staying is looked at: customers of the previous period, or of so many days before"),
                words=(PREVIOUS,),
            ),
        ),
        traps=traps,
        complete=True,
    )  # fmt: skip


CUSTOMER_RETENTION_RATE = _retention(
    "customer_retention_rate",
    _("Customer retention"),
    "客户保留率/留存率",
    "S0 S1 S4",
    Better.HIGHER,
    _("How many of the customers of the previous period bought again in this one."),
    _("customers of the previous period with a purchase in this one / customers of the previous period"),
    _(
        "The textbook's (customers at the end - new ones) / customers at the start is the same only if those who "
        "came back from earlier count as new. A customer belongs to the part in which it spent most before."
    ),
    lambda cells: cells["customers_kept"],
)

CUSTOMER_CHURN_RATE = _retention(
    "customer_churn_rate",
    _("Customer churn"),
    "客户流失率",
    "S4",
    Better.LOWER,
    _("How many of the customers of the previous period did not buy in this one."),
    _("1 - customer retention"),
    _("They did not buy, which is not to say that they left."),
    lambda cells: cells["customers_before"] - cells["customers_kept"],
)

_SPENDER = Per(
    "spender",
    ("customer_id",),
    (
        ("before", lambda t: ibis.coalesce(t.amount.sum(where=t.date < t.base_end), 0)),
        ("now", lambda t: ibis.coalesce(t.amount.sum(where=t.date >= t.period_start), 0)),
    ),
    where=lambda t: t.customer_id.notnull(),
)


def _spent_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    window = Window(Reach.WITH_LAST_YEAR if settings["base"] == LAST_YEAR else Reach.WITH_PREVIOUS)

    def spent(name: str, how: Aggregate, value: Expression | None = None) -> Measure:
        return Measure(
            name, "ledger", "date", how, value, lambda t: t.before > 0, sales.CUSTOMER, _SPENDER, window=window,
            segment=_BY_REVENUE,
        )  # fmt: skip

    return (
        spent("revenue_kept", Aggregate.SUM, _kept_of_each),
        spent("revenue_now", Aggregate.SUM, lambda t: t.now),
        spent("revenue_before", Aggregate.SUM, lambda t: t.before),
        spent("customers_with_base", Aggregate.COUNT),
        sales.VOLUME_WITH_CUSTOMER,
        sales.VOLUME,
    )


def _kept_of_each(t: ir.Table) -> ir.Value:
    return ibis.least(ibis.greatest(t.now, 0), t.before)


def _revenue_retention(
    id: str, title: str, title_zh: str, tells: str, formula: str, numerator: str
) -> Metric:  # fmt: skip
    return Metric(
        id=id,
        title=title,
        title_zh=title_zh,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        tells=tells,
        formula_text=formula,
        source="S0 S4",
        measures=_spent_measures,
        evaluate=ratio(numerator, "revenue_before"),
        n="customers_with_base",
        coverage=("volume_with_customer", "volume"),
        dimensions=PURCHASE_DIMENSIONS,
        parameters=(
            Parameter(
                "base", PREVIOUS, _("the period it is set against: the last year's cancels the season"),
                (PREVIOUS, LAST_YEAR),
            ),
        ),
        traps=_(
            "It is based on what customers spend, not on contracts. New customers and those who came back count in "
            "neither period."
        ),
        complete=True,
    )  # fmt: skip


GRR = _revenue_retention(
    "grr",
    _("Gross revenue retention"),
    "毛收入留存率",
    _("How much of what customers spent before they still spend, growth left out."),
    _("sum of what each customer kept of its earlier revenue, at most all of it / their earlier revenue"),
    "revenue_kept",
)

NRR = _revenue_retention(
    "nrr",
    _("Net revenue retention"),
    "净收入留存率",
    _("What customers of the earlier period spend now for each unit of money they spent then."),
    _("revenue now of customers with revenue in the earlier period / their earlier revenue"),
    "revenue_now",
)

RETENTION_METRICS = (CUSTOMER_RETENTION_RATE, CUSTOMER_CHURN_RATE, GRR, NRR)
