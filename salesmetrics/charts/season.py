"""A year month by month, with the same months of earlier years as paler lines: what is season and what is growth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.figure import (
    ROWS,
    Columns,
    Figure,
    Row,
    counting_tooltips,
    is_known,
    measured,
    metric_title,
    nothing_to_draw,
    numbers,
    picking,
    rows_of,
    why_absent,
)
from salesmetrics.charts.over_time import columns_over_time, in_order, line_layers, pieces, value_axis
from salesmetrics.charts.shades import between
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, full, month_name, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.query.request import Grain
from salesmetrics.query.result import Result

MONTHS = 12
HEIGHT = 300
_FADED = (0.0, 0.3, 0.5)
"""How far the line of each earlier year, the latest first, goes towards the background."""


@dataclass(frozen=True)
class _Shape:
    """All that the specification follows from; its data is no part of it."""

    theme: Theme
    unit: str
    from_zero: bool
    measure: str
    months: tuple[str, ...]
    years: tuple[str, ...]
    ratio: bool


@lru_cache(maxsize=128)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    x = alt.X("month:N", sort=list(shape.months), axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True),
              scale=alt.Scale(type="point", padding=0.25))  # fmt: skip
    y = alt.Y("solid:Q", axis=value_axis(shape.unit), scale=alt.Scale(zero=shape.from_zero, nice=True))
    earlier_colours = [
        between(colours.compared, colours.background, _FADED[min(place, len(_FADED) - 1)])
        for place in range(len(shape.years) - 1)
    ]
    colour = alt.Color(
        "year:N", legend=alt.Legend(title=None) if len(shape.years) > 1 else None,
        scale=alt.Scale(
            domain=list(shape.years),
            range=[colours.main, *earlier_colours],
        ),
    )  # fmt: skip
    tooltip = [
        alt.Tooltip("period:N", title=_("Month")),
        alt.Tooltip("value_text:N", title=shape.measure),
        alt.Tooltip("before_text:N", title=_("A year earlier")),
        alt.Tooltip("change_text:N", title=_("Change")),
        *counting_tooltips(shape.ratio),
        alt.Tooltip("note:N", title=_("Note")),
    ]
    pick = picking("key", nearest=True)
    lines = alt.Chart(ROWS).encode(x=x, color=colour)
    earlier = lines.transform_filter("datum.ago > 0")
    now = lines.transform_filter("datum.ago == 0")
    return (
        alt.layer(
            earlier.mark_line(strokeWidth=2).encode(y=y),
            *line_layers(now, y, 2.5),
            lines.mark_point(filled=True, cursor="pointer")
            .encode(y=alt.Y("value:Q"), size=alt.condition(pick, alt.value(140), alt.value(44), empty=False),
                    tooltip=tooltip)
            .add_params(pick),
        )
        .properties(height=HEIGHT, config=config(shape.theme))
        .to_dict()
    )  # fmt: skip


def _years(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Give each month how many years ago it was, counted from the last, and its value a year before."""
    before = [math.nan] * MONTHS + numbers(rows, "value")
    return [
        {**row, "ago": (len(rows) - 1 - place) // MONTHS, "before": before[place]}
        for place, row in enumerate(rows)
    ]


def _changed(value: float, before: float, unit: str) -> str:
    return change(value - before, (value - before) / before if before > 0 else None, unit)


def _data(rows: Sequence[Row], metric: Metric, names: Mapping[int, str]) -> dict[str, list[Any]]:
    cut = pieces(rows, Grain.MONTH)
    before = [row["before"] for row in rows]
    return {
        **columns_over_time(rows, cut, metric.unit),
        "ago": [row["ago"] for row in rows],
        "year": [names[row["ago"]] for row in rows],
        "month": [month_name(row["period_start"]) for row in rows],
        "before_text": [full(one, metric.unit) for one in before],
        # Half a month says nothing beside a whole one.
        "change_text": [_changed(now, one, metric.unit) for now, one in zip(cut.solid, before, strict=True)],
        "note": [_("Not over yet") if late else "–" for late in cut.late],
    }


def _headline(columns: Columns, metric: Metric, measure: str) -> str:
    solid, months = columns["solid"], columns["month"]
    years: dict[int, list[int]] = {}
    for month, ago in enumerate(columns["ago"]):
        if is_known(solid[month]):
            years.setdefault(ago, []).append(month)
    peaks = [months[max(year, key=solid.__getitem__)] for year in years.values() if len(year) == MONTHS]
    if len(peaks) > 1 and len(set(peaks)) == 1:
        return _("{month} is the strongest month in each of {n} years").format(month=peaks[0], n=len(peaks))
    latest = years.get(0, [])
    if len(latest) < 3:
        return _("{measure} by month and year").format(measure=measure)
    place = max(latest, key=solid.__getitem__)
    said = _("{measure} was highest in {period}: {value}").format(
        measure=measure, period=columns["period"][place], value=columns["short"][place]
    )
    if columns["before_text"][place] == "–":
        return said
    return _("{finding}, {change} on a year earlier").format(finding=said, change=columns["change_text"][place])


def season_figure(result: Result, metric: str, theme: Theme = "light") -> Figure:
    """Give `metric` in the twelve months that end with the last of `result`, and in the same months of earlier years.

    Raises ValueError when `result` is not cut by month.
    """
    if result.query.grain is not Grain.MONTH:
        raise ValueError("a season needs a result that is cut by month")
    known = CATALOGUE[metric]
    measure = metric_title(known)
    rows = _years(in_order(rows_of(result, metric)))
    if not any(is_known(row["value"]) for row in rows if not row["ago"]):
        return nothing_to_draw(measure, why_absent(reversed(rows)))
    # A year that the data does not reach is no line.
    filled = sorted({row["ago"] for row in rows if is_known(row["value"])})
    rows = [row for row in rows if row["ago"] in filled]
    years = {ago: [row for row in rows if row["ago"] == ago] for ago in filled}
    names = {ago: period_name(year[0]["period_start"], year[-1]["period_end"]) for ago, year in years.items()}
    columns = _data(rows, known, names)
    months = tuple(month_name(row["period_start"]) for row in years[0])
    ordered = tuple(names.values())
    shape = _Shape(
        theme, str(known.unit), known.additive, measure, months, ordered,
        any(is_known(row["denominator"]) for row in rows),
    )  # fmt: skip
    subtitle = _("{measure} by month, {period}").format(measure=measured(measure, known.unit), period=ordered[0])
    if len(ordered) > 1:
        subtitle = _("{subtitle}; paler: the same months of earlier years").format(subtitle=subtitle)
    title = _headline(columns, known, measure)
    points = zip(*(columns[name] for name in ("ago", "value", "period", "short")), strict=True)
    told = "; ".join(f"{period} {short}" for ago, value, period, short in points if not ago and is_known(value))
    return Figure(
        _spec(shape), columns, title, subtitle, f"{subtitle}. {title}: {told}.",
        metric=metric, picks={"key": "period"},
    )  # fmt: skip
