"""What gained and what lost: diverging bars by the amount of the change; what is new and what is gone apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from salesmetrics.charts.figure import (
    OTHER,
    ROWS,
    Figure,
    compared_with,
    counting_tooltips,
    cursor,
    measured,
    metric_title,
    picking,
)
from salesmetrics.charts.leaders import name_of
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full, period_name
from salesmetrics.charts.words import reason_in_words
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
    label = moved.mark_text(align="left", dy=-9, limit=alt.ExprRef("max(90, width - 132)"))
    amount = moved.mark_text(align="right", dy=-9, dx=-64, fontWeight=600)
    growth = moved.mark_text(align="right", dy=-9)
    head = alt.Chart(ROWS).transform_filter("datum.head").mark_text(align="left", dy=8, color=colours.quiet)
    zero = alt.Chart(ROWS).transform_filter("!datum.head").mark_tick(
        orient="vertical", size=17, yOffset=8, thickness=1, color=colours.quiet, opacity=0.5
    )  # fmt: skip
    pick = picking("key")
    return (
        alt.layer(
            moved.mark_bar(height=9, yOffset=8, cornerRadius=2).encode(
                y=y, x=alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False)),
                color=alt.Color("colour:N", scale=None),
            ),
            zero.encode(y=y, x=alt.datum(0)),
            label.encode(y=y, x=alt.value(0), text="label:N"),
            amount.encode(y=y, x=alt.value("width"), text="change_text:N"),
            growth.encode(
                y=y, x=alt.value("width"), text="growth_text:N", color=alt.Color("word_colour:N", scale=None)
            ),
            head.encode(y=y, x=alt.value(0), text="label:N"),
            # The whole line of a bar answers to the pointer: a short bar is hard to hit.
            moved.mark_rect(color=colours.text, cornerRadius=4, cursor=cursor()).encode(
                y=y, x=alt.value(0), x2=alt.value("width"), tooltip=tooltip,
                opacity=alt.condition(pick, alt.value(0.09), alt.value(0), empty=False),
            ).add_params(pick),
        )
        .properties(config=config(shape.theme))
        .to_dict()
    )  # fmt: skip


def _kind(now: float, before: float) -> str:
    """Tell whether a part gained, lost, is new or is gone; empty where nothing changed."""
    if not before and now:
        return "new"
    if not now and before:
        return "gone"
    return "up" if now > before else "down" if now < before else ""


def _moved(rows: pd.DataFrame, by: str, compare: Compare) -> pd.DataFrame:
    now, before = rows["value"].fillna(0.0), rows[f"{compare}_value"].fillna(0.0)
    moved = pd.DataFrame(
        {"key": rows[by].astype(str), "now": now, "before": before, "value": now - before, "n": rows["n"]}
    ).astype({"now": "float64", "before": "float64", "value": "float64"})
    moved["kind"] = [_kind(a, b) for a, b in zip(moved["now"], moved["before"], strict=True)]
    return moved.assign(size=moved["value"].abs()).sort_values("size", ascending=False, kind="stable")


def _listed(moved: pd.DataFrame, by: str, heads: Mapping[str, str]) -> pd.DataFrame:
    """Give the rows that are drawn, in order: who gained, who lost, then new and gone under a heading each."""
    pieces = []
    for kind, most in _LISTED:
        rows = moved[moved["kind"] == kind]
        if rows.empty:
            continue
        apart = kind in heads
        if apart and len(rows) > most:
            beyond = rows.iloc[most - 1 :]
            summed = beyond[["now", "before", "value", "n"]].sum().to_dict() | {"key": OTHER, "kind": kind}
            rows = pd.concat([rows.iloc[: most - 1], pd.DataFrame([summed])], ignore_index=True)
            rows["label"] = [name_of(by, key, len(beyond)) for key in rows["key"]]
        else:
            rows = rows.head(most)
            # The one that lost most stands last, as far from the one that gained most as it can.
            rows = rows.iloc[::-1] if kind == "down" else rows
            rows = rows.assign(label=[name_of(by, key) for key in rows["key"]])
        if apart:
            head = pd.DataFrame([{"key": f"{_HEAD}{kind}", "kind": kind, "label": heads[kind], "value": 0.0}])
            rows = pd.concat([head, rows], ignore_index=True)
        pieces.append(rows)
    return pd.concat(pieces, ignore_index=True)


def _data(listed: pd.DataFrame, metric: Metric, theme: Theme) -> pd.DataFrame:
    colours = PALETTES[theme]
    better = metric.better == "higher"
    good, bad = (colours.better, colours.worse) if better else (colours.worse, colours.better)
    drawn = {"up": good, "down": bad, "new": colours.main, "gone": colours.compared}
    words = {"new": _("new"), "gone": _("gone")}
    before = listed["before"].where(listed["before"] > 0)
    rest = listed["key"] == OTHER
    reach = listed["value"].where(~rest).abs().max()
    return pd.DataFrame(
        {
            "place": range(len(listed)),
            "key": listed["key"],
            "kind": listed["kind"],
            "head": listed["key"].str.startswith(_HEAD),
            "label": listed["label"],
            # What is beyond those named is often more than each of them: to scale they would all look alike.
            "value": listed["value"].where(~rest | (listed["value"].abs() <= reach)),
            "short": [change(value, None, metric.unit) for value in listed["value"]],
            "change_text": [change(value, None, metric.unit) for value in listed["value"]],
            "growth_text": [
                words.get(kind) or change(value, share, metric.unit)
                for kind, value, share in zip(listed["kind"], listed["value"], listed["value"] / before, strict=True)
            ],
            "now_text": [full(value, metric.unit) for value in listed["now"]],
            "before_text": [full(value, metric.unit) for value in listed["before"]],
            "cases": [compact(n, "count") for n in listed["n"]],
            "colour": listed["kind"].map(drawn),
            "word_colour": listed["kind"].map({"up": good, "down": bad}).fillna(colours.quiet),
        }
    )  # fmt: skip


def _headline(moved: pd.DataFrame, by: str, metric: Metric, before: str) -> str:
    said = []
    for kind, sentence in (("up", _("{name} gained most: {change}")), ("down", _("{name} lost most: {change}"))):
        rows = moved[moved["kind"] == kind]
        if len(rows):
            first = rows.iloc[0]
            text = change(first["value"], None, metric.unit)
            said.append(sentence.format(name=name_of(by, first["key"]), change=text))
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
    rows = result.rows(metric)
    dimension = DIMENSIONS[by].title().lower()
    title = _("Which {dimension} moved").format(dimension=DIMENSIONS[by].plural().lower())
    compare = compared_with(result, metric)
    if compare is None or rows[f"{compare}_value"].isna().all():
        reasons = rows["reason"].dropna()
        said = (
            reason_in_words(reasons.iloc[0] if len(reasons) else "no_rows")
            if rows.empty or rows["value"].isna().all()
            else _("The data does not reach back to an earlier period to compare with.")
        )
        return Figure({}, pd.DataFrame(), title, "", f"{title}: {said}")
    starts, ends = rows[f"{compare}_start"].dropna(), rows[f"{compare}_end"].dropna()
    now = period_name(result.period.start, result.period.end)
    before = period_name(pd.Timestamp(starts.iloc[0]), pd.Timestamp(ends.iloc[0]))
    moved = _moved(rows, by, compare)
    if not moved["kind"].any():
        return Figure({}, pd.DataFrame(), title, "", _("{title}: nothing changed.").format(title=title))
    heads = {
        "new": _("New: nothing sold in {period}").format(period=before),
        "gone": _("Gone: nothing sold in {period}").format(period=now),
    }
    frame = _data(_listed(moved, by, heads), known, theme)
    subtitle = _("Change of {measure} by {dimension}, {period} against {before}").format(
        measure=measured(measure.lower(), known.unit), dimension=dimension,
        period=now, before=before,
    )  # fmt: skip
    headline = _headline(moved, by, known, before)
    told = "; ".join(
        f"{row.label} {row.change_text} ({row.growth_text})" for row in frame[~frame["head"]].itertuples()
    )
    spec = {**_spec(_Shape(theme, measure, before)), "height": STEP * len(frame)}
    return Figure(spec, frame, headline, subtitle, f"{subtitle}: {told}.", metric=metric, picks={"key": by})
