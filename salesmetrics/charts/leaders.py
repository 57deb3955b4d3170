"""Which values of a dimension a chart names: the largest, and the rest together as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from salesmetrics.charts.bars import tenure_name
from salesmetrics.charts.colours import colour_of
from salesmetrics.charts.figure import OTHER
from salesmetrics.charts.theme import PALETTES, Theme
from salesmetrics.i18n import _
from salesmetrics.model.dimensions import NEW, RETURNING, UNKNOWN
from salesmetrics.model.tenure import ORDER


def leaders(worth: pd.Series, by: str, most: int) -> tuple[str, ...]:
    """Name the values of `by` that are drawn, in the order in which they are; `worth` is each value's amount.

    The largest come first and what has no name last; tenure keeps its own order. Beyond `most` values the last
    is `OTHER`, which stands for all that are not named.

    >>> leaders(pd.Series({"North": 1.0, "South": 5.0, "East": 3.0}), "region", 3)
    ('South', 'East', 'North')
    >>> leaders(pd.Series({"North": 1.0, "South": 5.0, "East": 3.0}), "region", 2)[0]
    'South'
    """
    if by == "tenure":
        return tuple(band for band in (*ORDER, UNKNOWN) if band in worth.index)
    ranked = worth.sort_values(ascending=False, kind="stable").index.astype(str)
    ordered = [*(name for name in ranked if name != UNKNOWN), *(name for name in ranked if name == UNKNOWN)]
    return tuple(ordered) if len(ordered) <= most else (*ordered[: most - 1], OTHER)


def lumped(values: pd.Series, names: Sequence[str]) -> pd.Series:
    """Give for each of `values` the name under which it is drawn: its own, or `OTHER`."""
    return values.astype(str).where(values.isin(names), OTHER)


def name_of(by: str, key: str, beyond: int = 0) -> str:
    """Write a value of `by` for people; `beyond` is how many values `OTHER` stands for.

    >>> [name_of("region", "North"), name_of("tenure", "1-2y"), name_of("region", OTHER, 3)]
    ['North', '1–2 years', 'other (3)']
    """
    if key == OTHER:
        return _("other ({n})").format(n=f"{beyond:,}")
    if by == "tenure":
        return tenure_name(key)
    if by == "new_or_returning":
        return {NEW: _("new customers"), RETURNING: _("returning customers")}.get(key, key)
    return key


def colours_of(by: str, names: Sequence[str], values: Sequence[str], theme: Theme) -> Mapping[str, str]:
    """Give the colour of each of `names`; `values` are all of the dimension's, most frequent first.

    Where there are more values than colours no value has a colour of its own elsewhere: here those drawn get one.
    """
    size = len(PALETTES[theme].categories) + (UNKNOWN in values)
    drawn = tuple(name for name in names if name != OTHER)
    known = tuple(values) if by == "tenure" or len(values) <= size else drawn
    return {name: colour_of(by, name, known, theme) for name in names}
