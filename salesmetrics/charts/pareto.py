"""How much hangs on how few: the largest first, their share of all of them against their share of the revenue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from salesmetrics.charts.figure import ROWS, Figure, metric_title, picking
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, full, period_name
from salesmetrics.charts.words import reason_in_words
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


@dataclass(frozen=True)
class _Shape:
    """All that the specification follows from; its data is no part of it."""

    theme: Theme
    measure: str
    entities: str


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
    room = alt.ExprRef(f"width * 0.86 - {_PART}")
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
            # A thin edge of the background keeps a name legible where a line runs behind it.
            named.mark_text(align="right", dx=-_PART, limit=room, stroke=colours.background, strokeWidth=4).encode(
                x=alt.datum(1), y=y, text="label:N"
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


def _ranked(rows: pd.DataFrame, by: str) -> pd.Series:
    """Give what each one brings, the largest first: those with a name and with more than nothing."""
    worth = rows.set_index(by)["value"].astype("float64").drop(UNKNOWN, errors="ignore")
    return worth[worth > 0].sort_values(ascending=False, kind="stable")


def needed(ranked: pd.Series, share: float = RULE) -> int:
    """Tell how many of the largest it takes to reach `share` of the sum.

    >>> needed(pd.Series([50.0, 30.0, 15.0, 5.0]))
    2
    """
    running = ranked.cumsum() - ranked
    # The sum of the floats before may miss the mark by a hair that no amount has.
    return int((running < share * ranked.sum() * (1 - 1e-12)).sum())


def _data(ranked: pd.Series, entities: str, unit: str) -> pd.DataFrame:
    whole, count = ranked.sum(), len(ranked)
    reached = np.concatenate([[0.0], (ranked.cumsum() / whole).to_numpy()])
    enough = needed(ranked)
    places = np.unique(np.round(np.linspace(0, count, POINTS + 1)).astype(int))
    curve = pd.DataFrame({"kind": "curve", "share": places / count, "reached": reached[places], "many": places})
    curve["name"] = [
        _("The largest {n} ({share} of all)").format(n=f"{many:,}", share=compact(many / count, "percent"))
        for many in places
    ]
    rule = pd.DataFrame(
        {
            "kind": ["rule"], "share": [enough / count], "reached": [reached[enough]], "many": [enough],
            "name": [""],
            "label": [
                _("{share} bring {most}").format(
                    share=compact(enough / count, "percent"), most=compact(reached[enough], "percent")
                )
            ],
        }
    )  # fmt: skip
    largest = ranked.head(NAMED)
    lines = [_TOP - _LINE * place for place in range(NAMED + 1)]
    head = pd.DataFrame(
        {"kind": ["head"], "reached": lines[:1], "label": [_("The largest {things}").format(things=entities)]}
    )
    named = pd.DataFrame(
        {
            "kind": "named",
            "key": largest.index.astype(str),
            "name": largest.index.astype(str),
            "reached": lines[1 : len(largest) + 1],
            "label": largest.index.astype(str),
            "part": [compact(value / whole, "percent") for value in largest],
            "reached_text": [compact(value / whole, "percent") for value in largest],
            "amount_text": [full(value, unit) for value in largest],
            "short": [compact(value, unit) for value in largest],
        }
    )
    curve["reached_text"] = [compact(one, "percent") for one in curve["reached"]]
    curve["amount_text"] = [full(one * whole, unit) for one in curve["reached"]]
    return pd.concat([curve, rule, head, named], ignore_index=True)


def pareto_figure(result: Result, metric: str, theme: Theme = "light") -> Figure:
    """Give how much of `metric` the largest values of the one dimension of `result` bring together.

    However many there are, the curve has about a hundred points. Those without a name, or that bring nothing, are
    not ranked. Raises ValueError when `result` is not cut by one dimension.
    """
    if len(result.query.by) != 1:
        raise ValueError("a ranking needs a result that is cut by one dimension")
    (by,) = result.query.by
    known = CATALOGUE[metric]
    rows = result.rows(metric)
    things = DIMENSIONS[by].plural().lower()
    title = _("How much hangs on few {things}").format(things=things)
    if rows.empty or rows["value"].isna().all():
        reasons = rows["reason"].dropna()
        why = reason_in_words(reasons.iloc[0] if len(reasons) else "no_rows")
        return Figure({}, pd.DataFrame(), title, "", f"{title}: {why}")
    ranked = _ranked(rows, by)
    if len(ranked) < FEWEST:
        why = ngettext(
            "only {n} has revenue here, too few to say.",
            "only {n} have revenue here, too few to say.",
            len(ranked),
        ).format(n=len(ranked))
        return Figure({}, pd.DataFrame(), title, "", f"{title}: {why}")
    frame = _data(ranked, things, known.unit)
    enough = needed(ranked)
    headline = _("{n} of {all} {things} ({share}) bring {most} of revenue").format(
        n=f"{enough:,}", all=f"{len(ranked):,}", things=things, share=compact(enough / len(ranked), "percent"),
        most=compact(RULE, "percent").replace(".0", ""),
    )  # fmt: skip
    subtitle = _("Share of {things}, largest first, against their share of revenue, {period}").format(
        things=things, period=period_name(result.period.start, result.period.end)
    )
    unnamed = rows.loc[rows[by] == UNKNOWN, "value"].sum()
    if unnamed > 0:
        subtitle = _("{subtitle}; {amount} without a name is left out").format(
            subtitle=subtitle, amount=compact(unnamed, known.unit)
        )
    named = frame[frame["kind"] == "named"]
    largest = "; ".join(f"{one.name} {one.part}" for one in named[["name", "part"]].itertuples(index=False))
    shape = _Shape(theme, metric_title(known), _("{things}, largest first").format(things=DIMENSIONS[by].plural()))
    return Figure(
        _spec(shape), frame, headline, subtitle, f"{subtitle}: {headline}. {largest}.",
        metric=metric, picks={"key": by},
    )  # fmt: skip
