"""What gained and what lost: diverging bars by the amount of the change; what is new and what is gone apart."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.figure import (
    OTHER,
    ROWS,
    Figure,
    Row,
    compared_days,
    compared_with,
    counting_tooltips,
    is_known,
    measured,
    metric_title,
    nothing_to_draw,
    picking,
    rows_of,
    why_absent,
)
from salesmetrics.charts.leaders import name_of
from salesmetrics.charts.ranked_lines import left_text, right_text, whole_lines
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.request import Compare
from salesmetrics.query.result import Result

MOST = 5
"""So many that gained and so many that lost are drawn."""

MOST_APART = 3
"""So many that are new and so many that are gone are drawn; beyond them the rest is one."""

STEP = 40
"""Pixels from one bar to the next: its label above, the bar below."""

_HEAD = "\u0000head"
_LISTED = (("up", MOST), ("down", MOST), ("new", MOST_APART), ("gone", MOST_APART))


@dataclass(frozen=True)
class _Shape:
    """All that the specification follows from; its data is no part of it."""

    theme: Theme
    measure: str
    compared: str


@lru_cache(maxsize=64)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("change_text:N", title=_("Change")),
        alt.Tooltip("growth_text:N", title=_("In per cent")),
        alt.Tooltip("now_text:N", title=shape.measure),
        alt.Tooltip("before_text:N", title=shape.compared),
        *counting_tooltips(False),
    ]
    y = alt.Y("place:O", axis=None)
    moved = alt.Chart(ROWS).transform_filter("!datum.head")
    head = alt.Chart(ROWS).transform_filter("datum.head")
    zero = alt.Chart(ROWS).transform_filter("!datum.head").mark_tick(
        orient="vertical", size=17, yOffset=8, thickness=1, color=colours.quiet, opacity=0.5
    )  # fmt: skip
    return (
        alt.layer(
            moved.mark_bar(height=9, yOffset=8, cornerRadius=2).encode(
                y=y, x=alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False)),
                color=alt.Color("colour:N", scale=None),
            ),
            zero.encode(y=y, x=alt.datum(0)),
            left_text(moved, y, dy=-9, limit=alt.ExprRef("max(90, width - 132)")),
            right_text(moved, y, "change_text", dy=-9, dx=-64, fontWeight=600),
            right_text(moved, y, "growth_text", "word_colour", dy=-9),
            left_text(head, y, dy=8, color=colours.quiet),
            whole_lines(moved, y, tooltip, picking("key"), colours),
        )
        .properties(config=config(shape.theme))
        .to_dict()
    )  # fmt: skip


@dataclass(frozen=True)
class _Mover:
    """What one part was before and what it is now; `kind` tells whether it gained, lost, is new or is gone."""

    key: str
    kind: str
    now: float
    before: float
    n: float | None
    label: str = ""

    @property
    def change(self) -> float:
        return self.now - self.before

    @property
    def is_head(self) -> bool:
        return self.key.startswith(_HEAD)


def _kind(now: float, before: float) -> str:
    """Tell whether a part gained, lost, is new or is gone; empty where nothing changed."""
    if not before and now:
        return "new"
    if not now and before:
        return "gone"
    return "up" if now > before else "down" if now < before else ""


def _moved(rows: Sequence[Row], by: str, compare: Compare) -> list[_Mover]:
    """Give what changed, the most first."""
    found = []
    for row in rows:
        now, before = (row[name] if is_known(row[name]) else 0.0 for name in ("value", f"{compare}_value"))
        if kind := _kind(now, before):
            found.append(_Mover(str(row[by]), kind, now, before, row["n"]))
    return sorted(found, key=lambda one: -abs(one.change))


def _summed(movers: Sequence[_Mover]) -> _Mover:
    counted = [one.n for one in movers if one.n is not None and is_known(one.n)]
    now, before = (math.fsum(sizes) for sizes in zip(*((one.now, one.before) for one in movers), strict=True))
    return _Mover(OTHER, movers[0].kind, now, before, sum(counted))


def _listed(moved: Sequence[_Mover], by: str, heads: Mapping[str, str]) -> list[_Mover]:
    """Give the rows that are drawn, in order: who gained, who lost, then new and gone under a heading each."""
    listed: list[_Mover] = []
    for kind, most in _LISTED:
        movers = [one for one in moved if one.kind == kind]
        if kind in heads and movers:
            listed.append(_Mover(f"{_HEAD}{kind}", kind, 0.0, 0.0, None, heads[kind]))
        beyond = movers[most - 1 :] if kind in heads and len(movers) > most else []
        shown = [*movers[: most - 1], _summed(beyond)] if beyond else movers[:most]
        # The one that lost most stands last, as far from the one that gained most as it can.
        shown = shown[::-1] if kind == "down" else shown
        listed += [replace(one, label=name_of(by, one.key, len(beyond))) for one in shown]
    return listed


def _growth(mover: _Mover, unit: str) -> str:
    words = {"new": _("new"), "gone": _("gone")}
    share = mover.change / mover.before if mover.before > 0 else None
    return words.get(mover.kind) or change(mover.change, share, unit)


def _data(listed: Sequence[_Mover], metric: Metric, theme: Theme) -> dict[str, list[Any]]:
    colours = PALETTES[theme]
    better = metric.better == "higher"
    good, bad = (colours.better, colours.worse) if better else (colours.worse, colours.better)
    drawn = {"up": good, "down": bad, "new": colours.main, "gone": colours.compared}
    # What is beyond those named is often more than each of them: to scale they would all look alike.
    reach = max(abs(one.change) for one in listed if one.key != OTHER)
    changes = [change(one.change, None, metric.unit) for one in listed]
    return {
        "place": list(range(len(listed))),
        "key": [one.key for one in listed],
        "kind": [one.kind for one in listed],
        "head": [one.is_head for one in listed],
        "label": [one.label for one in listed],
        "value": [one.change if one.key != OTHER or abs(one.change) <= reach else math.nan for one in listed],
        "short": changes,
        "change_text": changes,
        "growth_text": [_growth(one, metric.unit) for one in listed],
        "now_text": [full(one.now, metric.unit) for one in listed],
        "before_text": [full(one.before, metric.unit) for one in listed],
        "cases": [compact(one.n, "count") for one in listed],
        "colour": [drawn[one.kind] for one in listed],
        "word_colour": [{"up": good, "down": bad}.get(one.kind, colours.quiet) for one in listed],
    }


def _headline(moved: Sequence[_Mover], by: str, metric: Metric, before: str) -> str:
    said = []
    for kind, sentence in (("up", _("{name} gained most: {change}")), ("down", _("{name} lost most: {change}"))):
        first = next((one for one in moved if one.kind == kind), None)
        if first is not None:
            text = change(first.change, None, metric.unit)
            said.append(sentence.format(name=name_of(by, first.key), change=text))
    if not said:
        return _("New and gone since {period}").format(period=before)
    return "; ".join(said)


def movers_figure(result: Result, metric: str, theme: Theme = "light") -> Figure:
    """Give what gained and lost most of `metric`, by the one dimension of `result`, against its comparison.

    Last year is taken before the previous period where the data reaches it.
    Raises ValueError when `result` is not cut by one dimension, or has no comparison.
    """
    if len(result.query.by) != 1 or not result.query.compare:
        raise ValueError("movers need a result that is cut by one dimension and compared")
    (by,) = result.query.by
    known = CATALOGUE[metric]
    measure = metric_title(known)
    rows = rows_of(result, metric)
    dimension = DIMENSIONS[by].title().lower()
    title = _("Which {dimension} moved").format(dimension=DIMENSIONS[by].plural().lower())
    compare = compared_with(result, metric)
    before = compared_days(rows, compare) if compare else None
    if compare is None or before is None or not any(is_known(row[f"{compare}_value"]) for row in rows):
        said = _("The data does not reach back to an earlier period to compare with.")
        return nothing_to_draw(title, said if any(is_known(row["value"]) for row in rows) else why_absent(rows))
    now = period_name(result.period.start, result.period.end)
    moved = _moved(rows, by, compare)
    if not moved:
        return Figure({}, {}, title, "", _("{title}: nothing changed.").format(title=title))
    heads = {
        "new": _("New: nothing sold in {period}").format(period=before),
        "gone": _("Gone: nothing sold in {period}").format(period=now),
    }
    columns = _data(_listed(moved, by, heads), known, theme)
    subtitle = _("Change of {measure} by {dimension}, {period} against {before}").format(
        measure=measured(measure.lower(), known.unit), dimension=dimension,
        period=now, before=before,
    )  # fmt: skip
    headline = _headline(moved, by, known, before)
    lines = zip(*(columns[name] for name in ("head", "label", "change_text", "growth_text")), strict=True)
    told = "; ".join(f"{label} {changed} ({growth})" for head, label, changed, growth in lines if not head)
    spec = {**_spec(_Shape(theme, measure, before)), "height": STEP * len(columns["key"])}
    return Figure(spec, columns, headline, subtitle, f"{subtitle}: {told}.", metric=metric, picks={"key": by})
