"""A metric's last periods as a small line without axes, an unfinished last period dashed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from salesmetrics.charts.figure import ROWS, Figure, metric_title, period_names, solid_and_dashed
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.calendar import Grain
from salesmetrics.query.result import Result

HEIGHT = 46


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
    known = CATALOGUE[metric]
    measure = metric_title(known)
    rows = result.rows(metric).sort_values("period_start", ignore_index=True)
    # Before the data starts there is nothing to show, not even a gap.
    rows = rows.loc[rows["value"].first_valid_index() :] if rows["value"].notna().any() else rows.iloc[:0]
    if rows["value"].notna().sum() < 2:
        return Figure({}, pd.DataFrame(), measure, "", "")
    rows = rows.reset_index(drop=True)
    solid, dashed, _unfinished = solid_and_dashed(rows, result.query.grain or Grain.MONTH)
    frame = pd.DataFrame(
        {
            "start": rows["period_start"],
            "value": rows["value"].astype("float64"),
            "solid": solid,
            "dashed": dashed,
            "last": rows.index == rows["value"].last_valid_index(),
            "period": period_names(rows),
            "value_text": [compact(value, known.unit) for value in rows["value"]],
        }
    )
    drawn = frame.dropna(subset=["value"])
    first, last = drawn.iloc[0], drawn.iloc[-1]
    text = _("{measure} from {first_value} in {first} to {last_value} in {last}.").format(
        measure=measure, first=first["period"], first_value=first["value_text"],
        last=last["period"], last_value=last["value_text"],
    )  # fmt: skip
    return Figure(_spec(_Shape(theme, measure)), frame, measure, "", text)


def sparkline(result: Result, metric: str, theme: Theme = "light") -> alt.LayerChart:
    """Draw `metric` over time as a small line; raises ValueError when there is nothing to draw."""
    return sparkline_figure(result, metric, theme).chart()
