"""What a result says, in one sentence from its data: the text beside a chart, and in place of one."""

from __future__ import annotations

from typing import Any

import pandas as pd

from salesmetrics.charts.bars import bars_figure
from salesmetrics.charts.figure import metric_title
from salesmetrics.charts.trend import trend_figure
from salesmetrics.charts.values import change, compact, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.query.request import Compare
from salesmetrics.query.result import Result


def comparison_name(compare: Compare, start: Any, end: Any) -> str:
    """Name what a number is set against, such as "vs Nov 2022"; `start` and `end` are the result's own."""
    if start is None or pd.isna(start):
        return _("vs a year earlier") if compare is Compare.LAST_YEAR else _("vs the period before")
    return _("vs {period}").format(period=period_name(pd.Timestamp(start), pd.Timestamp(end)))


def describe(result: Result, metric: str) -> str:
    """Say in one sentence what `result` holds for `metric`: over time, by a dimension, or in total."""
    if result.query.grain is not None:
        return trend_figure(result, metric).text
    if result.query.by:
        return bars_figure(result, metric, result.query.by[0]).text
    known = CATALOGUE[metric]
    rows = result.rows(metric)
    measure = metric_title(known)
    if rows.empty or rows["value"].isna().all():
        return f"{measure}: {reason_in_words(rows['reason'].iloc[0] if len(rows) else 'no_rows')}"
    row = rows.iloc[0]
    said = _("{measure}: {value} in {period}").format(
        measure=measure, value=compact(row["value"], known.unit),
        period=period_name(result.period.start, result.period.end),
    )  # fmt: skip
    changes = [
        f"{change(row[f'{compare}_change'], row[f'{compare}_growth'], known.unit)} "
        + comparison_name(compare, row[f"{compare}_start"], row[f"{compare}_end"])
        for compare in result.query.compare
    ]
    return said + (f" ({'; '.join(changes)})." if changes else ".")
