"""The same thing has the same colour on every page: colours given to a dimension's values once, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from zlib import crc32

from salesmetrics.charts.theme import PALETTES, Theme
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.model.tenure import BANDS, LAST_BAND


@lru_cache(maxsize=256)
def colours(dimension: str, values: tuple[str, ...], theme: Theme) -> Mapping[str, str]:
    """Give each of a dimension's `values` (all that the data holds, most frequent first) its colour.

    A value's colour follows from its name, so that it stays when others come or go; when two names fall on one
    colour the less frequent moves on to the next free one. Of more values than there are colours all have the
    same: a colour that several share says nothing.

    >>> first = colours("region", ("North", "South"), "light")
    >>> first["North"] == colours("region", ("North", "South", "East"), "light")["North"]
    True
    """
    palette = PALETTES[theme]
    if dimension == "tenure":
        # Bands have an order, so they share one hue, paler for newer reps.
        ordered = dict(zip((*(band for band, _ in BANDS), LAST_BAND), palette.ordered, strict=True))
        return MappingProxyType({value: ordered.get(value, palette.other) for value in values})
    size = len(palette.categories)
    if len(values) > size + (UNKNOWN in values):
        return MappingProxyType({value: palette.other if value == UNKNOWN else palette.main for value in values})
    given: dict[str, str] = {}
    taken: set[int] = set()
    for value in values:
        if value == UNKNOWN:
            given[value] = palette.other
            continue
        place = crc32(value.encode()) % size
        while place in taken:
            place = (place + 1) % size
        taken.add(place)
        given[value] = palette.categories[place]
    return MappingProxyType(given)


def colour_of(dimension: str, value: str, values: Sequence[str], theme: Theme) -> str:
    """Give the colour of one value; a value that `values` lacks, such as "other", is grey."""
    return colours(dimension, tuple(values), theme).get(value, PALETTES[theme].other)
