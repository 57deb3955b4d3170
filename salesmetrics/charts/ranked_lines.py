"""What charts with a line for each thing share: its name at the left, figures at the right, all of it to point at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from salesmetrics.charts.figure import cursor
from salesmetrics.charts.theme import Palette

MARGIN = 14
"""Pixels that the frame around all lines takes of their height."""


def left_text(marks: alt.Chart, y: alt.Y, column: str = "label", **look: Any) -> alt.Chart:
    """Write the texts in `column` from the left edge on; `look` are properties of the text."""
    drawn: alt.Chart = marks.mark_text(align="left", **look).encode(y=y, x=alt.value(0), text=f"{column}:N")
    return drawn


def right_text(marks: alt.Chart, y: alt.Y, column: str = "short", colour: str = "", **look: Any) -> alt.Chart:
    """Write the texts in `column` up to the right edge; `colour` names the column of their colours, if any."""
    coloured = {"color": alt.Color(f"{colour}:N", scale=None)} if colour else {}
    at_right = marks.mark_text(align="right", **look)
    drawn: alt.Chart = at_right.encode(y=y, x=alt.value("width"), text=f"{column}:N", **coloured)
    return drawn


def told_lines(marks: alt.Chart, y: alt.Y, tooltip: Sequence[alt.Tooltip]) -> alt.Chart:
    """Let the whole line of each thing tell of it under the pointer, for a short bar is hard to hit."""
    drawn: alt.Chart = marks.mark_rect(opacity=0).encode(
        y=y, x=alt.value(0), x2=alt.value("width"), tooltip=list(tooltip)
    )
    return drawn


def whole_lines(
    marks: alt.Chart,
    y: alt.Y,
    tooltip: Sequence[alt.Tooltip],
    pick: alt.Parameter,
    colours: Palette,
) -> alt.Chart:
    """Let the whole line of each thing answer to the pointer: it tells of it, and a click picks it.

    It is picked by its column `key` or whichever `pick` names; what stands for several cannot be picked.
    """
    drawn: alt.Chart = marks.mark_rect(color=colours.text, cornerRadius=4, cursor=cursor()).encode(
        y=y, x=alt.value(0), x2=alt.value("width"), tooltip=list(tooltip),
        opacity=alt.condition(pick, alt.value(0.09), alt.value(0), empty=False),
    ).add_params(pick)  # fmt: skip
    return drawn
