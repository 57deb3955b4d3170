"""How a company counts: where its year and week start, when it works, and from what share of the data a number holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Conventions:
    """What numbers rest on beside the data; hashable, part of every request.

    `fiscal_year_start` is a month (1 to 12), `week_start` and `working_days` are ISO weekdays (1 is Monday).
    `left_edge_days`: for so long after the first order customers counted as new may not be. Below the share
    `low_coverage` of the data a number is not given, below `full_coverage` it says on what share it rests.
    """

    fiscal_year_start: int = 1
    week_start: int = 1
    working_days: tuple[int, ...] = (1, 2, 3, 4, 5)
    left_edge_days: int = 90
    low_coverage: float = 0.5
    full_coverage: float = 0.95
