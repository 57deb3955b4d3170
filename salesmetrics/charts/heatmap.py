"""Two dimensions against each other: a cell for each pair that occurs, its value in it; what does not occur is empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.bars import MOST
from salesmetrics.charts.figure import (
    OTHER,
    ROWS,
    Columns,
    Figure,
    Row,
    compared_days,
    compared_tooltip,
    compared_with,
    counted_columns,
    counting_tooltips,
    is_known,
    measured,
    metric_title,
    nothing_to_draw,
    numbers,
    picking,
    rows_of,
    why_absent,
)
from salesmetrics.charts.leaders import leaders, name_of, worth_by
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text
from salesmetrics.charts.rest import together
from salesmetrics.charts.shades import between, ink_on
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import change, compact, full, period_name
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
            left_text(first, y, dy=-11, limit=alt.ExprRef("max(90, width - 60)")),
            right_text(first, y, "whole", dy=-11, color=colours.quiet),
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
    rows: Sequence[Row], metric: Metric, names: Mapping[str, tuple[str, ...]], compare: Compare | None
) -> list[dict[str, Any]]:
    """Give one row a pair of names that occurs, in the order in which they go down, what is not named summed."""
    order = names[next(iter(names))]
    pairs: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        key, column = (str(row[by]) if str(row[by]) in names[by] else OTHER for by in names)
        pairs.setdefault((key, column), []).append(row)
    cells = []
    for (key, column), of_pair in sorted(pairs.items(), key=lambda pair: order.index(pair[0][0])):
        whole = of_pair[0] if len(of_pair) == 1 else together(of_pair, metric, compare)
        if whole is not None:
            cells.append({**whole, "key": key, "across": column})
    return cells


def _data(cells: Sequence[Row], metric: Metric, theme: Theme, compare: Compare | None) -> dict[str, list[Any]]:
    values = numbers(cells, "value")
    # What is not named is often more than what is: it takes no part in the scale.
    named = [value for cell, value in zip(cells, values, strict=True) if _is_named(cell) and is_known(value)]
    reach = max(named, default=0.0)
    places = [min(max(value / reach, 0.0), 1.0) if reach > 0 and is_known(value) else 0.0 for value in values]
    fill = [between(FAINT[theme], PALETTES[theme].main, place) for place in places]
    rows_down = [cell["key"] for cell in cells]
    totals = worth_by(cells, "key")
    columns: dict[str, list[Any]] = {
        "key": rows_down,
        "across": [cell["across"] for cell in cells],
        "value": values,
        "short": [compact(value, metric.unit) for value in values],
        "value_text": [full(value, metric.unit) for value in values],
        **counted_columns(cells),
        "colour": fill,
        "ink": [ink_on(one) for one in fill],
        "whole": [compact(totals[key], metric.unit) if metric.additive else "" for key in rows_down],
        "first": [rows_down.index(key) == place for place, key in enumerate(rows_down)],
    }
    if compare:
        columns["compared_text"] = [full(cell[f"{compare}_value"], metric.unit) for cell in cells]
        columns["change_text"] = [
            change(cell[f"{compare}_change"], cell[f"{compare}_growth"], metric.unit) for cell in cells
        ]
    return columns


def _is_named(cell: Row) -> bool:
    return OTHER not in (cell["key"], cell["across"])


def _headline(cells: Sequence[Row], columns: Columns) -> str:
    known = [place for place, value in enumerate(columns["value"]) if is_known(value)]
    # A cell that stands for several may be the largest: it has no name.
    named = [place for place in known if _is_named(cells[place])]
    best = max(named or known, key=columns["value"].__getitem__)
    return _("Strongest: {down} in {across}, {value}").format(
        down=columns["label"][best], across=columns["column"][best], value=columns["short"][best]
    )


def heatmap_figure(result: Result, metric: str, theme: Theme = "light") -> Figure:
    """Give `metric` by the two dimensions that `result` is cut by: the first down, the second across.

    Raises ValueError when `result` is not cut by two dimensions.
    """
    if len(result.query.by) != 2:
        raise ValueError("a heat map needs a result that is cut by two dimensions")
    down, across = result.query.by
    known = CATALOGUE[metric]
    measure = metric_title(known)
    found = rows_of(result, metric)
    # A pair that never occurred has no value; one that the comparison alone knows has 0 now.
    rows = [row for row in found if is_known(row["value"]) and is_known(row["n"]) and row["n"] > 0]
    if not rows:
        return nothing_to_draw(measure, why_absent(found))
    compare = compared_with(result, metric)
    worth = {by: worth_by(rows, by, "value" if known.additive else "n") for by in (down, across)}
    names = {by: leaders(worth[by], by, MOST) for by in (down, across)}
    beyond = {by: len(worth[by]) - len(names[by]) + 1 for by in (down, across)}
    heads = {key: name_of(across, key, beyond[across]) for key in names[across]}
    cells = _cells(rows, known, names, compare)
    columns = _data(cells, known, theme, compare)
    columns["label"] = [name_of(down, key, beyond[down]) for key in columns["key"]]
    columns["column"] = [heads[key] for key in columns["across"]]
    before = compared_days(rows, compare) if compare else None
    shape = _Shape(
        theme, measure, DIMENSIONS[down].title(), DIMENSIONS[across].title(), before,
        any(is_known(cell["denominator"]) for cell in cells),
    )  # fmt: skip
    subtitle = _("{measure} by {down} and {across}, {period}; the stronger the colour, the more").format(
        measure=measured(measure, known.unit), down=DIMENSIONS[down].title().lower(),
        across=DIMENSIONS[across].title().lower(),
        period=period_name(result.period.start, result.period.end),
    )  # fmt: skip
    rows_told: dict[str, list[str]] = {}
    for label, column, short in zip(columns["label"], columns["column"], columns["short"], strict=True):
        rows_told.setdefault(label, []).append(f"{column} {short}")
    told = "; ".join(f"{label}: {', '.join(parts)}" for label, parts in rows_told.items())
    return Figure(
        _across(_spec(shape), tuple(heads.values()), len(names[down])), columns, _headline(cells, columns), subtitle,
        f"{subtitle}. {told}.", metric=metric, picks={"key": down, "across": across},
    )  # fmt: skip
