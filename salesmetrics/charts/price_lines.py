"""Price, discount, returns and margin as small charts over time, each on its own scale, with what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from salesmetrics.charts.figure import (
    ROWS,
    Figure,
    compared_tooltip,
    compared_with,
    counting_tooltips,
    measured,
    metric_title,
    picking,
)
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.trend import MOST_TICKS, grain_words, time_axis, trend_figure, value_axis
from salesmetrics.charts.values import change, compact, language, period_name
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
    pick = picking("key")
    base = alt.Chart(ROWS).encode(x=x)
    earlier = base.mark_line(strokeWidth=1.5, color=colours.compared).encode(y=alt.Y("compared:Q"))
    return (
        alt.layer(
            *([earlier] if shape.before else []),
            base.mark_line(strokeWidth=2, color=colours.main).encode(y=y),
            base.mark_line(strokeWidth=2, color=colours.main, strokeDash=[4, 3]).encode(y=alt.Y("dashed:Q")),
            base.transform_filter("datum.dot").mark_point(filled=True, size=26, color=colours.main).encode(
                y=alt.Y("value:Q"), opacity=alt.Opacity("opacity:Q", scale=None)
            ),
            # Each period answers to the pointer over its whole height, half way to its neighbours.
            alt.Chart(ROWS).mark_rect(color=colours.text, cursor="pointer").encode(
                x=alt.X("left:T"), x2="right:T", tooltip=tooltip,
                opacity=alt.condition(pick, alt.value(0.09), alt.value(0), empty=False),
            ).add_params(pick),
        )
        .properties(height=HEIGHT, config=config(shape.theme))
        .to_dict()
    )  # fmt: skip


def _headline(totals: Result, metric: Metric, measure: str) -> str:
    """Say the value of the whole period and what became of it since the comparison."""
    rows = totals.rows(metric.id)
    if rows.empty or pd.isna(rows["value"].iloc[0]):
        return measure
    row = rows.iloc[0]
    value = compact(row["value"], metric.unit)
    compare = compared_with(totals, metric.id)
    difference = row[f"{compare}_change"] if compare else None
    if compare is None or difference is None or pd.isna(difference):
        return _("{measure}: {value}").format(measure=measure, value=value)
    before = period_name(pd.Timestamp(row[f"{compare}_start"]), pd.Timestamp(row[f"{compare}_end"]))
    growth = row[f"{compare}_growth"]
    text = change(difference, growth, metric.unit)
    if metric.id == "price_per_unit" and not pd.isna(growth) and abs(growth) < HELD:
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
    compared = "compared" in whole.data and bool(whole.data["compared"].notna().any())
    shape = _Shape(
        theme, str(known.unit), measure, _("Compared with") if compared else None, grain,
        -(-len(whole.data) // (MOST_TICKS // 2)), language(),
    )  # fmt: skip
    subtitle = _("{measure} {grain}").format(measure=measured(measure, known.unit), grain=grain_words(grain))
    if compared:
        pale = compared_with(result, metric)
        said = _("a year earlier") if pale == "last_year" else _("the period before")
        subtitle = _("{subtitle}; pale: {before}").format(subtitle=subtitle, before=said)
    return replace(whole, spec=_spec(shape), title=_headline(totals, known, measure), subtitle=subtitle)
