"""The parts of a number side by side, a line for each: what each brings, and the figures that explain it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from salesmetrics.charts.bars import change_colour
from salesmetrics.charts.figure import Row, is_known, rows_of
from salesmetrics.charts.leaders import name_of
from salesmetrics.charts.theme import PALETTES, Theme
from salesmetrics.charts.values import change, compact, full
from salesmetrics.i18n import _
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.result import Result
from ui.text import plain

_TABLE = (
    '<div style="overflow-x:auto"><table style="width:100%;border-collapse:collapse;font-size:.875rem">'
    "<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
)
_HEAD = '<th style="text-align:{side};font-weight:500;color:{quiet};padding:4px 12px 4px 0">{text}</th>'
_CELL = (
    '<td style="text-align:{side};padding:5px 12px 5px 0;border-top:1px solid {grid};white-space:nowrap;'
    'font-variant-numeric:tabular-nums{more}" title="{full}">{text}</td>'
)

MOST = 12
"""Parts that are listed; the rows behind the number hold the others."""


@dataclass(frozen=True)
class Column:
    """A column: its title, where a row holds its figure (`value`, or the name of a detail), and its unit.

    `better` is "higher" or "lower" where the figure is a change that is better or worse.
    """

    title: str
    of: str
    unit: str
    better: str = ""


def _read(row: Row, of: str) -> float | None:
    found = row["value"] if of == "value" else (row["details"] or {}).get(of)
    return found if is_known(found) else None


def _cell(row: Row, column: Column, theme: Theme) -> str:
    colours, number = PALETTES[theme], _read(row, column.of)
    if number is None:
        return _CELL.format(side="right", grid=colours.grid, more=f";color:{colours.quiet}", full="", text="–")
    if not column.better:
        text, colour = compact(number, column.unit), ""
    else:
        # A rate of growth is written as one, not as points between two shares.
        text = change(number, number, "money") if column.unit == "percent" else change(number, None, column.unit)
        colour = f";color:{change_colour(number, column.better, colours)}"
    return _CELL.format(
        side="right", grid=colours.grid, more=colour, full=escape(full(number, column.unit)), text=escape(text)
    )


def draw(
    result: Result,
    metric: str,
    by: str,
    title: str,
    columns: Sequence[Column],
    theme: Theme,
    notes: Mapping[str, str] | None = None,
) -> None:
    """Draw the parts of `metric` by `by`, the largest in the first of `columns` (either way) first, at most MOST.

    `notes` are warnings of single parts worth a word beside their name, by code.
    """
    rows = [row for row in rows_of(result, metric) if any(_read(row, one.of) is not None for one in columns)]
    if not rows:
        return
    rows.sort(key=lambda row: -abs(_read(row, columns[0].of) or 0.0))
    quiet, grid = PALETTES[theme].quiet, PALETTES[theme].grid
    heads = [_HEAD.format(side="left", quiet=quiet, text=escape(DIMENSIONS[by].title()))]
    heads += [_HEAD.format(side="right", quiet=quiet, text=escape(column.title)) for column in columns]
    lines = []
    for row in rows[:MOST]:
        codes = {warning.partition(":")[0] for warning in row["warnings"] or ()}
        said = "".join(f' <i style="color:{quiet}">{escape(text)}</i>' for code, text in (notes or {}).items()
                       if code in codes)  # fmt: skip
        name = _CELL.format(
            side="left", grid=grid, more="", full="", text=escape(name_of(by, str(row[by]))) + said
        )
        lines.append(f"<tr>{name}{''.join(_cell(row, column, theme) for column in columns)}</tr>")
    with st.container(border=True, key=f"parts_{metric}_{by}"):
        st.markdown(f"**{plain(title)}**")
        st.html(_TABLE.format(head="".join(heads), body="".join(lines)))
        if len(rows) > MOST:
            st.caption(_("The {n} largest of {all} are listed.").format(n=MOST, all=len(rows)))
