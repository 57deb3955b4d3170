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
from ui import glossary, line_table, state
from ui.text import plain


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
    shared: Collection[str] | None,
    theme: Theme,
) -> str:
    """Write a line; `shared` are the warnings said elsewhere, None where no line has any of its own."""
    name, quiet = line_table.name(_named(metric)), PALETTES[theme].quiet
    if not is_known(row["value"]):
        why = escape(reason_in_words(row["reason"] or "no_rows", tables, metric))
        return name + line_table.said(why, len(compared) + 2, quiet)
    value = (
        f'<data value="{float(row["value"])!r}" aria-label="{escape(metric_title(metric))}" '
        f'title="{escape(full(row["value"], metric.unit))}">{escape(compact(row["value"], metric.unit))}</data>'
    )
    figures = line_table.figure(value, "font-weight:600")
    figures += "".join(line_table.figure(_changed(row, one, metric, theme)) for one in compared)
    if shared is None:
        return name + figures
    return name + figures + line_table.said(escape(_to_mind(row, shared)), 1, quiet)


def _to_mind(row: Row, shared: Collection[str]) -> str:
    return " ".join(warning_in_words(one) for one in row["warnings"] or () if one not in shared)


def table(totals: Result, metric_ids: Sequence[str], theme: Theme, tables: Collection[str], key: str) -> None:
    """Draw a line for each of `metric_ids` from `totals`: one that the files do not allow says what it lacks.

    `tables` are those that the data holds.
    """
    found = first_rows(totals)
    rows = {metric: found[metric] for metric in metric_ids if metric in found}
    valued = [row for row in rows.values() if is_known(row["value"])]
    some = next(iter(valued), None)
    # Over a whole year the period before and last year are the same, said once; what none is set against is no column.
    asked = {some[f"{one}_start"]: one for one in totals.query.compare} if some else {}
    compared = [one for one in asked.values() if any(is_known(row[f"{one}_change"]) for row in valued)]
    # What holds for several of them is said once, below.
    said = Counter(warning for row in valued for warning in set(row["warnings"] or ()))
    shared = [warning for warning, count in said.items() if count > 1]
    named = [comparison_name(one, some[f"{one}_start"], some[f"{one}_end"]) if some else "" for one in compared]
    minded = any(_to_mind(row, shared) for row in valued)
    lines = [
        _line(row, CATALOGUE[metric], compared, tables, shared if minded else None, theme)
        for metric, row in rows.items()
    ]
    with st.container(border=True, key=f"numbers_{key}"):
        st.html(
            line_table.as_html(
                _("Number"), [_("Value"), *named] if valued else [], _("To mind") if minded else "",
                lines, theme,
            )
        )  # fmt: skip
        if shared:
            st.caption(plain(" ".join(warning_in_words(warning) for warning in shared)))
