"""Quota attainment of each rep: bars against 100 %, and where each should be by now."""

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
    compared_days,
    compared_with,
    is_known,
    metric_title,
    nothing_to_draw,
    numbers,
    picking,
    rows_of,
    why_absent,
)
from salesmetrics.charts.marked_bars import by_name, mark
from salesmetrics.charts.ranked_lines import right_text, whole_lines
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, day_name, full, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dimensions import DIMENSIONS, UNKNOWN
from salesmetrics.query.request import Compare
from salesmetrics.query.result import Result

METRIC = "quota_attainment"

STEP = 22
"""Pixels from one rep to the next."""

HEAD = 36
"""Pixels above the first rep for the word at the rule, and around the chart."""

ROOM = 1.2
"""How much longer the axis is than its longest bar, for the figures at the right."""

NEARLY = 1e-9
"""What a float may lack of a quota that is reached."""


@dataclass(frozen=True)
class _Shape:
    theme: Theme
    paced: bool
    compared: str | None
    measure: str


@lru_cache(maxsize=64)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    tooltip = [
        alt.Tooltip("key:N", title=" "),
        alt.Tooltip("value_text:N", title=shape.measure),
        *([alt.Tooltip("pace_text:N", title=_("Should be by now"))] if shape.paced else []),
        alt.Tooltip("gap_text:N", title=_("Above or below quota")),
        alt.Tooltip("sold_text:N", title=_("Sold against quota")),
        alt.Tooltip("quota_text:N", title=_("Quota")),
        # A bare year as a name would jump to the front of the list.
        *([alt.Tooltip("compared_text:N", title=f"{shape.measure}, {shape.compared}")] if shape.compared else []),
        alt.Tooltip("quotas:N", title=_("Quotas counted")),
    ]
    # The data arrives in the order in which it is drawn; names are never cut before 26 letters or so.
    y = by_name(colours, 190)
    x = alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    rows = alt.Chart(ROWS)
    layers = [
        rows.mark_bar(height=12, cornerRadius=2).encode(y=y, x=x, color=alt.Color("colour:N", scale=None)),
        # Room for the figures at the right.
        rows.mark_point(opacity=0).encode(y=y, x=alt.X("room:Q", axis=None)),
        rows.transform_filter("datum.first")
        .mark_rule(color=colours.text, strokeWidth=1.2)
        .encode(x=alt.X("full:Q", axis=None)),
        rows.transform_filter("datum.first")
        .mark_text(dy=-8, baseline="bottom", fontSize=11, color=colours.quiet)
        .encode(x=alt.X("full:Q", axis=None), y=alt.value(0), text="full_text:N"),
    ]
    if shape.paced:
        layers.append(mark(rows, y, alt.X("pace:Q", axis=None), colours))
    layers += [right_text(rows, y, fontSize=11), whole_lines(rows, y, tooltip, picking("key"), colours)]
    return alt.layer(*layers).properties(config=config(shape.theme)).to_dict()


def _money(value: float) -> str:
    text = full(value, "money")
    return f"+{text}" if value > 0 else text


def _data(
    rows: Sequence[Row], by: str, pace: Mapping[str, float] | None, compare: Compare | None, theme: Theme
) -> dict[str, list[Any]]:
    colours = PALETTES[theme]
    rows = sorted(rows, key=lambda row: -row["value"])
    value, keys = numbers(rows, "value"), [str(row[by]) for row in rows]
    due = [float((pace or {}).get(key, 1.0)) for key in keys]
    reached = [one >= should - NEARLY for one, should in zip(value, due, strict=True)]
    columns: dict[str, list[Any]] = {
        "key": keys,
        "value": value,
        "short": [f"{one * 100:,.0f}\u00a0%" for one in value],
        "room": [max(1.0, *value) * ROOM] * len(rows),
        "full": [1.0] * len(rows),
        "full_text": [_("quota")] * len(rows),
        "first": [place == 0 for place in range(len(rows))],
        "pace": due,
        "reached": reached,
        "colour": [colours.main if one else colours.other for one in reached],
        "value_text": [compact(one, "percent") for one in value],
        "pace_text": [compact(one, "percent") for one in due],
        "gap_text": [_money(row["details"].get("net_gain_loss", math.nan)) for row in rows],
        "sold_text": [full(row["numerator"], "money") for row in rows],
        "quota_text": [full(row["denominator"], "money") for row in rows],
        "quotas": [compact(row["n"], "count") for row in rows],
    }
    if compare:
        columns["compared_text"] = [compact(row[f"{compare}_value"], "percent") for row in rows]
    return columns


def _headline(columns: Columns, paced: bool) -> str:
    ahead, everybody = sum(columns["reached"]), len(columns["key"])
    if everybody == 1:
        return _("{rep}: {value} of the quota").format(rep=columns["key"][0], value=columns["short"][0])
    said = (
        _("{ahead} of {n} reps are on pace for their quota")
        if paced
        else _("{ahead} of {n} reps reached their quota")
    )
    return said.format(ahead=ahead, n=everybody)


def attainment_figure(result: Result, pace: Mapping[str, float] | None = None, theme: Theme = "light") -> Figure:
    """Give quota attainment by the one dimension of `result` (reps) as a figure, the furthest ahead first.

    `pace` is, for a period that is not over, the share of the quota that each rep should have reached by now;
    without it the period is over and everybody is measured by the whole quota.
    """
    by = result.query.by[0]
    measure = metric_title(CATALOGUE[METRIC])
    rows = rows_of(result, METRIC)
    known = [row for row in rows if is_known(row["value"]) and row[by] != UNKNOWN]
    if not known:
        return nothing_to_draw(measure, why_absent(rows))
    if pace and all(pace.get(str(row[by]), 1.0) >= 1 - NEARLY for row in known):
        # The quotas end with the data, though the period goes on.
        pace = None
    compare = compared_with(result, METRIC)
    columns = _data(known, by, pace, compare, theme)
    before = compared_days(known, compare) if compare else None
    title = _headline(columns, pace is not None)
    subtitle = _("{measure} by {dimension}, {period}; grey: below").format(
        measure=measure,
        dimension=DIMENSIONS[by].title().lower(),
        period=period_name(result.period.start, result.period.end),
    )
    if pace:
        subtitle = _("{measured}; mark: where each should be on {day}, by working days").format(
            measured=subtitle, day=day_name(result.as_of)
        )
    listed = "; ".join(f"{key} {value}" for key, value in zip(columns["key"], columns["value_text"], strict=True))
    return Figure(
        {**_spec(_Shape(theme, pace is not None, before, measure)), "height": STEP * len(known) + HEAD},
        columns, title, subtitle, f"{subtitle}: {listed}.", METRIC, {"key": by},
    )  # fmt: skip
