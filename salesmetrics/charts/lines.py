"""Several metrics of one unit over time, a line for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.figure import (
    ROWS,
    Columns,
    Figure,
    Row,
    cases_opacity,
    counting_tooltips,
    is_known,
    metric_title,
    rows_of,
)
from salesmetrics.charts.over_time import (
    columns_over_time,
    dots,
    grain_words,
    in_order,
    line_layers,
    pieces,
    time_axis,
    value_axis,
)
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.trend import MOST_TICKS, trend_figure
from salesmetrics.charts.values import language, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.query.request import Grain, MetricQuery
from salesmetrics.query.result import Result

HEIGHT = 300


@dataclass(frozen=True)
class _Shape:
    theme: Theme
    unit: str
    names: tuple[str, ...]
    grain: Grain
    step: int
    language: str


@lru_cache(maxsize=64)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    x = alt.X("start:T", axis=time_axis(shape.grain, shape.step, shape.language))
    y = alt.Y("solid:Q", axis=value_axis(shape.unit), scale=alt.Scale(zero=False, nice=True))
    scale = alt.Scale(domain=list(shape.names), range=list(colours.categories[: len(shape.names)]))
    series = alt.Color("series:N", scale=scale, legend=alt.Legend(title=None))
    tooltip = [
        alt.Tooltip("period:N", title=_("Period")),
        alt.Tooltip("series:N", title=" "),
        alt.Tooltip("value_text:N", title=_("Value")),
        *counting_tooltips(ratio=True),
    ]
    line = alt.Chart(ROWS).encode(x=x, color=series)
    layers = [
        *line_layers(line, y, 2.5),
        dots(line, 40),
        line.mark_point(size=250, opacity=0, filled=True).encode(y=alt.Y("value:Q"), tooltip=tooltip),
    ]
    return alt.layer(*layers).properties(height=HEIGHT, config=config(shape.theme)).to_dict()


def _columns(rows: Sequence[Row], metric: Metric, query: MetricQuery) -> dict[str, list[Any]]:
    cut = pieces(rows, query.grain or Grain.MONTH, query.conventions)
    return {
        **columns_over_time(rows, cut, metric.unit),
        "opacity": cases_opacity(rows),
        "series": [metric_title(metric)] * len(rows),
    }


def _known_at(columns: Columns, values: str) -> list[datetime]:
    return [start for start, value in zip(columns["start"], columns[values], strict=True) if is_known(value)]


def _last_of_all(parts: Sequence[Columns]) -> datetime | None:
    """Give the last period in which all metrics are known, a finished one before others; None where there is none."""
    for values in ("solid", "value"):
        shared = set.intersection(*(set(_known_at(part, values)) for part in parts))
        if shared:
            return max(shared)
    return None


def _at(columns: Columns, start: datetime) -> tuple[str, str]:
    """Give the value in the period that starts at `start`, and that period's name."""
    place = columns["start"].index(start)
    return columns["short"][place], columns["period"][place]


def _listed(names: Sequence[str]) -> tuple[str, ...]:
    """Write the names of metrics as they stand in one sentence."""
    return (names[0], *(name.lower() for name in names[1:]))


def lines_figure(result: Result, metrics: Sequence[str], theme: Theme = "light") -> Figure:
    """Give `metrics`, ratios of one unit, over the periods of `result` as one figure.

    A metric without a value is left out; where only one is left it is drawn as a trend. Raises ValueError when
    `result` has no grain.
    """
    grain = result.query.grain
    if grain is None:
        raise ValueError("lines over time need a result that is cut by time")
    rows = {metric: in_order(rows_of(result, metric)) for metric in metrics}
    drawn = [metric for metric in metrics if any(is_known(row["value"]) for row in rows[metric])]
    if len(drawn) < 2:
        return trend_figure(result, (drawn or list(metrics))[0], theme)
    parts = [_columns(rows[metric], CATALOGUE[metric], result.query) for metric in drawn]
    names = tuple(metric_title(CATALOGUE[metric]) for metric in drawn)
    known = [_known_at(part, "value") for part in parts]
    firsts, lasts = (
        [_at(part, starts[place]) for part, starts in zip(parts, known, strict=True)] for place in (0, -1)
    )
    last = _last_of_all(parts)
    ends = [_at(part, last) for part in parts] if last else lasts
    said_last = ", ".join(f"{name} {value}" for name, (value, _on) in zip(_listed(names), ends, strict=True))
    title = _("{measures} in {period}").format(measures=said_last, period=ends[0][1])
    subtitle = _("{measures} {grain}, {period}").format(
        measures=_(" and ").join(_listed(names)),
        grain=grain_words(grain),
        period=period_name(result.period.start, result.period.end),
    )
    said = "; ".join(
        _("{measure} from {first_value} in {first} to {last_value} in {last}").format(
            measure=name, first=first, first_value=first_value, last=end, last_value=end_value
        )
        for name, (first_value, first), (end_value, end) in zip(names, firsts, lasts, strict=True)
    )  # fmt: skip
    unit, step = str(CATALOGUE[drawn[0]].unit), -(-len(rows[drawn[0]]) // MOST_TICKS)
    shape = _Shape(theme, unit, names, grain, step, language())
    columns = {name: [value for part in parts for value in part[name]] for name in parts[0]}
    return Figure(_spec(shape), columns, title, subtitle, f"{subtitle}: {said}.")
