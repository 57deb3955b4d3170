"""A metric over time: a line, its comparison as a paler one, an unfinished last period dashed."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any

import altair as alt

from salesmetrics.charts.figure import (
    FIRM,
    ROWS,
    Columns,
    Figure,
    Row,
    cases_opacity,
    compared_with,
    counting_tooltips,
    is_known,
    measured,
    metric_title,
    nothing_to_draw,
    numbers,
    rows_of,
    why_absent,
)
from salesmetrics.charts.over_time import (
    columns_over_time,
    dots,
    grain_words,
    in_order,
    line_layers,
    period_targets,
    pieces,
    time_axis,
    value_axis,
)
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full, language, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.query.request import Compare, Grain, MetricQuery
from salesmetrics.query.result import Result

HEIGHT = 330

MOST_TICKS, MOST_DOTS = 12, 40

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
    hover = alt.selection_point(name="hover", fields=["key"], on="pointerover", clear="pointerout", empty=False)
    layers += [
        *line_layers(line, y, 2.5),
        dots(line.transform_filter("datum.dot"), 40),
        alt.Chart(ROWS).mark_rule(color=colours.quiet).encode(
            x=x, opacity=alt.condition(hover, alt.value(0.35), alt.value(0))
        ),
        period_targets(colours, tooltip, hover),
    ]  # fmt: skip
    return alt.layer(*layers).properties(height=HEIGHT, config=config(shape.theme)).to_dict()


def _reach(starts: Sequence[datetime], end: datetime) -> tuple[list[datetime], list[datetime]]:
    """Give from where to where each period answers to the pointer: half way to its neighbours."""
    if len(starts) == 1:
        return list(starts), [end]
    middles = [first + (second - first) / 2 for first, second in pairwise(starts)]
    return [starts[0], *middles], [*middles, starts[-1]]


def _targets(result: Result, rows: Sequence[Row], against: str) -> list[float] | None:
    """Give each period's target, where the targets are for what `rows` measure."""
    if not against:
        return None
    goals = {row["period_start"]: row for row in rows_of(result, against) if is_known(row["value"])}
    both = [(row, goals[row["period_start"]]) for row in rows if row["period_start"] in goals]
    value = math.fsum(row["value"] for row, _goal in both if is_known(row["value"]))
    # Quotas of some reps or products only would be set against the sales of all.
    if not both or abs(math.fsum(goal["numerator"] for _row, goal in both) - value) > SAME_SALES * abs(value):
        return None
    return [
        goals[row["period_start"]]["denominator"] if row["period_start"] in goals else math.nan for row in rows
    ]


def _note(row: Row, late: bool) -> str:
    if row["reason"]:
        return reason_in_words(row["reason"])
    if "partial" in (row["warnings"] or ()):
        return _("Not over yet")
    return _("Only some of its days") if late else "–"


def _data(
    rows: Sequence[Row],
    metric: Metric,
    compare: Compare | None,
    query: MetricQuery,
    targets: Sequence[float] | None,
) -> dict[str, list[Any]]:
    cut = pieces(rows, query.grain or Grain.MONTH, query.conventions)
    columns = {**columns_over_time(rows, cut, metric.unit), "opacity": cases_opacity(rows)}
    columns["left"], columns["right"] = _reach(columns["start"], rows[-1]["period_end"])
    gap = [True, *(math.isnan(value) for value in cut.values), True]
    # A lone point between gaps would leave no trace as a line; long series need no dots.
    columns["dot"] = [
        len(rows) <= MOST_DOTS or (gap[place] and gap[place + 2]) or columns["opacity"][place] < FIRM
        for place in range(len(rows))
    ]
    columns["note"] = [_note(row, open_) for row, open_ in zip(rows, cut.late, strict=True)]
    if compare:
        columns["compared"] = numbers(rows, f"{compare}_value")
        columns["compared_text"] = [full(value, metric.unit) for value in columns["compared"]]
        columns["change_text"] = [
            change(row[f"{compare}_change"], row[f"{compare}_growth"], metric.unit) for row in rows
        ]
    if targets is not None:
        columns["target"] = list(targets)
        columns["target_text"] = [full(value, metric.unit) for value in targets]
    return columns


def _sentence(columns: Columns, metric: Metric, measured: str) -> str:
    known = [one for one in zip(columns["value"], columns["period"], strict=True) if is_known(one[0])]
    top, bottom = max(known, key=lambda one: one[0]), min(known, key=lambda one: one[0])
    said = _(
        "{measure}: highest in {top} ({top_value}), lowest in {low} ({low_value}), last in {last} ({last_value})."
    )
    return said.format(
        measure=measured,
        top=top[1], top_value=compact(top[0], metric.unit),
        low=bottom[1], low_value=compact(bottom[0], metric.unit),
        last=known[-1][1], last_value=compact(known[-1][0], metric.unit),
    )  # fmt: skip


def _headline(columns: Columns, metric: Metric, measure: str) -> str:
    whole = [one for one in zip(columns["solid"], columns["period"], strict=True) if is_known(one[0])]
    if len(whole) < 3:
        return _("{measure} over time").format(measure=measure)
    best = max(whole, key=lambda one: one[0])
    return _("{measure} peaked at {value} in {period}").format(
        measure=measure, period=best[1], value=compact(best[0], metric.unit)
    )


def trend_figure(
    result: Result, metric: str, theme: Theme = "light", against: str = "", compare: Compare | None = None
) -> Figure:
    """Give `metric` over the periods of `result` as a figure; raises ValueError when `result` has no grain.

    `against` names a metric of the same result whose denominator is what was to be reached in each period: it is
    drawn as a dotted line where it covers what `metric` measures. `compare` is the comparison drawn (default: last
    year, where the data reaches back so far).
    """
    grain = result.query.grain
    if grain is None:
        raise ValueError("a trend needs a result that is cut by time")
    known = CATALOGUE[metric]
    compare = compare or compared_with(result, metric)
    measure = metric_title(known)
    rows = in_order(rows_of(result, metric))
    if not any(is_known(row["value"]) for row in rows):
        return nothing_to_draw(measure, why_absent(rows))
    targets = _targets(result, rows, against)
    columns = _data(rows, known, compare, result.query, targets)
    shape = _Shape(
        theme=theme, unit=str(known.unit), from_zero=known.additive, compared=compare is not None,
        targeted=targets is not None, measure=measure,
        ratio=any(is_known(row["denominator"]) for row in rows), noted=set(columns["note"]) != {"–"},
        now=_("This period"),
        before=_("A year earlier") if compare is Compare.LAST_YEAR else _("The period before"),
        grain=grain, step=-(-len(rows) // MOST_TICKS), language=language(),
    )  # fmt: skip
    subtitle = _("{measure} {grain}, {period}").format(
        measure=measured(measure, known.unit), grain=grain_words(grain),
        period=period_name(result.period.start, result.period.end),
    )  # fmt: skip
    return Figure(
        _spec(shape), columns,
        _headline(columns, known, measure),
        subtitle, _sentence(columns, known, subtitle),
        metric=metric, picks={"key": "period"},
    )  # fmt: skip


def trend(result: Result, metric: str, theme: Theme = "light") -> alt.LayerChart:
    """Draw `metric` over time; raises ValueError when there is nothing to draw."""
    return trend_figure(result, metric, theme).chart()
