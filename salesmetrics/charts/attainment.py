"""Quota attainment of each rep: bars against 100 %, and where each should be by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from salesmetrics.charts.figure import ROWS, Figure, compared_with, cursor, metric_title, picking
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, day_name, full, period_name
from salesmetrics.charts.words import reason_in_words
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
    y = alt.Y(
        "key:N", sort=None,
        axis=alt.Axis(title=None, labelLimit=190, labelColor=colours.text, labelPadding=6, labelOverlap=False),
    )  # fmt: skip
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
        layers.append(
            rows.mark_tick(orient="vertical", height=18, thickness=3, color=colours.text).encode(
                y=y, x=alt.X("pace:Q", axis=None)
            )
        )
    layers.append(rows.mark_text(align="right", fontSize=11).encode(y=y, x=alt.value("width"), text="short:N"))
    # The whole line of a rep answers to the pointer: a short bar is hard to hit.
    pick = picking("key")
    layers.append(
        rows.mark_rect(color=colours.text, cornerRadius=4, cursor=cursor()).encode(
            y=y, x=alt.value(0), x2=alt.value("width"), tooltip=tooltip,
            opacity=alt.condition(pick, alt.value(0.09), alt.value(0), empty=False),
        ).add_params(pick)
    )  # fmt: skip
    return alt.layer(*layers).properties(config=config(shape.theme)).to_dict()


def _money(value: float) -> str:
    text = full(value, "money")
    return f"+{text}" if value > 0 else text


def _data(
    rows: pd.DataFrame, by: str, pace: Mapping[str, float] | None, compare: Compare | None, theme: Theme
) -> pd.DataFrame:
    colours = PALETTES[theme]
    rows = rows.sort_values("value", ascending=False, kind="stable", ignore_index=True)
    value = rows["value"].astype("float64")
    due = pd.Series([(pace or {}).get(str(key), 1.0) for key in rows[by]], dtype="float64")
    reached = value >= due - NEARLY
    gap = [details.get("net_gain_loss", float("nan")) for details in rows["details"]]
    frame = pd.DataFrame(
        {
            "key": rows[by].astype(str),
            "value": value,
            "short": [f"{one * 100:,.0f}\u00a0%" for one in value],
            "room": max(1.0, float(value.max())) * ROOM,
            "full": 1.0,
            "full_text": _("quota"),
            "first": rows.index == 0,
            "pace": due,
            "reached": reached,
            "colour": reached.map({True: colours.main, False: colours.other}),
            "value_text": [compact(one, "percent") for one in value],
            "pace_text": [compact(one, "percent") for one in due],
            "gap_text": [_money(one) for one in gap],
            "sold_text": [full(one, "money") for one in rows["numerator"]],
            "quota_text": [full(one, "money") for one in rows["denominator"]],
            "quotas": [compact(n, "count") for n in rows["n"]],
        }
    )
    if compare:
        frame["compared_text"] = [compact(one, "percent") for one in rows[f"{compare}_value"]]
    return frame


def _headline(frame: pd.DataFrame, paced: bool) -> str:
    ahead, everybody = int(frame["reached"].sum()), len(frame)
    if everybody == 1:
        return _("{rep}: {value} of the quota").format(rep=frame["key"].iloc[0], value=frame["short"].iloc[0])
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
    rows = result.rows(METRIC)
    known = rows[rows["value"].notna() & (rows[by] != UNKNOWN)]
    if known.empty:
        reasons = rows["reason"].dropna()
        why = reason_in_words(reasons.iloc[0] if len(reasons) else "no_rows")
        return Figure({}, pd.DataFrame(), measure, "", f"{measure}: {why}")
    if pace and all(pace.get(str(key), 1.0) >= 1 - NEARLY for key in known[by]):
        # The quotas end with the data, though the period goes on.
        pace = None
    compare = compared_with(result, METRIC)
    frame = _data(known, by, pace, compare, theme)
    before = None
    if compare:
        starts, ends = known[f"{compare}_start"].dropna(), known[f"{compare}_end"].dropna()
        before = period_name(pd.Timestamp(starts.iloc[0]), pd.Timestamp(ends.iloc[0])) if len(starts) else None
    everybody = len(frame)
    title = _headline(frame, pace is not None)
    subtitle = _("{measure} by {dimension}, {period}; grey: below").format(
        measure=measure,
        dimension=DIMENSIONS[by].title().lower(),
        period=period_name(result.period.start, result.period.end),
    )
    if pace:
        subtitle = _("{measured}; mark: where each should be on {day}, by working days").format(
            measured=subtitle, day=day_name(result.as_of)
        )
    listed = "; ".join(f"{row.key} {row.value_text}" for row in frame.itertuples())
    return Figure(
        {**_spec(_Shape(theme, pace is not None, before if compare else None, measure)), "height": STEP * everybody + HEAD},
        frame, title, subtitle, f"{subtitle}: {listed}.", METRIC, {"key": by},
    )  # fmt: skip
