"""What moved a measure: its change by the values of several dimensions, ranked by size, as diverging bars."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.bars import STEP, change_colour, tenure_name
from salesmetrics.charts.figure import (
    ROWS,
    Figure,
    Row,
    compared_days,
    compared_with,
    is_known,
    measured,
    metric_title,
    nothing_to_draw,
    picking,
    rows_of,
)
from salesmetrics.charts.line_bars import change_bars
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text, whole_lines
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import MINUS, change, full, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.request import Compare
from salesmetrics.query.result import Result

MOST = 7
"""So many changes are drawn, the largest."""

WORD_JOINER = "\u2060"


@dataclass(frozen=True)
class Driver:
    """The part of a change that one value of a dimension has: what it was before, and what it is now."""

    dimension: str
    value: str
    now: float
    before: float

    @property
    def change(self) -> float:
        """What it added to the change of the whole, below zero where it took away."""
        return self.now - self.before


def drivers(parts: Mapping[str, Sequence[Row]], compare: Compare) -> list[Driver]:
    """Give what each value adds to the change of an additive metric, the largest first.

    `parts` holds by dimension the rows of the metric cut by that alone. A value that is new had nothing before and
    one that is gone has nothing now: so the parts of each dimension sum to the change of the whole.
    """
    found = []
    for dimension, rows in parts.items():
        for row in rows:
            now, before = row["value"], row[f"{compare}_value"]
            if is_known(now) or is_known(before):
                found.append(
                    Driver(
                        dimension,
                        str(row[dimension]),
                        now if is_known(now) else 0.0,
                        before if is_known(before) else 0.0,
                    )
                )
    return sorted(found, key=lambda one: -abs(one.change))


@lru_cache(maxsize=64)
def _spec(theme: Theme, measure: str, now: str, before: str, dimensions: tuple[str, ...]) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    y = alt.Y("key:N", sort=None, axis=None)
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("short:N", title=_("Change")),
        alt.Tooltip("now_text:N", title=now),
        alt.Tooltip("before_text:N", title=before),
        alt.Tooltip("growth_text:N", title=_("Growth")),
    ]
    rows = alt.Chart(ROWS)
    layers = [
        *change_bars(rows, y, 8, colours),
        left_text(rows, y, dy=-8, limit=alt.ExprRef("max(90, width - 76)")),
        right_text(rows, y, colour="colour", dy=-8, fontWeight=600),
        whole_lines(rows, y, tooltip, picking(*dimensions), colours),
    ]
    return alt.layer(*layers).properties(config=config(theme)).to_dict()


def _name(driver: Driver) -> str:
    value = tenure_name(driver.value) if driver.dimension == "tenure" else driver.value
    return _("{dimension}: {value}").format(dimension=DIMENSIONS[driver.dimension].title(), value=value)


def _by(difference: float, metric: Metric) -> str:
    return change(difference, None, metric.unit)


def _growth(driver: Driver, metric: Metric) -> str:
    if not driver.before:
        return _("new")
    return change(driver.change, driver.change / driver.before if driver.before > 0 else None, metric.unit)


def drivers_figure(
    parts: Mapping[str, Result], metric: str, theme: Theme = "light", compare: Compare | None = None
) -> Figure:
    """Give the largest changes of `metric` as a figure; `parts` is, by dimension, its result cut by that alone.

    `compare` is what it is set against (default: last year, where the data reaches back so far).
    Dimensions of which only one value is left are passed over: their change is that of the whole.
    Raises ValueError for a metric whose parts do not sum to the whole.
    """
    known = CATALOGUE[metric]
    if not known.additive:
        raise ValueError(f"the parts of {metric} do not sum to its change")
    measure = metric_title(known)
    by_dimension = {name: rows_of(part, metric) for name, part in parts.items()}
    telling = {name: rows for name, rows in by_dimension.items() if len(rows) > 1}
    compare = compare or next((compared_with(parts[name], metric) for name in telling), None)
    found = drivers(telling, compare) if compare else []
    moved = [one for one in found if one.change][:MOST]
    before = compared_days((row for rows in telling.values() for row in rows), compare) if compare else None
    if not moved or before is None or not any(one.before for one in found):
        why = _("There is nothing to compare with, so what changed cannot be told.")
        return nothing_to_draw(measure, why)
    period = next(iter(parts.values())).period
    now = period_name(period.start, period.end)
    colours = PALETTES[theme]
    names = [_name(one) for one in moved]
    changes = [_by(one.change, known) for one in moved]
    picked = {name: [one.value if one.dimension == name else None for one in moved] for name in telling}
    columns: dict[str, list[Any]] = {
        "key": [str(place) for place in range(len(moved))],
        "label": names,
        "change": [one.change for one in moved],
        "short": changes,
        "now_text": [full(one.now, known.unit) for one in moved],
        "before_text": [full(one.before, known.unit) for one in moved],
        "growth_text": [_growth(one, known) for one in moved],
        "colour": [change_colour(one.change, str(known.better), colours) for one in moved],
        **picked,
    }
    first = next(iter(telling))
    whole = _by(math.fsum(one.change for one in found if one.dimension == first), known)
    subtitle = _("Change of {measure}, {now} against {before}; {whole} in all").format(
        measure=measured(measure.lower(), known.unit),
        now=now,
        before=before,
        # A line of text may break between a sign and a currency.
        whole=whole.replace(MINUS, MINUS + WORD_JOINER),
    )
    title = _("Largest change: {name}, {change}").format(name=names[0], change=changes[0])
    listed = "; ".join(f"{name} {by}" for name, by in zip(names, changes, strict=True))
    spec = {
        **_spec(theme, measure, _("In {period}").format(period=now), _("In {period}").format(period=before),
                tuple(telling)),
        "height": STEP * len(moved) + MARGIN,
    }  # fmt: skip
    return Figure(
        spec, columns, title, subtitle, f"{subtitle}: {listed}.", metric=metric,
        picks={name: name for name in telling},
    )  # fmt: skip
