"""A metric's last periods as a small line without axes, an unfinished last period dashed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.figure import ROWS, Figure, is_known, metric_title, rows_of
from salesmetrics.charts.over_time import in_order, pieces
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.calendar import Grain
from salesmetrics.query.result import Result

HEIGHT = 46

NEEDED = ("period_start", "period_end", "value", "warnings")


@dataclass(frozen=True)
class _Shape:
    theme: Theme
    measure: str


@lru_cache(maxsize=128)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    x = alt.X("start:T", axis=None, scale=alt.Scale(padding=4))
    y = alt.Y("solid:Q", axis=None, scale=alt.Scale(zero=False, padding=5))
    dashed, value = alt.Y("dashed:Q", axis=None), alt.Y("value:Q", axis=None)
    tooltip = [alt.Tooltip("period:N", title=_("Period")), alt.Tooltip("value_text:N", title=shape.measure)]
    line = alt.Chart(ROWS).encode(x=x)
    chart = alt.layer(
        line.mark_line(strokeWidth=1.5, color=colours.main).encode(y=y),
        line.mark_line(strokeWidth=1.5, color=colours.main, strokeDash=[3, 3]).encode(y=dashed),
        line.mark_point(size=90, opacity=0, filled=True).encode(y=value, tooltip=tooltip),
        line.transform_filter("datum.last")
        .mark_point(size=28, opacity=1, filled=True, color=colours.main)
        .encode(y=value),
    )
    return chart.properties(height=HEIGHT, config=config(shape.theme)).to_dict()


def sparkline_figure(result: Result, metric: str, theme: Theme = "light") -> Figure:
    """Give `metric` over the periods of `result` as a small figure; empty with fewer than two known values."""
    unit = CATALOGUE[metric].unit
    measure = metric_title(CATALOGUE[metric])
    rows = in_order(rows_of(result, metric, NEEDED))
    drawn = [place for place, row in enumerate(rows) if is_known(row["value"])]
    if len(drawn) < 2:
        return Figure({}, {}, measure, "", "")
    # Before the data starts there is nothing to show, not even a gap.
    last = drawn[-1] - drawn[0]
    rows = rows[drawn[0] :]
    cut = pieces(rows, result.query.grain or Grain.MONTH, result.query.conventions)
    periods = [period_name(row["period_start"].date(), row["period_end"].date()) for row in rows]
    texts = [compact(value, unit) for value in cut.values]
    columns = {
        "start": [row["period_start"] for row in rows],
        "value": cut.values,
        "solid": cut.solid,
        "dashed": cut.dashed,
        "last": [place == last for place in range(len(rows))],
        "period": periods,
        "value_text": texts,
    }
    text = _("{measure} from {first_value} in {first} to {last_value} in {last}.").format(
        measure=measure, first=periods[0], first_value=texts[0], last=periods[last], last_value=texts[last]
    )
    return Figure(_spec(_Shape(theme, measure)), columns, measure, "", text)


def sparkline(result: Result, metric: str, theme: Theme = "light") -> alt.LayerChart:
    """Draw `metric` over time as a small line; raises ValueError when there is nothing to draw."""
    return sparkline_figure(result, metric, theme).chart()
