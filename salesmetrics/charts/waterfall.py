"""How the open pipeline got from one version of the data to another: a bar for each step, each beginning where the
one before it ended."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.analysis.pipeline_waterfall import AMOUNT, CLOSING, OPENING, Bar, Waterfall
from salesmetrics.charts.figure import ROWS, Figure, measured, nothing_to_draw
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text, told_lines
from salesmetrics.charts.steps import scaled, step_bars, step_scale
from salesmetrics.charts.theme import PALETTES, Palette, Theme, config
from salesmetrics.charts.values import change, compact, full
from salesmetrics.i18n import _, ngettext

STEP = 42
"""Pixels from one bar to the next."""

_SMALL = 0.1
"""Where all steps lie within this part of the pipeline they could not be seen on a scale from zero."""


def bar_names() -> Mapping[str, str]:
    """Give what people call each step."""
    return {
        OPENING: _("Opening"), "new": _("New"), "reopened": _("Reopened"), "pulled": _("Pulled in"),
        "won": _("Won"), "lost": _("Lost"), "pushed": _("Pushed out"), "gone": _("Gone from the file"),
        AMOUNT: _("Amount changed"), CLOSING: _("Closing"),
    }  # fmt: skip


@lru_cache(maxsize=64)
def _spec(theme: Theme, measure: str) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    y = alt.Y("key:N", sort=None, axis=None)
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("by_text:N", title=measure),
        alt.Tooltip("deals_text:N", title=_("Deals")),
        alt.Tooltip("level_text:N", title=_("Open after it")),
    ]
    rows = alt.Chart(ROWS)
    layers = [
        *step_bars(rows, y, 9, colours),
        left_text(rows, y, dy=-9, limit=alt.ExprRef("max(90, width - 130)")),
        right_text(rows, y, colour="text_colour", dy=-9, fontWeight=600),
        told_lines(rows, y, tooltip),
    ]
    return alt.layer(*layers).properties(config=config(theme)).to_dict()


def _colour(bar: Bar, colours: Palette) -> str:
    if bar.name in (OPENING, CLOSING):
        return colours.main
    if bar.name == "gone" or not bar.by:
        return colours.other
    # What is won leaves the pipeline, and for the better.
    good = bar.name == "won" or bar.by > 0
    return colours.better if good else colours.worse


def waterfall_figure(found: Waterfall, theme: Theme = "light", versions: tuple[str, str] = ("", "")) -> Figure:
    """Give the steps from the opening to the closing pipeline as a figure; `versions` name the two states."""
    unit = "money" if found.priced else "count"
    measure = measured(_("Open pipeline") if found.priced else _("Open deals"), unit)
    opening, closing = found.bars[0], found.bars[-1]
    if not opening.deals and not closing.deals:
        return nothing_to_draw(measure, _("No deal is open in either version."))
    colours = PALETTES[theme]
    levels = [float(bar.end) for bar in found.bars]
    scale = step_scale(levels, _SMALL)
    names = bar_names()
    labels = [names[bar.name] for bar in found.bars]
    edge = {OPENING, CLOSING}
    shorts = [
        compact(float(bar.by), unit) if bar.name in edge else change(float(bar.by), None, unit)
        for bar in found.bars
    ]
    deals = [
        ngettext("{n} deal", "{n} deals", bar.deals).format(n=compact(bar.deals, "count")) for bar in found.bars
    ]
    columns: dict[str, list[Any]] = {
        "key": [bar.name for bar in found.bars],
        "label": [
            f"{label} · {count}" if found.priced else label for label, count in zip(labels, deals, strict=True)
        ],
        "short": shorts,
        "low": [float(bar.end if scale.zoomed and bar.name in edge else bar.start) for bar in found.bars],
        "high": levels,
        "level": levels,
        "by_text": [full(float(bar.by), unit) for bar in found.bars],
        "deals_text": [full(float(bar.deals), "count") for bar in found.bars],
        "level_text": [full(level, unit) for level in levels],
        "colour": [_colour(bar, colours) for bar in found.bars],
        "text_colour": [colours.text if bar.name in edge else _colour(bar, colours) for bar in found.bars],
    }
    # The grey of a bar is too pale to read as text.
    columns["text_colour"] = [colours.quiet if one == colours.other else one for one in columns["text_colour"]]
    subtitle = _("{measure}, from {old} to {new}").format(measure=measure, old=versions[0], new=versions[1])
    subtitle += scale.in_words(unit)
    listed = "; ".join(
        f"{label} {short} ({count})" for label, short, count in zip(labels, shorts, deals, strict=True)
    )
    spec = {**scaled(_spec(theme, measure), scale.domain), "height": STEP * len(found.bars) + MARGIN}
    return Figure(spec, columns, _title(found, unit), subtitle, f"{subtitle}: {listed}.")


def _title(found: Waterfall, unit: str) -> str:
    opening, closing = found.bars[0], found.bars[-1]
    what = _("The open pipeline") if found.priced else _("The number of open deals")
    difference = closing.by - opening.by
    if not found.steps:
        return _("{what} is as it was: {value}").format(what=what, value=compact(float(closing.by), unit))
    largest = max(found.steps, key=lambda bar: abs(bar.by))
    step = f"{bar_names()[largest.name]} {change(float(largest.by), None, unit)}"
    if not difference:
        return _("{what} is as large as it was; largest step: {step}").format(what=what, step=step)
    message = (
        _("{what} rose by {difference}; largest step: {step}")
        if difference > 0
        else _("{what} fell by {difference}; largest step: {step}")
    )
    return message.format(what=what, difference=compact(abs(float(difference)), unit), step=step)
