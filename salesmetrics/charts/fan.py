"""What was booked by month and what is likely to come: a fan of two bands about the expected, last year again paler."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from salesmetrics.analysis.forecast.outlook import NARROW, WIDE
from salesmetrics.charts.figure import ROWS, Figure, measured, metric_title, nothing_to_draw
from salesmetrics.charts.over_time import time_axis, value_axis
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full, language, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.calendar import Grain, Period, add_months
from salesmetrics.query.forecasts import Forecasts

HEIGHT = 340
MONTHS_BEFORE = 36
"""Months of history that are drawn."""

_YEAR = 12
_TICKS = 12
_WIDE_LOOK, _NARROW_LOOK = 0.14, 0.26
"""Opacities of the two bands; where they lie on each other they add up."""

METRIC = "revenue"


@dataclass(frozen=True)
class _Shape:
    """All that the specification follows from; its data is no part of it."""

    theme: Theme
    language: str
    names: tuple[str, str, str]
    quota: str
    measure: str
    bands: bool
    step: int


@lru_cache(maxsize=64)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    booked, expected, again = shape.names
    named = [booked, expected, again] + ([shape.quota] if shape.quota else [])
    drawn = [colours.text, colours.main, colours.compared] + ([colours.quiet] if shape.quota else [])
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=named, range=drawn), legend=alt.Legend(title=None, columns=2)
    )
    x = alt.X("start:T", axis=time_axis(Grain.MONTH, shape.step, shape.language))
    y = alt.Y("booked:Q", axis=value_axis("money"), scale=alt.Scale(zero=True, nice=True))
    tooltip = [
        alt.Tooltip("period:N", title=_("Month")),
        alt.Tooltip("booked_text:N", title=booked),
        alt.Tooltip("expected_text:N", title=expected),
        *([alt.Tooltip("narrow_text:N", title=_("8 of 10 lie in"))] if shape.bands else []),
        *([alt.Tooltip("wide_text:N", title=_("19 of 20 lie in"))] if shape.bands else []),
        alt.Tooltip("again_text:N", title=again),
        *([alt.Tooltip("quota_text:N", title=shape.quota)] if shape.quota else []),
    ]

    def called(name: str) -> alt.Chart:
        return alt.Chart(ROWS).transform_calculate(series=json.dumps(name)).encode(x=x, color=colour)

    def band(low: str, high: str, opacity: float) -> alt.Chart:
        drawn_band: alt.Chart = (
            alt.Chart(ROWS).mark_area(color=colours.main, opacity=opacity).encode(x=x, y=alt.Y(f"{low}:Q"), y2=f"{high}:Q")
        )  # fmt: skip
        return drawn_band

    layers: list[alt.Chart] = []
    if shape.bands:
        layers += [band("wide_low", "wide_high", _WIDE_LOOK), band("low", "high", _NARROW_LOOK)]
    if shape.quota:
        rule = called(shape.quota).mark_line(strokeWidth=1.5, strokeDash=[2, 3], interpolate="step")
        layers.append(rule.encode(y=alt.Y("quota:Q")))
    layers += [
        called(expected).mark_line(strokeWidth=3).encode(y=alt.Y("expected:Q")),
        # Above the other, and thinner: where both are the same each can be seen.
        called(again).mark_line(strokeWidth=1.5).encode(y=alt.Y("again:Q")),
        called(booked).mark_line(strokeWidth=2.5).encode(y=y),
        called(booked).mark_line(strokeWidth=2.5, strokeDash=[5, 4]).encode(y=alt.Y("begun:Q")),
        called(booked).transform_filter("datum.is_begun").mark_point(filled=True, size=40).encode(y=alt.Y("begun:Q")),
        alt.Chart(ROWS).mark_rect(color=colours.text, opacity=0).encode(x=alt.X("left:T"), x2="right:T", tooltip=tooltip),
    ]  # fmt: skip
    return alt.layer(*layers).properties(height=HEIGHT, config=config(shape.theme)).to_dict()


def at(day: date, share: float = 0.0) -> pd.Timestamp:
    """Give the moment at a share of the month of `day` from its start.

    >>> at(date(2024, 2, 1), 0.5)
    Timestamp('2024-02-15 12:00:00')
    """
    start = pd.Timestamp(day)
    moment: pd.Timestamp = start + share * (pd.Timestamp(add_months(day, 1)) - start)
    return moment


def _range(low: float, high: float) -> str:
    return "–" if math.isnan(low) else f"{full(low, 'money')} – {full(high, 'money')}"


def _columns(found: Forecasts, quotas: Mapping[Period, float]) -> dict[str, list[Any]]:
    past, told = found.history, found.whole
    shown = min(len(past.values), MONTHS_BEFORE)
    ahead = len(told.expected)
    days = [add_months(past.next_month, place) for place in range(-shown, ahead)]
    last = float(past.values[-1])
    nothing = [math.nan] * (shown - 1)

    def from_last(values: Sequence[float] | None) -> list[float]:
        """Begin what is expected at the last whole month, so that it hangs on to it."""
        return [*nothing, last, *(values if values is not None else [math.nan] * ahead)]

    narrow, wide = told.interval(NARROW), told.interval(WIDE)
    ends = [from_last(list(end)) for pair in (narrow, wide) for end in (pair or (np.full(ahead, math.nan),) * 2)]
    expected = from_last(list(told.expected))
    again = [*([math.nan] * shown), *told.baseline]
    booked = [*past.values[-shown:], *([math.nan] * ahead)]
    begun = [*nothing, last, past.booked, *([math.nan] * (ahead - 1))] if past.booked else [math.nan] * len(days)
    quota = [quotas.get(Period(day, add_months(day, 1)), math.nan) for day in days]
    # The month at which both hang together is over: nothing is expected of it.
    of_month = [math.nan] * shown
    return {
        "start": [at(day) for day in days],
        "left": [at(add_months(day, -1), 0.5) for day in days],
        "right": [at(day, 0.5) for day in days],
        "period": [period_name(day, add_months(day, 1)) for day in days],
        "booked": booked,
        "begun": begun,
        "is_begun": [bool(past.booked) and place == shown for place in range(len(days))],
        "expected": expected,
        "again": again,
        "low": ends[0], "high": ends[1], "wide_low": ends[2], "wide_high": ends[3],
        "quota": quota,
        "booked_text": [
            full(past.booked if past.booked and place == shown else value, "money") for place, value in enumerate(booked)
        ],
        "expected_text": [full(value, "money") for value in (*of_month, *expected[shown:])],
        "narrow_text": [_range(*pair) for pair in zip((*of_month, *ends[0][shown:]), ends[1], strict=True)],
        "wide_text": [_range(*pair) for pair in zip((*of_month, *ends[2][shown:]), ends[3], strict=True)],
        "again_text": [full(value, "money") for value in again],
        "quota_text": [full(value, "money") for value in quota],
    }  # fmt: skip


def again_name(found: Forecasts) -> str:
    """Name the baseline: last year taken again, or the last month where there is less than two years."""
    return _("Last year again") if len(found.whole.values) >= 2 * _YEAR else _("The last month again")


def _title(found: Forecasts) -> str:
    ahead = float(found.whole.expected.sum())
    said = _("The next {n} months are likely to bring {amount}").format(
        n=len(found.whole.expected), amount=compact(ahead, "money")
    )
    if len(found.history.values) < _YEAR:
        return said
    before = float(found.history.values[-_YEAR:].sum())
    if before <= 0:
        return said
    return _("{finding}, {change} on the last {n}").format(
        finding=said, change=change(ahead - before, (ahead - before) / before, "money"), n=_YEAR
    )


def fan_figure(
    found: Forecasts | str, theme: Theme = "light", quotas: Mapping[Period, float] | None = None
) -> Figure:
    """Give the history and the forecast by month as a figure; `quotas` by month are drawn as a rule.

    Where there is no forecast `found` is the reason, and the figure its sentence.
    """
    measure = metric_title(CATALOGUE[METRIC])
    if isinstance(found, str):
        return nothing_to_draw(measure, reason_in_words(found))
    quotas = quotas or {}
    columns = _columns(found, quotas)
    bands = found.whole.spread is not None
    has_quota = any(not math.isnan(value) for value in columns["quota"])
    shape = _Shape(
        theme, language(), (_("Booked"), _("Expected"), again_name(found)), _("Quota") if has_quota else "",
        measure, bands, -(-len(columns["start"]) // _TICKS),
    )  # fmt: skip
    subtitle = _("{measure} by month, {first} to {last}").format(
        measure=measured(measure, "money"), first=columns["period"][0], last=columns["period"][-1]
    )
    if bands:
        subtitle += "; " + _("8 of 10 months lie in the dark band, 19 of 20 in the pale one")
    return Figure(_spec(shape), columns, _title(found), subtitle, _sentence(found, columns, subtitle))


def _sentence(found: Forecasts, columns: Mapping[str, list[Any]], subtitle: str) -> str:
    shown = len(columns["start"]) - len(found.whole.expected)
    told = "; ".join(
        _("{month} {expected}").format(month=columns["period"][place], expected=compact(columns["expected"][place], "money"))
        + ("" if columns["narrow_text"][place] == "–" else _(" ({low} to {high})").format(
            low=compact(columns["low"][place], "money"), high=compact(columns["high"][place], "money")
        ))
        for place in range(shown, len(columns["start"]))
    )  # fmt: skip
    last = _("Last whole month {month}: {amount}.").format(
        month=columns["period"][shown - 1], amount=compact(columns["booked"][shown - 1], "money")
    )
    return _("{what}. {last} Expected: {months}.").format(what=subtitle, last=last, months=told)
