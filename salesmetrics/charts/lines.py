"""Several metrics of one unit over time, a line for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from salesmetrics.charts.figure import (
    ROWS,
    Figure,
    cases_opacity,
    counting_tooltips,
    metric_title,
    period_names,
    solid_and_dashed,
)
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.trend import MOST_TICKS, grain_words, time_axis, trend_figure, value_axis
from salesmetrics.charts.values import compact, full, language, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.query.request import Grain
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
        line.mark_line(strokeWidth=2.5).encode(y=y),
        line.mark_line(strokeWidth=2.5, strokeDash=[5, 4]).encode(y=alt.Y("dashed:Q")),
        line.mark_point(filled=True, size=40).encode(
            y=alt.Y("value:Q"), opacity=alt.Opacity("opacity:Q", scale=None)
        ),
        line.mark_point(size=250, opacity=0, filled=True).encode(y=alt.Y("value:Q"), tooltip=tooltip),
    ]
    return alt.layer(*layers).properties(height=HEIGHT, config=config(shape.theme)).to_dict()


def _series(result: Result, metric: str, grain: Grain) -> pd.DataFrame:
    known = CATALOGUE[metric]
    rows = result.rows(metric).sort_values("period_start", ignore_index=True)
    solid, dashed, _unfinished = solid_and_dashed(rows, grain, result.query.conventions)
    return pd.DataFrame(
        {
            "start": rows["period_start"],
            "series": metric_title(known),
            "value": rows["value"].astype("float64"),
            "solid": solid,
            "dashed": dashed,
            "opacity": cases_opacity(rows),
            "period": period_names(rows),
            "value_text": [full(value, known.unit) for value in rows["value"]],
            "short": [compact(value, known.unit) for value in rows["value"]],
            "cases": [compact(n, "count") for n in rows["n"]],
            "numerator_text": [full(value, "units") for value in rows["numerator"]],
            "denominator_text": [full(value, "units") for value in rows["denominator"]],
        }
    )


def _last_of_all(parts: Sequence[pd.DataFrame]) -> pd.Timestamp | None:
    """Give the last period in which all metrics are known, a finished one before others; None where there is none."""
    for column in ("solid", "value"):
        shared: set[pd.Timestamp] = set.intersection(
            *(set(part.loc[part[column].notna(), "start"]) for part in parts)
        )
        if shared:
            return max(shared)
    return None


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
    drawn = [metric for metric in metrics if result.rows(metric)["value"].notna().any()]
    if len(drawn) < 2:
        return trend_figure(result, (drawn or list(metrics))[0], theme)
    parts = [_series(result, metric, grain) for metric in drawn]
    frame = pd.concat(parts, ignore_index=True)
    names = tuple(metric_title(CATALOGUE[metric]) for metric in drawn)
    firsts, lasts = ([part.dropna(subset="value").iloc[at] for part in parts] for at in (0, -1))
    last = _last_of_all(parts)
    ends = [part[part["start"] == last].iloc[0] for part in parts] if last is not None else lasts
    said_last = ", ".join(f"{name} {end['short']}" for name, end in zip(_listed(names), ends, strict=True))
    title = _("{measures} in {period}").format(measures=said_last, period=ends[0]["period"])
    subtitle = _("{measures} {grain}, {period}").format(
        measures=_(" and ").join(_listed(names)),
        grain=grain_words(grain),
        period=period_name(result.period.start, result.period.end),
    )
    said = "; ".join(
        _("{measure} from {first_value} in {first} to {last_value} in {last}").format(
            measure=name, first=first["period"], first_value=first["short"], last=end["period"],
            last_value=end["short"],
        )
        for name, first, end in zip(names, firsts, lasts, strict=True)
    )  # fmt: skip
    unit, step = str(CATALOGUE[drawn[0]].unit), -(-len(parts[0]) // MOST_TICKS)
    shape = _Shape(theme, unit, names, grain, step, language())
    return Figure(
        _spec(shape), frame, title, subtitle,
        f"{subtitle}: {said}.",
    )  # fmt: skip
