"""The answer to a request: a tidy frame, one row a metric, period and combination of dimension values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from salesmetrics.query.request import MetricQuery, Period


@dataclass(frozen=True)
class Result:
    """What was asked and what came back.

    `frame` has the columns `metric`, `period_start`, `period_end` (exclusive), one text column for each `by`
    dimension, `value` (float64; a share of 12 % is 0.12, days and hours as numbers of their unit), `reason`
    (why value is null, else None), `n` (rows or things counted), `numerator`, `denominator`, `warnings`
    (tuple of codes such as `partial` or `left_truncated`), `details` (dict of secondary figures, e.g. p90) and,
    for each comparison C asked for (`previous`, `last_year`), `C_value`, `C_reason`, `C_n`, `C_numerator`,
    `C_denominator`, `C_start`, `C_end`, `C_change` (value - C_value) and `C_growth` (change / C_value, null
    where C_value is not positive). `as_of` and `period` are those used when none were asked for.
    """

    query: MetricQuery
    as_of: date
    period: Period
    frame: pd.DataFrame

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that the rows are cut by: those asked for, or those that a view always has."""
        columns = list(self.frame.columns)
        return tuple(columns[columns.index("period_end") + 1 : columns.index("value")])

    def rows(self, metric: str) -> pd.DataFrame:
        """Give the rows of one metric, with a fresh index."""
        return self.frame[self.frame["metric"] == metric].reset_index(drop=True)


def empty_frame(query: MetricQuery) -> pd.DataFrame:
    """Give a frame without rows, with the columns of an answer."""
    return pd.DataFrame(
        columns=[
            "metric", "period_start", "period_end", *query.by, "value", "reason", "n", "numerator", "denominator",
            "warnings", "details",
        ]
    )  # fmt: skip
