"""Where a change lies: what each part added to it, ranked by size, as diverging bars that sum to the whole."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.analysis.segment_changes import Part
from salesmetrics.charts.bars import change_colour
from salesmetrics.charts.figure import OTHER, ROWS, Figure, is_known, measured, nothing_to_draw, picking
from salesmetrics.charts.line_bars import change_bars
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text, whole_lines
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change
from salesmetrics.charts.why_names import amount, by, cut_name, days, part_name, title_of
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.query.why import ANSWER, Cut, Why

MOST = 9
"""So many parts are drawn, the largest changes; all others together are one more."""

STEP = 40


@lru_cache(maxsize=64)
def _spec(theme: Theme, measure: str, now: str, before: str) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    y = alt.Y("key:N", sort=None, axis=None)
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("short:N", title=_("Added to the change")),
        alt.Tooltip("now_text:N", title=_("In {period}").format(period=now)),
        alt.Tooltip("before_text:N", title=_("In {period}").format(period=before)),
        alt.Tooltip("growth_text:N", title=_("Its own change")),
    ]
    rows = alt.Chart(ROWS)
    layers = [
        *change_bars(rows, y, 9, colours),
        left_text(rows, y, dy=-8, limit=alt.ExprRef("max(90, width - 150)")),
        right_text(rows, y, "right", colour="colour", dy=-8, fontWeight=600),
        whole_lines(rows, y, tooltip, picking("key"), colours),
    ]
    return alt.layer(*layers).properties(config=config(theme)).to_dict()


def _own(found: Why, part: Part) -> str:
    """Write how a part itself moved: in per cent, in points, or that it is new or gone."""
    if part.state == "new":
        return _("new")
    if part.state == "gone":
        return _("gone")
    moved = part.after - part.before
    return change(moved, moved / part.before if part.before > 0 and not found.ratio else None, found.metric.unit)


def _others(found: Why, rest: Sequence[Part]) -> Part:
    added = math.fsum(part.by for part in rest)
    if found.ratio:
        return Part(OTHER, math.nan, math.nan, added, added, 0.0)
    before, after = (math.fsum(getattr(part, side) for part in rest) for side in ("before", "after"))
    return Part(OTHER, before, after, added, added, before)


def parts_figure(found: Why, cut: Cut, theme: Theme = "light") -> Figure:
    """Give the parts of a cut with what each added to the change as a figure; the rest is one more bar."""
    unit, colours = found.metric.unit, PALETTES[theme]
    measure = measured(title_of(found.metric), unit)
    moved = [part for part in cut.parts if part.by]
    if not moved:
        return nothing_to_draw(measure, _("No part changed."))
    shown, rest = (moved, []) if len(moved) <= MOST + 1 else (moved[:MOST], moved[MOST:])
    drawn = [*shown, *([_others(found, rest)] if rest else [])]
    names = [part_name(cut.dimension, part.name) for part in shown]
    if rest:
        names.append(ngettext("{n} other", "{n} others", len(rest)).format(n=len(rest)))
    shorts = [by(found, part.by) for part in drawn]
    own = [_own(found, part) if is_known(part.before) or is_known(part.after) else "" for part in drawn]
    columns: dict[str, list[Any]] = {
        "key": [part.name for part in drawn],
        "label": names,
        "change": [part.by for part in drawn],
        "short": shorts,
        "right": [
            f"{short}  ({text})" if text and not found.ratio else short
            for short, text in zip(shorts, own, strict=True)
        ],
        "now_text": [amount(found, part.after) for part in drawn],
        "before_text": [amount(found, part.before) for part in drawn],
        "growth_text": own,
        # What rounds to nothing is neither better nor worse.
        "colour": [
            change_colour(0.0 if short.startswith("±") else part.by, str(found.metric.better), colours)
            for part, short in zip(drawn, shorts, strict=True)
        ],
    }
    subtitle = _("What each {dimension} added to the change of {measure}, {now} against {before}; {whole} in all").format(
        dimension=cut_name(cut.dimension).lower(), measure=measure[:1].lower() + measure[1:],
        now=days(found.period), before=days(found.base), whole=by(found, found.change),
    )  # fmt: skip
    title = _("Largest: {name}, {change}").format(name=names[0], change=shorts[0])
    listed = "; ".join(f"{name} {short}" for name, short in zip(names, shorts, strict=True))
    spec = {**_spec(theme, measure, days(found.period), days(found.base)), "height": STEP * len(drawn) + MARGIN}
    known = found.metric.id in CATALOGUE and cut.dimension != ANSWER
    return Figure(
        spec, columns, title, subtitle, f"{subtitle}: {listed}.", metric=found.metric.id if known else "",
        picks={"key": cut.dimension} if known else {},
    )  # fmt: skip
