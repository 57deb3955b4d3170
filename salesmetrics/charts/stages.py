"""Open deals by stage: what they are worth, and inside it what they are worth weighted with their chance to be won."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.figure import (
    ROWS,
    Figure,
    is_known,
    measured,
    metric_title,
    picking,
    rows_of,
    why_absent,
)
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text, whole_lines
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, day_name, full
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.result import Result

VALUE, WEIGHTED, DEALS = "pipeline_value", "weighted_pipeline", "open_opportunities"

METRICS = (VALUE, WEIGHTED, DEALS)
"""What a result must hold, by stage."""

STEP = 54
"""Pixels from one stage to the next: its name above the bar, what it holds below."""


@dataclass(frozen=True)
class _Shape:
    theme: Theme
    priced: bool
    weighted: bool
    value_title: str
    weighted_title: str
    deals_title: str


@lru_cache(maxsize=64)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        *([alt.Tooltip("value_text:N", title=shape.value_title)] if shape.priced else []),
        *([alt.Tooltip("weighted_text:N", title=shape.weighted_title)] if shape.weighted else []),
        *([alt.Tooltip("chance_text:N", title=_("Chance to be won"))] if shape.weighted else []),
        alt.Tooltip("deals_text:N", title=shape.deals_title),
        *([alt.Tooltip("unpriced_text:N", title=_("Without an amount"))] if shape.priced else []),
    ]
    # The data arrives in the order in which it is drawn.
    y = alt.Y("key:N", sort=None, axis=None)
    x = alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    layers = [
        alt.Chart(ROWS)
        .mark_bar(height=14, cornerRadius=2, color=colours.main, opacity=0.35 if shape.weighted else 1.0)
        .encode(y=y, x=x)
    ]
    if shape.weighted:
        layers.append(
            alt.Chart(ROWS).mark_bar(height=14, cornerRadius=2, color=colours.main).encode(
                y=y, x=alt.X("weighted:Q", axis=None)
            )
        )  # fmt: skip
    layers += [
        left_text(alt.Chart(ROWS), y, dy=-16, limit=200),
        right_text(alt.Chart(ROWS), y, dy=-16, fontWeight=600),
        left_text(alt.Chart(ROWS), y, "below", dy=15, fontSize=11, color=colours.quiet),
        whole_lines(alt.Chart(ROWS), y, tooltip, picking("key"), colours),
    ]
    return alt.layer(*layers).properties(config=config(shape.theme)).to_dict()


@dataclass(frozen=True)
class _Stage:
    """What one stage holds: open deals, those with an amount, their value, and it weighted; None where unknown."""

    key: str
    deals: float
    with_amount: float
    value: float | None
    weighted: float | None

    @property
    def chance(self) -> float | None:
        """The chance to be won of what it holds."""
        return self.weighted / self.value if self.weighted is not None and self.value and self.value > 0 else None


def _known(value: float | None) -> float | None:
    return value if is_known(value) else None


def _stages(result: Result) -> list[_Stage]:
    """Set the three metrics side by side, one for each stage that holds an open deal."""
    value, weighted, deals = ({row["stage"]: row for row in rows_of(result, metric)} for metric in METRICS)
    found = []
    for key, row in deals.items():
        if not is_known(row["value"]) or row["value"] <= 0:
            continue
        worth, chances = value.get(key), weighted.get(key)
        found.append(
            _Stage(
                key,
                row["value"],
                worth["n"] if worth and is_known(worth["n"]) else 0.0,
                _known(worth["value"]) if worth else None,
                _known(chances["value"]) if chances else None,
            )
        )
    return found


def _ordered(stages: Sequence[_Stage], priced: bool) -> list[_Stage]:
    """Order stages from the first to the last where their chances tell, else from the largest; the nameless last."""
    named = [one.chance for one in stages if one.key != UNKNOWN]
    distinct = {one.chance for one in stages} - {None}
    by_chance = bool(named) and None not in named and len(distinct) > 1

    def place(one: _Stage) -> tuple[bool, float, float]:
        size = one.value if priced else one.deals
        chance = one.chance if by_chance else 0.0
        # What has no size stands last.
        return one.key == UNKNOWN, math.inf if chance is None else chance, math.inf if size is None else -size

    return sorted(stages, key=place)


def _deals(count: float) -> str:
    return ngettext("{n} deal", "{n} deals", int(count)).format(n=compact(count, "count"))


def _below(one: _Stage, priced: bool, weighted: bool) -> str:
    if not priced:
        return ""
    if weighted and one.weighted is not None:
        return _("{deals}, weighted {value}").format(deals=_deals(one.deals), value=compact(one.weighted, "money"))
    return _deals(one.deals)


def _data(stages: Sequence[_Stage], priced: bool, weighted: bool) -> dict[str, list[Any]]:
    unit = "money" if priced else "count"
    sizes = [one.value if priced else one.deals for one in stages]
    return {
        "key": [one.key for one in stages],
        "label": [one.key for one in stages],
        "value": sizes,
        "weighted": [one.weighted for one in stages],
        "short": [compact(size, unit) for size in sizes],
        "below": [_below(one, priced, weighted) for one in stages],
        "value_text": [full(one.value, "money") for one in stages],
        "weighted_text": [full(one.weighted, "money") for one in stages],
        "chance_text": [compact(one.chance, "percent") for one in stages],
        "deals_text": [full(one.deals, "count") for one in stages],
        "unpriced_text": [full(one.deals - one.with_amount, "count") for one in stages],
    }


def _headline(stages: Sequence[_Stage], priced: bool) -> str:
    sizes = {one.key: size for one in stages if (size := one.value if priced else one.deals) is not None}
    named = {key: size for key, size in sizes.items() if key != UNKNOWN}
    unit, total = ("money" if priced else "count"), math.fsum(sizes.values())
    if len(named) < 2 or total <= 0:
        return _("Open value by stage") if priced else _("Open deals by stage")
    most = max(named, key=named.__getitem__)
    said = (
        _("Most open value is in {stage}: {part} of {whole}")
        if priced
        else _("Most open deals are in {stage}: {part} of {whole}")
    )
    return said.format(stage=most, part=compact(named[most], unit), whole=compact(total, unit))


def _subtitle(stages: Sequence[_Stage], on: str, priced: bool, weighted: bool) -> str:
    deals = sum(one.deals for one in stages)
    without = deals - sum(one.with_amount for one in stages)
    if not priced:
        return _("Open deals by stage on {day}, counted: {without} of {deals} carry no amount").format(
            day=on, without=compact(without, "count"), deals=compact(deals, "count")
        )
    said = _("{measure} by stage on {day}").format(measure=measured(_("Open value"), "money"), day=on)
    if weighted:
        said = _("{measured}; the firm part is weighted with the chance to be won").format(measured=said)
    if without:
        said += "; " + ngettext(
            "{n} of {deals} open deals carries no amount",
            "{n} of {deals} open deals carry no amount",
            int(without),
        ).format(n=compact(without, "count"), deals=compact(deals, "count"))
    return said


def stages_figure(result: Result, theme: Theme = "light") -> Figure:
    """Give open deals by stage as a figure, from a result that holds `METRICS` by stage.

    Stages stand from the first to the last where the chance to be won tells their order, else from the largest.
    Where too few deals carry an amount, deals are counted instead, and the subtitle says so.
    """
    stages = _stages(result)
    if not stages:
        why = why_absent(rows_of(result, DEALS))
        return Figure({}, {}, metric_title(CATALOGUE[VALUE]), "", f"{metric_title(CATALOGUE[DEALS])}: {why}")
    enough = result.query.conventions.low_coverage * sum(one.deals for one in stages)
    priced = sum(one.with_amount for one in stages) >= enough and any(one.value is not None for one in stages)
    weighted = priced and any(one.weighted is not None for one in stages)
    stages = _ordered(stages, priced)
    columns = _data(stages, priced, weighted)
    shape = _Shape(theme, priced, weighted, *(metric_title(CATALOGUE[metric]) for metric in METRICS))
    on = day_name(min(result.period.end - timedelta(days=1), result.as_of))
    subtitle = _subtitle(stages, on, priced, weighted)
    said = zip(columns["label"], columns["short"], columns["below"], strict=True)
    listed = "; ".join(f"{stage} {size} ({more})" if more else f"{stage} {size}" for stage, size, more in said)
    return Figure(
        {**_spec(shape), "height": STEP * len(stages) + MARGIN}, columns, _headline(stages, priced), subtitle,
        f"{subtitle}: {listed}.", VALUE if priced else DEALS, {"key": "stage"},
    )  # fmt: skip
