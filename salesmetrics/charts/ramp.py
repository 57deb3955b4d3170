"""A metric by how long reps have been there: from new to old, with what the newest reach beside the longest serving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from salesmetrics.charts.bars import bars_figure, tenure_name
from salesmetrics.charts.figure import Figure, is_known, metric_title, rows_of
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import compact
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.tenure import BANDS, LAST_BAND
from salesmetrics.query.result import Result


def ramp_figure(result: Result, metric: str, values: Sequence[str] = (), theme: Theme = "light") -> Figure:
    """Give `metric` by tenure as a figure whose title sets the newest band against the longest serving.

    `values` are all the tenure bands in the data.
    """
    figure = bars_figure(result, metric, "tenure", values, theme)
    known = CATALOGUE[metric]
    values_of = {row["tenure"]: row["value"] for row in rows_of(result, metric) if is_known(row["value"])}
    bands = [band for band in (*(name for name, _months in BANDS), LAST_BAND) if band in values_of]
    if figure.empty or len(bands) < 2:
        return figure
    newest, longest = bands[0], bands[-1]
    title = _("{measure}: {first} at {newest}, {last} at {longest}").format(
        measure=metric_title(known),
        first=compact(values_of[newest], known.unit), newest=tenure_name(newest),
        last=compact(values_of[longest], known.unit), longest=tenure_name(longest),
    )  # fmt: skip
    return replace(figure, title=title)
