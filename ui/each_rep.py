"""Each rep in numbers: one line a rep, those furthest below quota first, to sort by whatever is looked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import streamlit as st

from salesmetrics.charts import metric_title
from salesmetrics.charts.figure import is_known, measured, rows_of
from salesmetrics.charts.values import period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.metric import Better
from salesmetrics.model.dimensions import DIMENSIONS, UNKNOWN
from salesmetrics.query.result import Result
from ui.text import plain

METRICS = (
    "quota_attainment", "net_gain_loss", "quota_gap_rate", "rep_roi", "rep_workload", "activities_per_rep",
    "contact_expectation_rate", "training_hours_per_rep", "handoff_time", "crm_adoption", "crm_lag",
)  # fmt: skip
"""What stands in a line of its own for each rep, where the files tell it."""

FEWEST, MOST_LISTED = 2, 200
ROWS_SHOWN = 12
"""Figures and reps that are listed at least and at most, and lines seen without scrolling."""

_DIGITS = {"percent": 1, "money": 0}
"""Digits after which a figure is cut: those behind them would say nothing."""

_FORMATS = {"percent": "%.1f %%", "money": "localized"}
"""How figures are written; whole ones of other units as such, the rest with one digit, to stand below each other."""


def _title(metric_id: str) -> str:
    metric = CATALOGUE[metric_id]
    title = metric_title(metric)
    if metric.unit == "hours":
        return _("{measure} (hours)").format(measure=title)
    return measured(title, metric.unit)


def table(found: Result) -> None:
    """List every rep of `found` with the metrics that any rep has; nothing where no rep has any."""
    values = {
        metric: {
            str(row["rep"]): float(row["value"])
            for row in rows_of(found, metric, ("rep", "value"))
            if is_known(row["value"]) and row["rep"] != UNKNOWN
        }
        for metric in METRICS
        if metric in found.query.metrics
    }
    values = {metric: by_rep for metric, by_rep in values.items() if by_rep}
    # One figure alone is drawn elsewhere on the page.
    if len(values) < FEWEST:
        return
    lowest = CATALOGUE[next(iter(values))].better is Better.HIGHER
    first = next(iter(values.values()))
    reps = sorted({rep for by_rep in values.values() for rep in by_rep})
    # Who has no figure of the first kind stands last.
    reps.sort(key=lambda rep: (rep not in first, first.get(rep, 0.0) * (1 if lowest else -1)))
    reps = reps[:MOST_LISTED]
    columns: dict[str, pa.Array] = {"rep": pa.array(reps)}
    for metric, by_rep in values.items():
        unit = CATALOGUE[metric].unit
        digits, scale = _DIGITS.get(unit, 1), 100 if unit == "percent" else 1
        columns[metric] = pa.array(
            [round(by_rep[rep] * scale, digits) if rep in by_rep else None for rep in reps], pa.float64()
        )
    said = (
        _("{period}; the lowest {measure} first. Click a heading to sort by it.")
        if lowest
        else _("{period}; the highest {measure} first. Click a heading to sort by it.")
    ).format(
        period=period_name(found.period.start, found.period.end),
        measure=metric_title(CATALOGUE[next(iter(values))]).lower(),
    )
    with st.container(border=True, key="each_rep"):
        st.markdown(f"**{_('Each rep in numbers')}**  \n:small[:gray[{plain(said)}]]")
        st.dataframe(
            pa.table(columns), hide_index=True, height=min(len(reps), ROWS_SHOWN) * 35 + 38,
            placeholder="–", column_config=_columns(values),
        )  # fmt: skip


def _format(metric: str, figures: Iterable[float]) -> str:
    whole = all(round(figure, 1).is_integer() for figure in figures)
    return _FORMATS.get(CATALOGUE[metric].unit, "localized" if whole else "%.1f")


def _columns(values: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    column = st.column_config
    return {
        "rep": column.TextColumn(DIMENSIONS["rep"].title(), pinned=True),
        **{
            metric: column.NumberColumn(
                _title(metric),
                help=_(CATALOGUE[metric].tells),
                format=_format(metric, by_rep.values()),
            )
            for metric, by_rep in values.items()
        },
    }
