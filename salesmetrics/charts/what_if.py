"""What moved factors would add to a number: a bar for each by itself, one for their combination, and all together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.analysis.what_if import Outcome
from salesmetrics.charts.figure import ROWS, Figure, measured, nothing_to_draw
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text, told_lines
from salesmetrics.charts.steps import scaled, step_bars
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full
from salesmetrics.i18n import _

STEP = 42
"""Pixels from one bar to the next."""

TOGETHER, ALL = "together", "all"
"""The bars of what only the combination adds, and of everything."""


@lru_cache(maxsize=64)
def _spec(theme: Theme, measure: str) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    y = alt.Y("key:N", sort=None, axis=None)
    tooltip = [alt.Tooltip("label:N", title=" "), alt.Tooltip("value_text:N", title=measure)]
    rows = alt.Chart(ROWS)
    layers = [
        *step_bars(rows, y, 9, colours),
        left_text(rows, y, dy=-9, limit=alt.ExprRef("max(90, width - 110)")),
        right_text(rows, y, colour="text_colour", dy=-9, fontWeight=600),
        told_lines(rows, y, tooltip),
    ]
    return alt.layer(*layers).properties(config=config(theme)).to_dict()


def what_if_figure(outcome: Outcome, labels: Mapping[str, str], measure: str, theme: Theme = "light") -> Figure:
    """Give what each moved lever adds to `measure`, a sum of money; `labels` say what was moved and by how much.

    Levers without a label were not moved, and have no bar.
    """
    measure = measured(measure, "money")
    bars = [(name, label, outcome.alone[name]) for name, label in labels.items()]
    if not bars:
        return nothing_to_draw(measure, _("Move a slider to see what it would add."))
    if len(bars) > 1:
        bars.append((TOGETHER, _("Only from the combination"), outcome.together))
        bars.append((ALL, _("All together"), outcome.value - outcome.before))
    colours = PALETTES[theme]
    values = [by for _name, _label, by in bars]
    domain = min(0.0, *values), max(0.0, *values)
    if domain == (0.0, 0.0):
        domain = (0.0, 1.0)
    tone = [colours.better if by > 0 else colours.worse if by < 0 else colours.quiet for by in values]
    columns: dict[str, list[Any]] = {
        "key": [name for name, _label, _by in bars],
        "label": [label for _name, label, _by in bars],
        "short": [change(by, None, "money") for by in values],
        # No bar begins where another ends: each starts at zero, and there its tick stands.
        "low": [0.0] * len(bars),
        "high": values,
        "level": [0.0] * len(bars),
        "value_text": [full(by, "money") for by in values],
        "colour": tone,
        "text_colour": tone,
    }
    difference = outcome.value - outcome.before
    title = _("{before} would be {after}, {change}").format(
        before=compact(outcome.before, "money"), after=compact(outcome.value, "money"),
        change=change(difference, difference / outcome.before if outcome.before > 0 else None, "money"),
    )  # fmt: skip
    subtitle = _("{measure}: what each change by itself would add").format(measure=measure)
    listed = "; ".join(f"{label} {short}" for label, short in zip(columns["label"], columns["short"], strict=True))
    spec = {**scaled(_spec(theme, measure), domain), "height": STEP * len(bars) + MARGIN}
    return Figure(spec, columns, title, subtitle, f"{subtitle}: {listed}.")
