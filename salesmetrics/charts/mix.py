"""Where revenue comes from over time: stacked bars of a dimension's largest values, as shares or as amounts."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import altair as alt

from salesmetrics.charts.figure import (
    OTHER,
    PALE,
    ROWS,
    Figure,
    compared_tooltip,
    counting_tooltips,
    cursor,
    is_known,
    measured,
    metric_title,
    nothing_to_draw,
    period_key,
    picking,
    rows_of,
    unfinished,
    why_absent,
)
from salesmetrics.charts.leaders import colours_of, leaders, name_of, worth_by
from salesmetrics.charts.over_time import grain_words, value_axis
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full, language, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dimensions import DIMENSIONS, UNKNOWN
from salesmetrics.query.request import Compare, Grain
from salesmetrics.query.result import Result

Drawn = Literal["revenue_share", "revenue"]

MOST = 8
"""Beyond so many values a stack cannot be told apart: the rest is drawn as one."""

HEIGHT = 240
"""Pixels of the bars with their axis; the names above them come on top."""

_LETTER, _SWATCH, _LINE, _PHONE = 6.6, 44, 17, 280


@dataclass(frozen=True)
class _Shape:
    """All that the specification of a stack follows from; its data is no part of it."""

    theme: Theme
    drawn: Drawn
    grain: Grain
    compared: str | None
    language: str


def period_label(grain: Grain, language: str) -> str:
    """Give the Vega expression that writes a mark's key of days on an axis: its first day, the year once below."""
    day = "datetime(+slice(datum.value, 0, 4), +slice(datum.value, 5, 7) - 1, +slice(datum.value, 8, 10))"
    chinese = language == "zh"
    year = f"timeFormat({day}, '{'%Y年' if chinese else '%Y'}')"
    if grain is Grain.YEAR:
        return year
    if grain in {Grain.MONTH, Grain.QUARTER}:
        month = f"timeFormat({day}, '{'%-m月' if chinese else '%b'}')"
        name = f"'Q' + quarter({day})" if grain is Grain.QUARTER else month
        return f"[{name}, datum.index === 0 || month({day}) === 0 ? {year} : '']"
    return f"timeFormat({day}, '{'%-m月%-d日' if chinese else '%-d %b'}')"


@lru_cache(maxsize=128)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    legend = alt.Legend(
        title=None, symbolType="square", symbolStrokeWidth=0, labelLimit=alt.ExprRef("max(120, width - 30)"),
        columnPadding=10, rowPadding=4, offset=12,
    )  # fmt: skip
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("period:N", title=_("Period")),
        alt.Tooltip("share_text:N", title=_("Share of revenue")),
        alt.Tooltip("amount_text:N", title=_("Revenue")),
        *(
            [
                compared_tooltip(shape.compared),
                alt.Tooltip("change_text:N", title=_("Change of the share")),
            ]
            if shape.compared
            else []
        ),
        *counting_tooltips(False),
        alt.Tooltip("note:N", title=_("Note")),
    ]
    pick = picking("key", "span")
    chart = (
        alt.Chart(ROWS)
        .mark_bar(cursor=cursor())
        .encode(
            x=alt.X(
                "span:N", sort=None, scale=alt.Scale(paddingInner=0.18, paddingOuter=0.05),
                axis=alt.Axis(
                    title=None, labelAngle=0, labelOverlap=True, labelExpr=period_label(shape.grain, shape.language)
                ),
            ),
            y=alt.Y(
                "bottom:Q", axis=value_axis("percent" if shape.drawn == "revenue_share" else "money"),
                scale=alt.Scale(zero=True, nice=shape.drawn == "revenue"),
            ),
            y2="top:Q",
            color=alt.Color("label:N", legend=legend),
            stroke=alt.condition(
                pick, alt.value(PALETTES[shape.theme].text), alt.Stroke("colour:N", scale=None), empty=False
            ),
            strokeWidth=alt.condition(pick, alt.value(2.5), alt.value(1), empty=False),
            fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
            strokeDash=alt.condition("datum.unfinished", alt.value([3, 3]), alt.value([1, 0])),
            tooltip=tooltip,
        )
        .add_params(pick)
    )  # fmt: skip
    return alt.layer(chart).properties(height=HEIGHT, config=config(shape.theme)).to_dict()


def _named(spec: Mapping[str, Any], labels: Sequence[str], colours: Sequence[str]) -> Mapping[str, Any]:
    """Put the names and their colours into a specification that is shared by all that look alike."""
    widest = int(max(len(label) for label in labels) * _LETTER) + _SWATCH
    (layer,) = spec["layer"]
    colour = layer["encoding"]["color"]
    # As many names in a line as the width holds: a legend by itself never breaks its line.
    legend = {**colour["legend"], "columns": {"expr": f"max(1, floor(width / {widest}))"}}
    named = {**colour, "legend": legend, "scale": {"domain": list(labels), "range": list(colours)}}
    # The bars keep their height on a phone too, where the names take most lines.
    lines = -(-len(labels) // max(1, _PHONE // widest))
    encoding = {**layer["encoding"], "color": named}
    return {**spec, "layer": [{**layer, "encoding": encoding}], "height": HEIGHT + _LINE * lines}


class _Part(NamedTuple):
    """What one name stands for in one period: amounts and shares, now and before, NaN where there is none."""

    start: datetime
    end: datetime
    key: str
    amount: float
    share: float
    n: float
    before: float
    warnings: Collection[str] | None


def _sum(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None and not math.isnan(value)]
    return math.fsum(known) if known else math.nan


def _parts(result: Result, by: str, names: Sequence[str], compare: Compare | None) -> list[_Part]:
    """Give each period's parts, in the order of `names`, what is not named summed."""
    before = f"{compare}_value" if compare else ""
    columns = ("period_start", by, "value", *([before] if before else []))
    shares = {(row["period_start"], row[by]): row for row in rows_of(result, "revenue_share", columns)}
    places = {name: place for place, name in enumerate(names)}
    together: dict[tuple[datetime, int, str, datetime], list[Mapping[str, Any]]] = {}
    for row in rows_of(result, "revenue", ("period_start", "period_end", by, "value", "n", "warnings")):
        key = str(row[by]) if str(row[by]) in places else OTHER
        place = (row["period_start"], places.get(key, len(places)), key, row["period_end"])
        together.setdefault(place, []).append(row)
    parts = []
    for (start, _place, key, end), rows in sorted(together.items(), key=lambda one: one[0]):
        share = [shares.get((row["period_start"], row[by]), {}) for row in rows]
        parts.append(
            _Part(
                start, end, key,
                amount=_sum(row["value"] for row in rows), share=_sum(one.get("value") for one in share),
                n=_sum(row["n"] for row in rows), before=_sum(one.get(before) for one in share),
                warnings=rows[0]["warnings"],
            )
        )  # fmt: skip
    return parts


def _stacked(parts: Sequence[_Part], values: Sequence[float]) -> list[tuple[float, float]]:
    """Put the values of each period on top of each other, the first at the bottom; negative ones below zero."""
    reached: dict[tuple[datetime, bool], float] = {}
    found = []
    for part, value in zip(parts, values, strict=True):
        pile = part.start, value < 0
        bottom = reached.get(pile, 0.0)
        reached[pile] = bottom + (0.0 if math.isnan(value) else value)
        found.append((bottom, reached[pile]))
    return found


def _data(
    parts: Sequence[_Part], drawn: Drawn, result: Result, labels: Mapping[str, str], colours: Mapping[str, str]
) -> dict[str, list[Any]]:
    grain, conventions = result.query.grain or Grain.MONTH, result.query.conventions
    # What one knows about a period does not differ by part.
    firsts = {part.start: part for part in reversed(parts)}
    late = {
        start: unfinished(start.date(), one.end.date(), one.warnings, grain, conventions)
        for start, one in firsts.items()
    }
    stacked = _stacked(parts, [part.share if drawn == "revenue_share" else part.amount for part in parts])
    both = [(part, place) for part, place in zip(parts, stacked, strict=True) if not math.isnan(part.amount)]
    shown = [part for part, _place in both]
    days = [(part.start.date(), part.end.date()) for part in shown]
    columns: dict[str, Any] = {
        "key": [part.key for part in shown],
        "label": [labels[part.key] for part in shown],
        "span": [period_key(*one) for one in days],
        "period": [period_name(*one) for one in days],
        "bottom": [bottom for _part, (bottom, _top) in both],
        "top": [top for _part, (_bottom, top) in both],
        "share": [part.share for part in shown],
        "amount": [part.amount for part in shown],
        "short": [f"{compact(part.share, 'percent')} · {compact(part.amount, 'money')}" for part in shown],
        "share_text": [compact(part.share, "percent") for part in shown],
        "amount_text": [full(part.amount, "money") for part in shown],
        "cases": [compact(part.n, "count") for part in shown],
        "colour": [colours[part.key] for part in shown],
        "unfinished": [late[part.start] for part in shown],
        "opacity": [PALE if late[part.start] else 1.0 for part in shown],
        "note": [_("Not a whole period") if late[part.start] else "–" for part in shown],
    }
    if Compare.LAST_YEAR in result.query.compare:
        columns["compared_text"] = [compact(part.before, "percent") for part in shown]
        columns["change_text"] = [change(part.share - part.before, None, "percent") for part in shown]
    return columns


def _whole_shares(result: Result, by: str, prefix: str = "") -> Mapping[str, float] | None:
    """Give each value's share of all periods together; None where a period lacks its amounts."""
    rows = rows_of(result, "revenue", (by, f"{prefix}value"))
    if prefix and not all(is_known(row[f"{prefix}value"]) for row in rows):
        return None
    sums = worth_by(rows, by, f"{prefix}value")
    whole = math.fsum(sums.values())
    if not sums or min(sums.values()) < 0 or whole <= 0:
        return None
    return {name: sums[name] / whole for name in sorted(sums)}


def _headline(result: Result, by: str, compare: Compare | None) -> str:
    now = _whole_shares(result, by) or {}
    named = {name: share for name, share in now.items() if name != UNKNOWN}
    if len(named) < 2:
        return _("Revenue by {dimension} over time").format(dimension=DIMENSIONS[by].title().lower())
    first = max(named, key=named.__getitem__)
    said = _("Most from {name}: {share} of revenue").format(
        name=name_of(by, first), share=compact(named[first], "percent")
    )
    before = _whole_shares(result, by, f"{compare}_") if compare else None
    if before is None:
        return said
    gained = {name: share - before.get(name, 0.0) for name, share in named.items()}
    most = max(gained, key=gained.__getitem__)
    if gained[most] < 0.0005:
        return said
    return _("{most}; {name} gained most, {change} on a year earlier").format(
        most=said, name=name_of(by, most), change=change(gained[most], None, "percent")
    )


def mix_figure(
    result: Result, by: str, values: Sequence[str] = (), theme: Theme = "light", drawn: Drawn = "revenue_share"
) -> Figure:
    """Give revenue over time by the values of `by`, stacked: as shares of each period, or as amounts.

    `result` holds `revenue` and `revenue_share` by time and `by`, against last year where that was asked for.
    `values` are all the dimension's values in the data, most frequent first: they fix the colours.
    Raises ValueError when `result` has no grain.
    """
    grain = result.query.grain
    if grain is None:
        raise ValueError("a mix over time needs a result that is cut by time")
    measure = metric_title(CATALOGUE[drawn])
    rows = rows_of(result, drawn, ("value", "reason"))
    if not any(is_known(row["value"]) for row in rows):
        return nothing_to_draw(measure, why_absent(rows))
    compare = Compare.LAST_YEAR if Compare.LAST_YEAR in result.query.compare else None
    worth = worth_by(rows_of(result, "revenue", (by, "value")), by)
    names = leaders(worth, by, MOST)
    beyond = len(worth) - len(names) + 1
    colours = colours_of(by, names, values or tuple(sorted(worth)), theme)
    parts = _parts(result, by, names, compare)
    labels = {name: name_of(by, name, beyond) for name in names}
    columns = _data(parts, drawn, result, labels, colours)
    subtitle = _("{measure} by {dimension}, {grain}, {period}").format(
        measure=measured(measure, CATALOGUE[drawn].unit), dimension=DIMENSIONS[by].title().lower(), grain=grain_words(grain),
        period=period_name(result.period.start, result.period.end),
    )  # fmt: skip
    if any(columns["unfinished"]):
        subtitle = _("{subtitle}; pale: not a whole period").format(subtitle=subtitle)
    shape = _Shape(
        theme, drawn, grain,
        _("Share a year earlier") if compare else None, language(),
    )  # fmt: skip
    last = columns["span"].index(columns["span"][-1])
    shares = zip(columns["label"][last:], columns["share_text"][last:], strict=True)
    listed = "; ".join(f"{label} {share}" for label, share in shares)
    headline = _headline(result, by, compare)
    text = _("{subtitle}. {headline}. In {period}: {listed}.").format(
        subtitle=subtitle, headline=headline, period=columns["period"][-1], listed=listed
    )
    return Figure(
        _named(_spec(shape), tuple(labels.values()), [colours[name] for name in names]), columns,
        headline, subtitle, text,
        metric="revenue", picks={"key": by, "span": "period"},
    )  # fmt: skip
