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
from ui import line_table
from ui.text import plain

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
        return line_table.figure("–", f"color:{colours.quiet}")
    if not column.better:
        text, colour = compact(number, column.unit), ""
    else:
        # A rate of growth is written as one, not as points between two shares.
        text = change(number, number, "money") if column.unit == "percent" else change(number, None, column.unit)
        colour = f"color:{change_colour(number, column.better, colours)}"
    return line_table.figure(escape(text), colour, full(number, column.unit))


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
    quiet = PALETTES[theme].quiet
    lines = []
    for row in rows[:MOST]:
        codes = {warning.partition(":")[0] for warning in row["warnings"] or ()}
        said = "".join(f' <i style="color:{quiet}">{escape(text)}</i>' for code, text in (notes or {}).items()
                       if code in codes)  # fmt: skip
        name = line_table.name(escape(name_of(by, str(row[by]))) + said)
        lines.append(name + "".join(_cell(row, column, theme) for column in columns))
    titles = [column.title for column in columns]
    with st.container(border=True, key=f"parts_{metric}_{by}"):
        st.markdown(f"**{plain(title)}**")
        st.html(line_table.as_html(DIMENSIONS[by].title(), titles, "", lines, theme))
        if len(rows) > MOST:
            st.caption(_("The {n} largest of {all} are listed.").format(n=MOST, all=f"{len(rows):,}"))
