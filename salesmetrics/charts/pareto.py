"""How much hangs on how few: the largest first, their share of all of them against their share of the revenue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from salesmetrics.charts.figure import (
    ROWS,
    Figure,
    metric_title,
    nothing_to_draw,
    picking,
    rows_of,
    why_absent,
)
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, full, period_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dimensions import DIMENSIONS, UNKNOWN
from salesmetrics.query.result import Result

RULE = 0.8
"""The share of the whole whose bringers are counted."""

POINTS = 100
NAMED = 5
"""So many of the largest are named."""

FEWEST = 5
"""Fewer than so many say nothing about concentration."""

HEIGHT = 340
_TOP, _LINE, _PART = 0.42, 0.067, 46
_LETTER, _WIDEST = 5.6, 0.62
"""Pixels that a letter takes, and the share of the width that the names of the largest take at most."""


@dataclass(frozen=True)
class _Shape:
    """All that the specification follows from; its data is no part of it."""

    theme: Theme
    measure: str
    entities: str
    letters: int


@lru_cache(maxsize=32)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    whole = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X(
        "share:Q", scale=whole, axis=alt.Axis(title=shape.entities, format="~%", tickCount=5, labelFlush=True)
    )
    y = alt.Y("reached:Q", scale=whole, axis=alt.Axis(title=None, format="~%", tickCount=5))
    tooltip = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("reached_text:N", title=_("Share of the whole")),
        alt.Tooltip("amount_text:N", title=shape.measure),
    ]
    curve = alt.Chart(ROWS).transform_filter("datum.kind === 'curve'").encode(x=x)
    rule = alt.Chart(ROWS).transform_filter("datum.kind === 'rule'").encode(x=x)
    named = alt.Chart(ROWS).transform_filter("datum.kind === 'named'")
    head = alt.Chart(ROWS).transform_filter("datum.kind === 'head'")
    room = alt.ExprRef(f"width * {_WIDEST} - {_PART}")
    reach = shape.letters * _LETTER + _PART + 14
    hover = alt.selection_point(
        name="hover", fields=["share"], nearest=True, on="pointerover", clear="pointerout", empty=False
    )
    pick = picking("key")
    return (
        alt.layer(
            curve.mark_line(strokeWidth=2.5, color=colours.main).encode(y=y),
            rule.mark_rule(color=colours.quiet, strokeDash=[4, 4]).encode(y=y, y2=alt.datum(0)),
            rule.mark_rule(color=colours.quiet, strokeDash=[4, 4]).encode(x=x, x2=alt.datum(0), y=y),
            rule.mark_point(filled=True, size=70, color=colours.main, opacity=1).encode(y=y),
            # Where the point lies far right there is room only on its left, above the curve.
            rule.transform_filter("datum.share <= 0.5").mark_text(
                align="left", baseline="top", dx=8, dy=7, fontWeight=600
            ).encode(y=y, text="label:N"),
            rule.transform_filter("datum.share > 0.5").mark_text(
                align="right", baseline="bottom", dx=-8, dy=-7, fontWeight=600
            ).encode(y=y, text="label:N"),
            curve.mark_rule(color=colours.quiet).encode(
                opacity=alt.condition(hover, alt.value(0.35), alt.value(0)), tooltip=tooltip
            ).add_params(hover),
            # The names stand on ground of their own: neither the grid nor the line down from the mark runs through.
            head.mark_rect(color=colours.background).encode(
                x=alt.value(alt.ExprRef(f"max(width * {1 - _WIDEST}, width - {reach:.0f})")), x2=alt.value("width"),
                y=alt.datum(0), y2=alt.datum(_TOP + 0.6 * _LINE),
            ),
            head.mark_text(align="right", color=colours.quiet).encode(x=alt.datum(1), y=y, text="label:N"),
            named.mark_text(align="right", fontWeight=600).encode(x=alt.datum(1), y=y, text="part:N"),
            named.mark_text(align="right", dx=-_PART, limit=room, cursor="pointer").encode(
                x=alt.datum(1), y=y, text="label:N", tooltip=tooltip,
                color=alt.condition(pick, alt.value(colours.main), alt.value(colours.text), empty=False),
            ).add_params(pick),
        )
        .properties(height=HEIGHT, config=config(shape.theme))
        .to_dict()
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Ranked:
    """What each one brings, the largest first: those with a name and with more than nothing, for however many."""

    names: NDArray[Any]
    worth: NDArray[np.float64]
    unnamed: float

    @classmethod
    def of(cls, result: Result, metric: str, by: str) -> _Ranked:
        places = result.places(metric)
        names, worth = result.columns[by][places], result.columns["value"][places].astype("float64")
        bringing, named = worth > 0, names != UNKNOWN
        unnamed = float(np.nansum(worth[~named]))
        names, worth = names[bringing & named], worth[bringing & named]
        order = np.argsort(-worth, kind="stable")
        return cls(names[order], worth[order], unnamed)

    @cached_property
    def reached(self) -> NDArray[np.float64]:
        """The share of the whole that the largest 0, 1, 2 and so on bring together."""
        return np.concatenate([[0.0], np.cumsum(self.worth) / self.worth.sum()])

    @cached_property
    def enough(self) -> int:
        """How many of the largest it takes to bring `RULE` of the whole."""
        return needed(self.worth)


def needed(ranked: NDArray[np.float64], share: float = RULE) -> int:
    """Tell how many of the largest it takes to reach `share` of the sum.

    >>> needed(np.array([50.0, 30.0, 15.0, 5.0]))
    2
    """
    running = ranked.cumsum() - ranked
    # The sum of the floats before may miss the mark by a hair that no amount has.
    return int((running < share * ranked.sum() * (1 - 1e-12)).sum())


_COLUMNS = (
    "kind", "share", "reached", "many", "key", "name", "label", "part", "reached_text", "amount_text", "short",
)  # fmt: skip


def _curve(ranked: _Ranked, unit: str) -> list[dict[str, Any]]:
    whole, count = float(ranked.worth.sum()), len(ranked.worth)
    places = dict.fromkeys(round(count * step / POINTS) for step in range(POINTS + 1))
    points = []
    for many in places:
        reached = float(ranked.reached[many])
        name = _("The largest {n} ({share} of all)").format(n=f"{many:,}", share=compact(many / count, "percent"))
        points.append(
            {
                "kind": "curve", "share": many / count, "reached": reached, "many": many, "name": name,
                "reached_text": compact(reached, "percent"), "amount_text": full(reached * whole, unit),
            }
        )  # fmt: skip
    return points


def _named(ranked: _Ranked, unit: str, called: Mapping[str, str]) -> list[dict[str, Any]]:
    whole = float(ranked.worth.sum())
    largest = zip(ranked.names[:NAMED].tolist(), ranked.worth[:NAMED].tolist(), strict=True)
    return [
        {
            "kind": "named", "key": str(name), "name": called.get(str(name), str(name)),
            "label": called.get(str(name), str(name)), "reached": _TOP - _LINE * place,
            "part": compact(worth / whole, "percent"), "reached_text": compact(worth / whole, "percent"),
            "amount_text": full(worth, unit), "short": compact(worth, unit),
        }
        for place, (name, worth) in enumerate(largest, start=1)
    ]  # fmt: skip


def _data(ranked: _Ranked, entities: str, unit: str, called: Mapping[str, str]) -> dict[str, list[Any]]:
    enough, count = ranked.enough, len(ranked.worth)
    reached = float(ranked.reached[enough])
    rule = _("{share} bring {most}").format(
        share=compact(enough / count, "percent"), most=compact(reached, "percent")
    )
    marks = [
        *_curve(ranked, unit),
        {"kind": "rule", "share": enough / count, "reached": reached, "many": enough, "label": rule},
        {"kind": "head", "reached": _TOP, "label": _("The largest {things}").format(things=entities)},
        *_named(ranked, unit, called),
    ]
    return {name: [mark.get(name) for mark in marks] for name in _COLUMNS}


def largest(result: Result, metric: str) -> list[str]:
    """Give the values of the one dimension of `result` that are named in its ranking, the largest first."""
    (by,) = result.query.by
    return [str(name) for name in _Ranked.of(result, metric, by).names[:NAMED]]


def pareto_figure(
    result: Result, metric: str, theme: Theme = "light", called: Mapping[str, str] = MappingProxyType({})
) -> Figure:
    """Give how much of `metric` the largest values of the one dimension of `result` bring together.

    However many there are, the curve has about a hundred points. Those without a name, or that bring nothing, are
    not ranked. `called` tells what people call a value that is only a number in the data. Raises ValueError when
    `result` is not cut by one dimension.
    """
    if len(result.query.by) != 1:
        raise ValueError("a ranking needs a result that is cut by one dimension")
    (by,) = result.query.by
    known = CATALOGUE[metric]
    things = DIMENSIONS[by].plural().lower()
    title = _("How much hangs on few {things}").format(things=things)
    values = result.columns["value"][result.places(metric)].astype("float64")
    if np.isnan(values).all():
        return nothing_to_draw(title, why_absent(rows_of(result, metric, ("reason",))))
    ranked = _Ranked.of(result, metric, by)
    many, enough = len(ranked.worth), ranked.enough
    if many < FEWEST:
        why = ngettext(
            "only {n} has revenue here, too few to say.",
            "only {n} have revenue here, too few to say.",
            many,
        ).format(n=many)
        return nothing_to_draw(title, why)
    columns = _data(ranked, things, known.unit, called)
    headline = _("{n} of {all} {things} ({share}) bring {most} of revenue").format(
        n=f"{enough:,}", all=f"{many:,}", things=things, share=compact(enough / many, "percent"),
        most=compact(RULE, "percent").replace(".0", ""),
    )  # fmt: skip
    subtitle = _("Share of {things}, largest first, against their share of revenue, {period}").format(
        things=things, period=period_name(result.period.start, result.period.end)
    )
    if ranked.unnamed > 0:
        subtitle = _("{subtitle}; {amount} without a name is left out").format(
            subtitle=subtitle, amount=compact(ranked.unnamed, known.unit)
        )
    largest = "; ".join(
        f"{name} {part}" for name, part in zip(columns["name"], columns["part"], strict=True) if part is not None
    )
    # By fives, so that one drawing serves many lists.
    letters = max(len(name) for name in columns["label"] if name) // 5 * 5 + 5
    shape = _Shape(
        theme, metric_title(known), _("{things}, largest first").format(things=DIMENSIONS[by].plural()), letters
    )
    return Figure(
        _spec(shape), columns, headline, subtitle, f"{subtitle}: {headline}. {largest}.",
        metric=metric, picks={"key": by},
    )  # fmt: skip
