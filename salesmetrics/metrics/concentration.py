"""Concentration: how much of the revenue hangs on few customers, products or reps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import ibis.expr.types as ir

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import divide, over
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Parameter, Unit
from salesmetrics.model.dimensions import UNKNOWN

FEWEST = 5
"""Entities below which concentration says nothing."""

_OF = Parameter("of", "customer", _("whose revenue is looked at"), ("customer", "product", "rep"))
_INPUT = {"customer": "orders.customer_id", "product": "orders.product", "rep": "orders.rep_id"}


def _measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    of = settings["of"]
    inputs = (*sales.AMOUNT, _INPUT[of])
    worth = (("worth", lambda t: t.amount.sum()),)

    def named(t: ir.Table) -> ir.BooleanValue:
        return t[of] != UNKNOWN

    ranked = Per(f"ranked_{of}", (of,), worth, where=named, ranked="worth")
    plain = Per(f"worth_{of}", (of,), worth, where=named)

    def over(
        name: str,
        how: Aggregate,
        value: Expression | None = None,
        where: Expression | None = None,
        per: Per = ranked,
    ) -> Measure:
        return Measure(f"{name}_{of}", "ledger", "date", how, value, where, inputs, per)

    return (
        over("entities", Aggregate.COUNT),
        over("worth", Aggregate.SUM, lambda t: t.worth),
        over("top_fifth", Aggregate.SUM, lambda t: t.worth, lambda t: t.place <= (0.2 * t.things).ceil()),
        # Entities still needed: those before whom less than 80 % was reached.
        over("for_80", Aggregate.COUNT, where=lambda t: (t.running - t.worth) < t.whole * 0.8),
        over("squares", Aggregate.SUM, lambda t: (t.worth.cast("float64") / t.whole.cast("float64")) ** 2),
        over("rank_sum", Aggregate.SUM, lambda t: (t.things - t.place + 1) * t.worth.cast("float64")),
        over("others", Aggregate.COUNT, where=lambda t: t.worth <= 0, per=plain),
        Measure(
            f"volume_named_{of}", "ledger", "date", Aggregate.SUM, lambda t: t.amount.abs(), named, inputs
        ),
        sales.VOLUME,
    )  # fmt: skip


def _gated(
    give: Callable[[Cells, Callable[[str], Numbers]], Outcome],
) -> Callable[[Cells], Outcome]:
    def evaluate(cells: Cells) -> Outcome:
        of = cells.parameters["of"]

        def read(name: str) -> Numbers:
            return cells[f"{name}_{of}"]

        details = {
            "entities": read("entities"),
            "entities_for_80": read("for_80"),
            "without_revenue": read("others"),
        }
        outcome = give(cells, read).absent(read("entities") < FEWEST, "n_too_small")
        return replace(outcome, details=details)

    return evaluate


def _pareto(cells: Cells, read: Callable[[str], Numbers]) -> Outcome:
    return divide(cells, read("top_fifth"), read("worth"))


def _hhi(cells: Cells, read: Callable[[str], Numbers]) -> Outcome:
    squares = read("squares")
    return divide(cells, squares, squares * 0 + 1)


def _gini(cells: Cells, read: Callable[[str], Numbers]) -> Outcome:
    things = read("entities")
    outcome = divide(cells, 2 * read("rank_sum"), things * read("worth"))
    return replace(outcome, value=outcome.value - over(things + 1, things))


def _metric(
    id: str, title: str, title_zh: str, unit: Unit, tells: str, formula: str, give: Callable[..., Outcome]
) -> Metric:  # fmt: skip
    return Metric(
        id=id,
        title=title,
        title_zh=title_zh,
        unit=unit,
        better=Better.NEITHER,
        tells=tells,
        formula_text=formula,
        source="S– (S1 high-value customers)",
        measures=_measures,
        evaluate=_gated(give),
        n="entities_{of}",
        parameters=(_OF,),
        coverage=("volume_named_{of}", "volume"),
        traps=_("Only those with revenue above zero are ranked; the others are counted apart."),
    )


CONCENTRATION_METRICS = (
    _metric(
        "pareto_share",
        _("Share of the top fifth"),
        "集中度(二八)",
        Unit.PERCENT,
        _("How much of the revenue the largest fifth of customers brings."),
        _("revenue of the top 20 % / revenue of all with revenue above zero"),
        _pareto,
    ),
    _metric(
        "hhi",
        _("Concentration index (HHI)"),
        "集中度指数(HHI)",
        Unit.INDEX,
        _("How concentrated revenue is: 1 when one customer brings all of it, near 0 when very many do."),
        _("sum of squared revenue shares"),
        _hhi,
    ),
    _metric(
        "gini",
        _("Inequality (Gini)"),
        "基尼系数",
        Unit.INDEX,
        _("How unevenly revenue is spread: 0 when all bring the same, near 1 when one brings nearly all."),
        _("2 x sum of rank x revenue / (n x revenue) - (n + 1) / n"),
        _gini,
    ),
)
