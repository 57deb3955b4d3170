"""Bars that charts with a line for each thing share: changes to either side of zero, and two shares one below the other."""

from __future__ import annotations

import altair as alt

from salesmetrics.charts.theme import Palette


def change_bars(rows: alt.Chart, y: alt.Y, height: int, colours: Palette) -> list[alt.Chart]:
    """Draw the column `change` as bars to the right or left of a tick at zero, coloured by the column `colour`."""
    return [
        rows.mark_bar(height=height, yOffset=9, cornerRadius=2).encode(
            y=y, x=alt.X("change:Q", axis=None, scale=alt.Scale(zero=True, nice=False)),
            color=alt.Color("colour:N", scale=None),
        ),
        rows.mark_tick(color=colours.quiet, thickness=1, size=16, yOffset=9).encode(y=y, x=alt.datum(0)),
    ]  # fmt: skip


def share_bars(rows: alt.Chart, y: alt.Y, brought: str, down: int, colours: Palette) -> list[alt.Chart]:
    """Draw the share of customers, the column `customers_part`, in grey, and below it that of what they bring.

    `brought` is the column of the latter; `down` is how many pixels the upper bar lies below the middle of its line.
    """

    def bar(column: str, offset: int, colour: str) -> alt.Chart:
        drawn: alt.Chart = rows.mark_bar(height=9, yOffset=offset, cornerRadius=2, color=colour).encode(
            y=y, x=alt.X(f"{column}:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
        )
        return drawn

    return [bar("customers_part", down, colours.compared), bar(brought, down + 11, colours.main)]
