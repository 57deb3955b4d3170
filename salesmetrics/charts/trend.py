"""A metric over time: a line, its comparison as a paler one, an unfinished last period dashed."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    has_warning,
    highest,
    metric_title,
    period_names,
    solid_and_dashed,
)
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.query.request import Compare, Grain
from salesmetrics.query.result import Result

HEIGHT = 300


@dataclass(frozen=True)
class _Shape:
    """All that a trend's specification follows from; its data is no part of it."""

    theme: Theme
    unit: str
    from_zero: bool
    compared: bool
    ratio: bool
    noted: bool
    measure: str
    now: str
    before: str
    date_format: str


def value_axis(unit: str) -> alt.Axis:
    """Give the axis of a measure in `unit`: few ticks, short numbers."""
    if unit == "percent":
        return alt.Axis(title=None, tickCount=4, format="~%")
    if unit in {"money", "count", "units"}:
        # d3 says G for a thousand millions; people in sales say B.
        return alt.Axis(title=None, tickCount=4, labelExpr="replace(format(datum.value, '~s'), 'G', 'B')")
    return alt.Axis(title=None, tickCount=4, format="~g")


@lru_cache(maxsize=128)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    names = [shape.now, shape.before] if shape.compared else [shape.now]
    scale = alt.Scale(domain=names, range=[colours.main, colours.compared][: len(names)])
    legend = alt.Legend(title=None) if shape.compared else None
    x = alt.X("start:T", axis=alt.Axis(title=None, format=shape.date_format, labelOverlap=True, tickCount=8))
    y = alt.Y("solid:Q", axis=value_axis(shape.unit), scale=alt.Scale(zero=shape.from_zero, nice=True))
    series = alt.Color("series:N", scale=scale, legend=legend)
    tooltip = [
        alt.Tooltip("period:N", title=_("Period")),
        alt.Tooltip("value_text:N", title=shape.measure),
        *([alt.Tooltip("compared_text:N", title=shape.before)] if shape.compared else []),
        *([alt.Tooltip("change_text:N", title=_("Change"))] if shape.compared else []),
        *counting_tooltips(shape.ratio),
        *([alt.Tooltip("note:N", title=_("Note"))] if shape.noted else []),
    ]
    line = alt.Chart(ROWS).transform_calculate(series=json.dumps(shape.now)).encode(x=x, color=series)
    hover = alt.selection_point(
        name="hover", fields=["start"], nearest=True, on="pointerover", clear="pointerout", empty=False
    )
    layers: list[alt.Chart] = []
    if shape.compared:
        layers.append(
            alt.Chart(ROWS)
            .transform_calculate(series=json.dumps(shape.before))
            .mark_line(strokeWidth=2)
            .encode(x=x, y=alt.Y("compared:Q"), color=series)
        )
    layers += [
        line.mark_line(strokeWidth=2.5).encode(y=y),
        line.mark_line(strokeWidth=2.5, strokeDash=[5, 4]).encode(y=alt.Y("dashed:Q")),
        line.transform_filter("datum.dot").mark_point(filled=True, size=40).encode(
            y=alt.Y("value:Q"), opacity=alt.Opacity("opacity:Q", scale=None)
        ),
        alt.Chart(ROWS).mark_rule(color=colours.quiet).encode(
            x=x, opacity=alt.condition(hover, alt.value(0.35), alt.value(0)), tooltip=tooltip
        ).add_params(hover),
    ]  # fmt: skip
    return alt.layer(*layers).properties(height=HEIGHT, config=config(shape.theme)).to_dict()


def _compared_with(result: Result) -> Compare | None:
    """Choose the comparison to draw: last year, which has the same season, before the previous period."""
    asked = result.query.compare
    return Compare.LAST_YEAR if Compare.LAST_YEAR in asked else asked[0] if asked else None


def _data(rows: pd.DataFrame, metric: Metric, compare: Compare | None, grain: Grain) -> pd.DataFrame:
    rows = rows.sort_values("period_start", ignore_index=True)
    solid, dashed, unfinished = solid_and_dashed(rows, grain)
    late = has_warning(rows, "partial")
    frame = pd.DataFrame(
        {
            "start": rows["period_start"],
            "value": rows["value"].astype("float64"),
            "solid": solid,
            "dashed": dashed,
            "opacity": cases_opacity(rows),
            "period": period_names(rows),
            "value_text": [full(value, metric.unit) for value in rows["value"]],
            "cases": [compact(n, "count") for n in rows["n"]],
            "numerator_text": [full(value, "units") for value in rows["numerator"]],
            "denominator_text": [full(value, "units") for value in rows["denominator"]],
            "note": [
                reason_in_words(reason)
                if isinstance(reason, str)
                else _("Not over yet")
                if not_over
                else _("Only some of its days")
                if part
                else "–"
                for reason, not_over, part in zip(rows["reason"], late, unfinished, strict=True)
            ],
        }
    )
    # A lone point between gaps would leave no trace as a line; long series need no dots.
    alone = frame["value"].shift().isna() & frame["value"].shift(-1).isna()
    frame["dot"] = alone | (len(frame) <= 40) | (frame["opacity"] < 1)
    if compare:
        frame["compared"] = rows[f"{compare}_value"].astype("float64")
        frame["compared_text"] = [full(value, metric.unit) for value in rows[f"{compare}_value"]]
        frame["change_text"] = [
            change(difference, growth, metric.unit)
            for difference, growth in zip(rows[f"{compare}_change"], rows[f"{compare}_growth"], strict=True)
        ]
    return frame


def _sentence(frame: pd.DataFrame, metric: Metric, measured: str) -> str:
    known = frame.dropna(subset=["value"])
    top, bottom, last = highest(known), known.sort_values("value", kind="stable").iloc[0], known.iloc[-1]
    said = _(
        "{measure}: highest in {top} ({top_value}), lowest in {low} ({low_value}), last in {last} ({last_value})."
    )
    return said.format(
        measure=measured,
        top=top["period"], top_value=compact(top["value"], metric.unit),
        low=bottom["period"], low_value=compact(bottom["value"], metric.unit),
        last=last["period"], last_value=compact(last["value"], metric.unit),
    )  # fmt: skip


def _headline(whole: pd.DataFrame, metric: Metric, measure: str) -> str:
    if len(whole) < 3:
        return _("{measure} over time").format(measure=measure)
    best = highest(whole, "solid")
    return _("{measure} peaked at {value} in {period}").format(
        measure=measure, period=best["period"], value=compact(best["value"], metric.unit)
    )


def grain_words(grain: Grain) -> str:
    """Say how finely time is cut."""
    return {
        Grain.DAY: _("by day"), Grain.WEEK: _("by week"), Grain.MONTH: _("by month"),
        Grain.QUARTER: _("by quarter"), Grain.YEAR: _("by year"),
    }[grain]  # fmt: skip


def trend_figure(result: Result, metric: str, theme: Theme = "light") -> Figure:
    """Give `metric` over the periods of `result` as a figure; raises ValueError when `result` has no grain."""
    grain = result.query.grain
    if grain is None:
        raise ValueError("a trend needs a result that is cut by time")
    known = CATALOGUE[metric]
    compare = _compared_with(result)
    measure = metric_title(known)
    rows = result.rows(metric)
    if rows.empty or rows["value"].isna().all():
        reasons = rows["reason"].dropna()
        why = reason_in_words(reasons.iloc[0] if len(reasons) else "no_rows")
        return Figure({}, pd.DataFrame(), measure, "", f"{measure}: {why}")
    frame = _data(rows, known, compare, grain)
    shape = _Shape(
        theme=theme, unit=str(known.unit), from_zero=known.additive, compared=compare is not None, measure=measure,
        ratio=bool(rows["denominator"].notna().any()), noted=bool((frame["note"] != "–").any()),
        now=_("This period"),
        before=_("A year earlier") if compare is Compare.LAST_YEAR else _("The period before"),
        date_format="%-d %b" if grain in {Grain.DAY, Grain.WEEK} else "%Y" if grain is Grain.YEAR else "%b %Y",
    )  # fmt: skip
    whole = frame[frame["solid"].notna()]
    subtitle = _("{measure} {grain}, {period}").format(
        measure=measure, grain=grain_words(grain), period=period_name(result.period.start, result.period.end)
    )
    return Figure(
        _spec(shape), frame,
        _headline(whole, known, measure),
        subtitle, _sentence(frame, known, subtitle),
    )  # fmt: skip


def trend(result: Result, metric: str, theme: Theme = "light") -> alt.LayerChart:
    """Draw `metric` over time; raises ValueError when there is nothing to draw."""
    return trend_figure(result, metric, theme).chart()
