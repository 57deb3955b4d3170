"""The course of the year: how each month usually lies above or below the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from salesmetrics.analysis.season import Season, seasonal
from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import nothing
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per, Placed
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit

MONTHS = 12
FEWEST_MONTHS = 24
SEEN_TWICE = 36
"""Months from which each month of the year stands beside the trend more than once."""

SEASONAL = 0.3
"""Strength from which a series is called seasonal."""

_PAST_MONTH = Per(
    "past_month",
    ("month",),
    (("sold", lambda t: t.amount.cast("float64").sum()), ("last_month", lambda t: t.last_month.max())),
)
_ASKED_MONTH = Per("asked_month", ("month",), (("lines", lambda t: t.lines.sum()),))


def _past(name: str, aggregate: Aggregate, value: Expression | None = None) -> Measure:
    return Measure(
        name, "month_sale", "snapshot", aggregate, value, inputs=sales.AMOUNT, per=_PAST_MONTH,
        placed=Placed.AT_END,
    )  # fmt: skip


def _listed(t: ir.Table) -> ir.Value:
    months = {"month": t.month.cast("string"), "last_month": t.last_month.cast("string")}
    return ibis.struct(months | {"sold": t.sold})


PAST_MONTHS = _past("past_months", Aggregate.LIST, _listed)
MONTHS_COUNTED = _past("months_counted", Aggregate.COUNT)
# The months that share days with the period: of these the value tells the season.
ASKED_MONTHS = Measure(
    "asked_months", "month_sale", "period_start", Aggregate.LIST,
    lambda t: ibis.struct({"month": t.month.cast("string"), "lines": t.lines}), inputs=sales.AMOUNT, per=_ASKED_MONTH,
    placed=Placed.OVERLAPPING,
)  # fmt: skip


def _number(month: str) -> int:
    """Count months since the year 0.

    >>> _number("2024-01-01") - _number("2023-11-01")
    2
    """
    day = date.fromisoformat(month[:10])
    return MONTHS * day.year + day.month - 1


def _series(listed: Any) -> tuple[int, Sequence[float]]:
    """Give the number of the first month with its sales and those of every month after it; none are 0."""
    months: Sequence[Mapping[str, Any]] = list(listed) if isinstance(listed, (list, np.ndarray)) else []
    if not months:
        return 0, ()
    sold = {_number(one["month"]): float(one["sold"]) for one in months}
    first, last = min(sold), max(_number(one["last_month"]) for one in months)
    return first, [sold.get(month, 0.0) for month in range(first, last + 1)]


def _asked(listed: Any) -> tuple[int, ...]:
    months = listed if isinstance(listed, (list, np.ndarray)) else []
    return tuple(_number(one["month"]) % MONTHS for one in months)


def _why(season: Season | None, months: int, asked: tuple[int, ...]) -> str | None:
    if not months or not asked:
        return "no_rows"
    if months < FEWEST_MONTHS:
        return "n_too_small"
    return "negative_base" if season is None else None


def _seasonality(cells: Cells) -> Outcome:
    series = [_series(listed) for listed in cells["past_months"]]
    asked = [_asked(listed) for listed in cells["asked_months"]]
    seasons = [
        seasonal(sold, MONTHS, first % MONTHS) if len(sold) >= FEWEST_MONTHS else None for first, sold in series
    ]
    value = [
        float(np.mean([season.index[month] for month in months])) if season and months else np.nan
        for season, months in zip(seasons, asked, strict=True)
    ]
    why = [
        _why(season, len(sold), months)
        for season, (_first, sold), months in zip(seasons, series, asked, strict=True)
    ]
    strength = np.array([season.strength if season else np.nan for season in seasons])
    indices = np.array([season.index if season else [np.nan] * MONTHS for season in seasons]).reshape(-1, MONTHS)
    known = ~np.isnan(strength)
    peak = np.where(known, np.argmax(np.nan_to_num(indices, nan=-np.inf), axis=1) + 1, np.nan)
    low = np.where(known, np.argmin(np.nan_to_num(indices, nan=np.inf), axis=1) + 1, np.nan)
    details = {f"month_{place + 1:02d}": indices[:, place] for place in range(MONTHS)}
    return Outcome(
        np.array(value),
        nothing(cells),
        nothing(cells),
        np.array(why, dtype=object),
        {"strength": strength, "peak_month": peak, "low_month": low, **details},
        {
            "not_seasonal": strength < SEASONAL,
            "season_seen_once": known & np.array([len(sold) < SEEN_TWICE for _first, sold in series], dtype=bool),
            "seasons_as_differences": np.array(
                [bool(season and season.additive) for season in seasons], dtype=bool
            ),
        },
    )


SEASONALITY_INDEX = Metric(
    id="seasonality_index",
    title=_("Season"),
    title_zh="季节指数",
    unit=Unit.INDEX,
    better=Better.NEITHER,
    tells=_("How much above or below an average month the months of the period usually are."),
    formula_text=_(
        "median over the years of a month's revenue / its centred twelve-month average, scaled to mean 1"
    ),
    source="S1 S2",
    measures=(PAST_MONTHS, MONTHS_COUNTED, ASKED_MONTHS),
    evaluate=_seasonality,
    n="months_counted",
    placed_by="last day of the period",
    traps=_(
        "All whole months up to the period's end count, 24 at least. Over a whole year the months even out to 1."
    ),
)

SEASON_METRICS = (SEASONALITY_INDEX,)
