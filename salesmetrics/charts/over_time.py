"""What charts over time share: their axes, a solid line that ends dashed, and columns of values by period."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from salesmetrics.charts.figure import ROWS, Row, counted_columns, numbers, period_key, picking, unfinished
from salesmetrics.charts.theme import Palette
from salesmetrics.charts.values import compact, full, period_name
from salesmetrics.i18n import _
from salesmetrics.model.conventions import Conventions
from salesmetrics.query.request import Grain


def value_axis(unit: str) -> alt.Axis:
    """Give the axis of a measure in `unit`: few ticks, short numbers."""
    if unit == "percent":
        return alt.Axis(title=None, tickCount=4, format="~%")
    if unit in {"money", "count", "units"}:
        # d3 says G for a thousand millions; people in sales say B.
        return alt.Axis(title=None, tickCount=4, labelExpr="replace(format(datum.value, '~s'), 'G', 'B')")
    return alt.Axis(title=None, tickCount=4, format=",~f")


def time_axis(grain: Grain, step: int, language: str) -> alt.Axis:
    """Give the axis of time: a tick each `step` periods, and the year once below where it starts."""
    chinese = language == "zh"
    # Of names that have no room every second one goes, so that those left stand evenly.
    axis: dict[str, Any] = {"title": None, "labelOverlap": "parity", "labelSeparation": 8, "labelFlush": False}
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
        return alt.Axis(**axis, tickCount=interval, labelExpr=f"[{name}, {first} ? {year} : '']")
    day = "%-m月%-d日" if chinese else "%-d %b"
    # A clock's own weeks begin on Sunday: the names stand where the periods of the data begin.
    starts: Any = alt.ExprRef("pluck(data('rows'), 'start')")
    return alt.Axis(**axis, values=starts, format=day)


def grain_words(grain: Grain) -> str:
    """Say how finely time is cut."""
    return {
        Grain.DAY: _("by day"), Grain.WEEK: _("by week"), Grain.MONTH: _("by month"),
        Grain.QUARTER: _("by quarter"), Grain.YEAR: _("by year"),
    }[grain]  # fmt: skip


def line_layers(
    marks: alt.Chart, y: alt.Y, width: float, dash: Sequence[int] = (5, 4), **look: Any
) -> list[alt.Chart]:
    """Draw a line over time, solid as `y` says and dashed where the column `dashed` has values; `width` in pixels."""
    return [
        marks.mark_line(strokeWidth=width, **look).encode(y=y),
        marks.mark_line(strokeWidth=width, strokeDash=list(dash), **look).encode(y=alt.Y("dashed:Q")),
    ]


def dots(marks: alt.Chart, size: float, **look: Any) -> alt.Chart:
    """Draw each value as a dot, as firm as the column `opacity` says; `size` in square pixels."""
    drawn: alt.Chart = marks.mark_point(filled=True, size=size, **look).encode(
        y=alt.Y("value:Q"), opacity=alt.Opacity("opacity:Q", scale=None)
    )
    return drawn


def period_targets(colours: Palette, tooltip: Sequence[alt.Tooltip], *more: alt.Parameter) -> alt.Chart:
    """Let each period answer to the pointer over its whole height, from its column `left` to its `right`.

    A click picks it by its `key`; `more` are further selections.
    """
    pick = picking("key")
    drawn: alt.Chart = alt.Chart(ROWS).mark_rect(color=colours.text, cursor="pointer").encode(
        x=alt.X("left:T"), x2="right:T", tooltip=list(tooltip),
        opacity=alt.condition(pick, alt.value(0.09), alt.value(0), empty=False),
    ).add_params(pick, *more)  # fmt: skip
    return drawn


@dataclass(frozen=True)
class Pieces:
    """Values over time cut into what is drawn solid and what dashed, NaN elsewhere; `late` tells the unfinished.

    A dashed piece includes the finished values beside it, so that the line does not break.
    """

    values: list[float]
    solid: list[float]
    dashed: list[float]
    late: list[bool]


def pieces(rows: Sequence[Row], grain: Grain, conventions: Conventions = Conventions()) -> Pieces:
    """Cut the values of `rows`, in the order of time, into finished and unfinished."""
    values = numbers(rows, "value")
    late = [
        unfinished(row["period_start"].date(), row["period_end"].date(), row["warnings"], grain, conventions)
        for row in rows
    ]
    near = [any(late[max(place - 1, 0) : place + 2]) for place in range(len(rows))]
    return Pieces(
        values,
        [math.nan if open_ else value for value, open_ in zip(values, late, strict=True)],
        [value if beside else math.nan for value, beside in zip(values, near, strict=True)],
        late,
    )


def columns_over_time(rows: Sequence[Row], cut: Pieces, unit: str) -> dict[str, list[Any]]:
    """Give the columns of one metric, in `unit`, over time: its periods, its values and what was counted."""
    days = [(row["period_start"].date(), row["period_end"].date()) for row in rows]
    return {
        "key": [period_key(*one) for one in days],
        "start": [row["period_start"] for row in rows],
        "period": [period_name(*one) for one in days],
        "value": cut.values,
        "solid": cut.solid,
        "dashed": cut.dashed,
        "short": [compact(value, unit) for value in cut.values],
        "value_text": [full(value, unit) for value in cut.values],
        **counted_columns(rows),
    }


def in_order(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Put rows in the order of their periods."""
    return sorted(rows, key=lambda row: row["period_start"])
