"""Mix and rate: for each part of a ratio what its own ratio did to the whole, and what the shift of weight did."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.analysis.mix_rate import PartEffect
from salesmetrics.charts.figure import OTHER, ROWS, Figure, measured, nothing_to_draw
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text, told_lines
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact
from salesmetrics.charts.why_names import amount, by, cut_name, days, part_name, title_of
from salesmetrics.i18n import _, ngettext
from salesmetrics.query.why import Cut, Why

MOST = 7
STEP = 52


@lru_cache(maxsize=64)
def _spec(theme: Theme) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    y = alt.Y("key:N", sort=None, axis=None)
    scale = alt.Scale(zero=True, nice=False)
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("rate_text:N", title=_("By its own figure")),
        alt.Tooltip("mix_text:N", title=_("By its weight")),
        alt.Tooltip("ratio_text:N", title=_("Its own figure")),
        alt.Tooltip("weight_text:N", title=_("Its weight")),
    ]
    rows = alt.Chart(ROWS)
    layers = [
        rows.mark_bar(height=7, yOffset=8, cornerRadius=2, color=colours.main).encode(
            y=y, x=alt.X("rate:Q", axis=None, scale=scale)
        ),
        rows.mark_bar(height=7, yOffset=17, cornerRadius=2, color=colours.categories[1]).encode(
            y=y, x=alt.X("mix:Q", axis=None, scale=scale)
        ),
        rows.mark_tick(color=colours.quiet, thickness=1, size=22, yOffset=12).encode(y=y, x=alt.datum(0)),
        left_text(rows, y, dy=-13, limit=alt.ExprRef("max(90, width - 160)")),
        right_text(rows, y, "rate_text", dx=-72, dy=-13, fontWeight=600, color=colours.main),
        right_text(rows, y, "mix_text", dy=-13, fontWeight=600, color=colours.categories[1]),
        told_lines(rows, y, tooltip),
    ]  # fmt: skip
    return alt.layer(*layers).properties(config=config(theme)).to_dict()


def mix_rate_figure(found: Why, cut: Cut, theme: Theme = "light") -> Figure:
    """Give rate and mix of each part as a figure, all of them first; the rest beyond the largest is one more line."""
    measure = measured(title_of(found.metric), found.metric.unit)
    split = cut.split
    if split is None:
        return nothing_to_draw(measure, _("There are no parts by which it could be split."))
    ordered = sorted(split.parts, key=lambda part: -max(abs(part.rate), abs(part.mix)))
    shown, rest = (ordered, []) if len(ordered) <= MOST + 1 else (ordered[:MOST], ordered[MOST:])
    whole = PartEffect(" all", split.rate, split.mix, 1.0, 1.0, split.before, split.after)
    drawn = [whole, *shown]
    names = [_("All together"), *(part_name(cut.dimension, part.name) for part in shown)]
    if rest:
        rate, mix, before, after = (
            math.fsum(getattr(one, name) for one in rest)
            for name in ("rate", "mix", "weight_before", "weight_after")
        )
        drawn.append(PartEffect(OTHER, rate, mix, before, after, math.nan, math.nan))
        names.append(ngettext("{n} other", "{n} others", len(rest)).format(n=len(rest)))
    arrow = _("{before} → {after}")
    columns: dict[str, list[Any]] = {
        "key": [part.name for part in drawn],
        "label": names,
        "rate": [part.rate for part in drawn],
        "mix": [part.mix for part in drawn],
        "rate_text": [by(found, part.rate) for part in drawn],
        "mix_text": [by(found, part.mix) for part in drawn],
        "ratio_text": [
            arrow.format(before=amount(found, part.ratio_before), after=amount(found, part.ratio_after))
            for part in drawn
        ],
        "weight_text": [
            arrow.format(before=compact(part.weight_before, "percent"), after=compact(part.weight_after, "percent"))
            for part in drawn
        ],
    }  # fmt: skip
    subtitle = _(
        "Blue: what each {dimension} did by its own figure; orange: by its weight. {measure}, {now} against {before}"
    ).format(
        dimension=cut_name(cut.dimension).lower(), measure=measure, now=days(found.period), before=days(found.base)
    )
    listed = "; ".join(
        _("{name} {rate} by its own figure, {mix} by its weight").format(name=name, rate=rate, mix=mix)
        for name, rate, mix in zip(names, columns["rate_text"], columns["mix_text"], strict=True)
    )
    title = _("Own figures {rate}, weights {mix}").format(rate=by(found, split.rate), mix=by(found, split.mix))
    spec = {**_spec(theme), "height": STEP * len(drawn) + MARGIN}
    return Figure(spec, columns, title, subtitle, f"{subtitle}: {listed}.")
