"""What is on each rep's desk: open leads and deals, against what the rep can carry."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

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
from salesmetrics.charts.marked_bars import by_name, mark
from salesmetrics.charts.ranked_lines import MARGIN, right_text, whole_lines
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, day_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.result import Result

LOAD, FLAG = "rep_workload", "overload_flag"
METRICS = (LOAD, FLAG)

MOST = 15
"""Desks that are drawn, the fullest first."""

STEP, FIGURE, TOO_MUCH = 22, 40, 92
"""Pixels from one rep to the next, and those at the right for a figure alone and for one that is too much."""

NAMED = 3
"""Reps whom the title names."""


@dataclass(frozen=True)
class _Shape:
    theme: Theme
    leads: bool
    limits: bool
    over: bool
    measure: str


@lru_cache(maxsize=64)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    tooltip = [
        alt.Tooltip("key:N", title=" "),
        alt.Tooltip("short:N", title=shape.measure),
        alt.Tooltip("deals_text:N", title=_("Open deals")),
        *([alt.Tooltip("leads_text:N", title=_("Open leads"))] if shape.leads else []),
        *([alt.Tooltip("limit_text:N", title=_("Full at"))] if shape.limits else []),
        alt.Tooltip("wait_text:N", title=_("Leads answered after (median)")),
        alt.Tooltip("unanswered_text:N", title=_("Leads left unanswered")),
        alt.Tooltip("said:N", title=_("Overloaded")),
    ]
    y = by_name(colours, 190)
    bars: list[Any] = [0, alt.ExprRef(f"width - {TOO_MUCH if shape.over else FIGURE}")]

    def x(column: str) -> alt.X:
        return alt.X(f"{column}:Q", axis=None, scale=alt.Scale(zero=True, nice=False, range=bars))

    rows = alt.Chart(ROWS)
    layers = [
        rows.mark_bar(height=12, cornerRadius=2, color=colours.main).encode(y=y, x=x("deals"), x2=alt.value(0)),
        rows.mark_bar(height=12, cornerRadius=2, color=colours.ordered[1]).encode(y=y, x=x("load"), x2="deals:Q"),
    ]
    if shape.limits:
        layers.append(mark(rows, y, x("limit"), colours))
    layers += [
        right_text(rows, y, "label", "colour", fontSize=11),
        whole_lines(rows, y, tooltip, picking("key"), colours),
    ]
    return alt.layer(*layers).properties(config=config(shape.theme)).to_dict()


def _data(rows: Sequence[Row], flags: Mapping[str, Row], theme: Theme) -> dict[str, list[Any]]:
    colours = PALETTES[theme]
    details = [row["details"] for row in rows]
    keys = [str(row["rep"]) for row in rows]
    flagged = [flags.get(key, {}) for key in keys]
    over = [bool(is_known(flag.get("value")) and flag["value"]) for flag in flagged]
    answers = [flag.get("details") or {} for flag in flagged]
    load, deals = [float(row["value"]) for row in rows], [float(one["open_deals"]) for one in details]
    limit = [float(one["limit"]) if is_known(one["limit"]) else math.nan for one in details]
    short = [compact(one, "count") for one in load]
    return {
        "key": keys,
        "load": load,
        "deals": deals,
        "limit": limit,
        "short": short,
        "over": over,
        "label": [
            _("{n}, too much").format(n=one) if much else one for one, much in zip(short, over, strict=True)
        ],
        "colour": [colours.worse if much else colours.text for much in over],
        "said": [_("yes") if much else _("no") for much in over],
        "deals_text": [compact(one, "count") for one in deals],
        "leads_text": [compact(one["open_leads"], "count") for one in details],
        "limit_text": [compact(one, "count") for one in limit],
        "wait_text": [compact(one.get("response_median"), "hours") for one in answers],
        "unanswered_text": [compact(one.get("unanswered_rate"), "percent") for one in answers],
    }


def _headline(columns: Columns, everybody: int) -> str:
    much = [key for key, over in zip(columns["key"], columns["over"], strict=True) if over]
    if not much:
        return _("Nobody has too much on the desk; the fullest is {rep}'s with {n}").format(
            rep=columns["key"][0], n=columns["short"][0]
        )
    names = ", ".join(much) if len(much) <= NAMED else ", ".join((*much[:NAMED], "…"))
    return ngettext(
        "{n} of {all} reps has too much on the desk: {names}",
        "{n} of {all} reps have too much on the desk: {names}",
        len(much),
    ).format(n=len(much), all=everybody, names=names)


def desks_figure(result: Result, theme: Theme = "light") -> Figure:
    """Give workload by rep with those overloaded (`METRICS` by rep in `result`) as a figure, the fullest first."""
    measure = metric_title(CATALOGUE[LOAD])
    rows = rows_of(result, LOAD)
    known = [row for row in rows if is_known(row["value"]) and row["rep"] != UNKNOWN]
    if not known:
        return nothing_to_draw(measure, why_absent(rows))
    flags = {str(row["rep"]): row for row in rows_of(result, FLAG)}
    # Overloaded desks are seen even where others hold more and carry it.
    known.sort(key=lambda row: (not (flags.get(str(row["rep"]), {}).get("value") or 0) > 0, -row["value"]))
    columns = _data(known, flags, theme)
    title = _headline(columns, len(known))
    columns = {name: values[:MOST] for name, values in columns.items()}
    leads = any(row["details"]["open_leads"] for row in known)
    limits = any(is_known(one) for one in columns["limit"])
    subtitle = (
        _("Open deals and, beyond them, open leads on {day}") if leads else _("Open deals on {day}")
    ).format(day=day_name(min(result.period.end - timedelta(days=1), result.as_of)))
    if limits:
        subtitle += "; " + _("mark: a full desk")
        held = zip(columns["load"], columns["limit"], columns["over"], strict=True)
        if any(load > limit and not over for load, limit, over in held):
            subtitle += "; " + _("too much: beyond it and slower to answer than the team")
    if beyond := len(known) - len(columns["key"]):
        subtitle += "; " + ngettext("{n} more is not drawn", "{n} more are not drawn", beyond).format(n=beyond)
    listed = "; ".join(f"{key} {label}" for key, label in zip(columns["key"], columns["label"], strict=True))
    shape = _Shape(theme, leads, limits, any(columns["over"]), measure)
    return Figure(
        {**_spec(shape), "height": STEP * len(columns["key"]) + MARGIN},
        columns, title, subtitle, f"{subtitle}: {listed}.", LOAD, {"key": "rep"},
    )  # fmt: skip
