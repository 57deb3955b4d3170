"""New and returning customers over time: how many there are, or what they bring, stacked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.figure import (
    PALE,
    ROWS,
    Figure,
    Row,
    compared_with,
    first_rows,
    is_known,
    measured,
    nothing_to_draw,
    period_key,
    picking,
    rows_of,
    unfinished,
    why_absent,
)
from salesmetrics.charts.leaders import colours_of, name_of
from salesmetrics.charts.mix import period_label
from salesmetrics.charts.over_time import grain_words, value_axis
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full, language, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dimensions import NEW, RETURNING
from salesmetrics.query.request import Grain
from salesmetrics.query.result import Result

CUSTOMERS = ("returning_customers", "new_customers")
MONEY = ("returning_revenue", "new_revenue")
"""The two that are stacked, from the bottom up."""

_WHO = {name: RETURNING if name.startswith("returning") else NEW for name in (*CUSTOMERS, *MONEY)}

HEIGHT = 240


@dataclass(frozen=True)
class _Shape:
    theme: Theme
    unit: str
    grain: Grain
    language: str


@lru_cache(maxsize=64)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    who = (RETURNING, NEW)
    given = colours_of("new_or_returning", who, who, shape.theme)
    names = [name_of("new_or_returning", one) for one in who]
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("period:N", title=_("Period")),
        alt.Tooltip("value_text:N", title=_("Value")),
        alt.Tooltip("share_text:N", title=_("Share")),
        alt.Tooltip("note:N", title=_("Note")),
    ]
    pick = picking("span")
    chart = (
        alt.Chart(ROWS)
        .mark_bar(cursor="pointer")
        .encode(
            x=alt.X(
                "span:N", sort=None, scale=alt.Scale(paddingInner=0.18, paddingOuter=0.05),
                axis=alt.Axis(
                    title=None, labelAngle=0, labelOverlap=True, labelExpr=period_label(shape.grain, shape.language)
                ),
            ),
            y=alt.Y("bottom:Q", axis=value_axis(shape.unit), scale=alt.Scale(zero=True)),
            y2="top:Q",
            color=alt.Color(
                "label:N", scale=alt.Scale(domain=names, range=[given[one] for one in who]),
                legend=alt.Legend(title=None, symbolType="square", symbolStrokeWidth=0),
            ),
            stroke=alt.condition(pick, alt.value(colours.text), alt.value(None), empty=False),
            strokeWidth=alt.condition(pick, alt.value(2), alt.value(0), empty=False),
            fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
            tooltip=tooltip,
        )
        .add_params(pick)
    )  # fmt: skip
    return alt.layer(chart).properties(height=HEIGHT, config=config(shape.theme)).to_dict()


def _data(parts: Sequence[tuple[str, Row]], result: Result) -> dict[str, list[Any]]:
    grain, conventions = result.query.grain or Grain.MONTH, result.query.conventions
    unit = CATALOGUE[parts[0][0]].unit
    reached: dict[tuple[Any, bool], float] = {}
    whole: dict[Any, float] = {}
    bottoms, tops = [], []
    for _metric, row in parts:
        # What came back may exceed what was sold: then it lies below zero.
        pile = row["period_start"], row["value"] < 0
        bottoms.append(reached.get(pile, 0.0))
        reached[pile] = bottoms[-1] + row["value"]
        tops.append(reached[pile])
        whole[row["period_start"]] = whole.get(row["period_start"], 0.0) + row["value"]
    days = [(row["period_start"].date(), row["period_end"].date()) for _metric, row in parts]
    late = [
        unfinished(*one, row["warnings"], grain, conventions)
        for one, (_metric, row) in zip(days, parts, strict=True)
    ]
    shares = [
        row["value"] / whole[row["period_start"]] if whole[row["period_start"]] > 0 else None
        for _metric, row in parts
    ]
    spans = [period_key(*one) for one in days]
    return {
        "span": spans,
        "period": [period_name(*one) for one in days],
        "label": [name_of("new_or_returning", _WHO[metric]) for metric, _row in parts],
        "value": [row["value"] for _metric, row in parts],
        "bottom": bottoms,
        "top": tops,
        "opacity": [PALE if one else 1.0 for one in late],
        "value_text": [full(row["value"], unit) for _metric, row in parts],
        "share_text": [compact(share, "percent") for share in shares],
        "note": [_("Not a whole period") if one else "–" for one in late],
        # A period is picked as a whole, and then stands for both.
        "short": [compact(whole[row["period_start"]], unit) for _metric, row in parts],
    }  # fmt: skip


def _headline(totals: Result, pair: tuple[str, str], unit: str) -> str:
    rows = first_rows(totals)
    old, new = (rows[name]["value"] for name in pair)
    if not is_known(old) or not is_known(new) or old + new <= 0:
        return _("New and returning customers")
    if not new:
        return _("No customer was new")
    share = compact(new / (old + new), "percent")
    if unit == "money":
        said = _("New customers brought {share} of revenue").format(share=share)
    else:
        said = _("{n} of {all} customers were new ({share})").format(
            n=compact(new, "count"), all=compact(old + new, "count"), share=share
        )
    compare = compared_with(totals, pair[1])
    if compare is None:
        return said
    before = [rows[name][f"{compare}_value"] for name in pair]
    if not all(is_known(one) for one in before) or sum(before) <= 0:
        return said
    moved = new / (old + new) - before[1] / sum(before)
    days = (rows[pair[1]][f"{compare}_{edge}"].date() for edge in ("start", "end"))
    return _("{said}, {change} on {period}").format(
        said=said, change=change(moved, None, "percent"), period=period_name(*days)
    )


def newcomers_figure(result: Result, totals: Result, pair: tuple[str, str], theme: Theme = "light") -> Figure:
    """Give new and returning customers (`CUSTOMERS`) or their revenue (`MONEY`) over the periods of `result`.

    `totals` holds the same two over all of it: whoever is new in one month returns in the next, so that months do
    not add up. Raises ValueError when `result` has no grain.
    """
    grain = result.query.grain
    if grain is None:
        raise ValueError("new customers over time need a result that is cut by time")
    unit = str(CATALOGUE[pair[0]].unit)
    title = _("New and returning customers") if unit == "count" else _("Revenue from new and returning customers")
    every = [(metric, row) for metric in pair for row in rows_of(result, metric)]
    parts = [(metric, row) for metric, row in every if is_known(row["value"])]
    if not parts:
        return nothing_to_draw(title, why_absent(row for _metric, row in every))
    parts.sort(key=lambda part: (part[1]["period_start"], pair.index(part[0])))
    columns = _data(parts, result)
    subtitle = _("{measure}, {grain}, {period}; new in one period is returning in the next").format(
        measure=measured(title, unit), grain=grain_words(grain),
        period=period_name(result.period.start, result.period.end),
    )  # fmt: skip
    if PALE in columns["opacity"]:
        subtitle = _("{subtitle}; pale: not a whole period").format(subtitle=subtitle)
    if any("left_truncated" in (row["warnings"] or ()) for _metric, row in parts):
        subtitle += "; " + _("the data starts shortly before, so some counted as new may not be")
    headline = _headline(totals, pair, unit)
    last = columns["span"].index(columns["span"][-1])
    told = "; ".join(
        f"{label} {value}"
        for label, value in zip(columns["label"][last:], columns["value_text"][last:], strict=True)
    )
    text = _("{headline}. In {period}: {told}.").format(headline=headline, period=columns["period"][-1], told=told)
    return Figure(
        _spec(_Shape(theme, unit, grain, language())), columns, headline, subtitle, text,
        metric="active_customers" if unit == "count" else "revenue", picks={"span": "period"},
    )  # fmt: skip
