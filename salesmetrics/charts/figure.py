"""A chart ready to be sent: its Vega-Lite specification, its data apart from it, and what it says in words."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from salesmetrics.charts.money import currency_symbol
from salesmetrics.charts.values import compact, full, language, period_name
from salesmetrics.charts.words import reason_in_words
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


Row = Mapping[str, Any]
"""One row of an answer as plain values by column."""

Columns = Mapping[str, Sequence[Any]]
"""What a chart draws: columns of one length by name, of plain values of one kind.

A number that there is not is None or NaN, a text or a day (`date` or `datetime`) None.
"""


@dataclass(frozen=True)
class Figure:
    """A chart's specification, which expects its data as "rows", and that data as plain columns.

    `title`, `subtitle` and `text` are what it says in words.

    `spec` is shared between figures of one shape: it must not be changed. `columns` is empty where there is
    nothing to draw, and `text` then says why.

    A mark that can be picked stands for a value of `metric`: `picks` names, for each column of the data that
    tells marks apart, the dimension whose value it holds (none where the mark is not cut by it), or `period` for
    days written by `period_key`. The specification then has a selection called `PICK` over these columns, and the
    data's column `short` holds each mark's value as people read it.
    """

    spec: Mapping[str, Any]
    columns: Columns
    title: str
    subtitle: str
    text: str
    metric: str = ""
    picks: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(len(values) for values in self.columns.values())

    @cached_property
    def data(self) -> pd.DataFrame:
        """The columns as a frame, made when it is first asked for: to send a chart the columns alone will do."""
        return pd.DataFrame({name: list(values) for name, values in self.columns.items()})

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


def counted_columns(rows: Sequence[Row]) -> dict[str, list[Any]]:
    """Give the columns that `counting_tooltips` asks for, from `rows` of one metric."""
    return {
        "cases": [compact(row["n"], "count") for row in rows],
        "numerator_text": [full(row["numerator"], "units") for row in rows],
        "denominator_text": [full(row["denominator"], "units") for row in rows],
    }


def cases_opacity(rows: Iterable[Row]) -> list[float]:
    """Give each row's opacity: pale for ratios of few cases."""
    return [
        PALE if is_known(row["denominator"]) and is_known(row["n"]) and row["n"] < FEW_CASES else FIRM
        for row in rows
    ]


def numbers(rows: Iterable[Row], column: str) -> list[float]:
    """Give a column of `rows` as floats, NaN where there is no value.

    >>> numbers([{"value": 2}, {"value": None}], "value")
    [2.0, nan]
    """
    return [float(row[column]) if is_known(row[column]) else math.nan for row in rows]


def compared_days(rows: Iterable[Row], compare: Compare) -> str | None:
    """Name the days that `rows` are set against; None where the data does not reach them."""
    days = ((row[f"{compare}_start"], row[f"{compare}_end"]) for row in rows)
    return next((period_name(start.date(), end.date()) for start, end in days if start is not None), None)


def why_absent(rows: Iterable[Row], tables: Collection[str] | None = None) -> str:
    """Say why there is nothing to draw, from the first of the rows that has a reason; `tables` the data holds."""
    return reason_in_words(next((row["reason"] for row in rows if row["reason"]), "no_rows"), tables)


def nothing_to_draw(title: str, why: str) -> Figure:
    """Give the figure of what cannot be drawn: a sentence that says so."""
    return Figure({}, {}, title, "", f"{title}: {why}")


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
