"""Which values of a dimension a chart names: the largest, and the rest together as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from salesmetrics.charts.bars import tenure_name
from salesmetrics.charts.colours import colour_of
from salesmetrics.charts.figure import OTHER, Row, is_known
from salesmetrics.charts.theme import PALETTES, Theme
from salesmetrics.i18n import _
from salesmetrics.model.dimensions import NEW, RETURNING, UNKNOWN
from salesmetrics.model.tenure import ORDER


def leaders(worth: Mapping[str, float], by: str, most: int) -> tuple[str, ...]:
    """Name the values of `by` that are drawn, in the order in which they are; `worth` is each value's amount.

    The largest come first and what has no name last; tenure keeps its own order. Beyond `most` values the last
    is `OTHER`, which stands for all that are not named.

    >>> leaders({"North": 1.0, "South": 5.0, "East": 3.0}, "region", 3)
    ('South', 'East', 'North')
    >>> leaders({"North": 1.0, "South": 5.0, "East": 3.0}, "region", 2)[0]
    'South'
    """
    if by == "tenure":
        return tuple(band for band in (*ORDER, UNKNOWN) if band in worth)
    # Of two that are worth the same, the first by name.
    ordered = sorted(worth, key=lambda name: (name == UNKNOWN, -worth[name], name))
    return tuple(ordered) if len(ordered) <= most else (*ordered[: most - 1], OTHER)


def worth_by(rows: Iterable[Row], by: str, column: str = "value") -> dict[str, float]:
    """Sum a column of `rows` by the values of `by`, in the order in which they first come.

    >>> worth_by([{"region": "N", "value": 1.0}, {"region": "S", "value": None}, {"region": "N", "value": 2.0}], "region")
    {'N': 3.0, 'S': 0.0}
    """
    worth: dict[str, float] = {}
    for row in rows:
        name = str(row[by])
        worth[name] = worth.get(name, 0.0) + (row[column] if is_known(row[column]) else 0.0)
    return worth


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
