"""Limits that people set themselves: a number above or below which they want to be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Threshold:
    """A limit of one metric; shares are parts of 1.

    >>> Threshold("win_rate", above=False, value=0.3).crossed(0.28)
    True
    """

    metric: str
    above: bool
    value: float

    def crossed(self, value: float) -> bool:
        """Tell whether a value lies beyond the limit; a value on it does not."""
        return value > self.value if self.above else value < self.value
