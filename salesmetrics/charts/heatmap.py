"""Two dimensions against each other: a cell for each pair that occurs, its value in it; what does not occur is empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from salesmetrics.charts.bars import MARGIN, MOST
from salesmetrics.charts.figure import (
    OTHER,
    ROWS,
    Figure,
    compared_tooltip,
    compared_with,
    counting_tooltips,
    highest,
    measured,
    metric_title,
    picking,
)
from salesmetrics.charts.leaders import leaders, lumped, name_of
from salesmetrics.charts.shades import between, ink_on
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.request import Compare
from salesmetrics.query.result import Result

STEP = 46
"""Pixels from one row to the next: its label above, its cells below."""

_CELL, _LETTER, _NARROW, _LONGEST, _PHONE = 24, 7.0, 42, 160, 310
FAINT: Mapping[Theme, str] = {"light": "#e9effb", "dark": "#1f2a3e"}
"""What a cell near zero is filled with."""


@dataclass(frozen=True)
class _Shape:
    """All that the specification follows from; its data is no part of it."""

    theme: Theme
    measure: str
    down: str
    across: str
    compared: str | None
    ratio: bool


@lru_cache(maxsize=64)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    tooltip = [
        alt.Tooltip("label:N", title=shape.down),
        alt.Tooltip("column:N", title=shape.across),
        alt.Tooltip("value_text:N", title=shape.measure),
        *(
            [
                compared_tooltip(shape.compared),
                alt.Tooltip("change_text:N", title=_("Change")),
            ]
            if shape.compared
            else []
        ),
        *counting_tooltips(shape.ratio),
    ]
    x = alt.X(
        "column:N", scale=alt.Scale(paddingInner=0.03, paddingOuter=0),
        axis=alt.Axis(title=None, orient="top", labelLimit=_LONGEST),
    )  # fmt: skip
    y = alt.Y("key:N", sort=None, axis=None, scale=alt.Scale(padding=0))
    pick = picking("key", "across")
    other = "'\\u0000other'"
    several = alt.ExprRef(f"datum.key === {other} || datum.across === {other} ? 'default' : 'pointer'")
    cells = alt.Chart(ROWS)
    first = alt.Chart(ROWS).transform_filter("datum.first")
    return (
        alt.layer(
            cells.mark_rect(height=_CELL, yOffset=10, cornerRadius=2, cursor=several)
            .encode(
                x=x, y=y, color=alt.Color("colour:N", scale=None), tooltip=tooltip,
                stroke=alt.condition(pick, alt.value(colours.text), alt.value(None), empty=False),
                strokeWidth=alt.condition(pick, alt.value(2.5), alt.value(0), empty=False),
            )
            .add_params(pick),
            cells.mark_text(
                yOffset=10, fontSize=11, opacity=alt.ExprRef(f"bandwidth('x') < {_NARROW} ? 0 : 1")
            ).encode(x=x, y=y, text="short:N", color=alt.Color("ink:N", scale=None), tooltip=tooltip),
            first.mark_text(align="left", dy=-11, limit=alt.ExprRef("max(90, width - 60)")).encode(
                y=y, x=alt.value(0), text="label:N"
            ),
            first.mark_text(align="right", dy=-11, color=colours.quiet).encode(
                y=y, x=alt.value("width"), text="whole:N"
            ),
        )
        .properties(config=config(shape.theme))
        .to_dict()
    )  # fmt: skip


def _across(spec: Mapping[str, Any], columns: Sequence[str], rows: int) -> Mapping[str, Any]:
    """Put the names across, in their order, into a specification that is shared by all that look alike."""
    longest = min(round(max(len(name) for name in columns) * _LETTER), _LONGEST)
    narrow = f"bandwidth('x') < {longest}"
    standing = {
        "labelAngle": {"expr": f"{narrow} ? -90 : 0"},
        "labelAlign": {"expr": f"{narrow} ? 'left' : 'center'"},
        "labelBaseline": {"expr": f"{narrow} ? 'middle' : 'bottom'"},
    }

    def named(layer: Mapping[str, Any]) -> Mapping[str, Any]:
        x = layer["encoding"]["x"]
        if x.get("field") != "column":
            return layer
        scale = {**x["scale"], "domain": list(columns)}
        return {
            **layer,
            "encoding": {
                **layer["encoding"],
                "x": {**x, "axis": {**x["axis"], **standing}, "scale": scale, "sort": list(columns)},
            },
        }

    # Names that may not fit side by side on a phone stand upright there, above rows that keep their height.
    head = 26 if len(columns) * longest < _PHONE else longest + 12
    return {**spec, "layer": [named(layer) for layer in spec["layer"]], "height": STEP * rows + MARGIN + head}


def _cells(
    rows: pd.DataFrame, metric: Metric, names: Mapping[str, tuple[str, ...]], compare: Compare | None
) -> pd.DataFrame:
    """Give one row a pair of names that occurs, what is not named summed."""
    down, across = names
    keyed = rows.assign(key=lumped(rows[down], names[down]), across=lumped(rows[across], names[across]))
    figures = ["value", "n", *([f"{compare}_value"] if compare else [])]
    if not metric.additive:
        # Parts of a ratio are divided after they are summed.
        summed = keyed.groupby(["key", "across"], sort=False)[["numerator", "denominator", "n"]].sum(min_count=1)
        single = keyed.groupby(["key", "across"], sort=False)[figures].agg("first")
        several = keyed.groupby(["key", "across"], sort=False).size() > 1
        ratio = summed["numerator"] / summed["denominator"].where(summed["denominator"] != 0)
        cells = single.assign(value=single["value"].where(~several, ratio), n=summed["n"])
        return cells.join(summed[["numerator", "denominator"]]).reset_index()
    cells = keyed.groupby(["key", "across"], sort=False)[[*figures, "numerator"]].sum(min_count=1).reset_index()
    return cells.assign(denominator=float("nan"))


def _data(cells: pd.DataFrame, metric: Metric, theme: Theme, compare: Compare | None) -> pd.DataFrame:
    named = (cells["key"] != OTHER) & (cells["across"] != OTHER)
    # What is not named is often more than what is: it takes no part in the scale.
    reach = cells["value"].where(named).max()
    place = (cells["value"] / reach).clip(0, 1) if reach > 0 else cells["value"] * 0
    fill = [between(FAINT[theme], PALETTES[theme].main, float(one)) for one in place]
    frame = pd.DataFrame(
        {
            "key": cells["key"],
            "across": cells["across"],
            "label": cells["label"],
            "column": cells["column"],
            "value": cells["value"].astype("float64"),
            "short": [compact(value, metric.unit) for value in cells["value"]],
            "value_text": [full(value, metric.unit) for value in cells["value"]],
            "cases": [compact(n, "count") for n in cells["n"]],
            "numerator_text": [full(value, "units") for value in cells["numerator"]],
            "denominator_text": [full(value, "units") for value in cells["denominator"]],
            "colour": fill,
            "ink": [ink_on(one) for one in fill],
            "whole": cells["whole"],
            "first": ~cells["key"].duplicated(),
        }
    )
    if compare:
        before = cells[f"{compare}_value"].astype("float64")
        difference = frame["value"] - before
        growth = (difference / before).where(before > 0)
        frame["compared_text"] = [full(value, metric.unit) for value in before]
        frame["change_text"] = [
            change(one, more, metric.unit) for one, more in zip(difference, growth, strict=True)
        ]
    return frame


def heatmap_figure(result: Result, metric: str, theme: Theme = "light") -> Figure:
    """Give `metric` by the two dimensions that `result` is cut by: the first down, the second across.

    Raises ValueError when `result` is not cut by two dimensions.
    """
    if len(result.query.by) != 2:
        raise ValueError("a heat map needs a result that is cut by two dimensions")
    down, across = result.query.by
    known = CATALOGUE[metric]
    measure = metric_title(known)
    rows = result.rows(metric)
    # A pair that never occurred has no value; one that the comparison alone knows has 0 now.
    rows = rows[rows["value"].notna() & (rows["n"].fillna(0) > 0)] if len(rows) else rows
    if rows.empty:
        reasons = result.rows(metric)["reason"].dropna()
        why = reason_in_words(reasons.iloc[0] if len(reasons) else "no_rows")
        return Figure({}, pd.DataFrame(), measure, "", f"{measure}: {why}")
    compare = compared_with(result, metric)
    worth = "value" if known.additive else "n"
    sums = {by: rows[worth].groupby(rows[by].astype(str)).sum() for by in (down, across)}
    names = {by: leaders(sums[by], by, MOST) for by in (down, across)}
    beyond = {by: len(sums[by]) - len(names[by]) + 1 for by in (down, across)}
    columns = {key: name_of(across, key, beyond[across]) for key in names[across]}
    cells = _cells(rows, known, names, compare)
    totals = cells.groupby("key")["value"].sum()
    cells = cells.assign(
        label=[name_of(down, key, beyond[down]) for key in cells["key"]],
        column=cells["across"].map(columns),
        whole=[compact(totals[key], known.unit) if known.additive else "" for key in cells["key"]],
        place=cells["key"].map({name: place for place, name in enumerate(names[down])}),
    ).sort_values("place", kind="stable", ignore_index=True)  # fmt: skip
    frame = _data(cells, known, theme, compare)
    before = None
    if compare and rows[f"{compare}_start"].notna().any():
        starts, ends = rows[f"{compare}_start"].dropna(), rows[f"{compare}_end"].dropna()
        before = period_name(pd.Timestamp(starts.iloc[0]), pd.Timestamp(ends.iloc[0]))
    shape = _Shape(
        theme, measure, DIMENSIONS[down].title(), DIMENSIONS[across].title(), before,
        bool(cells["denominator"].notna().any()),
    )  # fmt: skip
    subtitle = _("{measure} by {down} and {across}, {period}; the stronger the colour, the more").format(
        measure=measured(measure, known.unit), down=DIMENSIONS[down].title().lower(),
        across=DIMENSIONS[across].title().lower(),
        period=period_name(result.period.start, result.period.end),
    )  # fmt: skip
    named = frame[(frame["key"] != OTHER) & (frame["across"] != OTHER)]
    best = highest(named)
    title = _("Strongest: {down} in {across}, {value}").format(
        down=best["label"], across=best["column"], value=best["short"]
    )
    rows_told: dict[str, list[str]] = {}
    for label, column, short in zip(frame["label"], frame["column"], frame["short"], strict=True):
        rows_told.setdefault(label, []).append(f"{column} {short}")
    told = "; ".join(f"{label}: {', '.join(parts)}" for label, parts in rows_told.items())
    return Figure(
        _across(_spec(shape), tuple(columns.values()), len(names[down])), frame, title, subtitle,
        f"{subtitle}. {told}.", metric=metric, picks={"key": down, "across": across},
    )  # fmt: skip
