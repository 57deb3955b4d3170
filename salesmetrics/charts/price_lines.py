"""Price, discount, returns and margin as small charts over time, each on its own scale, with what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.figure import (
    ROWS,
    Figure,
    compared_days,
    compared_tooltip,
    compared_with,
    counting_tooltips,
    is_known,
    measured,
    metric_title,
    rows_of,
)
from salesmetrics.charts.over_time import (
    dots,
    grain_words,
    line_layers,
    period_targets,
    time_axis,
    value_axis,
)
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.trend import MOST_TICKS, trend_figure
from salesmetrics.charts.values import change, compact, language
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.query.request import Grain
from salesmetrics.query.result import Result

HEIGHT = 150
HELD = 0.02
"""A price that changed by less than this share has held."""


@dataclass(frozen=True)
class _Shape:
    """All that the specification follows from; its data is no part of it."""

    theme: Theme
    unit: str
    measure: str
    before: str | None
    grain: Grain
    step: int
    language: str


@lru_cache(maxsize=64)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    x = alt.X("start:T", axis=time_axis(shape.grain, shape.step, shape.language))
    y = alt.Y("solid:Q", axis=value_axis(shape.unit), scale=alt.Scale(zero=False, nice=True))
    tooltip = [
        alt.Tooltip("period:N", title=_("Period")),
        alt.Tooltip("value_text:N", title=shape.measure),
        *([compared_tooltip(shape.before)] if shape.before else []),
        *([alt.Tooltip("change_text:N", title=_("Change"))] if shape.before else []),
        *counting_tooltips(ratio=True),
        alt.Tooltip("note:N", title=_("Note")),
    ]
    base = alt.Chart(ROWS).encode(x=x)
    earlier = base.mark_line(strokeWidth=1.5, color=colours.compared).encode(y=alt.Y("compared:Q"))
    return (
        alt.layer(
            *([earlier] if shape.before else []),
            *line_layers(base, y, 2, (4, 3), color=colours.main),
            dots(base.transform_filter("datum.dot"), 26, color=colours.main),
            period_targets(colours, tooltip),
        )
        .properties(height=HEIGHT, config=config(shape.theme))
        .to_dict()
    )  # fmt: skip


def _headline(totals: Result, metric: Metric, measure: str) -> str:
    """Say the value of the whole period and what became of it since the comparison."""
    rows = rows_of(totals, metric.id)[:1]
    if not any(is_known(row["value"]) for row in rows):
        return measure
    (row,) = rows
    value = compact(row["value"], metric.unit)
    compare = compared_with(totals, metric.id)
    difference = row[f"{compare}_change"] if compare else None
    if compare is None or not is_known(difference):
        return _("{measure}: {value}").format(measure=measure, value=value)
    before = compared_days(rows, compare)
    growth = row[f"{compare}_growth"]
    text = change(difference, growth, metric.unit)
    if metric.id == "price_per_unit" and is_known(growth) and abs(growth) < HELD:
        return _("{measure} held: {value}, {change} vs {period}").format(
            measure=measure, value=value, change=text, period=before
        )
    return _("{measure}: {value}, {change} vs {period}").format(
        measure=measure, value=value, change=text, period=before
    )


def small_trend_figure(result: Result, totals: Result, metric: str, theme: Theme = "light") -> Figure:
    """Give `metric` over the periods of `result` as a small figure, with its value in `totals` as the title.

    Raises ValueError when `result` has no grain.
    """
    whole = trend_figure(result, metric, theme)
    if whole.empty:
        return whole
    known = CATALOGUE[metric]
    measure, grain = metric_title(known), result.query.grain or Grain.MONTH
    compared = any(is_known(value) for value in whole.columns.get("compared", ()))
    shape = _Shape(
        theme, str(known.unit), measure, _("Compared with") if compared else None, grain,
        -(-len(whole.columns["key"]) // (MOST_TICKS // 2)), language(),
    )  # fmt: skip
    subtitle = _("{measure} {grain}").format(measure=measured(measure, known.unit), grain=grain_words(grain))
    if compared:
        pale = compared_with(result, metric)
        said = _("a year earlier") if pale == "last_year" else _("the period before")
        subtitle = _("{subtitle}; pale: {before}").format(subtitle=subtitle, before=said)
    return replace(whole, spec=_spec(shape), title=_headline(totals, known, measure), subtitle=subtitle)
