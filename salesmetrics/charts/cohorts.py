"""Who comes back: months of first purchase down, months since across, and in each cell the share that bought again."""

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
    OTHER,
    ROWS,
    Figure,
    Row,
    cursor,
    is_known,
    metric_title,
    nothing_to_draw,
    period_key,
    picking,
    rows_of,
    why_absent,
)
from salesmetrics.charts.heatmap import FAINT
from salesmetrics.charts.over_time import in_order
from salesmetrics.charts.shades import between, ink_on
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, language, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.repeat import COHORT_MONTHS
from salesmetrics.query.result import Result

METRIC = "cohort_retention"

STEP = 22
"""Pixels from one row to the next."""

_HEAD, _NARROW, _PALE = 26, 24, 0.45


@dataclass(frozen=True)
class _Shape:
    theme: Theme
    language: str


@dataclass(frozen=True)
class _Cohort:
    """Customers of one month (or all together): how many, and by month since then who bought among those counted."""

    key: str
    label: str
    customers: float
    bought: tuple[float, ...]
    counted: tuple[float, ...]

    def share(self, month: int) -> float:
        """The share that bought in the month so long after the first; NaN while it is too early."""
        return self.bought[month] / self.counted[month] if self.counted[month] else math.nan


@lru_cache(maxsize=8)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    tooltip = [
        alt.Tooltip("label:N", title=_("First purchase")),
        alt.Tooltip("month:Q", title=_("Months since")),
        alt.Tooltip("share_text:N", title=_("Bought again")),
        alt.Tooltip("range_text:N", title=_("Likely between")),
        alt.Tooltip("bought_text:N", title=_("Customers who bought")),
        alt.Tooltip("counted_text:N", title=_("Customers counted")),
    ]
    x = alt.X(
        "month:O", scale=alt.Scale(paddingInner=0.04, paddingOuter=0),
        axis=alt.Axis(title=None, orient="top", labelAngle=0, labelOverlap=True),
    )  # fmt: skip
    y = alt.Y(
        "key:N", sort=None, scale=alt.Scale(paddingInner=0.08, paddingOuter=0),
        axis=alt.Axis(title=None, labelPadding=6, labelLimit=150, domain=False),
    )  # fmt: skip
    pick = picking("key")
    cells = alt.Chart(ROWS)
    early = cells.transform_filter("datum.early")
    return (
        alt.layer(
            early.mark_rect(
                fill=colours.background, fillOpacity=0, stroke=colours.compared, strokeDash=[2, 3], strokeWidth=0.75,
                cornerRadius=2,
            ).encode(x=x, y=y, tooltip=tooltip),
            cells.transform_filter("!datum.early").mark_rect(cornerRadius=2, cursor=cursor()).encode(
                x=x, y=y, color=alt.Color("colour:N", scale=None), tooltip=tooltip,
                opacity=alt.Opacity("opacity:Q", scale=None),
                stroke=alt.condition(pick, alt.value(colours.text), alt.value(None), empty=False),
                strokeWidth=alt.condition(pick, alt.value(2), alt.value(0), empty=False),
            ).add_params(pick),
            cells.mark_text(
                fontSize=11, opacity=alt.ExprRef(f"bandwidth('x') < {_NARROW} ? 0 : 1"), tooltip=None
            ).encode(x=x, y=y, text="cell:N", color=alt.Color("ink:N", scale=None)),
            cells.transform_filter("datum.word !== ''").mark_text(fontSize=11, color=colours.quiet).encode(
                x=x, y=y, text="word:N"
            ),
        )
        .properties(config=config(shape.theme))
        .to_dict()
    )  # fmt: skip


def _cohort(row: Row, key: str, label: str) -> _Cohort:
    details = row["details"] or {}

    def counts(name: str) -> tuple[float, ...]:
        return tuple(_counted(details.get(f"{name}_{month}")) for month in range(COHORT_MONTHS + 1))

    customers = _counted(row["denominator"]) + _counted(details.get("immature"))
    return _Cohort(key, label, customers, counts("bought"), counts("cohort"))


def _counted(count: float | None) -> float:
    return 0.0 if count is None or math.isnan(count) else float(count)


def _months(result: Result) -> list[_Cohort]:
    """Give the cohorts of the months in which somebody was new."""
    found = []
    for row in in_order(rows_of(result, METRIC)):
        days = row["period_start"].date(), row["period_end"].date()
        label = period_name(*days) + ("*" if "left_truncated" in (row["warnings"] or ()) else "")
        cohort = _cohort(row, period_key(*days), label)
        if cohort.customers:
            found.append(cohort)
    return found


def _data(cohorts: Sequence[_Cohort], months: int, theme: Theme) -> dict[str, list[Any]]:
    cells = [(cohort, month) for cohort in cohorts for month in range(1, months + 1)]
    shares = [cohort.share(month) for cohort, month in cells]
    counted = [cohort.counted[month] for cohort, month in cells]
    bought = [cohort.bought[month] for cohort, month in cells]
    low, high = (bound.tolist() for bound in wilson(np.array(bought), np.array(counted)))
    # A few customers may all come back: they do not set the scale.
    firm = [share for share, size in zip(shares, counted, strict=True) if size >= FEW_CASES]
    reach = max(firm or [share for share in shares if is_known(share)], default=0.0)
    places = [min(share / reach, 1.0) if reach > 0 and is_known(share) else 0.0 for share in shares]
    fill = [between(FAINT[theme], PALETTES[theme].main, place) for place in places]
    early = [not is_known(share) for share in shares]
    pale = [size < FEW_CASES for size in counted]
    last = max((place for place, cohort in enumerate(cohorts) if cohort.key != OTHER), default=0)
    middle = (months + 1) // 2
    waiting = sum(early[last * months : (last + 1) * months])
    word = [
        _("too early to tell") if place == last * months + middle - 1 and waiting == months and months > 3 else ""
        for place in range(len(cells))
    ]
    return {
        "key": [cohort.key for cohort, _month in cells],
        "label": [cohort.label for cohort, _month in cells],
        "month": [month for _cohort, month in cells],
        "value": shares,
        "early": early,
        "cell": ["" if not is_known(share) else f"{share * 100:.0f}" for share in shares],
        "word": word,
        "colour": fill,
        # Pale cells lie on the page's own ground.
        "ink": [
            PALETTES[theme].text if faint else ink_on(one) for one, faint in zip(fill, pale, strict=True)
        ],
        "opacity": [_PALE if faint else 1.0 for faint in pale],
        "share_text": [_("too early to tell") if not is_known(share) else compact(share, "percent") for share in shares],
        "range_text": [
            f"{compact(one, 'percent')} – {compact(other, 'percent')}" if is_known(share) else "–"
            for share, one, other in zip(shares, low, high, strict=True)
        ],
        "bought_text": [compact(count, "count") for count in bought],
        "counted_text": [compact(count, "count") for count in counted],
        "short": [_("{n} new customers").format(n=compact(cohort.customers, "count")) for cohort, _month in cells],
    }  # fmt: skip


def _headline(whole: _Cohort, months: int) -> str:
    known = [month for month in range(1, months + 1) if is_known(whole.share(month))]
    if not known:
        return _("Too early to tell who comes back: no month since a first purchase is over")
    last = max((month for month in (3, 6, 12) if month in known), default=known[-1])
    said = _("Of {n} new customers {share} buy in the month after their first").format(
        n=compact(whole.customers, "count"), share=compact(whole.share(1), "percent")
    )
    if last == 1:
        return said
    return _("{said}, {later} in month {n}").format(said=said, later=compact(whole.share(last), "percent"), n=last)


def cohorts_figure(by_month: Result, together: Result, theme: Theme = "light") -> Figure:
    """Give `cohort_retention` by month of first purchase as a heat map; the last row takes all months together.

    In `together`, which has no grain, each month since counts only the customers who have had it. Raises ValueError
    when `by_month` has no grain.
    """
    if by_month.query.grain is None:
        raise ValueError("cohorts need a result that is cut by time")
    title = metric_title(CATALOGUE[METRIC])
    months = _months(by_month)
    if not months:
        return nothing_to_draw(title, why_absent(rows_of(by_month, METRIC, ("reason",))))
    [row] = rows_of(together, METRIC)
    whole = _cohort(row, OTHER, _("All together"))
    across = max((month for month in range(1, COHORT_MONTHS + 1) if whole.counted[month]), default=1)
    cohorts = [*months, whole]
    columns = _data(cohorts, across, theme)
    headline = _headline(whole, across)
    period = period_name(by_month.period.start, by_month.period.end)
    subtitle = _(
        "Per cent of new customers who bought so many months after the month of their first purchase, {period}; "
        "beside the month: how many were new; pale: fewer than {few}; dotted: too early to tell"
    ).format(period=period, few=FEW_CASES)
    if any(cohort.label.endswith("*") for cohort in months):
        subtitle += "; " + _("*: the file starts shortly before, so some may be old customers")
    told = ", ".join(
        _("after {n}: {share}").format(n=month, share=compact(whole.share(month), "percent"))
        for month in range(1, across + 1)
        if is_known(whole.share(month))
    )
    text = _("{headline}. All months together, by months since the first purchase: {told}.").format(
        headline=headline, told=told
    )
    return Figure(
        _labelled(_spec(_Shape(theme, language())), cohorts), columns, headline, subtitle, text,
        metric=METRIC, picks={"key": "period"},
    )  # fmt: skip


def _labelled(spec: Mapping[str, Any], cohorts: Sequence[_Cohort]) -> Mapping[str, Any]:
    """Put what stands beside each row into a specification that is shared by all."""
    labels = {cohort.key: f"{cohort.label} ({compact(cohort.customers, 'count')})" for cohort in cohorts}
    domain = list(labels)
    expression = " : ".join(f"datum.value === {_quoted(key)} ? {_quoted(label)}" for key, label in labels.items())

    def named(layer: Mapping[str, Any]) -> Mapping[str, Any]:
        y = layer["encoding"]["y"]
        bold = {"condition": {"test": f"datum.value === {_quoted(OTHER)}", "value": 600}, "value": 400}
        axis = {**y["axis"], "labelExpr": f"{expression} : ''", "labelFontWeight": bold}
        return {
            **layer,
            "encoding": {
                **layer["encoding"],
                "y": {**y, "axis": axis, "sort": domain, "scale": {**y["scale"], "domain": domain}},
            },
        }

    return {**spec, "layer": [named(layer) for layer in spec["layer"]], "height": STEP * len(cohorts) + _HEAD}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\u0000", "\\u0000")
    return f"'{escaped}'"
