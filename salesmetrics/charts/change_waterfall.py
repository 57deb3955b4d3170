"""How a number got from one period to another: a bar for each factor, each beginning where the one before it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.bars import change_colour
from salesmetrics.charts.figure import ROWS, Figure, measured, nothing_to_draw
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text, told_lines
from salesmetrics.charts.steps import scaled, step_bars, step_scale
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, full
from salesmetrics.charts.why_names import amount, by, cut_name, days, step_title, step_unit, title_of
from salesmetrics.i18n import _
from salesmetrics.query.why import Branching, Cut, Why

STEP = 54
"""Pixels from one bar to the next: its name, its figures, the bar."""

_SMALL = 0.25
"""Where all steps lie within this part of the value they could hardly be seen on a scale from zero."""

_OPENING, _CLOSING = "opening", "closing"


@dataclass(frozen=True)
class _Bar:
    """One line of the chart; `note` says from where to where its own figure went."""

    key: str
    label: str
    note: str
    by: float
    start: float
    end: float


@lru_cache(maxsize=64)
def _spec(theme: Theme, measure: str) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    y = alt.Y("key:N", sort=None, axis=None)
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("note:N", title=_("From, to")),
        alt.Tooltip("by_text:N", title=measure),
        alt.Tooltip("level_text:N", title=_("After it")),
    ]
    rows = alt.Chart(ROWS)
    layers = [
        *step_bars(rows, y, 16, colours),
        left_text(rows, y, dy=-15, limit=alt.ExprRef("max(90, width - 96)")),
        left_text(rows, y, "note", dy=1, fontSize=11, color=colours.quiet, limit=alt.ExprRef("width")),
        right_text(rows, y, colour="text_colour", dy=-15, fontWeight=600),
        told_lines(rows, y, tooltip),
    ]
    return alt.layer(*layers).properties(config=config(theme)).to_dict()


def change_figure(found: Why, tree: Branching, theme: Theme = "light") -> Figure:
    """Give the steps of one tree as a figure: from the number before, over its factors, to the number now."""
    unit = found.metric.unit
    steps = [
        _Bar(
            step.name,
            step_title(tree.tree, step.name),
            _("{before} → {after}").format(
                before=compact(step.before, step_unit(tree.tree, step.name)),
                after=compact(step.after, step_unit(tree.tree, step.name)),
            ),
            step.by,
            step.start,
            step.end,
        )
        for step in tree.found.steps
    ]
    largest = tree.found.largest
    title = (
        _("By {factors}").format(factors=_lower(_(tree.tree.title)))
        if largest is None
        else _("By {factors}: {name} {change}").format(
            factors=_lower(_(tree.tree.title)),
            name=_lower(step_title(tree.tree, largest.name)),
            change=by(found, largest.by),
        )
    )
    return _figure(found, steps, title, measured(title_of(found.metric), unit), theme)


def rate_and_mix_figure(found: Why, cut: Cut, theme: Theme = "light") -> Figure:
    """Give what the parts' own ratios did, and what the shift between parts did, as steps of the ratio of all."""
    measure = measured(title_of(found.metric), found.metric.unit)
    split = cut.split
    if split is None:
        return nothing_to_draw(measure, _("There are no parts by which it could be split."))
    name = cut_name(cut.dimension).lower()
    between = found.before.value + split.rate
    steps = [
        _Bar(
            "rate", _("The parts' own figures"), _("each {dimension} by itself").format(dimension=name), split.rate,
            found.before.value, between,
        ),
        _Bar(
            "mix", _("The shift between parts"), _("how much weight each {dimension} has").format(dimension=name),
            split.mix, between, found.after.value,
        ),
    ]  # fmt: skip
    title = (
        _("The parts themselves did most of it: {change}").format(change=by(found, split.rate))
        if abs(split.rate) >= abs(split.mix)
        else _("The shift between parts did most of it: {change}").format(change=by(found, split.mix))
    )
    return _figure(found, steps, title, measure, theme)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _figure(found: Why, steps: Sequence[_Bar], title: str, measure: str, theme: Theme) -> Figure:
    if not steps:
        return nothing_to_draw(measure, _("Nothing changed."))
    unit, colours = found.metric.unit, PALETTES[theme]
    opening = _Bar(_OPENING, days(found.base), "", found.before.value, 0.0, found.before.value)
    closing = _Bar(_CLOSING, days(found.period), "", found.after.value, 0.0, found.after.value)
    bars = [opening, *steps, closing]
    levels = [bar.end for bar in bars]
    scale = step_scale(levels, _SMALL)
    edge = {_OPENING, _CLOSING}
    shorts = [amount(found, bar.by) if bar.key in edge else by(found, bar.by) for bar in bars]
    better = str(found.metric.better)
    # What rounds to nothing is neither better nor worse.
    inks = [
        colours.main
        if bar.key in edge
        else change_colour(0.0 if short.startswith("±") else bar.by, better, colours)
        for bar, short in zip(bars, shorts, strict=True)
    ]
    columns: dict[str, list[Any]] = {
        "key": [bar.key for bar in bars],
        "label": [bar.label for bar in bars],
        "note": [bar.note for bar in bars],
        "short": shorts,
        "low": [bar.end if scale.zoomed and bar.key in edge else bar.start for bar in bars],
        "high": levels,
        "level": levels,
        "by_text": [full(bar.by, unit) for bar in bars],
        "level_text": [full(level, unit) for level in levels],
        "colour": inks,
        "text_colour": [colours.text if bar.key in edge else ink for bar, ink in zip(bars, inks, strict=True)],
    }
    subtitle = _("{measure}, from {before} to {after}").format(
        measure=measure, before=days(found.base), after=days(found.period)
    )
    subtitle += scale.in_words(unit)
    listed = "; ".join(
        f"{bar.label} {short}" + (f" ({bar.note})" if bar.note else "")
        for bar, short in zip(bars, shorts, strict=True)
    )
    spec = {**scaled(_spec(theme, measure), scale.domain), "height": STEP * len(bars) + MARGIN}
    return Figure(spec, columns, title, subtitle, f"{subtitle}: {listed}.")
