"""The answer to a request: a tidy frame, one row a metric, period and combination of dimension values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from salesmetrics.query.request import MetricQuery, Period

Columns = Mapping[str, NDArray[Any]]
"""The columns of an answer by name, as plain arrays."""


@dataclass(frozen=True, eq=False)
class Result:
    """What was asked and what came back.

    `frame` has the columns `metric`, `period_start`, `period_end` (exclusive), one text column for each `by`
    dimension, `value` (float64; a share of 12 % is 0.12, days and hours as numbers of their unit), `reason`
    (why value is null, else None), `n` (rows or things counted), `numerator`, `denominator`, `warnings`
    (tuple of codes such as `partial` or `left_truncated`), `details` (dict of secondary figures, e.g. p90) and,
    for each comparison C asked for (`previous`, `last_year`), `C_value`, `C_reason`, `C_n`, `C_numerator`,
    `C_denominator`, `C_start`, `C_end`, `C_change` (value - C_value) and `C_growth` (change / C_value, null
    where C_value is not positive). `columns` holds the same as plain arrays, which costs far less than a frame
    where rows are few. `as_of` and `period` are those used when none were asked for.
    """

    query: MetricQuery
    as_of: date
    period: Period
    given: pd.DataFrame | Columns

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The answer as a frame, made when it is first asked for."""
        return self.given if isinstance(self.given, pd.DataFrame) else framed(self.given)

    @cached_property
    def columns(self) -> Columns:
        """The answer as plain arrays by column; they are shared and must not be changed."""
        if isinstance(self.given, pd.DataFrame):
            return {str(name): self.given[name].to_numpy() for name in self.given.columns}
        return self.given

    def places(self, metric: str) -> slice | NDArray[np.intp]:
        """Tell where in `columns` the rows of one metric stand."""
        return self._places.get(metric, slice(0, 0))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that the rows are cut by: those asked for, or those that a view always has."""
        columns = list(self.columns)
        return tuple(columns[columns.index("period_end") + 1 : columns.index("value")])

    def rows(self, metric: str) -> pd.DataFrame:
        """Give the rows of one metric, with a fresh index."""
        # A slice is a view, which pandas copies only when it is written to.
        found: pd.DataFrame = self.frame.iloc[self.places(metric)]
        return found.set_axis(pd.RangeIndex(len(found)), axis="index")

    @cached_property
    def _places(self) -> dict[str, slice | NDArray[np.intp]]:
        """Where the rows of each metric stand: side by side in an answer, anywhere in a frame put together."""
        names = self.columns["metric"].astype(object)
        found: dict[str, slice | NDArray[np.intp]] = {}
        for name in dict.fromkeys(names):
            places = np.flatnonzero(names == name)
            first, last = int(places[0]), int(places[-1])
            found[name] = slice(first, last + 1) if last - first + 1 == len(places) else places
        return found


_BEFORE, _AFTER = ("metric", "period_start", "period_end"), ("value", "reason", "n", "numerator", "denominator")
_WORDS = ("warnings", "details")


def answer_columns(query: MetricQuery, blocks: Sequence[Columns]) -> Columns:
    """Put the columns of metrics below one another, and the numbers of the paired periods beside theirs.

    Each block holds the rows asked for, then as many of each comparison in turn; rows pair by their order. It
    also has `counted_end`. A metric that is always cut by a dimension brings a column in which others have None.
    """
    times = 1 + len(query.compare)

    def column(name: str, place: int = 0) -> NDArray[Any]:
        pieces = []
        for block in blocks:
            size = len(block["value"]) // times
            piece = block[name] if name in block else np.full(size * times, None, dtype=object)
            pieces.append(piece[place * size : (place + 1) * size])
        return np.concatenate(pieces)

    every = dict.fromkeys(name for block in blocks for name in block)
    by = [name for name in every if name not in (*_BEFORE, *_AFTER, *_WORDS, "counted_end")]
    columns = {name: column(name) for name in (*_BEFORE, *by, *_AFTER, *_WORDS)}
    for place, compare in enumerate(query.compare, start=1):
        before = column("value", place)
        change = columns["value"] - before
        columns |= {f"{compare}_{name}": column(name, place) for name in _AFTER}
        columns |= {
            f"{compare}_start": column("period_start", place),
            f"{compare}_end": column("counted_end", place),
            f"{compare}_change": change,
            f"{compare}_growth": change / np.where(before > 0, before, np.nan),
        }
    return columns


def framed(columns: Columns) -> pd.DataFrame:
    """Give the columns of an answer as a frame."""
    index = pd.RangeIndex(len(columns["value"]))
    names = list(columns)
    text = ("metric", *names[names.index("period_end") + 1 : names.index("value")])
    typed = {name: _typed(values, index, name in text) for name, values in columns.items()}
    return pd.DataFrame(typed, index=index, copy=False)


def _typed(values: NDArray[Any], index: pd.Index, is_text: bool) -> NDArray[Any] | pd.Series:
    """Let objects stand as they are: pandas would look through them for what they might be."""
    if values.dtype != object or (is_text and None not in values):
        return values
    return pd.Series(values, index=index, dtype=object, copy=False)
