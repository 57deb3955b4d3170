"""From aggregated cells to values with reasons, counts and warnings: columns of plain arrays, a metric at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salesmetrics.engine import Engine
from salesmetrics.metrics.measure import ADDS, Aggregate, Placed, Reach
from salesmetrics.metrics.metric import Cells, Flags, Numbers, Outcome, Rows
from salesmetrics.model import tenure
from salesmetrics.model.calendar import Grain, floor
from salesmetrics.model.conventions import Conventions
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived import RELATIONS
from salesmetrics.query.coverage import coverage, day_after
from salesmetrics.query.cube import Cube, Group
from salesmetrics.query.notes import standing_warnings
from salesmetrics.query.placing import Scan, looked_at
from salesmetrics.query.resolve import Asked, Span, last_day

BASES = frozenset({Reach.WITH_PREVIOUS, Reach.WITH_LAST_YEAR, Reach.MOVED_BACK})
"""Windows without which a number is wrong where the data begins inside them; others are only shorter then."""

Columns = dict[str, NDArray[Any]]
"""The numbers of one metric, a row for each span with each group, by the names of a result's columns."""


@dataclass(frozen=True)
class Planned:
    """One metric of a request, with where its numbers come from.

    `scans` gives the scan of each measure; `spans` are those asked for, then those of each comparison in turn;
    `bases` are those that `spans` are set against, for a metric that is a change.
    """

    one: Asked
    conventions: Conventions
    scans: Mapping[str, Scan]
    spans: tuple[Span, ...]
    bases: tuple[Span, ...] = ()


def evaluate(engine: Engine, data: Dataset, planned: Planned, groups: Sequence[Group], cube: Cube) -> Columns:
    """Give the columns of one metric over its spans with `groups`, span by span (see `Result`).

    Beside the columns of a result there is `counted_end`, the end of the days that are counted.
    """
    one, spans = planned.one, planned.spans
    if one.reason is not None:
        return {**_keys(one, spans, [(None,) * len(one.by)]), **_absent(one.reason, len(spans))}
    inside = _is_inside(one, spans)
    rows = _rows(one, spans, len(groups))
    measures = _read(planned, spans, groups, inside, cube)
    base = _read(planned, planned.bases, groups, _is_inside(one, planned.bases), cube) if planned.bases else {}
    counts = np.repeat(inside, len(groups))
    outcome = one.metric.evaluate(Cells(measures, one.settings, rows, base, planned.conventions))
    outcome = outcome.absent(~counts, "no_rows")
    early, short = _begins_early(planned), _looks_back_too_far(planned, BASES)
    outcome = outcome.absent(np.repeat(np.logical_or(early, short), len(groups)), "incomplete_period")
    if one.metric.complete and not one.undated:
        unfinished = np.array([one.is_partial(span.whole) for span in spans], dtype=bool)
        outcome = outcome.absent(np.repeat(unfinished, len(groups)), "incomplete_period")
    share = _coverage_share(one, measures, len(rows.span))
    outcome = outcome.absent(outcome.stands & (share < planned.conventions.low_coverage), "low_coverage")
    said = _Warnings(len(rows.span), standing_warnings(engine, data, one.measures), counts)
    _warn(said, engine, data, planned, groups, outcome, measures, share)
    return {
        **_keys(one, spans, groups),
        "value": np.where(outcome.stands, outcome.value, np.nan),
        "reason": outcome.reason,
        "n": np.nan_to_num(np.where(counts, measures[one.metric.counted(one.settings)], 0)).astype("int64"),
        "numerator": np.where(counts, outcome.numerator, np.nan),
        "denominator": np.where(counts, outcome.denominator, np.nan),
        "warnings": _objects(said.found),
        "details": _objects(_details(outcome, counts)),
    }


def _objects(values: Sequence[object]) -> NDArray[np.object_]:
    """Give an array of things as they are: NumPy would make a table of tuples."""
    return np.fromiter(values, dtype=object, count=len(values))


def _keys(one: Asked, spans: Sequence[Span], groups: Sequence[tuple[object, ...]]) -> Columns:
    """Give the columns that tell what a row is about."""
    size = len(groups)

    def days(of: Iterable[object]) -> NDArray[Any]:
        return np.repeat(np.array(list(of), dtype="datetime64[s]"), size)

    return {
        "metric": np.full(len(spans) * size, one.metric.id, dtype=object),
        "period_start": days(span.whole.start for span in spans),
        "period_end": days(span.whole.end for span in spans),
        "counted_end": days(span.period.end for span in spans),
        **{name: _objects([group[place] for group in groups] * len(spans)) for place, name in enumerate(one.by)},
    }


def _absent(reason: str, size: int) -> Columns:
    nothing = np.full(size, np.nan)
    return {
        "value": nothing,
        "reason": np.full(size, reason, dtype=object),
        "n": np.zeros(size, dtype="int64"),
        "numerator": nothing,
        "denominator": nothing,
        "warnings": _objects([()] * size),
        "details": _objects([{} for _row in range(size)]),
    }


def _is_inside(one: Asked, spans: Sequence[Span]) -> Flags:
    """Tell which spans share days with what every table covers."""
    covers = () if one.undated else tuple(one.covers.values())
    return np.array(
        [
            all(
                (one.metric.ahead or span.period.start <= cover.through) and span.period.end > cover.first
                for cover in covers
            )
            for span in spans
        ],
        dtype=bool,
    )


def _begins_early(planned: Planned) -> Flags:
    """Tell which spans are set against one that begins before the data does, or are such a one themselves.

    Three months against a year of which the data has only the last would be called growth. The data is taken to
    begin with its first month; a balance at the end of a period does not care where that begins.
    """
    one, spans = planned.one, planned.spans
    by_date = any(measure.placed is Placed.BY_DATE for measure in one.measures)
    if one.undated or not by_date or not one.covers:
        return np.zeros(len(spans), dtype=bool)
    edge = max(floor(cover.first, Grain.MONTH) for cover in one.covers.values())

    def early(some: Sequence[Span]) -> Flags:
        starts: Flags = np.array([span.period.start < edge for span in some], dtype=bool)
        return np.logical_and(_is_inside(one, some), starts)

    found = early(spans)
    found[: len(one.spans)] = False
    return np.logical_or(found, early(planned.bases)) if planned.bases else found


def _looks_back_too_far(planned: Planned, reaches: frozenset[Reach]) -> Flags:
    """Tell for which spans a window of such a reach begins before the data does, which counts from its first month."""
    one = planned.one
    found: Flags = np.zeros(len(planned.spans), dtype=bool)
    for measure in one.measures:
        if measure.window is None or measure.window.reach not in reaches or one.undated:
            continue
        tables = [one.covers[name] for name in RELATIONS[measure.relation].tables if name in one.covers]
        if not tables:
            continue
        edge = max(floor(cover.first, Grain.MONTH) for cover in tables)
        grain = planned.scans[measure.name].grain
        starts = [looked_at(measure.window, span.period, grain).days.start < edge for span in planned.spans]
        found = np.logical_or(found, starts)
    return found


def _rows(one: Asked, spans: Sequence[Span], size: int) -> Rows:
    after = day_after(one.through)
    days = [max((min(span.period.end, after) - span.period.start).days, 0) for span in spans]
    past = [last_day(span, one.as_of) < one.as_of for span in spans]
    return Rows(
        np.repeat(np.arange(len(spans)), size), np.repeat(np.array(days, float), size), np.repeat(past, size)
    )


def _read(
    planned: Planned, spans: Sequence[Span], groups: Sequence[Group], inside: Flags, cube: Cube
) -> dict[str, NDArray[Any]]:
    """Give each measure over the rows: what adds is 0 where nothing is, the rest stays unknown."""
    counts = np.repeat(inside, len(groups))
    places: dict[Scan, NDArray[np.intp]] = {}
    read = {}
    for measure in planned.one.measures:
        scan = planned.scans[measure.name]
        if scan not in places:
            whole = scan.placed is Placed.OVERLAPPING
            places[scan] = cube.cells(scan).at([span.whole if whole else span.period for span in spans], groups)
        at = places[scan]
        found = cube.cells(scan).columns[measure.name]
        if measure.aggregate is Aggregate.LIST:
            values = np.full(len(at), None, dtype=object)
        else:
            found, values = found.astype(float), np.full(len(at), np.nan)
        there = at >= 0
        values[there] = found[at[there]]
        if measure.aggregate in ADDS:
            values = np.where(counts, np.nan_to_num(values), np.nan)
        read[measure.name] = values
    return read


def _coverage_share(one: Asked, measures: Mapping[str, Numbers], size: int) -> Numbers:
    names = one.metric.rests_on(one.settings)
    if names is None:
        return np.full(size, np.nan)
    used, whole = (measures[name] for name in names)
    return used / np.where(whole > 0, whole, np.nan)


def _details(outcome: Outcome, counts: Flags) -> list[dict[str, float | str | None]]:
    found: list[dict[str, float | str | None]] = [{} for _row in counts]
    for name, values in outcome.details.items():
        for place in np.flatnonzero(counts).tolist():
            value = values[place]
            if value is not None and not isinstance(value, str):
                value = None if value != value else float(value)
            found[place][name] = value
    return found


class _Warnings:
    """The warnings of each row, in the order in which they are said; rows outside the data have only standing ones."""

    def __init__(self, size: int, standing: tuple[str, ...], counts: Flags) -> None:
        self.found: list[tuple[str, ...]] = [standing] * size
        self._counts = counts

    def say(self, code: str, where: Flags, values: Numbers | None = None, form: str = "g") -> None:
        """Add a warning where `where` holds, with the row's value where there are values."""
        for place in np.flatnonzero(where & self._counts).tolist():
            said = code if values is None else f"{code}:{values[place]:{form}}"
            self.found[place] = (*self.found[place], said)


def _warn(
    said: _Warnings,
    engine: Engine,
    data: Dataset,
    planned: Planned,
    groups: Sequence[Group],
    outcome: Outcome,
    measures: Mapping[str, Numbers],
    share: Numbers,
) -> None:
    one, spans, size = planned.one, planned.spans, len(groups)
    if one.undated:
        said.found = [(*standing, "undated") for standing in said.found]
    else:
        said.say("partial", np.repeat([one.is_partial(span.whole) for span in spans], size))
    if one.metric.left_edge:
        edge = coverage(engine, data)["orders"].first + timedelta(days=planned.conventions.left_edge_days)
        said.say("left_truncated", np.repeat([span.period.start < edge for span in spans], size))
    said.say("short_history", np.repeat(_looks_back_too_far(planned, frozenset(Reach) - BASES), size))
    if "tenure" in one.by:
        place = one.by.index("tenure")
        said.say(
            "pre_hire", np.array([group[place] == tenure.PRE_HIRE for group in groups] * len(spans), dtype=bool)
        )
    said.say("coverage", share < planned.conventions.full_coverage, share, ".3f")
    cautions = {code: measures[name] for code, name in one.metric.cautions}
    for code, counted in cautions.items():
        said.say(code, np.nan_to_num(counted) != 0, counted)
    for code, where in outcome.warnings.items():
        said.say(code, where)
