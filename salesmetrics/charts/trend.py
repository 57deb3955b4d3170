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
    compared_with,
    counting_tooltips,
    has_warning,
    highest,
    measured,
    metric_title,
    period_key,
    period_names,
    picking,
    solid_and_dashed,
)
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full, language, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.query.request import Compare, Grain
from salesmetrics.query.result import Result

HEIGHT = 330

MOST_TICKS = 12

SAME_SALES = 0.05
"""Targets are drawn beside a measure when what counts towards them differs from it by no more than this share."""


@dataclass(frozen=True)
class _Shape:
    """All that a trend's specification follows from; its data is no part of it."""

    theme: Theme
    unit: str
    from_zero: bool
    compared: bool
    targeted: bool
    ratio: bool
    noted: bool
    measure: str
    now: str
    before: str
    grain: Grain
    step: int
    language: str


def value_axis(unit: str) -> alt.Axis:
    """Give the axis of a measure in `unit`: few ticks, short numbers."""
    if unit == "percent":
        return alt.Axis(title=None, tickCount=4, format="~%")
    if unit in {"money", "count", "units"}:
        # d3 says G for a thousand millions; people in sales say B.
        return alt.Axis(title=None, tickCount=4, labelExpr="replace(format(datum.value, '~s'), 'G', 'B')")
    return alt.Axis(title=None, tickCount=4, format="~g")


def time_axis(grain: Grain, step: int, language: str) -> alt.Axis:
    """Give the axis of time: a tick each `step` periods, and the year once below where it starts."""
    chinese = language == "zh"
    year = f"timeFormat(datum.value, '{'%Y年' if chinese else '%Y'}')"
    if grain is Grain.YEAR:
        return alt.Axis(
            title=None, labelOverlap=True, tickCount={"interval": "year", "step": step}, labelExpr=year
        )
    if grain in {Grain.MONTH, Grain.QUARTER}:
        month = "timeFormat(datum.value, '%-m月')" if chinese else "timeFormat(datum.value, '%b')"
        name = "'Q' + quarter(datum.value)" if grain is Grain.QUARTER else month
        first = "datum.index === 0 || month(datum.value) === 0"
        interval = {"interval": "month", "step": step * (3 if grain is Grain.QUARTER else 1)}
        return alt.Axis(
            title=None, labelOverlap=True, tickCount=interval, labelExpr=f"[{name}, {first} ? {year} : '']"
        )
    day = "%-m月%-d日" if chinese else "%-d %b"
    ticks: Any = {"interval": "day", "step": step} if grain is Grain.DAY and step == 1 else 8
    return alt.Axis(title=None, labelOverlap=True, tickCount=ticks, format=day)


@lru_cache(maxsize=128)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    names, drawn = [shape.now], [colours.main]
    if shape.compared:
        names.append(shape.before)
        drawn.append(colours.compared)
    if shape.targeted:
        names.append(_("Quota"))
        drawn.append(colours.quiet)
    scale = alt.Scale(domain=names, range=drawn)
    legend = alt.Legend(title=None) if len(names) > 1 else None
    x = alt.X("start:T", axis=time_axis(shape.grain, shape.step, shape.language))
    y = alt.Y("solid:Q", axis=value_axis(shape.unit), scale=alt.Scale(zero=shape.from_zero, nice=True))
    series = alt.Color("series:N", scale=scale, legend=legend)
    tooltip = [
        alt.Tooltip("period:N", title=_("Period")),
        alt.Tooltip("value_text:N", title=shape.measure),
        *([alt.Tooltip("compared_text:N", title=shape.before)] if shape.compared else []),
        *([alt.Tooltip("change_text:N", title=_("Change"))] if shape.compared else []),
        *([alt.Tooltip("target_text:N", title=_("Quota"))] if shape.targeted else []),
        *counting_tooltips(shape.ratio),
        *([alt.Tooltip("note:N", title=_("Note"))] if shape.noted else []),
    ]

    def called(name: str) -> alt.Chart:
        return alt.Chart(ROWS).transform_calculate(series=json.dumps(name)).encode(x=x, color=series)

    line = called(shape.now)
    layers: list[alt.Chart] = []
    if shape.targeted:
        target = called(_("Quota")).mark_line(strokeWidth=1.5, strokeDash=[2, 3], interpolate="step")
        layers.append(target.encode(y=alt.Y("target:Q")))
    if shape.compared:
        layers.append(called(shape.before).mark_line(strokeWidth=2).encode(y=alt.Y("compared:Q")))
    # Each period answers to the pointer over its whole height, half way to its neighbours.
    pick = picking("key")
    hover = alt.selection_point(name="hover", fields=["key"], on="pointerover", clear="pointerout", empty=False)
    layers += [
        line.mark_line(strokeWidth=2.5).encode(y=y),
        line.mark_line(strokeWidth=2.5, strokeDash=[5, 4]).encode(y=alt.Y("dashed:Q")),
        line.transform_filter("datum.dot").mark_point(filled=True, size=40).encode(
            y=alt.Y("value:Q"), opacity=alt.Opacity("opacity:Q", scale=None)
        ),
        alt.Chart(ROWS).mark_rule(color=colours.quiet).encode(
            x=x, opacity=alt.condition(hover, alt.value(0.35), alt.value(0))
        ),
        alt.Chart(ROWS).mark_rect(color=colours.text, cursor="pointer").encode(
            x=alt.X("left:T"), x2="right:T", tooltip=tooltip,
            opacity=alt.condition(pick, alt.value(0.09), alt.value(0), empty=False),
        ).add_params(pick, hover),
    ]  # fmt: skip
    return alt.layer(*layers).properties(height=HEIGHT, config=config(shape.theme)).to_dict()


def _reach(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Give from where to where each period answers to the pointer: half way to its neighbours."""
    start = rows["period_start"]
    if len(rows) == 1:
        return start, rows["period_end"]
    before, after = start.shift(), start.shift(-1)
    return (before + (start - before) / 2).fillna(start), (start + (after - start) / 2).fillna(start)


def _targets(result: Result, metric: str, against: str) -> pd.Series | None:
    """Give each period's target, where the targets are for what the metric measures."""
    if not against:
        return None
    rows = result.rows(against).sort_values("period_start", ignore_index=True)
    sold, target = rows["numerator"].where(rows["value"].notna()), rows["denominator"].where(rows["value"].notna())
    value = result.rows(metric).sort_values("period_start", ignore_index=True)["value"].where(sold.notna())
    # Quotas of some reps or products only would be set against the sales of all.
    if sold.isna().all() or abs(sold.sum() - value.sum()) > SAME_SALES * abs(value.sum()):
        return None
    return target.astype("float64")


def _data(
    rows: pd.DataFrame, metric: Metric, compare: Compare | None, grain: Grain, targets: pd.Series | None
) -> pd.DataFrame:
    rows = rows.sort_values("period_start", ignore_index=True)
    left, right = _reach(rows)
    solid, dashed, unfinished = solid_and_dashed(rows, grain)
    late = has_warning(rows, "partial")
    frame = pd.DataFrame(
        {
            "key": [
                period_key(start, end) for start, end in zip(rows["period_start"], rows["period_end"], strict=True)
            ],
            "start": rows["period_start"],
            "left": left,
            "right": right,
            "value": rows["value"].astype("float64"),
            "solid": solid,
            "dashed": dashed,
            "opacity": cases_opacity(rows),
            "period": period_names(rows),
            "short": [compact(value, metric.unit) for value in rows["value"]],
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
    if targets is not None:
        frame["target"] = targets
        frame["target_text"] = [full(value, metric.unit) for value in targets]
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


def trend_figure(result: Result, metric: str, theme: Theme = "light", against: str = "") -> Figure:
    """Give `metric` over the periods of `result` as a figure; raises ValueError when `result` has no grain.

    `against` names a metric of the same result whose denominator is what was to be reached in each period: it is
    drawn as a dotted line where it covers what `metric` measures.
    """
    grain = result.query.grain
    if grain is None:
        raise ValueError("a trend needs a result that is cut by time")
    known = CATALOGUE[metric]
    compare = compared_with(result, metric)
    measure = metric_title(known)
    rows = result.rows(metric)
    if rows.empty or rows["value"].isna().all():
        reasons = rows["reason"].dropna()
        why = reason_in_words(reasons.iloc[0] if len(reasons) else "no_rows")
        return Figure({}, pd.DataFrame(), measure, "", f"{measure}: {why}")
    targets = _targets(result, metric, against)
    frame = _data(rows, known, compare, grain, targets)
    shape = _Shape(
        theme=theme, unit=str(known.unit), from_zero=known.additive, compared=compare is not None,
        targeted=targets is not None, measure=measure,
        ratio=bool(rows["denominator"].notna().any()), noted=bool((frame["note"] != "–").any()),
        now=_("This period"),
        before=_("A year earlier") if compare is Compare.LAST_YEAR else _("The period before"),
        grain=grain, step=-(-len(frame) // MOST_TICKS), language=language(),
    )  # fmt: skip
    whole = frame[frame["solid"].notna()]
    subtitle = _("{measure} {grain}, {period}").format(
        measure=measured(measure, known.unit), grain=grain_words(grain),
        period=period_name(result.period.start, result.period.end),
    )  # fmt: skip
    return Figure(
        _spec(shape), frame,
        _headline(whole, known, measure),
        subtitle, _sentence(frame, known, subtitle),
        metric=metric, picks={"key": "period"},
    )  # fmt: skip


def trend(result: Result, metric: str, theme: Theme = "light") -> alt.LayerChart:
    """Draw `metric` over time; raises ValueError when there is nothing to draw."""
    return trend_figure(result, metric, theme).chart()
