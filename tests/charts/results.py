"""Results written down by hand, as the engine would give them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from salesmetrics.model.calendar import buckets, year_before
from salesmetrics.query.request import Compare, Grain, MetricQuery, Period
from salesmetrics.query.result import Result

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))


def _row(metric: str, period: Period, value: float | None, before: float | None, **more: Any) -> dict[str, Any]:
    earlier = year_before(period)
    change = None if value is None or before is None else value - before
    return {
        "metric": metric, "period_start": pd.Timestamp(period.start), "period_end": pd.Timestamp(period.end),
        "value": value, "reason": None, "n": 50, "numerator": value, "denominator": None, "warnings": (),
        "details": {}, "last_year_value": before, "last_year_reason": None, "last_year_n": 50,
        "last_year_numerator": before, "last_year_denominator": None, "last_year_start": pd.Timestamp(earlier.start),
        "last_year_end": pd.Timestamp(earlier.end), "last_year_change": change,
        "last_year_growth": change / before if change is not None and before and before > 0 else None,
    } | more  # fmt: skip


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    numbers = [name for name in frame if name.endswith(("value", "numerator", "denominator", "change", "growth"))]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def over_time(
    metric: str, values: list[float | None], grain: Grain = Grain.MONTH, period: Period = YEAR, **more: list[Any]
) -> Result:
    """`values` of `metric` by `grain` from the start of `period`; a year earlier each was 10 less."""
    cut = buckets(period, grain)[: len(values)]
    rows = [
        _row(
            metric,
            one,
            value,
            None if value is None else value - 10,
            **{name: said[place] for name, said in more.items()},
        )
        for place, (one, value) in enumerate(zip(cut, values, strict=True))
    ]
    return Result(
        MetricQuery((metric,), period, grain, compare=(Compare.LAST_YEAR,)), period.end, period, _frame(rows)
    )


def by_value(
    metric: str, dimension: str, values: dict[str, tuple[float | None, float | None]], **more: Any
) -> Result:
    """`metric` in 2025 and 2024 by the values of `dimension`."""
    rows = [
        _row(metric, YEAR, now, before, **{dimension: name}, **{key: said[name] for key, said in more.items()})
        for name, (now, before) in values.items()
    ]
    query = MetricQuery((metric,), YEAR, by=(dimension,), compare=(Compare.LAST_YEAR,))
    return Result(query, YEAR.end, YEAR, _frame(rows))


def nothing(metric: str, reason: str, grain: Grain | None = None, by: tuple[str, ...] = ()) -> Result:
    """`metric` that cannot be had, with the reason."""
    row = _row(metric, YEAR, None, None, reason=reason, n=0) | dict.fromkeys(by, "(unknown)")
    query = MetricQuery((metric,), YEAR, grain, by=by, compare=(Compare.LAST_YEAR,))
    return Result(query, YEAR.end, YEAR, _frame([row]))
