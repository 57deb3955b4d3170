"""The numbers of a page that need no picture: a line each, with value, changes, and what to mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from html import escape

import streamlit as st

from salesmetrics.charts import metric_title
from salesmetrics.charts.bars import change_colour
from salesmetrics.charts.describe import comparison_name
from salesmetrics.charts.figure import Row, first_rows, is_known
from salesmetrics.charts.theme import PALETTES, Theme
from salesmetrics.charts.values import change, compact, full
from salesmetrics.charts.words import reason_in_words, warning_in_words
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.query.request import Compare
from salesmetrics.query.result import Result
from ui import glossary, state
from ui.text import plain

_TABLE = (
    '<div style="overflow-x:auto"><table style="width:100%;border-collapse:collapse;font-size:.875rem">'
    "<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
)
_HEAD = '<th style="text-align:{side};font-weight:500;color:{quiet};padding:4px 12px 4px 0">{text}</th>'
_CELL = '<td style="text-align:{side};padding:6px 12px 6px 0;border-top:1px solid {grid};{more}">{text}</td>'
_FIGURE = "white-space:nowrap;font-variant-numeric:tabular-nums"


def _named(metric: Metric) -> str:
    where = glossary.address(state.GLOSSARY, metric=metric.id)
    return (
        f'<a href="{escape(where)}" target="_self" style="color:inherit;text-decoration-style:dotted" '
        f'title="{escape(_(metric.tells))}">{escape(metric_title(metric))}</a>'
    )


def _changed(row: Row, compare: Compare, metric: Metric, theme: Theme) -> str:
    difference = row[f"{compare}_change"]
    if not is_known(difference):
        return "–"
    text = change(difference, row[f"{compare}_growth"], metric.unit)
    colour = change_colour(0.0 if text.startswith("±") else difference, str(metric.better), PALETTES[theme])
    return f'<span style="color:{colour}">{escape(text)}</span>'


def _line(
    row: Row,
    metric: Metric,
    compared: Sequence[Compare],
    tables: Collection[str],
    shared: Collection[str],
    theme: Theme,
) -> str:
    grid, quiet = PALETTES[theme].grid, PALETTES[theme].quiet
    name = _CELL.format(side="left", grid=grid, more="", text=_named(metric))
    if not is_known(row["value"]):
        why = escape(reason_in_words(row["reason"] or "no_rows", tables, metric))
        text = (
            f'<td colspan="{len(compared) + 2}" style="padding:6px 0;border-top:1px solid {grid};color:{quiet}">'
        )
        return f"<tr>{name}{text}{why}</td></tr>"
    value = (
        f'<data value="{float(row["value"])!r}" aria-label="{escape(metric_title(metric))}" '
        f'title="{escape(full(row["value"], metric.unit))}">{escape(compact(row["value"], metric.unit))}</data>'
    )
    cells = [
        _CELL.format(side="right", grid=grid, more=f"{_FIGURE};font-weight:600", text=value),
        *(
            _CELL.format(side="right", grid=grid, more=_FIGURE, text=_changed(row, one, metric, theme))
            for one in compared
        ),
    ]
    said = escape(" ".join(warning_in_words(one) for one in row["warnings"] or () if one not in shared))
    note = _CELL.format(side="left", grid=grid, more=f"color:{quiet}", text=said)
    return f"<tr>{name}{''.join(cells)}{note}</tr>"


def table(totals: Result, metric_ids: Sequence[str], theme: Theme, tables: Collection[str], key: str) -> None:
    """Draw a line for each of `metric_ids` from `totals`: one that the files do not allow says what it lacks.

    `tables` are those that the data holds.
    """
    found = first_rows(totals)
    rows = {metric: found[metric] for metric in metric_ids if metric in found}
    valued = [row for row in rows.values() if is_known(row["value"])]
    some = next(iter(valued), None)
    # Over a whole year the period before and last year are the same, said once.
    compared = list({some[f"{one}_start"]: one for one in totals.query.compare}.values()) if some else []
    # What holds for most of them is said once, below.
    said = Counter(warning for row in valued for warning in set(row["warnings"] or ()))
    shared = [warning for warning, count in said.items() if 1 < count >= len(valued) / 3]
    named = [comparison_name(one, some[f"{one}_start"], some[f"{one}_end"]) if some else "" for one in compared]
    quiet = PALETTES[theme].quiet
    heads = [
        _HEAD.format(side=side, quiet=quiet, text=escape(text))
        for side, text in (
            ("left", _("Number")), ("right", _("Value")), *(("right", text) for text in named), ("left", _("To mind")),
        )
    ]  # fmt: skip
    lines = [_line(row, CATALOGUE[metric], compared, tables, shared, theme) for metric, row in rows.items()]
    with st.container(border=True, key=f"numbers_{key}"):
        st.html(_TABLE.format(head="".join(heads), body="".join(lines)))
        if shared:
            st.caption(plain(" ".join(warning_in_words(warning) for warning in shared)))
