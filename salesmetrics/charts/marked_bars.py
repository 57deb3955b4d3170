"""What charts with a bar for each name share: the names at the axis, and a mark for what each is set against."""

from __future__ import annotations

import altair as alt

from salesmetrics.charts.theme import Palette


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
