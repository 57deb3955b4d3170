"""The funnel: how many deals reach each stage, how many go on from it, and how long they stand in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.figure import (
    ROWS,
    Figure,
    Row,
    is_known,
    metric_title,
    nothing_to_draw,
    picking,
    rows_of,
    why_absent,
)
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text, whole_lines
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, full, period_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.query.result import Result

METRICS = ("funnel", "stage_conversion", "time_in_stage", "bottleneck")
"""What it draws, each by stage; the last two need not be there."""

STEP = 58
"""Pixels from one stage to the next: its name above the bar, what becomes of its deals below."""


@dataclass(frozen=True)
class _Stage:
    """One stage: what is known of it, by metric."""

    name: str
    funnel: Row
    conversion: Row | None
    time: Row | None
    bottleneck: Row | None

    @property
    def is_worst(self) -> bool:
        """Whether deals get stuck here more than elsewhere and than before."""
        return bool(self.bottleneck and self.bottleneck["details"].get("worst"))


@lru_cache(maxsize=8)
def _spec(theme: Theme) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    y = alt.Y("key:N", sort=None, axis=None)
    tooltip = [
        alt.Tooltip("label:N", title=_("Stage")),
        alt.Tooltip("reached_text:N", title=_("Reached it")),
        alt.Tooltip("advanced_text:N", title=_("Went on")),
        alt.Tooltip("lost_text:N", title=_("Lost from here")),
        alt.Tooltip("waiting_text:N", title=_("Still here")),
        alt.Tooltip("days_text:N", title=_("Half have left after")),
        alt.Tooltip("slowest_text:N", title=_("Nine in ten after")),
    ]
    marks = alt.Chart(ROWS)
    layers = [
        marks.mark_bar(height=14, cornerRadius=2).encode(
            y=y, x=alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False)),
            color=alt.Color("colour:N", scale=None),
        ),
        left_text(marks, y, dy=-16, limit=200),
        right_text(marks, y, dy=-16, fontWeight=600),
        left_text(marks, y, "below", dy=15, fontSize=11, color=colours.quiet),
        whole_lines(marks, y, tooltip, picking("key"), colours),
    ]  # fmt: skip
    return alt.layer(*layers).properties(config=config(theme)).to_dict()


def _stages(result: Result) -> list[_Stage]:
    by_metric = {
        metric: {row["stage"]: row for row in rows_of(result, metric)}
        for metric in METRICS
        if metric in result.query.metrics
    }

    def of(metric: str, name: str) -> Row | None:
        row = by_metric.get(metric, {}).get(name)
        return row if row is not None and is_known(row["value"]) else None

    found = [
        _Stage(name, row, of("stage_conversion", name), of("time_in_stage", name), of("bottleneck", name))
        for name, row in by_metric["funnel"].items()
        if is_known(row["value"])
    ]
    return sorted(found, key=lambda one: one.funnel["details"]["place"])


def _below(one: _Stage) -> str:
    parts = []
    if one.conversion:
        parts.append(_("{share} went on").format(share=compact(one.conversion["value"], "percent")))
    if one.time:
        parts.append(_("half have left after {days}").format(days=compact(one.time["value"], "days")))
    if one.is_worst and one.bottleneck:
        parts.append(
            _("slower than the {days} before").format(
                days=compact(one.bottleneck["details"]["median_before"], "days")
            )
        )
    return " · ".join(parts)


def _columns(stages: Sequence[_Stage], theme: Theme) -> dict[str, list[Any]]:
    colours = PALETTES[theme]

    def counts(name: str) -> list[str]:
        return [full(one.funnel["details"].get(name), "count") for one in stages]

    def days(read: str) -> list[str]:
        times = [(one.time["value"] if read == "median" else one.time["details"].get(read)) if one.time else None
                 for one in stages]  # fmt: skip
        return [compact(time, "days") if is_known(time) else "–" for time in times]

    return {
        "key": [one.name for one in stages],
        "label": [one.name for one in stages],
        "value": [one.funnel["value"] for one in stages],
        "short": [compact(one.funnel["value"], "count") for one in stages],
        "below": [_below(one) for one in stages],
        "colour": [colours.worse if one.is_worst else colours.main for one in stages],
        "reached_text": counts("reached"),
        "advanced_text": counts("advanced"),
        "lost_text": counts("lost"),
        "waiting_text": counts("waiting"),
        "days_text": days("median"),
        "slowest_text": days("p90"),
    }


def _headline(stages: Sequence[_Stage]) -> str:
    stuck = next((one for one in stages if one.is_worst), None)
    if stuck and stuck.bottleneck:
        return _("Deals get stuck in {stage}: {share} of all their time").format(
            stage=stuck.name, share=compact(stuck.bottleneck["value"], "percent")
        )
    rated = [one for one in stages if one.conversion]
    if len(rated) < 2:
        return _("How far deals come")
    least = min(rated, key=lambda one: one.conversion["value"] if one.conversion else 1.0)
    share = least.conversion["value"] if least.conversion else None
    return _("Most are lost from {stage}: {share} went on").format(
        stage=least.name, share=compact(share, "percent")
    )


def funnel_figure(result: Result, theme: Theme = "light", tables: Collection[str] | None = None) -> Figure:
    """Give the stages in their order, with what became of the deals that reached each in the period.

    `result` holds `funnel` by stage, and of the other METRICS those that the data allows; `tables`
    are those that it holds, where they are known.
    """
    stages, title = _stages(result), metric_title(CATALOGUE["funnel"])
    if not stages:
        return nothing_to_draw(title, why_absent(rows_of(result, "funnel"), tables))
    reached = max(one.funnel["value"] for one in stages)
    subtitle = ngettext(
        "{n} deal that reached a stage in {period}; of those decided, how many went on",
        "{n} deals that reached a stage in {period}; of those decided, how many went on",
        int(reached),
    ).format(n=compact(reached, "count"), period=period_name(result.period.start, result.period.end))
    headline = _headline(stages)
    listed = "; ".join(
        _("{stage}: {n} reached, {below}").format(
            stage=one.name, n=compact(one.funnel["value"], "count"), below=_below(one)
        )
        for one in stages
    )
    spec = {**_spec(theme), "height": STEP * len(stages) + MARGIN}
    return Figure(
        spec, _columns(stages, theme), headline, subtitle, f"{headline}. {listed}.",
        metric="funnel", picks={"key": "stage"},
    )  # fmt: skip
