"""Each rep in numbers: one line a rep, those furthest below quota first, to sort by whatever is looked for."""

from __future__ import annotations

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

_DIGITS = {"percent": 3, "money": 0}
"""Digits after which a figure is cut: those behind them would say nothing."""

_FORMATS = {"percent": "percent", "money": "localized"}


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
        digits = _DIGITS.get(CATALOGUE[metric].unit, 1)
        columns[metric] = pa.array(
            [round(by_rep[rep], digits) if rep in by_rep else None for rep in reps], pa.float64()
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
            column_config=_columns(tuple(values)),
        )  # fmt: skip


def _columns(metrics: tuple[str, ...]) -> dict[str, Any]:
    column = st.column_config
    return {
        "rep": column.TextColumn(DIMENSIONS["rep"].title(), pinned=True),
        **{
            metric: column.NumberColumn(
                _title(metric),
                help=_(CATALOGUE[metric].tells),
                format=_FORMATS.get(CATALOGUE[metric].unit, "localized"),
            )
            for metric in metrics
        },
    }
