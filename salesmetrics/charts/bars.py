"""A metric by the values of a dimension: ranked bars with their change, the comparison as a paler bar behind."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.colours import colour_of
from salesmetrics.charts.figure import (
    FEW_CASES,
    FIRM,
    OTHER,
    ROWS,
    Figure,
    Row,
    cases_opacity,
    compared_days,
    compared_tooltip,
    compared_with,
    counted_columns,
    counting_tooltips,
    is_known,
    measured,
    metric_title,
    nothing_to_draw,
    picking,
    rows_of,
    why_absent,
)
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text, whole_lines
from salesmetrics.charts.rest import together
from salesmetrics.charts.theme import PALETTES, Palette, Theme, config
from salesmetrics.charts.values import change, compact, full, period_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.model.dimensions import DIMENSIONS, UNKNOWN
from salesmetrics.model.tenure import ORDER
from salesmetrics.query.request import Compare
from salesmetrics.query.result import Result

MOST = 12
"""Beyond so many bars the rest is drawn as one."""

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
        *([compared_tooltip(shape.compared)] if shape.compared else []),
        *([alt.Tooltip("change_text:N", title=_("Change"))] if shape.compared else []),
        *counting_tooltips(shape.ratio),
    ]
    # The data arrives in the order in which it is drawn.
    y = alt.Y("key:N", sort=None, axis=None)
    x = alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    change_width = 62 if shape.compared else 0
    marks = alt.Chart(ROWS)
    layers: list[alt.Chart] = []
    if shape.compared:
        layers.append(
            marks.mark_bar(height=14, yOffset=9, cornerRadius=2, color=colours.compared, opacity=0.45)
            .encode(y=y, x=alt.X("compared:Q", axis=None))
        )  # fmt: skip
    layers += [
        marks.mark_bar(height=8, yOffset=9, cornerRadius=2).encode(
            y=y, x=x, color=alt.Color("colour:N", scale=None), opacity=alt.Opacity("opacity:Q", scale=None)
        ),
        # A long name ends before the value at the other end of its line.
        left_text(marks, y, dy=-8, limit=alt.ExprRef(f"max(90, width - {change_width + 70})")),
        right_text(marks, y, dy=-8, dx=-change_width, fontWeight=600),
    ]
    if shape.compared:
        layers.append(right_text(marks, y, "change_text", "change_colour", dy=-8))
    layers.append(whole_lines(marks, y, tooltip, picking("key"), colours))
    return alt.layer(*layers).properties(config=config(shape.theme)).to_dict()


def change_colour(difference: float | None, better: str, colours: Palette) -> str:
    """Give the colour of a change: better, worse, or quiet where it is neither."""
    if difference is None or not is_known(difference) or not difference or better not in {"higher", "lower"}:
        return colours.quiet
    return colours.better if (difference > 0) == (better == "higher") else colours.worse


def _ranked(
    rows: Sequence[Row], metric: Metric, by: str, compare: Compare | None
) -> tuple[list[dict[str, Any]], int]:
    """Order rows as they are drawn, the rest beyond the most as one row; and how many values were left out."""
    drawn = [{**row, "key": str(row[by]), "label": str(row[by])} for row in rows if is_known(row["value"])]
    if by == "tenure":
        places = {band: place for place, band in enumerate((*ORDER, UNKNOWN))}
        for row in drawn:
            row["label"] = tenure_name(row["key"])
        return sorted(drawn, key=lambda row: places.get(row["key"], len(places))), 0
    # People look for the largest first, and for what has no name last.
    drawn.sort(key=lambda row: (row["key"] == UNKNOWN, -row["value"]))
    if len(drawn) <= MOST:
        return drawn, 0
    kept, beyond = drawn[: MOST - 1], drawn[MOST - 1 :]
    rest = together(beyond, metric, compare)
    if rest is None:
        return drawn[:MOST], len(drawn) - MOST
    return [*kept, {**rest, "label": _("other ({n})").format(n=f"{len(beyond):,}"), "key": OTHER}], 0


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
    rows: Sequence[Row], metric: Metric, by: str, compare: Compare | None, values: Sequence[str], theme: Theme
) -> dict[str, list[Any]]:
    colours = PALETTES[theme]
    # What is beyond the most is often more than each of them: drawn to scale it would make them all look alike.
    most = max(row["value"] for row in rows if row["key"] != OTHER)
    drawn = [row["key"] != OTHER or (is_known(row["value"]) and row["value"] <= most) for row in rows]

    def texts(column: str, unit: str) -> list[str]:
        return [full(row[column], unit) for row in rows]

    def drawn_numbers(column: str) -> list[float]:
        return [
            float(row[column]) if shown and is_known(row[column]) else math.nan
            for row, shown in zip(rows, drawn, strict=True)
        ]

    columns: dict[str, list[Any]] = {
        "key": [row["key"] for row in rows],
        "label": [row["label"] for row in rows],
        "value": drawn_numbers("value"),
        "short": [compact(row["value"], metric.unit) for row in rows],
        "value_text": texts("value", metric.unit),
        **counted_columns(rows),
        "opacity": cases_opacity(rows),
        "colour": [colour_of(by, row["key"], values, theme) for row in rows],
    }
    if compare:
        fresh = [not is_known(row[f"{compare}_value"]) or row[f"{compare}_value"] == 0 for row in rows]
        changes = [(row[f"{compare}_change"], row[f"{compare}_growth"]) for row in rows]
        columns |= {
            "compared": drawn_numbers(f"{compare}_value"),
            "compared_text": texts(f"{compare}_value", metric.unit),
            "change_text": [
                _("new") if new else change(difference, growth, metric.unit)
                for new, (difference, growth) in zip(fresh, changes, strict=True)
            ],
            "change_colour": [
                colours.quiet if new else change_colour(difference, str(metric.better), colours)
                for new, (difference, _growth) in zip(fresh, changes, strict=True)
            ],
        }
    return columns


def _headline(rows: Sequence[Row], metric: Metric, measure: str, by: str) -> str:
    dimension = DIMENSIONS[by].title().lower()
    named = [row for row in rows if row["key"] not in (UNKNOWN, OTHER)]
    if len(named) < 2:
        return _("{measure} by {dimension}").format(measure=measure, dimension=dimension)
    first = max(named, key=lambda row: row["value"])
    total = math.fsum(row["value"] for row in rows)
    if metric.additive and all(row["value"] >= 0 for row in rows) and total > 0:
        if _says_it(measure, by):
            return _("{name} most often: {share} of {n}").format(
                name=first["label"],
                share=compact(first["value"] / total, "percent"),
                n=compact(total, metric.unit),
            )
        return _("Most from {name}: {share} of {measure}").format(
            name=first["label"], share=compact(first["value"] / total, "percent"), measure=measure.lower()
        )
    return _("Highest {measure}: {name}, {value}").format(
        name=first["label"], measure=measure.lower(), value=compact(first["value"], metric.unit)
    )


def _says_it(measure: str, by: str) -> bool:
    """Tell whether the measure's name says by what it is cut, as that of loss reasons does."""
    return measure.casefold() == DIMENSIONS[by].plural().casefold()


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
    is the comparison drawn (default: last year, where the data reaches back so far).
    """
    known = CATALOGUE[metric]
    measure = metric_title(known)
    compare = compare or compared_with(result, metric)
    rows = rows_of(result, metric)
    ranked, left_out = _ranked(rows, known, by, compare)
    if not ranked:
        return nothing_to_draw(measure, why_absent(rows))
    columns = _data(ranked, known, by, compare, values or tuple(str(row[by]) for row in rows), theme)
    before = compared_days(rows, compare) if compare else None
    said = _("{measure}, {period}") if _says_it(measure, by) else _("{measure} by {dimension}, {period}")
    subtitle = said.format(
        measure=measured(measure, known.unit),
        dimension=DIMENSIONS[by].title().lower(),
        period=period_name(result.period.start, result.period.end),
    )
    if before:
        subtitle = _("{subtitle}; grey behind: {before}").format(subtitle=subtitle, before=before)
    if any(opacity < FIRM for opacity in columns["opacity"]):
        subtitle += "; " + _("pale: fewer than {n} cases").format(n=FEW_CASES)
    if left_out:
        subtitle += "; " + ngettext("{n} more is not drawn", "{n} more are not drawn", left_out).format(n=left_out)
    spec = {
        **_spec(
            _Shape(
                theme,
                _("In {period}").format(period=before) if before else None,
                any(is_known(row["denominator"]) for row in rows),
                measure,
            )
        ),
        "height": STEP * len(ranked) + MARGIN,
    }
    changes = [f" ({text})" for text in columns["change_text"]] if compare else [""] * len(ranked)
    listed = "; ".join(
        f"{label} {short}{changed}"
        for label, short, changed in zip(columns["label"], columns["short"], changes, strict=True)
    )
    return Figure(
        spec,
        columns,
        _headline(ranked, known, measure, by),
        subtitle,
        f"{subtitle}: {listed}.",
        metric=metric,
        picks={"key": by},
    )


def bars(
    result: Result, metric: str, by: str, values: Sequence[str] = (), theme: Theme = "light"
) -> alt.LayerChart:
    """Draw `metric` by the dimension `by` as ranked bars; raises ValueError when there is nothing to draw."""
    return bars_figure(result, metric, by, values, theme).chart()
