"""What charts with a bar for each name share: the names at the axis, and a mark for what each is set against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from salesmetrics.charts.figure import ROWS
from salesmetrics.charts.ranked_lines import right_text, told_lines
from salesmetrics.charts.theme import PALETTES, Palette, Theme, config

STEP = 24
"""Pixels from one line to the next."""

ROOM = 1.35
"""How much longer the axis is than its longest bar, for the figures at the right."""


def by_name(colours: Palette, longest: int) -> alt.Y:
    """Give the axis of the names in the column `key`, in the order of the data; none may be wider than `longest` pixels."""
    return alt.Y(
        "key:N", sort=None,
        axis=alt.Axis(title=None, labelLimit=longest, labelColor=colours.text, labelPadding=6, labelOverlap=False),
    )  # fmt: skip


def mark(rows: alt.Chart, y: alt.Y, x: alt.X, colours: Palette) -> alt.Chart:
    """Mark across each bar what it is set against, at `x`."""
    drawn: alt.Chart = rows.mark_tick(orient="vertical", height=18, thickness=3, color=colours.text).encode(
        y=y, x=x
    )
    return drawn


def marked_bars(tooltip: Sequence[alt.Tooltip], against: str, theme: Theme) -> Mapping[str, Any]:
    """Give the specification of bars for the column `value`, marked at the column `against` where it names one.

    The figures at the right are those of the column `short`; `room` holds how far the axis reaches at least.
    """
    colours = PALETTES[theme]
    y = by_name(colours, 150)
    rows = alt.Chart(ROWS)
    layers = [
        rows.mark_bar(height=12, cornerRadius=2, color=colours.main).encode(
            y=y, x=alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
        ),
        rows.mark_point(opacity=0).encode(y=y, x=alt.X("room:Q", axis=None)),
        *([mark(rows, y, alt.X(f"{against}:Q", axis=None), colours)] if against else []),
        right_text(rows, y, fontSize=11),
        told_lines(rows, y, tooltip),
    ]
    return alt.layer(*layers).properties(config=config(theme)).to_dict()
