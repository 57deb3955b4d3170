"""A metric by the values of a dimension: ranked bars with their change, the comparison as a paler bar behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from salesmetrics.charts.colours import colour_of
from salesmetrics.charts.figure import ROWS, Figure, cases_opacity, counting_tooltips, highest, metric_title
from salesmetrics.charts.theme import PALETTES, Palette, Theme, config
from salesmetrics.charts.values import change, compact, full, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.model.dimensions import DIMENSIONS, UNKNOWN
from salesmetrics.model.tenure import ORDER
from salesmetrics.query.request import Compare
from salesmetrics.query.result import Result

MOST = 12
"""Beyond so many bars the rest is drawn as one."""

OTHER = "\u0000other"
"""Stands for what is beyond the most; no value of a dimension starts like it."""

STEP = 42
"""Pixels from one bar to the next: its label above, the bar below."""


@dataclass(frozen=True)
class _Shape:
    """All that the specification of ranked bars follows from; their data is no part of it."""

    theme: Theme
    compared: str | None
    ratio: bool
    measure: str


@lru_cache(maxsize=128)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("value_text:N", title=shape.measure),
        *([alt.Tooltip("compared_text:N", title=shape.compared)] if shape.compared else []),
        *([alt.Tooltip("change_text:N", title=_("Change"))] if shape.compared else []),
        *counting_tooltips(shape.ratio),
    ]
    # The data arrives in the order in which it is drawn.
    y = alt.Y("key:N", sort=None, axis=None)
    x = alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    layers: list[alt.Chart] = []
    if shape.compared:
        layers.append(
            alt.Chart(ROWS)
            .mark_bar(height=14, yOffset=9, cornerRadius=2, color=colours.compared, opacity=0.45)
            .encode(y=y, x=alt.X("compared:Q", axis=None), tooltip=tooltip)
        )
    layers += [
        alt.Chart(ROWS).mark_bar(height=8, yOffset=9, cornerRadius=2).encode(
            y=y, x=x, color=alt.Color("colour:N", scale=None), opacity=alt.Opacity("opacity:Q", scale=None),
            tooltip=tooltip,
        ),
        alt.Chart(ROWS).mark_text(align="left", dy=-8, limit=190).encode(
            y=y, x=alt.value(0), text="label:N", tooltip=tooltip
        ),
        alt.Chart(ROWS).mark_text(align="right", dy=-8, dx=-62 if shape.compared else 0, fontWeight=600).encode(
            y=y, x=alt.value("width"), text="short:N", tooltip=tooltip
        ),
    ]  # fmt: skip
    if shape.compared:
        layers.append(
            alt.Chart(ROWS).mark_text(align="right", dy=-8).encode(
                y=y, x=alt.value("width"), text="change_text:N", color=alt.Color("change_colour:N", scale=None),
                tooltip=tooltip,
            )
        )  # fmt: skip
    return alt.layer(*layers).properties(config=config(shape.theme)).to_dict()


def change_colour(difference: float | None, better: str, colours: Palette) -> str:
    """Give the colour of a change: better, worse, or quiet where it is neither."""
    if difference is None or pd.isna(difference) or not difference or better not in {"higher", "lower"}:
        return colours.quiet
    return colours.better if (difference > 0) == (better == "higher") else colours.worse


def _ratio(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator else None


def _rest(rows: pd.DataFrame, metric: Metric, compare: Compare | None) -> dict[str, Any] | None:
    """Sum what is beyond the most that is drawn; None where parts do not add up and nothing divides."""
    whole: dict[str, Any] = {"n": rows["n"].sum(), "numerator": None, "denominator": None, "warnings": ()}
    shared = not metric.additive and bool(rows["denominator"].notna().all())
    if not metric.additive and not shared:
        return None
    for prefix in ("", f"{compare}_") if compare else ("",):
        if shared:
            top, bottom = rows[f"{prefix}numerator"].sum(), rows[f"{prefix}denominator"].sum()
            whole |= {
                f"{prefix}value": _ratio(top, bottom),
                f"{prefix}numerator": top,
                f"{prefix}denominator": bottom,
            }
        else:
            whole[f"{prefix}value"] = rows[f"{prefix}value"].sum(min_count=1)
    if compare:
        before, now = whole[f"{compare}_value"], whole["value"]
        known = before is not None and now is not None and not pd.isna(before) and not pd.isna(now)
        whole[f"{compare}_change"] = now - before if known else None
        whole[f"{compare}_growth"] = (now - before) / before if known and before > 0 else None
    return whole


def _ranked(rows: pd.DataFrame, metric: Metric, by: str, compare: Compare | None) -> tuple[pd.DataFrame, int]:
    """Order rows as they are drawn, the rest beyond the most as one row; and how many values were left out."""
    rows = rows[rows["value"].notna()].copy()
    rows["label"] = rows[by].astype(str)
    rows["key"] = rows["label"]
    if by == "tenure":
        places = {band: place for place, band in enumerate((*ORDER, UNKNOWN))}
        order = rows["label"].map(places).fillna(len(places))
        return rows.assign(label=rows["label"].map(tenure_name)).loc[order.sort_values(kind="stable").index], 0
    # People look for the largest first, and for what has no name last.
    rows = rows.assign(unnamed=rows["label"] == UNKNOWN).sort_values(
        ["unnamed", "value"], ascending=[True, False], kind="stable"
    )
    if len(rows) <= MOST:
        return rows, 0
    kept, beyond = rows.iloc[: MOST - 1], rows.iloc[MOST - 1 :]
    rest = _rest(beyond, metric, compare)
    if rest is None:
        return rows.iloc[:MOST], len(rows) - MOST
    name = _("other ({n})").format(n=len(beyond))
    return pd.concat([kept, pd.DataFrame([{**rest, "label": name, "key": OTHER}])], ignore_index=True), 0


def tenure_name(band: str) -> str:
    """Write a tenure band for people.

    >>> [tenure_name("0-3m"), tenure_name("1-2y"), tenure_name("5y+"), tenure_name("(unknown)")]
    ['0–3 months', '1–2 years', '5 years and more', '(unknown)']
    """
    if band.endswith("m"):
        return _("{band} months").format(band=band[:-1].replace("-", "–"))
    if band.endswith("y"):
        return _("{band} years").format(band=band[:-1].replace("-", "–"))
    return _("{n} years and more").format(n=band[:-2]) if band.endswith("y+") else band


def _data(
    rows: pd.DataFrame, metric: Metric, by: str, compare: Compare | None, values: Sequence[str], theme: Theme
) -> pd.DataFrame:
    colours = PALETTES[theme]
    # What is beyond the most is often more than each of them: drawn to scale it would make them all look alike.
    rest = rows["key"] == OTHER
    drawn = ~rest | (rows["value"] <= rows["value"].where(~rest).max())
    frame = pd.DataFrame(
        {
            "key": rows["key"],
            "label": rows["label"],
            "value": rows["value"].astype("float64").where(drawn),
            "short": [compact(value, metric.unit) for value in rows["value"]],
            "value_text": [full(value, metric.unit) for value in rows["value"]],
            "cases": [compact(n, "count") for n in rows["n"]],
            "numerator_text": [full(value, "units") for value in rows["numerator"]],
            "denominator_text": [full(value, "units") for value in rows["denominator"]],
            "colour": [colour_of(by, key, values, theme) for key in rows["key"]],
            "opacity": cases_opacity(rows),
        }
    )
    if compare:
        new = rows[f"{compare}_value"].isna() | (rows[f"{compare}_value"] == 0)
        frame["compared"] = rows[f"{compare}_value"].astype("float64").where(drawn)
        frame["compared_text"] = [full(value, metric.unit) for value in rows[f"{compare}_value"]]
        frame["change_text"] = [
            _("new") if fresh else change(difference, growth, metric.unit)
            for fresh, difference, growth in zip(
                new, rows[f"{compare}_change"], rows[f"{compare}_growth"], strict=True
            )
        ]
        frame["change_colour"] = [
            colours.quiet if fresh else change_colour(difference, str(metric.better), colours)
            for fresh, difference in zip(new, rows[f"{compare}_change"], strict=True)
        ]
    return frame.reset_index(drop=True)


def _headline(frame: pd.DataFrame, metric: Metric, measure: str, dimension: str) -> str:
    named = frame[~frame["key"].isin([UNKNOWN, OTHER])]
    if len(named) < 2:
        return _("{measure} by {dimension}").format(measure=measure, dimension=dimension)
    first, total = highest(named), frame["value"].sum()
    if metric.additive and (frame["value"] >= 0).all() and total > 0:
        return _("Most from {name}: {share} of {measure}").format(
            name=first["label"], share=compact(first["value"] / total, "percent"), measure=measure.lower()
        )
    return _("Highest {measure}: {name}, {value}").format(
        name=first["label"], measure=measure.lower(), value=compact(first["value"], metric.unit)
    )


def bars_figure(
    result: Result,
    metric: str,
    by: str,
    values: Sequence[str] = (),
    theme: Theme = "light",
    compare: Compare | None = None,
) -> Figure:
    """Give `metric` by the dimension `by` as a figure.

    `values` are all the dimension's values in the data, most frequent first: they fix the colours. `compare`
    is the comparison drawn (default: the first asked for).
    """
    known = CATALOGUE[metric]
    measure = metric_title(known)
    compare = compare or (result.query.compare[0] if result.query.compare else None)
    rows = result.rows(metric)
    ranked, left_out = _ranked(rows, known, by, compare) if len(rows) else (rows, 0)
    if ranked.empty:
        reasons = rows["reason"].dropna()
        why = reason_in_words(reasons.iloc[0] if len(reasons) else "no_rows")
        return Figure({}, pd.DataFrame(), measure, "", f"{measure}: {why}")
    frame = _data(ranked, known, by, compare, values or tuple(rows[by].astype(str)), theme)
    before = None
    if compare:
        starts, ends = rows[f"{compare}_start"].dropna(), rows[f"{compare}_end"].dropna()
        before = period_name(pd.Timestamp(starts.iloc[0]), pd.Timestamp(ends.iloc[0])) if len(starts) else None
    subtitle = _("{measure} by {dimension}, {period}").format(
        measure=measure,
        dimension=DIMENSIONS[by].title().lower(),
        period=period_name(result.period.start, result.period.end),
    )
    if before:
        subtitle = _("{subtitle}; pale: {before}").format(subtitle=subtitle, before=before)
    if left_out:
        subtitle += "; " + ngettext("{n} more is not drawn", "{n} more are not drawn", left_out).format(n=left_out)
    spec = {
        **_spec(_Shape(theme, before if compare else None, bool(rows["denominator"].notna().any()), measure)),
        "height": STEP * len(frame),
    }
    listed = "; ".join(
        f"{row.label} {row.short}" + (f" ({row.change_text})" if compare else "") for row in frame.itertuples()
    )
    return Figure(
        spec,
        frame,
        _headline(ranked, known, measure, DIMENSIONS[by].title().lower()),
        subtitle,
        f"{subtitle}: {listed}.",
    )


def bars(
    result: Result, metric: str, by: str, values: Sequence[str] = (), theme: Theme = "light"
) -> alt.LayerChart:
    """Draw `metric` by the dimension `by` as ranked bars; raises ValueError when there is nothing to draw."""
    return bars_figure(result, metric, by, values, theme).chart()
