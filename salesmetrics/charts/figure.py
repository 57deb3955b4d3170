"""A chart ready to be sent: its Vega-Lite specification, its data apart from it, and what it says in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from salesmetrics.charts.values import language, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import Metric
from salesmetrics.model.calendar import Grain, Period, bucket

FEW_CASES = 20
"""Ratios of fewer cases than this are drawn pale."""

PALE, FIRM = 0.4, 1.0

PICK = "pick"
"""The name of the selection that a click on a mark makes."""


def picking(*columns: str, nearest: bool = False) -> alt.Parameter:
    """Give the selection of one mark by the columns that tell marks apart; add it to one layer of a chart."""
    return alt.selection_point(
        name=PICK, fields=list(columns), on="click", clear="dblclick", toggle=False, nearest=nearest
    )


def period_key(start: date, end: date) -> str:
    """Write the days from `start` to `end` (exclusive) as a mark's key.

    >>> period_key(date(2025, 11, 1), date(2025, 12, 1))
    '2025-11-01/2025-12-01'
    """
    return f"{start:%Y-%m-%d}/{end:%Y-%m-%d}"


ROWS = alt.NamedData("rows")
"""Under this name a specification expects its data."""


def metric_title(metric: Metric) -> str:
    """Give the metric's name in the reader's language."""
    return metric.title_zh if language() == "zh" else metric.title


@dataclass(frozen=True)
class Figure:
    """A chart's specification, which expects its data as "rows", and that data.

    `title`, `subtitle` and `text` are what it says in words.

    `spec` is shared between figures of one shape: it must not be changed. `data` is empty where there is
    nothing to draw, and `text` then says why.

    A mark that can be picked stands for a value of `metric`: `picks` names, for each column of the data that
    tells marks apart, the dimension whose value it holds, or `period` for days written by `period_key`. The
    specification then has a selection called `PICK` over these columns.
    """

    spec: Mapping[str, Any]
    data: pd.DataFrame
    title: str
    subtitle: str
    text: str
    metric: str = ""
    picks: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return self.data.empty

    def chart(self, width: int | str = "container") -> alt.LayerChart:
        """Give the whole chart, with data, title and description, as Altair knows it (validated).

        Raises ValueError, which says why, when there is nothing to draw.
        """
        if self.empty:
            raise ValueError(self.text)
        whole = {
            **self.spec,
            "width": width,
            "title": {"text": self.title, "subtitle": self.subtitle},
            "description": self.text,
        }
        chart: alt.LayerChart = alt.LayerChart.from_dict(whole)
        chart.data = self.data
        return chart


def counting_tooltips(ratio: bool) -> list[alt.Tooltip]:
    """Give the lines of a tooltip that say what was counted, and for a ratio what was divided by what."""
    parts = [("numerator_text:N", _("Numerator")), ("denominator_text:N", _("Denominator"))] if ratio else []
    return [alt.Tooltip(field, title=title) for field, title in (("cases:N", _("Counted")), *parts)]


def highest(frame: pd.DataFrame, column: str = "value") -> pd.Series:
    """Give the row with the highest value in `column`; of several the first."""
    return frame.sort_values(column, ascending=False, kind="stable", na_position="last").iloc[0]


def period_names(rows: pd.DataFrame) -> list[str]:
    """Name the period of each row."""
    return [period_name(start, end) for start, end in zip(rows["period_start"], rows["period_end"], strict=True)]


def cases_opacity(rows: pd.DataFrame) -> pd.Series:
    """Give each row's opacity: pale for ratios of few cases."""
    ratio = rows["denominator"].notna()
    few = pd.to_numeric(rows["n"], errors="coerce") < FEW_CASES
    return (ratio & few).map({True: PALE, False: FIRM})


def has_warning(rows: pd.DataFrame, code: str) -> pd.Series:
    """Tell for each row whether it carries the warning `code`."""
    return rows["warnings"].map(lambda warnings: code in tuple(warnings or ())).astype(bool)


def solid_and_dashed(rows: pd.DataFrame, grain: Grain) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Split values over time into what is drawn solid and what is drawn dashed; and tell which are unfinished.

    Unfinished are periods that the data ends in, and weeks or months of which only some days were asked for.
    A dashed piece includes the finished values beside it, so that the line does not break.
    """
    cut = pd.Series(
        [
            bucket(start.date(), grain) != Period(start.date(), end.date())
            for start, end in zip(rows["period_start"], rows["period_end"], strict=True)
        ],
        index=rows.index,
        dtype=bool,
    )
    unfinished = has_warning(rows, "partial") | cut
    beside = unfinished.shift(1, fill_value=False) | unfinished.shift(-1, fill_value=False)
    value = rows["value"].astype("float64")
    return value.where(~unfinished), value.where(unfinished | beside), unfinished
