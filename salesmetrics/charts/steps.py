"""What charts of steps share, each beginning where the one before it ended: their scale, and how a step is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from salesmetrics.charts.theme import Palette
from salesmetrics.charts.values import compact
from salesmetrics.i18n import _

_ROOM = 0.08
"""How far a scale of its own reaches beyond the steps at each end, as a part of what they span."""

_LEAST, _MOST = "least", "most"


@dataclass(frozen=True)
class StepScale:
    """From where to where steps are drawn; `zoomed` tells whether it is a scale of their own, without zero."""

    domain: tuple[float, float]
    zoomed: bool

    def in_words(self, unit: str) -> str:
        """Say, as the end of a subtitle, from where to where a scale of their own runs; nothing of one from zero."""
        if not self.zoomed:
            return ""
        low, high = self.domain
        return "; " + _("the scale runs from {low} to {high}").format(
            low=compact(low, unit), high=compact(high, unit)
        )


def step_scale(levels: Sequence[float], small: float) -> StepScale:
    """Give steps that reach `levels` a scale from zero, or their own where they span less than `small` of the highest.

    >>> step_scale([100.0, 150.0], 0.1)
    StepScale(domain=(0.0, 150.0), zoomed=False)
    >>> step_scale([1000.0, 1050.0], 0.1)
    StepScale(domain=(996.0, 1054.0), zoomed=True)
    """
    low, high = min(levels), max(levels)
    # A whole bar that does not begin at zero would lie; steps alone tell differences on any scale.
    zoomed = low > 0 and high > low and high - low < small * high
    room = (high - low) * _ROOM
    return StepScale((low - room, high + room) if zoomed else (min(0.0, low), max(0.0, high) or 1.0), zoomed)


def step_bars(rows: alt.Chart, y: alt.Y, down: int, colours: Palette) -> list[alt.Chart]:
    """Draw each step as a bar from the column `low` to `high`, coloured by `colour`, and a tick at the column `level`.

    `down` is how many pixels they lie below the middle of their line; from where to where the scale runs is told by
    `scaled`.
    """
    scale = alt.Scale(domain=[alt.ExprRef(_LEAST), alt.ExprRef(_MOST)], nice=False, zero=False)
    return [
        rows.mark_bar(height=10, yOffset=down, cornerRadius=2, minBandSize=2).encode(
            y=y, x=alt.X("low:Q", axis=None, scale=scale), x2="high:Q", color=alt.Color("colour:N", scale=None)
        ),
        rows.mark_tick(color=colours.text, thickness=1.5, size=16, yOffset=down).encode(
            y=y, x=alt.X("level:Q", axis=None, scale=scale)
        ),
    ]


def scaled(spec: Mapping[str, Any], domain: tuple[float, float]) -> Mapping[str, Any]:
    """Give the specification of step bars with their scale: it differs each time, and all else is made once."""
    low, high = domain
    return {**spec, "params": [{"name": _LEAST, "value": low}, {"name": _MOST, "value": high}]}
