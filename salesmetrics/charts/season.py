"""A year month by month, with the same months of earlier years as paler lines: what is season and what is growth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from salesmetrics.charts.figure import (
    ROWS,
    Figure,
    counting_tooltips,
    is_known,
    measured,
    metric_title,
    period_key,
    period_names,
    picking,
    solid_and_dashed,
)
from salesmetrics.charts.shades import between
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.trend import value_axis
from salesmetrics.charts.values import change, compact, full, month_name, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.query.request import Grain
from salesmetrics.query.result import Result

MONTHS = 12
HEIGHT = 300
_FADED = (0.0, 0.3, 0.5)
"""How far the line of each earlier year, the latest first, goes towards the background."""


@dataclass(frozen=True)
class _Shape:
    """All that the specification follows from; its data is no part of it."""

    theme: Theme
    unit: str
    from_zero: bool
    measure: str
    months: tuple[str, ...]
    years: tuple[str, ...]
    ratio: bool


@lru_cache(maxsize=128)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    x = alt.X("month:N", sort=list(shape.months), axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True),
              scale=alt.Scale(type="point", padding=0.25))  # fmt: skip
    y = alt.Y("solid:Q", axis=value_axis(shape.unit), scale=alt.Scale(zero=shape.from_zero, nice=True))
    earlier_colours = [
        between(colours.compared, colours.background, _FADED[min(place, len(_FADED) - 1)])
        for place in range(len(shape.years) - 1)
    ]
    colour = alt.Color(
        "year:N", legend=alt.Legend(title=None) if len(shape.years) > 1 else None,
        scale=alt.Scale(
            domain=list(shape.years),
            range=[colours.main, *earlier_colours],
        ),
    )  # fmt: skip
    tooltip = [
        alt.Tooltip("period:N", title=_("Month")),
        alt.Tooltip("value_text:N", title=shape.measure),
        alt.Tooltip("before_text:N", title=_("A year earlier")),
        alt.Tooltip("change_text:N", title=_("Change")),
        *counting_tooltips(shape.ratio),
        alt.Tooltip("note:N", title=_("Note")),
    ]
    pick = picking("key", nearest=True)
    lines = alt.Chart(ROWS).encode(x=x, color=colour)
    earlier = lines.transform_filter("datum.ago > 0")
    now = lines.transform_filter("datum.ago == 0")
    return (
        alt.layer(
            earlier.mark_line(strokeWidth=2).encode(y=y),
            now.mark_line(strokeWidth=2.5).encode(y=y),
            now.mark_line(strokeWidth=2.5, strokeDash=[5, 4]).encode(y=alt.Y("dashed:Q")),
            lines.mark_point(filled=True, cursor="pointer")
            .encode(y=alt.Y("value:Q"), size=alt.condition(pick, alt.value(140), alt.value(44), empty=False),
                    tooltip=tooltip)
            .add_params(pick),
        )
        .properties(height=HEIGHT, config=config(shape.theme))
        .to_dict()
    )  # fmt: skip


def _years(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each month how many years ago it was, counted from the last, and its value a year before."""
    rows = rows.sort_values("period_start", ignore_index=True)
    from_last = len(rows) - 1 - pd.Series(range(len(rows)))
    return rows.assign(ago=from_last // MONTHS, before=rows["value"].astype("float64").shift(MONTHS))


def _year_name(year: pd.DataFrame) -> str:
    return period_name(year["period_start"].min(), year["period_end"].max())


def _data(rows: pd.DataFrame, metric: Metric, names: Mapping[int, str]) -> pd.DataFrame:
    solid, dashed, unfinished = solid_and_dashed(rows, Grain.MONTH)
    value = rows["value"].astype("float64")
    before = rows["before"]
    difference = (value - before).where(~unfinished)
    growth = (difference / before).where(before > 0)
    return pd.DataFrame(
        {
            "ago": rows["ago"],
            "year": rows["ago"].map(names),
            "month": [month_name(start) for start in rows["period_start"]],
            "key": [period_key(a, b) for a, b in zip(rows["period_start"], rows["period_end"], strict=True)],
            "period": period_names(rows),
            "value": value,
            "solid": solid,
            "dashed": dashed,
            "short": [compact(one, metric.unit) for one in value],
            "value_text": [full(one, metric.unit) for one in value],
            "before_text": [full(one, metric.unit) for one in before],
            "change_text": [
                change(one, more, metric.unit) for one, more in zip(difference, growth, strict=True)
            ],
            "cases": [compact(n, "count") for n in rows["n"]],
            "numerator_text": [full(one, "units") for one in rows["numerator"]],
            "denominator_text": [full(one, "units") for one in rows["denominator"]],
            "note": unfinished.map({True: _("Not over yet"), False: "–"}),
        }
    )  # fmt: skip


_BEST = ("period", "value", "before_text", "change_text")


def _headline(frame: pd.DataFrame, metric: Metric, measure: str) -> str:
    solid, months = frame["solid"].tolist(), frame["month"].tolist()
    years: dict[int, list[int]] = {}
    for month, ago in enumerate(frame["ago"].tolist()):
        if is_known(solid[month]):
            years.setdefault(ago, []).append(month)
    peaks = [months[max(year, key=solid.__getitem__)] for year in years.values() if len(year) == MONTHS]
    if len(peaks) > 1 and len(set(peaks)) == 1:
        return _("{month} is the strongest month in each of {n} years").format(month=peaks[0], n=len(peaks))
    latest = years.get(0, [])
    if len(latest) < 3:
        return _("{measure} by month and year").format(measure=measure)
    place = max(latest, key=solid.__getitem__)
    best = {name: frame[name].tolist()[place] for name in _BEST}
    said = _("{measure} was highest in {period}: {value}").format(
        measure=measure, period=best["period"], value=compact(best["value"], metric.unit)
    )
    if best["before_text"] == "–":
        return said
    return _("{finding}, {change} on a year earlier").format(finding=said, change=best["change_text"])


def season_figure(result: Result, metric: str, theme: Theme = "light") -> Figure:
    """Give `metric` in the twelve months that end with the last of `result`, and in the same months of earlier years.

    Raises ValueError when `result` is not cut by month.
    """
    if result.query.grain is not Grain.MONTH:
        raise ValueError("a season needs a result that is cut by month")
    known = CATALOGUE[metric]
    measure = metric_title(known)
    rows = _years(result.rows(metric))
    if rows["value"].where(rows["ago"] == 0).isna().all():
        reasons = rows["reason"].dropna()
        why = reason_in_words(reasons.iloc[-1] if len(reasons) else "no_rows")
        return Figure({}, pd.DataFrame(), measure, "", f"{measure}: {why}")
    # A year that the data does not reach is no line.
    filled = sorted(set(rows.loc[rows["value"].notna(), "ago"].astype(int)))
    names = {ago: _year_name(rows[rows["ago"] == ago]) for ago in filled}
    rows = rows[rows["ago"].isin(filled)].reset_index(drop=True)
    frame = _data(rows, known, names)
    latest = rows[rows["ago"] == 0]
    months: Sequence[str] = [month_name(start) for start in latest["period_start"]]
    ordered = tuple(names[ago] for ago in sorted(names))
    shape = _Shape(
        theme, str(known.unit), known.additive, measure, tuple(months), ordered,
        bool(rows["denominator"].notna().any()),
    )  # fmt: skip
    subtitle = _("{measure} by month, {period}").format(measure=measured(measure, known.unit), period=ordered[0])
    if len(ordered) > 1:
        subtitle = _("{subtitle}; paler: the same months of earlier years").format(subtitle=subtitle)
    title = _headline(frame, known, measure)
    points = zip(*(frame[name].tolist() for name in ("ago", "value", "period", "short")), strict=True)
    told = "; ".join(f"{period} {short}" for ago, value, period, short in points if not ago and is_known(value))
    return Figure(
        _spec(shape), frame, title, subtitle, f"{subtitle}. {title}: {told}.",
        metric=metric, picks={"key": "period"},
    )  # fmt: skip
