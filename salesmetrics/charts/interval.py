"""A share or score over time with the range in which its true value likely lies: what moves inside it may be chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.figure import (
    ROWS,
    Figure,
    Row,
    cases_opacity,
    counting_tooltips,
    is_known,
    metric_title,
    nothing_to_draw,
    rows_of,
    why_absent,
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
from salesmetrics.charts.trend import MOST_TICKS
from salesmetrics.charts.values import compact, full, language, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.query.request import Grain
from salesmetrics.query.result import Result

HEIGHT = 260

NORMAL_95 = 1.959964
"""Standard errors on either side of an estimate that hold its true value in 95 of 100 cases."""


@dataclass(frozen=True)
class _Shape:
    theme: Theme
    unit: str
    grain: Grain
    step: int
    language: str


@lru_cache(maxsize=64)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    x = alt.X("start:T", axis=time_axis(shape.grain, shape.step, shape.language))
    scale = alt.Scale(zero=False, nice=True)
    y = alt.Y("solid:Q", axis=value_axis(shape.unit), scale=scale)
    tooltip = [
        alt.Tooltip("period:N", title=_("Period")),
        alt.Tooltip("value_text:N", title=_("Value")),
        alt.Tooltip("range_text:N", title=_("Likely between")),
        *counting_tooltips(ratio=True),
    ]
    drawn = alt.Chart(ROWS).encode(x=x)
    band = drawn.mark_area(color=colours.main, opacity=0.15).encode(
        y=alt.Y("low:Q", scale=scale, axis=value_axis(shape.unit)), y2="high:Q"
    )
    layers = [
        band,
        *line_layers(drawn, y, 2.5, color=colours.main),
        dots(drawn, 40, color=colours.main),
        drawn.mark_point(size=250, opacity=0, filled=True).encode(y=alt.Y("value:Q"), tooltip=tooltip),
    ]
    return alt.layer(*layers).properties(height=HEIGHT, config=config(shape.theme)).to_dict()


def likely_range(row: Row) -> tuple[float | None, float | None]:
    """Give the 95 % interval of a value: the one its details name, or the value and its standard error.

    >>> low, high = likely_range({"value": 10.0, "details": {"standard_error": 2.0}})
    >>> f"{low:.2f} to {high:.2f}"
    '6.08 to 13.92'
    """
    details = row["details"]
    if is_known(details.get("low")) and is_known(details.get("high")):
        return details["low"], details["high"]
    error = details.get("standard_error")
    if not is_known(row["value"]) or not is_known(error):
        return None, None
    return row["value"] - NORMAL_95 * error, row["value"] + NORMAL_95 * error


def _beyond_chance(rows: Sequence[Row]) -> bool:
    """Tell whether the ranges of the first and the last value that is known lie apart."""
    known = [likely_range(row) for row in rows if is_known(row["value"])]
    if len(known) < 2:
        return False
    (low, high), (last_low, last_high) = known[0], known[-1]
    if low is None or high is None or last_low is None or last_high is None:
        return False
    return last_low > high or last_high < low


def interval_figure(result: Result, metric: str, theme: Theme = "light") -> Figure:
    """Give `metric`, whose details hold its interval, over the periods of `result`, the interval as a band.

    Raises ValueError when `result` has no grain.
    """
    grain, known = result.query.grain, CATALOGUE[metric]
    if grain is None:
        raise ValueError("an interval over time needs a result that is cut by time")
    rows, measure = in_order(rows_of(result, metric)), metric_title(known)
    valued = [row for row in rows if is_known(row["value"])]
    if not valued:
        return nothing_to_draw(measure, why_absent(rows))
    ranges = [likely_range(row) for row in rows]
    columns = {
        **columns_over_time(rows, pieces(rows, grain, result.query.conventions), known.unit),
        "opacity": cases_opacity(rows),
        "low": [low for low, _high in ranges],
        "high": [high for _low, high in ranges],
        "range_text": [
            _("{low} and {high}").format(low=full(low, known.unit), high=full(high, known.unit))
            if low is not None and high is not None
            else "–"
            for low, high in ranges
        ],
    }
    first, last = valued[0], valued[-1]
    ends = {
        "measure": measure,
        "now": compact(last["value"], known.unit),
        "then": compact(first["value"], known.unit),
        "last": period_name(last["period_start"].date(), last["period_end"].date()),
        "first": period_name(first["period_start"].date(), first["period_end"].date()),
    }
    moved = _beyond_chance(rows)
    title = (
        _("{measure}: {now} in {last}, {then} in {first}")
        if moved
        else _("{measure}: {now} in {last}, no clear change since {first}")
    ).format(**ends)
    subtitle = _("{measure} {grain}, {period}; band: likely range (95 %)").format(
        measure=measure, grain=grain_words(grain), period=period_name(result.period.start, result.period.end)
    )
    step = -(-len(rows) // MOST_TICKS)
    shape = _Shape(theme, known.unit, grain, step, language())
    text = _("{measure} from {then} in {first} to {now} in {last}.").format(**ends)
    return Figure(_spec(shape), columns, title, subtitle, text)
