"""Growth: a metric against an earlier period, as a rate or as an amount by product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import price_margin, sales, volume
from salesmetrics.metrics.arithmetic import kept, over, reasons
from salesmetrics.metrics.measure import Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Parameter, Unit

GROWING: Mapping[str, Metric] = {
    metric.id: metric for metric in (*volume.VOLUME_METRICS, *price_margin.PRICE_METRICS)
}
"""The metrics whose growth can be asked for."""


def _measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    return GROWING[settings["metric"]].made_of({})


def _before_and_now(cells: Cells, metric: Metric) -> tuple[Numbers, Numbers]:
    now = metric.evaluate(cells).value
    base = replace(cells, measures=cells.base)
    return metric.evaluate(base).value, now


def _growth(cells: Cells) -> Outcome:
    before, now = _before_and_now(cells, GROWING[cells.parameters["metric"]])
    change = now - before
    outcome = Outcome(over(change, before), change, before, reasons(cells), {"change": change})
    outcome = outcome.absent(np.isnan(before), "no_rows")
    return outcome.absent(before == 0, "zero_denominator").absent(before < 0, "negative_base")


def _movement(cells: Cells) -> Outcome:
    before, now = _before_and_now(cells, volume.REVENUE)
    change = now - before
    fresh = (before == 0) & (now != 0)
    gone = (now == 0) & (before != 0)
    growth = kept(over(change, before), (before > 0) & ~gone)
    return Outcome(
        change,
        change,
        before,
        reasons(cells),
        {"revenue": now, "before": before, "growth": growth},
        {"new": fresh, "discontinued": gone},
    ).absent(np.isnan(before), "no_rows")


_OF = Parameter("metric", "revenue", _("the metric whose growth is told"), tuple(GROWING))

GROWTH_POP = Metric(
    id="growth_pop",
    title=_("Growth on the previous period"),
    title_zh="环比增长率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How much more was sold than in the equally long period before."),
    formula_text=_("(this period - previous period) / previous period"),
    source="S1 S2",
    measures=_measures,
    evaluate=_growth,
    n=lambda settings: GROWING[settings["metric"]].counted({}),
    parameters=(_OF,),
    shift="previous",
    traps=_("A season looks like growth: look at growth on last year beside it."),
)

GROWTH_YOY = Metric(
    id="growth_yoy",
    title=_("Growth on last year"),
    title_zh="同比增长率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How much more was sold than in the same period a year earlier."),
    formula_text=_("(this period - same period last year) / same period last year"),
    source="S1 S2",
    measures=_measures,
    evaluate=_growth,
    n=lambda settings: GROWING[settings["metric"]].counted({}),
    parameters=(_OF,),
    shift="last_year",
)

PRODUCT_MOVERS = Metric(
    id="product_movers",
    title=_("Movers"),
    title_zh="产品涨跌榜",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("Which products gained and lost revenue against the previous period."),
    formula_text=_("revenue - revenue in the previous period, by product"),
    source="S1 S2",
    measures=(sales.REVENUE, sales.ROWS),
    evaluate=_movement,
    n="ledger_rows",
    by=("product",),
    shift="previous",
    additive=True,
)

GROWTH_METRICS = (GROWTH_POP, GROWTH_YOY, PRODUCT_MOVERS)
