"""Targets of reps or regions: bars, and what each sold in the same period of last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.analysis.suggested_target import growth
from salesmetrics.analysis.target_set import Target, TargetSet
from salesmetrics.charts.figure import ROWS, Figure, measured, nothing_to_draw
from salesmetrics.charts.ranked_lines import MARGIN, right_text
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full, period_name
from salesmetrics.i18n import _
from salesmetrics.model.dimensions import DIMENSIONS

STEP = 24
"""Pixels from one line to the next."""

ROOM = 1.35
"""How much longer the axis is than its longest bar, for the figures at the right."""


@lru_cache(maxsize=64)
def _spec(theme: Theme, compared: bool, measure: str) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    y = alt.Y(
        "key:N", sort=None,
        axis=alt.Axis(title=None, labelLimit=150, labelColor=colours.text, labelPadding=6, labelOverlap=False),
    )  # fmt: skip
    tooltip = [
        alt.Tooltip("key:N", title=" "),
        alt.Tooltip("value_text:N", title=measure),
        *([alt.Tooltip("before_text:N", title=_("Sold a year earlier"))] if compared else []),
        *([alt.Tooltip("growth_text:N", title=_("Growth that it means"))] if compared else []),
    ]
    rows = alt.Chart(ROWS)
    layers = [
        rows.mark_bar(height=12, cornerRadius=2, color=colours.main).encode(
            y=y, x=alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
        ),
        rows.mark_point(opacity=0).encode(y=y, x=alt.X("room:Q", axis=None)),
        right_text(rows, y, fontSize=11),
    ]
    if compared:
        layers.insert(
            2,
            rows.mark_tick(orient="vertical", height=18, thickness=3, color=colours.text).encode(
                y=y, x=alt.X("before:Q", axis=None)
            ),
        )
    layers.append(
        rows.mark_rect(color=colours.text, opacity=0).encode(
            y=y, x=alt.value(0), x2=alt.value("width"), tooltip=tooltip
        )
    )
    return alt.layer(*layers).properties(config=config(theme)).to_dict()


def targets_figure(targets: TargetSet, last_year: Mapping[str, float | None], theme: Theme = "light") -> Figure:
    """Give the targets as a figure, the largest first; `last_year` holds by id what each sold a year earlier."""
    measure = measured(_("Target"), "money")
    listed: Sequence[Target] = sorted(targets.targets, key=lambda one: -one.amount)
    if not listed:
        return nothing_to_draw(measure, _("Nobody has one."))
    before = [last_year.get(one.id) for one in listed]
    grows = [growth(one.amount, sold) for one, sold in zip(listed, before, strict=True)]
    known = [sold for sold in before if sold is not None]
    longest = max(float(listed[0].amount), *known, 1.0) if known else max(float(listed[0].amount), 1.0)
    columns: dict[str, list[Any]] = {
        "key": [one.name for one in listed],
        "value": [float(one.amount) for one in listed],
        "room": [longest * ROOM] * len(listed),
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
    names = "; ".join(f"{name} {short}" for name, short in zip(columns["key"], columns["short"], strict=True))
    spec = {**_spec(theme, bool(known), measure), "height": STEP * len(listed) + MARGIN}
    return Figure(spec, columns, _title(listed, grows), subtitle, f"{subtitle}: {names}.")


def _title(listed: Sequence[Target], grows: Sequence[float | None]) -> str:
    told = [(by, one.name) for one, by in zip(listed, grows, strict=True) if by is not None]
    if len(told) < 2:
        return _("{name} has the largest target: {value}").format(
            name=listed[0].name, value=compact(float(listed[0].amount), "money")
        )
    up = sum(by > 0 for by, _name in told)
    return _("{up} of {n} have to sell more than a year earlier").format(up=up, n=len(told))
