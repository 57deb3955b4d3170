"""Effective and efficient: each rep as a point, by what was reached and how quickly, with names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import altair as alt

from salesmetrics.charts.figure import (
    ROWS,
    Columns,
    Figure,
    Row,
    is_known,
    metric_title,
    nothing_to_draw,
    picking,
    rows_of,
    why_absent,
)
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, period_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.effectiveness import BOTH, EFFECTIVE, EFFICIENT, GOAL, MIDDLE, NEITHER
from salesmetrics.query.result import Result

METRIC, BY_QUOTA = "effectiveness_efficiency", "quota_attainment"

HEIGHT, PLOT = 380, 324
"""Pixels that the chart takes, and those of them that its axis leaves."""

TOP = 2.0
"""Quota attainment above this is drawn at the upper edge: one small quota would press all others together."""

WIDE, NARROW = 430, 230
"""Pixels across for which names are placed: names that would lie on others are left to the tooltip."""

LETTER, LINE, POINT = 5.6, 12, 4
"""Pixels that a letter and a line of a name take, and half a point."""

HALF = 0.5
"""Up to this share of the width a name stands right of its point, from there on left of it."""

_CORNERS = {BOTH: (True, True), EFFECTIVE: (False, True), EFFICIENT: (True, False), NEITHER: (False, False)}
"""Where each quadrant is: whether it lies right, and whether up."""

_SIGNS = ("response_percentile", "cycle_percentile", "contacts_percentile", "revenue_per_contact_percentile")


@dataclass(frozen=True)
class _Shape:
    theme: Theme
    effectiveness: str
    across: tuple[float, float]
    up: tuple[float, float]
    percent: bool
    signs: tuple[str, ...]


def quadrant_name(quadrant: str) -> str:
    """Name a quadrant for people."""
    return {
        BOTH: _("Effective and efficient"),
        EFFECTIVE: _("Effective, not efficient"),
        EFFICIENT: _("Efficient, below the goal"),
        NEITHER: _("Neither"),
    }[quadrant]


def _corner_name(quadrant: str) -> str:
    """Name a quadrant in its corner, with room for how many stand there: half a phone is narrow."""
    return {
        BOTH: _("Both ({n})"),
        EFFECTIVE: _("Effective only ({n})"),
        EFFICIENT: _("Efficient only ({n})"),
        NEITHER: _("Neither ({n})"),
    }[quadrant]


def _sign_name(sign: str) -> str:
    return {
        "response_percentile": _("Answering leads"),
        "cycle_percentile": _("Closing deals"),
        "contacts_percentile": _("Contacts a working day"),
        "revenue_per_contact_percentile": _("Revenue a contact"),
    }[sign]


def _corners(shape: _Shape, colours: Any) -> list[alt.Chart]:
    """Write the name of each quadrant into its corner."""
    drawn = []
    for quadrant, (right, up) in _CORNERS.items():
        drawn.append(
            alt.Chart(ROWS)
            .transform_filter("datum.first")
            .mark_text(
                align="right" if right else "left", baseline="top" if up else "bottom", fontSize=11,
                dx=-4 if right else 4, dy=4 if up else -4, color=colours.quiet, fontStyle="italic",
                # Half a narrow chart holds half the words.
                limit=alt.ExprRef("width / 2 - 8"),
            )
            .encode(
                x=alt.value("width") if right else alt.value(0), y=alt.value(0) if up else alt.value("height"),
                text=f"{quadrant}:N",
            )
        )  # fmt: skip
    return drawn


@lru_cache(maxsize=64)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    tooltip = [
        alt.Tooltip("key:N", title=" "),
        alt.Tooltip("quadrant_text:N", title=_("Stands")),
        alt.Tooltip("reached_text:N", title=shape.effectiveness),
        alt.Tooltip("short:N", title=_("Efficiency (0 to 100)")),
        *(alt.Tooltip(f"{sign}:N", title=_sign_name(sign)) for sign in shape.signs),
        alt.Tooltip("cases:N", title=_("Contacts")),
    ]
    # Said in every layer: one without bounds of its own would stretch them to nought.
    across, up = (alt.Scale(domain=list(span), nice=False, zero=False) for span in (shape.across, shape.up))
    x = alt.X(
        "efficiency:Q", scale=across,
        axis=alt.Axis(title=_("Efficiency: 50 is the middle of the team"), tickCount=5),
    )  # fmt: skip
    y = alt.Y(
        "drawn_at:Q", scale=up,
        axis=alt.Axis(
            title=shape.effectiveness, format=".0%" if shape.percent else ".0f", tickCount=5, grid=True, titlePadding=8
        ),
    )  # fmt: skip
    rows = alt.Chart(ROWS)
    pick = picking("key")
    line = rows.transform_filter("datum.first").mark_rule(color=colours.text, strokeWidth=1, opacity=0.7)
    layers = [
        *_corners(shape, colours),
        line.encode(y=alt.Y("goal:Q", scale=up)),
        line.encode(x=alt.X("middle:Q", scale=across)),
        rows.mark_circle(size=70, opacity=0.9, cursor="pointer").encode(
            x=x, y=y, color=alt.Color("colour:N", scale=None), tooltip=tooltip,
            stroke=alt.condition(pick, alt.value(colours.text), alt.value(None), empty=False),
        ).add_params(pick),
    ]  # fmt: skip
    sides: tuple[tuple[Literal["left", "right"], int], ...] = (("left", 8), ("right", -8))
    for align, dx in sides:
        named = rows.transform_filter(f"datum.align === '{align}'").encode(x=x, y=y)
        look: dict[str, Any] = {
            "align": align, "dx": dx, "fontSize": 11,
            "text": alt.ExprRef(f"width < {(WIDE + NARROW) // 2} ? datum.few_names : datum.names"),
        }  # fmt: skip
        # A thin edge of the background keeps a name legible where a line runs behind it.
        layers.append(named.mark_text(stroke=colours.background, strokeWidth=3, color=colours.background, **look))
        layers.append(named.mark_text(color=colours.text, **look))
    return alt.layer(*layers).properties(config=config(shape.theme), height=HEIGHT).to_dict()


def _names_shown(points: Sequence[tuple[str, float, float]], corners: Sequence[str], width: int) -> list[str]:
    """Give each point's name where there is room for it beside the point, else nothing.

    `points` are (name, share of the width, share of the height), the first to be named first; `corners` what
    stands in the corners, in the order of `_CORNERS`.
    """
    taken = [
        (across * width - POINT, up * PLOT - POINT, across * width + POINT, up * PLOT + POINT)
        for _name, across, up in points
    ]
    for text, (is_right, is_up) in zip(corners, _CORNERS.values(), strict=True):
        length = min(len(text) * LETTER, width / 2 - 8) + 4
        left, low = width - length if is_right else 0.0, PLOT - LINE - 4.0 if is_up else 0.0
        taken.append((left, low, left + length, low + LINE + 4))
    shown = []
    for place, (name, across, up) in enumerate(points):
        length, middle = len(name) * LETTER, across * width
        left = middle + 7 if across <= HALF else middle - 7 - length
        box = (left, up * PLOT - LINE / 2, left + length, up * PLOT + LINE / 2)
        free = not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for number, other in enumerate(taken)
            if number != place
        )
        shown.append(name if free else "")
        if free:
            taken.append(box)
    return shown


def _share(value: float, span: tuple[float, float]) -> float:
    return (value - span[0]) / (span[1] - span[0])


def _span(values: Sequence[float], middle: float, step: float, most: float) -> tuple[float, float]:
    """Give round bounds around all `values` and `middle`, with room beyond the outermost, from 0 to `most`.

    >>> _span([0.46, 1.21], 1.0, 0.1, 2.0)
    (0.4, 1.3)
    """
    low, high = min([*values, middle]), max([*values, middle])
    bounds = (math.floor(low / step - 0.5) * step, math.ceil(high / step + 0.5) * step)
    return max(round(bounds[0], 9), 0.0), min(round(bounds[1], 9), most)


def _data(
    rows: Sequence[Row], across: tuple[float, float], up: tuple[float, float], goal: float, unit: str, theme: Theme
) -> dict[str, list[Any]]:
    colours = PALETTES[theme]
    details = [row["details"] for row in rows]
    reached, efficiency = ([float(one[name]) for one in details] for name in ("effectiveness", "efficiency"))
    quadrants = [one["quadrant"] for one in details]
    counts = Counter(quadrants)
    drawn_at = [min(one, up[1]) for one in reached]
    points = [
        (str(row["rep"]), _share(right, across), _share(high, up))
        for row, right, high in zip(rows, efficiency, drawn_at, strict=True)
    ]
    shade = {
        BOTH: colours.main,
        EFFECTIVE: colours.ordered[0],
        EFFICIENT: colours.ordered[0],
        NEITHER: colours.other,
    }
    shown = compact if unit == "percent" else lambda value, _unit: f"{value:.0f}"
    corners = [_corner_name(one).format(n=counts[one]) for one in _CORNERS]
    columns: dict[str, list[Any]] = {
        "key": [str(row["rep"]) for row in rows],
        "efficiency": efficiency,
        "drawn_at": drawn_at,
        "goal": [goal] * len(rows),
        "middle": [MIDDLE] * len(rows),
        "first": [place == 0 for place in range(len(rows))],
        "colour": [shade[one] for one in quadrants],
        "align": ["left" if right <= HALF else "right" for _name, right, _high in points],
        "names": _names_shown(points, corners, WIDE),
        "few_names": _names_shown(points, corners, NARROW),
        "short": [f"{one:.0f}" for one in efficiency],
        "reached_text": [shown(one, unit) for one in reached],
        "quadrant": quadrants,
        "quadrant_text": [quadrant_name(one) for one in quadrants],
        "cases": [compact(row["n"], "count") for row in rows],
    }
    columns |= {
        sign: [f"{one[sign]:.0f}" if is_known(one[sign]) else "–" for one in details]
        for sign in _SIGNS
        if any(is_known(one[sign]) for one in details)
    }
    columns |= {one: [corner] * len(rows) for one, corner in zip(_CORNERS, corners, strict=True)}
    return columns


def _headline(columns: Columns) -> str:
    counts, everybody = Counter(columns["quadrant"]), len(columns["key"])
    if everybody == 1:
        return f"{columns['key'][0]}: {columns['quadrant_text'][0]}"
    return _("{both} of {n} reps are effective and efficient; neither: {neither}").format(
        both=counts[BOTH], n=everybody, neither=counts[NEITHER]
    )


def quadrant_figure(result: Result, theme: Theme = "light") -> Figure:
    """Give effectiveness and efficiency by rep as a figure: a point each, with lines at the goal and at the middle.

    Where some reps are judged by their quota and others by profit those of the more frequent kind are drawn.
    """
    measure = metric_title(CATALOGUE[METRIC])
    rows = rows_of(result, METRIC)
    known = [row for row in rows if is_known(row["value"]) and (row["details"] or {}).get("quadrant")]
    if not known:
        return nothing_to_draw(measure, why_absent(rows))
    by_quota = [row for row in known if row["details"]["effectiveness_by"] == BY_QUOTA]
    quotas = 2 * len(by_quota) >= len(known)
    drawn = by_quota if quotas else [row for row in known if row not in by_quota]
    # The furthest from the middle are the ones people look for: they are named first.
    drawn.sort(key=lambda row: -abs(row["details"]["efficiency"] - MIDDLE))
    goal, unit, step, most = (GOAL, "percent", 0.1, TOP) if quotas else (MIDDLE, "points", 10.0, 100.0)
    highest = max(row["details"]["effectiveness"] for row in drawn)
    up = _span([min(row["details"]["effectiveness"], most) for row in drawn], goal, step, most)
    across = _span([row["details"]["efficiency"] for row in drawn], MIDDLE, 10.0, 100.0)
    columns = _data(drawn, across, up, goal, unit, theme)
    effectiveness = (
        metric_title(CATALOGUE[BY_QUOTA]) if quotas else _("Gross profit: 50 is the middle of the team")
    )
    subtitle = _(
        "{effectiveness} by efficiency, {period}: how quickly reps answer and close, how much they contact"
    ).format(effectiveness=effectiveness, period=period_name(result.period.start, result.period.end))
    if highest > up[1]:
        subtitle += "; " + _("above {top} at the upper edge").format(top=f"{up[1] * 100:.0f}\u00a0%")
    if apart := len(known) - len(drawn):
        left_out = (
            ngettext("{n} rep without a quota is not drawn", "{n} reps without a quota are not drawn", apart)
            if quotas
            else ngettext("{n} rep with a quota is not drawn", "{n} reps with a quota are not drawn", apart)
        )
        subtitle += "; " + left_out.format(n=apart)
    listed = "; ".join(
        f"{key}: {text}" for key, text in zip(columns["key"], columns["quadrant_text"], strict=True)
    )
    signs = tuple(sign for sign in _SIGNS if sign in columns)
    shape = _Shape(theme, effectiveness, across, up, quotas, signs)
    return Figure(
        _spec(shape), columns, _headline(columns), subtitle, f"{subtitle}: {listed}.", METRIC, {"key": "rep"}
    )
