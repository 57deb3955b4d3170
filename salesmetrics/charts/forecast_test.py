"""The backtest as a picture: what came, and what had been forecast of it three months before."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.fan import again_name, at
from salesmetrics.charts.figure import ROWS, Figure, measured, metric_title, nothing_to_draw
from salesmetrics.charts.over_time import time_axis, value_axis
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, full, language, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.calendar import Grain, add_months
from salesmetrics.query.forecasts import Forecasts

HEIGHT = 230
LEAD = 3
"""Months before a month at which its forecast is looked at: the length of a quarter."""

_TICKS = 8


@lru_cache(maxsize=32)
def _spec(theme: Theme, names: tuple[str, str, str], step: int, spoken: str) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    came, told, again = names
    colour = alt.Color(
        "series:N", legend=alt.Legend(title=None, columns=2),
        scale=alt.Scale(domain=list(names), range=[colours.text, colours.main, colours.compared]),
    )  # fmt: skip
    x = alt.X("start:T", axis=time_axis(Grain.MONTH, step, spoken))
    tooltip = [
        alt.Tooltip("period:N", title=_("Month")),
        alt.Tooltip("came_text:N", title=came),
        alt.Tooltip("told_text:N", title=told),
        alt.Tooltip("again_text:N", title=again),
    ]
    axis, scale = value_axis("money"), alt.Scale(zero=True, nice=True)

    def line(name: str, column: str, width: float) -> alt.Chart:
        marks = alt.Chart(ROWS).transform_calculate(series=json.dumps(name))
        drawn: alt.Chart = marks.mark_line(strokeWidth=width, point={"size": 24}).encode(
            x=x, y=alt.Y(f"{column}:Q", axis=axis, scale=scale), color=colour
        )
        return drawn

    layers = [
        line(again, "again", 1.5),
        line(told, "told", 2.0),
        line(came, "came", 2.0),
        alt.Chart(ROWS).mark_rect(color=colours.text, opacity=0).encode(
            x=alt.X("left:T"), x2="right:T", tooltip=tooltip
        ),
    ]  # fmt: skip
    return alt.layer(*layers).properties(height=HEIGHT, config=config(theme)).to_dict()


def forecast_test_figure(found: Forecasts, theme: Theme = "light") -> Figure:
    """Give the months of the backtest with what had been forecast of them three months before."""
    measure = metric_title(CATALOGUE["revenue"])
    whole = found.whole
    test, told, naive = whole.test, whole.told, whole.naive
    name = _("Forecasts looked back at")
    if test is None or told is None or naive is None:
        return nothing_to_draw(name, _("Too few months are known to test a forecast on earlier ones."))
    lead = LEAD - 1
    rows = [
        (int(month), *(float(one) for one in values))
        for month, *values in zip(
            test.months[:, lead], test.actual[:, lead], told[:, lead], naive[:, lead], strict=True
        )
        if not math.isnan(values[0])
    ]
    first = add_months(found.history.next_month, -len(whole.values))
    days = [add_months(first, int(row[0])) for row in rows]
    columns: dict[str, list[Any]] = {
        "start": [at(day) for day in days],
        "left": [at(add_months(day, -1), 0.5) for day in days],
        "right": [at(day, 0.5) for day in days],
        "period": [period_name(day, add_months(day, 1)) for day in days],
    }
    for place, column in enumerate(("came", "told", "again"), start=1):
        columns[column] = [row[place] for row in rows]
        columns[f"{column}_text"] = [full(row[place], "money") for row in rows]
    came = sum(abs(row[1]) for row in rows)
    missed = sum(abs(row[1] - row[2]) for row in rows)
    said = _("Forecasts made 3 months before were off by {share}").format(
        share=compact(missed / came if came else math.nan, "percent")
    )
    subtitle = _("{measure} by month, and what was forecast of it from what was known 3 months before").format(
        measure=measured(measure, "money")
    )
    told_of = "; ".join(
        _("{month} {came}, forecast {told}").format(
            month=period, came=compact(one, "money"), told=compact(other, "money")
        )
        for period, one, other in zip(columns["period"], columns["came"], columns["told"], strict=True)
    )
    names = (_("What came"), _("Forecast"), again_name(found))
    return Figure(
        _spec(theme, names, -(-len(rows) // _TICKS), language()), columns, said, subtitle,
        f"{subtitle}. {told_of}.",
    )  # fmt: skip
