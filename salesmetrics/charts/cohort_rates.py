"""What share of the leads of each month became customers: a dot with the range of chance, months still open hollow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np

from salesmetrics.analysis.share_bounds import wilson
from salesmetrics.charts.figure import (
    FEW_CASES,
    FIRM,
    PALE,
    ROWS,
    Columns,
    Figure,
    Row,
    is_known,
    metric_title,
    nothing_to_draw,
    period_key,
    picking,
    rows_of,
    why_absent,
)
from salesmetrics.charts.over_time import in_order, time_axis, value_axis
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.trend import MOST_TICKS
from salesmetrics.charts.values import compact, language, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.leads import EVER
from salesmetrics.query.request import Grain
from salesmetrics.query.result import Result

HEIGHT = 260


@dataclass(frozen=True)
class _Shape:
    theme: Theme
    measure: str
    grain: Grain
    step: int
    language: str


@dataclass(frozen=True)
class _Cohort:
    """The leads of one month: those that became customers among those counted; `young` of them have days left."""

    row: Row
    leads: float
    converted: float
    young: float

    @property
    def share(self) -> float:
        """The share that became customers so far."""
        return self.converted / self.leads if self.leads else math.nan


@lru_cache(maxsize=32)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    tooltip = [
        alt.Tooltip("period:N", title=_("Leads of")),
        alt.Tooltip("short:N", title=shape.measure),
        alt.Tooltip("range_text:N", title=_("Likely between")),
        alt.Tooltip("converted_text:N", title=_("Customers")),
        alt.Tooltip("leads_text:N", title=_("Leads")),
        alt.Tooltip("young_text:N", title=_("Still have days left")),
    ]
    marks = alt.Chart(ROWS).encode(x=alt.X("start:T", axis=time_axis(shape.grain, shape.step, shape.language)))
    scale = alt.Scale(zero=True, nice=True)
    seen = alt.Opacity("opacity:Q", scale=None)
    pick = picking("key")
    layers = [
        marks.mark_rule(color=colours.compared, strokeWidth=2).encode(
            y=alt.Y("low:Q", axis=value_axis("percent"), scale=scale), y2="high:Q", opacity=seen
        ),
        marks.mark_line(color=colours.main, strokeWidth=1.5, opacity=0.5).encode(y="over:Q"),
        marks.mark_line(color=colours.main, strokeWidth=1.5, opacity=0.5, strokeDash=[4, 4]).encode(y="open:Q"),
        marks.mark_point(filled=True, size=70, color=colours.main).encode(y="over:Q", opacity=seen),
        # Hollow: what lies under it would shine through without a fill.
        marks.mark_point(
            filled=False, size=70, stroke=colours.main, fill=colours.background, strokeWidth=1.5, strokeDash=[2, 2]
        ).encode(y="provisional:Q"),
        marks.mark_point(size=500, filled=True, color=colours.text, cursor="pointer").encode(
            y="value:Q", tooltip=tooltip,
            opacity=alt.condition(pick, alt.value(0.12), alt.value(0), empty=False),
        ).add_params(pick),
    ]  # fmt: skip
    return alt.layer(*layers).properties(height=HEIGHT, config=config(shape.theme)).to_dict()


def _cohorts(rows: Sequence[Row]) -> list[_Cohort]:
    """Bring together, for each month, the leads that have had all their days and those that still have some."""
    found = []
    for row in rows:
        details = row["details"] or {}
        young = details.get("too_young") or 0.0
        early = young * (details.get("provisional") or 0.0)
        leads, converted = (row[name] if is_known(row[name]) else 0.0 for name in ("denominator", "numerator"))
        if leads + young:
            found.append(_Cohort(row, leads + young, round(converted + early, 6), young))
    return found


def _data(cohorts: Sequence[_Cohort]) -> dict[str, list[Any]]:
    hits, cases = (np.array([getattr(one, name) for one in cohorts]) for name in ("converted", "leads"))
    low, high = (bound.tolist() for bound in wilson(hits, cases))
    is_open = [one.young > 0 for one in cohorts]
    # The dashed line starts at the last month that is known.
    near = [waiting or (place + 1 < len(cohorts) and is_open[place + 1]) for place, waiting in enumerate(is_open)]
    days = [(one.row["period_start"].date(), one.row["period_end"].date()) for one in cohorts]
    shares = [one.share for one in cohorts]
    # The range of a handful of leads reaches so far that all others would look alike.
    reach = max((bound for one, bound in zip(cohorts, high, strict=True) if one.leads >= FEW_CASES), default=1.0)
    drawn = [min(bound, max(reach, share)) for bound, share in zip(high, shares, strict=True)]
    # What will still rise has no range that chance alone would give.
    return {
        "key": [period_key(*one) for one in days],
        "start": [one.row["period_start"] for one in cohorts],
        "period": [period_name(*one) for one in days],
        "value": shares,
        "over": [math.nan if waiting else share for waiting, share in zip(is_open, shares, strict=True)],
        "open": [share if beside else math.nan for beside, share in zip(near, shares, strict=True)],
        "provisional": [share if waiting else math.nan for waiting, share in zip(is_open, shares, strict=True)],
        "low": [math.nan if waiting else bound for waiting, bound in zip(is_open, low, strict=True)],
        "high": [math.nan if waiting else bound for waiting, bound in zip(is_open, drawn, strict=True)],
        "opacity": [FIRM if one.leads >= FEW_CASES else PALE for one in cohorts],
        "short": [compact(share, "percent") for share in shares],
        "range_text": [
            _("not over yet") if waiting else f"{compact(one, 'percent')} – {compact(other, 'percent')}"
            for waiting, one, other in zip(is_open, low, high, strict=True)
        ],
        "converted_text": [compact(one.converted, "count") for one in cohorts],
        "leads_text": [compact(one.leads, "count") for one in cohorts],
        "young_text": [compact(one.young, "count") for one in cohorts],
    }


def _headline(columns: Columns, cohorts: Sequence[_Cohort]) -> str:
    known = [place for place, one in enumerate(cohorts) if not one.young]
    if not known:
        return _("Too early to tell: every month of leads still has days left")
    last = known[-1]
    apart = [place for place in known[:-1] if _differ(columns, place, last)]
    said = _("Of the leads of {period}, {share} became customers").format(
        period=columns["period"][last], share=columns["short"][last]
    )
    if len(known) > 1 and not apart:
        said += _("; earlier months differ by no more than chance")
    return said


def _differ(columns: Columns, one: int, other: int) -> bool:
    return bool(columns["low"][one] > columns["high"][other] or columns["high"][one] < columns["low"][other])


def cohort_rates_figure(result: Result, metric: str, theme: Theme = "light") -> Figure:
    """Give a share that takes time to be known (`lead_conversion_rate`) by when its leads came in as a figure.

    Months of which some leads have days left are hollow: their share will rise. Raises ValueError when `result`
    has no grain.
    """
    grain = result.query.grain
    if grain is None:
        raise ValueError("cohorts need a result that is cut by time")
    known = CATALOGUE[metric]
    rows = in_order(rows_of(result, metric))
    cohorts = _cohorts(rows)
    if not cohorts:
        return nothing_to_draw(metric_title(known), why_absent(rows))
    columns = _data(cohorts)
    horizon = known.settings(
        {name.partition(".")[2]: value for name, value in result.query.params if name.startswith(f"{metric}.")}
    )["horizon"]
    within = "" if horizon == EVER else _(" within {n} days").format(n=horizon)
    subtitle = _("Share that became customers{within}, by when the lead came in, {period}; lines: likely range").format(
        within=within, period=period_name(result.period.start, result.period.end)
    )  # fmt: skip
    if any(one.young for one in cohorts):
        subtitle += "; " + _("hollow: so far, may still rise")
    told = "; ".join(
        f"{period} {short}" + (_(" so far") if one.young else "")
        for period, short, one in zip(columns["period"], columns["short"], cohorts, strict=True)
    )
    shape = _Shape(theme, metric_title(known), grain, -(-len(rows) // MOST_TICKS), language())
    return Figure(
        _spec(shape), columns, _headline(columns, cohorts), subtitle, f"{subtitle}: {told}.",
        metric=metric, picks={"key": "period"},
    )  # fmt: skip
