"""A chart ready to be sent: its Vega-Lite specification, its data apart from it, and what it says in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from salesmetrics.charts.money import currency_symbol
from salesmetrics.charts.values import language, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import Metric
from salesmetrics.model.calendar import Grain, Period, bucket
from salesmetrics.model.conventions import Conventions
from salesmetrics.query.request import Compare
from salesmetrics.query.result import Result

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


OTHER = "\u0000other"
"""The key of the mark that stands for all beyond the most that are drawn; no value of a dimension starts like it."""


def cursor() -> alt.ExprRef:
    """Give the cursor of marks that can be picked by their column `key`: what stands for several cannot."""
    return alt.ExprRef("datum.key === '\\u0000other' ? 'default' : 'pointer'")


ROWS = alt.NamedData("rows")
"""Under this name a specification expects its data."""


def metric_title(metric: Metric) -> str:
    """Give the metric's name in the reader's language."""
    return metric.title_zh if language() == "zh" else metric.title


def measured(measure: str, unit: str) -> str:
    """Name a measure in a subtitle: money with its currency where one is set, for the axis carries none."""
    symbol = currency_symbol() if unit == "money" else ""
    return _("{measure} in {currency}").format(measure=measure, currency=symbol) if symbol else measure


@dataclass(frozen=True)
class Figure:
    """A chart's specification, which expects its data as "rows", and that data.

    `title`, `subtitle` and `text` are what it says in words.

    `spec` is shared between figures of one shape: it must not be changed. `data` is empty where there is
    nothing to draw, and `text` then says why.

    A mark that can be picked stands for a value of `metric`: `picks` names, for each column of the data that
    tells marks apart, the dimension whose value it holds (none where the mark is not cut by it), or `period` for
    days written by `period_key`. The specification then has a selection called `PICK` over these columns, and the
    data's column `short` holds each mark's value as people read it.
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


def compared_with(result: Result, metric: str) -> Compare | None:
    """Choose the one comparison to draw: last year, which has the same season, where the data reaches back so far."""
    asked = sorted(result.query.compare, key=lambda one: one is not Compare.LAST_YEAR)
    places = result.places(metric)
    having = (one for one in asked if not np.isnan(result.columns[f"{one}_value"][places].astype(float)).all())
    return next(having, asked[0] if asked else None)


def _plain(result: Result, columns: Sequence[str], places: slice | NDArray[np.intp]) -> list[dict[str, Any]]:
    values = [result.columns[name][places].tolist() for name in columns]
    # Where only some rows have a reason the others hold a number that is none.
    values = [
        [text if isinstance(text, str) else None for text in column] if name.endswith("reason") else column
        for name, column in zip(columns, values, strict=True)
    ]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]


def rows_of(result: Result, metric: str, columns: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Give the rows of one metric as plain values by column (of `columns` where they are named).

    Where rows are few this is far cheaper than a frame.
    """
    return _plain(result, columns or list(result.columns), result.places(metric))


def first_rows(result: Result) -> dict[str, dict[str, Any]]:
    """Give the first row of every metric as plain values by column: of totals the only one."""
    rows = _plain(result, list(result.columns), slice(None))
    return {row["metric"]: row for row in reversed(rows)}


def is_known(value: float | None) -> bool:
    """Tell whether there is a value.

    >>> [is_known(0.0), is_known(None), is_known(float("nan"))]
    [True, False, False]
    """
    return value is not None and value == value


def compared_tooltip(period: str) -> alt.Tooltip:
    """Give the line of a tooltip for what a value is set against; never a bare year, which browsers would sort first."""
    return alt.Tooltip("compared_text:N", title=_("in {period}").format(period=period))


def counting_tooltips(ratio: bool) -> list[alt.Tooltip]:
    """Give the lines of a tooltip that say what was counted, and for a ratio what was divided by what."""
    parts = [("numerator_text:N", _("Numerator")), ("denominator_text:N", _("Denominator"))] if ratio else []
    return [alt.Tooltip(field, title=title) for field, title in (("cases:N", _("Counted")), *parts)]


def highest(frame: pd.DataFrame, column: str = "value") -> pd.Series:
    """Give the row with the highest value in `column`; of several the first."""
    values = frame[column].to_numpy(dtype="float64", na_value=np.nan)
    # Of rows without a value the first stands for none.
    return frame.iloc[0 if np.isnan(values).all() else int(np.nanargmax(values))]


def period_names(rows: pd.DataFrame) -> list[str]:
    """Name the period of each row."""
    return [period_name(start, end) for start, end in zip(rows["period_start"], rows["period_end"], strict=True)]


def cases_opacity(rows: pd.DataFrame) -> pd.Series:
    """Give each row's opacity: pale for ratios of few cases."""
    ratio = rows["denominator"].notna()
    few = pd.to_numeric(rows["n"], errors="coerce") < FEW_CASES
    return (ratio & few).map({True: PALE, False: FIRM})


def unfinished(
    start: date,
    end: date,
    warnings: Collection[str] | None,
    grain: Grain,
    conventions: Conventions = Conventions(),
) -> bool:
    """Tell whether the data ends inside a period, or only some of its days were asked for.

    >>> from salesmetrics.model.conventions import Conventions
    >>> days = date(2025, 2, 1), date(2025, 5, 1)
    >>> unfinished(*days, (), Grain.QUARTER), unfinished(*days, (), Grain.QUARTER, Conventions(fiscal_year_start=2))
    (True, False)
    """
    return "partial" in (warnings or ()) or bucket(start, grain, conventions) != Period(start, end)


def solid_and_dashed(
    rows: pd.DataFrame, grain: Grain, conventions: Conventions = Conventions()
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Split values over time into what is drawn solid and what is drawn dashed; and tell which are unfinished.

    A dashed piece includes the finished values beside it, so that the line does not break.
    """
    cut = pd.Series(
        [
            unfinished(start.date(), end.date(), warnings, grain, conventions)
            for start, end, warnings in zip(
                rows["period_start"], rows["period_end"], rows["warnings"], strict=True
            )
        ],
        index=rows.index,
        dtype=bool,
    )
    beside = cut.shift(1, fill_value=False) | cut.shift(-1, fill_value=False)
    value = rows["value"].astype("float64")
    return value.where(~cut), value.where(cut | beside), cut
