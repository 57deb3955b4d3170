"""Targets of reps or regions: bars, and what each sold in the same period of last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.analysis.suggested_target import growth
from salesmetrics.analysis.target_set import Target, TargetSet
from salesmetrics.charts.figure import ROWS, Figure, measured, nothing_to_draw
from salesmetrics.charts.marked_bars import by_name, mark
from salesmetrics.charts.ranked_lines import MARGIN, right_text, told_lines
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full, period_name
from salesmetrics.i18n import _
from salesmetrics.model.dimensions import DIMENSIONS

_STEP = 24
"""Pixels from one line to the next."""

_ROOM = 1.35
"""How much longer the axis is than its longest bar, for the figures at the right."""

_MOST = 40
"""Bars that are drawn; the table beside has them all."""


@lru_cache(maxsize=64)
def _spec(theme: Theme, compared: bool, measure: str) -> Mapping[str, Any]:
    tooltip = [
        alt.Tooltip("key:N", title=" "),
        alt.Tooltip("value_text:N", title=measure),
        *([alt.Tooltip("before_text:N", title=_("Sold a year earlier"))] if compared else []),
        *([alt.Tooltip("growth_text:N", title=_("Growth that it means"))] if compared else []),
    ]
    colours = PALETTES[theme]
    y = by_name(colours, 150)
    rows = alt.Chart(ROWS)
    layers = [
        rows.mark_bar(height=12, cornerRadius=2, color=colours.main).encode(
            y=y, x=alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
        ),
        rows.mark_point(opacity=0).encode(y=y, x=alt.X("room:Q", axis=None)),
        *([mark(rows, y, alt.X("before:Q", axis=None), colours)] if compared else []),
        right_text(rows, y, fontSize=11),
        told_lines(rows, y, tooltip),
    ]
    return alt.layer(*layers).properties(config=config(theme)).to_dict()


def targets_figure(targets: TargetSet, last_year: Mapping[str, float | None], theme: Theme = "light") -> Figure:
    """Give the targets as a figure, the largest first; `last_year` holds by id what each sold a year earlier."""
    measure = measured(_("Target"), "money")
    listed: Sequence[Target] = sorted(targets.targets, key=lambda one: -one.amount)
    if not listed:
        return nothing_to_draw(measure, _("Nobody has one."))
    told = _title(listed, [growth(one.amount, last_year.get(one.id)) for one in listed])
    left_out = len(listed) - _MOST
    listed = listed[:_MOST]
    before = [last_year.get(one.id) for one in listed]
    grows = [growth(one.amount, sold) for one, sold in zip(listed, before, strict=True)]
    known = [sold for sold in before if sold is not None]
    longest = max(float(listed[0].amount), *known, 1.0) if known else max(float(listed[0].amount), 1.0)
    columns: dict[str, list[Any]] = {
        "key": [one.name for one in listed],
        "value": [float(one.amount) for one in listed],
        "room": [longest * _ROOM] * len(listed),
        "before": before,
        "short": [compact(float(one.amount), "money") for one in listed],
        "value_text": [full(float(one.amount), "money") for one in listed],
        "before_text": [full(sold, "money") for sold in before],
        "growth_text": [change(by, by, "share") for by in grows],
    }
    subtitle = _("{measure} by {dimension}, {period}").format(
        measure=measure, dimension=DIMENSIONS[targets.scope].title().lower(),
        period=period_name(targets.period.start, targets.period.end),
    )  # fmt: skip
    if known:
        subtitle += "; " + _("mark: sold a year earlier")
    if left_out > 0:
        subtitle += "; " + _("the {n} largest of {all}").format(n=_MOST, all=_MOST + left_out)
    names = "; ".join(f"{name} {short}" for name, short in zip(columns["key"], columns["short"], strict=True))
    spec = {**_spec(theme, bool(known), measure), "height": _STEP * len(listed) + MARGIN}
    return Figure(spec, columns, told, subtitle, f"{subtitle}: {names}.")


def _title(listed: Sequence[Target], grows: Sequence[float | None]) -> str:
    told = [(by, one.name) for one, by in zip(listed, grows, strict=True) if by is not None]
    if len(told) < 2:
        return _("{name} has the largest target: {value}").format(
            name=listed[0].name, value=compact(float(listed[0].amount), "money")
        )
    up = sum(by > 0 for by, _name in told)
    return _("{up} of {n} have to sell more than a year earlier").format(up=up, n=len(told))
