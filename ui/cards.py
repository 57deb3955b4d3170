"""A card for one number: value, changes by name, its last periods, and how it came about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from salesmetrics.charts import metric_title, sparkline_figure
from salesmetrics.charts.describe import comparison_name
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import change, compact, full
from salesmetrics.charts.words import reason_in_words, warning_in_words
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.query.request import Compare
from salesmetrics.query.result import Result
from ui import frame

# The full value stands in the page as text: on hover, for screen readers, and for whoever searches the page.
_HEAD = (
    '<div style="font-size:.875rem;opacity:.8">{title}</div>'
    '<div style="font-size:1.75rem;font-weight:600;line-height:1.3" title="{full}">'
    '<data value="{raw}" aria-label="{title}: {full}">{compact}</data></div>'
)


def _colour(difference: float, metric: Metric) -> str:
    if not difference or metric.better not in {"higher", "lower"}:
        return "gray"
    return "green" if (difference > 0) == (metric.better == "higher") else "red"


def _change_line(row: Any, compare: Compare, metric: Metric) -> str:
    named = comparison_name(compare, row[f"{compare}_start"], row[f"{compare}_end"])
    difference = row[f"{compare}_change"]
    if pd.isna(difference):
        return ":small[:gray[" + _("no figure {named}").format(named=named) + "]]"
    text = change(difference, row[f"{compare}_growth"], metric.unit)
    return f":small[:{_colour(difference, metric)}[**{text}**] :gray[{named}]]"


def _how(row: Any, metric: Metric) -> None:
    lines = [metric.tells, _("**Formula:** {formula}").format(formula=metric.formula_text)]
    lines.append(_("**Value:** {value}").format(value=full(row["value"], metric.unit)))
    if not pd.isna(row["denominator"]):
        for label, part in ((_("Numerator"), row["numerator"]), (_("Denominator"), row["denominator"])):
            lines.append(f"**{label}:** {full(part, 'units')}")
    if row["n"] is not None and not pd.isna(row["n"]):
        lines.append(_("**Counted:** {n}").format(n=f"{row['n']:,.0f}"))
    lines += [f":orange[{warning_in_words(warning)}]" for warning in row["warnings"] or ()]
    st.markdown("\n\n".join(lines))


def _absent(metric: Metric, reason: str | None, tables: Collection[str]) -> None:
    st.html(_HEAD.format(title=escape(metric_title(metric)), full="–", raw="", compact="–"))
    st.caption(reason_in_words(reason or "no_rows", tables))


def card(totals: Result, trend: Result, metric_id: str, theme: Theme, tables: Collection[str]) -> None:
    """Draw the card of one metric from the page's totals and its last periods; `tables` are those that the data holds."""
    metric = CATALOGUE[metric_id]
    rows = totals.rows(metric_id)
    row = rows.iloc[0] if len(rows) else None
    with st.container(border=True, height="stretch", key=f"card_{metric_id}", gap="xsmall"):
        if row is None or pd.isna(row["value"]):
            _absent(metric, None if row is None else row["reason"], tables)
            return
        with st.container(horizontal=True, gap=None, vertical_alignment="top"):
            st.html(
                _HEAD.format(
                    title=escape(metric_title(metric)), compact=compact(row["value"], metric.unit),
                    full=escape(full(row["value"], metric.unit)), raw=repr(float(row["value"])),
                )
            )  # fmt: skip
            with st.popover(_("How"), type="tertiary"):
                _how(row, metric)
        if totals.query.compare:
            # Over a whole year the period before and last year are the same: said once.
            compared = {row[f"{compare}_start"]: compare for compare in totals.query.compare}
            st.markdown("  \n".join(_change_line(row, compare, metric) for compare in compared.values()))
        figure = sparkline_figure(trend, metric_id, theme)
        if not figure.empty:
            frame.send(figure, f"spark_{metric_id}")


def _known(totals: Result, metric_id: str) -> bool:
    rows = totals.rows(metric_id)
    return len(rows) > 0 and not pd.isna(rows["value"].iloc[0])


def first_known(totals: Result, metric_ids: Sequence[str]) -> str:
    """Give the first of `metric_ids` that has a value, else the first."""
    return next((one for one in metric_ids if _known(totals, one)), metric_ids[0])


def rows_of_cards(
    totals: Result,
    trend: Result,
    metric_ids: Sequence[str],
    theme: Theme,
    tables: Collection[str],
    across: int = 4,
) -> None:
    """Draw cards `across` in a row: those with a value first, then those that say what they lack."""
    ordered = sorted(metric_ids, key=lambda one: not _known(totals, one))
    for start in range(0, len(ordered), across):
        for column, metric_id in zip(st.columns(across), ordered[start : start + across], strict=False):
            with column:
                card(totals, trend, metric_id, theme, tables)
