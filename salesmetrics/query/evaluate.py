"""From aggregated cells to values with reasons, counts and warnings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from salesmetrics.engine import Engine
from salesmetrics.metrics.arithmetic import FULL_COVERAGE, LOW_COVERAGE
from salesmetrics.metrics.measure import ADDS, Aggregate, Placed
from salesmetrics.metrics.metric import Cells, Outcome
from salesmetrics.model import tenure
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.order import LEFT_EDGE_DAYS
from salesmetrics.query.coverage import coverage, day_after
from salesmetrics.query.notes import standing_warnings
from salesmetrics.query.placing import Lot, Scan
from salesmetrics.query.request import Compare, MetricQuery
from salesmetrics.query.resolve import Asked, Span, against, last_day


@dataclass
class Found:
    """What one scan gave: a row for each period and group, found by (start, end, dimension values)."""

    frame: pd.DataFrame
    places: dict[tuple[Any, ...], int]


@dataclass
class Cube:
    """What the scans of a request gave."""

    parts: dict[Scan, list[tuple[Lot, pd.DataFrame]]] = field(default_factory=dict)
    ready: dict[Scan, Found] = field(default_factory=dict)

    def add(self, scan: Scan, lot: Lot, found: pd.DataFrame) -> None:
        """Take in the answer to one statement."""
        self.parts.setdefault(scan, []).append((lot, found))

    def cells(self, scan: Scan) -> Found:
        """Give the cells of a scan; a row of the engine's answers once for each period that it stands for."""
        if scan not in self.ready:
            frame = pd.concat([found for _lot, found in self.parts[scan]], ignore_index=True)
            groups = [frame[f"by_{name}"].tolist() for name in scan.by]
            places: dict[tuple[Any, ...], int] = {}
            row = 0
            for lot, found in self.parts[scan]:
                meant: dict[date, list[Period]] = {}
                for day, period in lot.keys:
                    meant.setdefault(day, []).append(period)
                for day in pd.to_datetime(found["key"]).dt.date:
                    group = tuple(values[row] for values in groups)
                    # A trend scans whole stretches of time: buckets in between were not asked for.
                    for period in meant.get(day, ()):
                        places[(period.start, period.end, *group)] = row
                    row += 1
            self.ready[scan] = Found(frame, places)
        return self.ready[scan]

    def groups(self, asked: Mapping[Scan, Collection[Period]], by: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Give the groups that have a row in any of the periods asked of the scans, in reading order."""
        if not by:
            return [()]
        found: set[tuple[str, ...]] = set()
        for scan, periods in asked.items():
            edges = {(period.start, period.end) for period in periods}
            found |= {key[2:] for key in self.cells(scan).places if key[:2] in edges}
        order = {band: place for place, band in enumerate(tenure.ORDER)}
        return sorted(found, key=lambda group: tuple((order.get(str(value), 99), str(value)) for value in group))


def evaluate(
    engine: Engine,
    data: Dataset,
    one: Asked,
    query: MetricQuery,
    spans: tuple[Span, ...],
    scans: Mapping[str, Scan],
    groups: list[tuple[str, ...]] | None,
    cube: Cube,
) -> pd.DataFrame:
    """Give the frame of one metric over `spans` x `groups`, in that order (see `Result`)."""
    if one.reason is not None or groups is None:
        return _absent(one, spans)
    rows = _rows(one, spans, groups)
    inside = rows["inside"]
    measures = _read(one, scans, rows, cube)
    base: dict[str, pd.Series] = {}
    if one.metric.shift is not None:
        earlier = tuple(against(span, Compare(one.metric.shift), query) for span in spans)
        base = _read(one, scans, _rows(one, earlier, groups), cube)
    cells = Cells(measures, one.settings, rows.index, rows, base)
    outcome = one.metric.evaluate(cells)
    reason = outcome.reason.where(inside, "no_rows").where(lambda why: why.notna(), None)
    share = _coverage_share(one, measures)
    reason = reason.mask(reason.isna() & (share < LOW_COVERAGE), "low_coverage")
    frame = pd.DataFrame(
        {
            "metric": one.metric.id,
            "period_start": pd.to_datetime(rows["whole_start"]),
            "period_end": pd.to_datetime(rows["whole_end"]),
            "counted_end": pd.to_datetime(rows["period_end"]),
            **{name: rows[name] for name in one.by},
            "value": outcome.value.where(reason.isna()).astype(float),
            "reason": reason.astype(object).where(reason.notna(), None),
            "n": _count(one, measures, inside),
            "numerator": outcome.numerator.where(inside).astype(float),
            "denominator": outcome.denominator.where(inside).astype(float),
        }
    )
    frame["warnings"] = _warnings(engine, data, one, rows, outcome, measures, share, inside)
    frame["details"] = pd.Series(_details(outcome, rows, inside), index=frame.index, dtype=object)
    return frame


def _absent(one: Asked, spans: tuple[Span, ...]) -> pd.DataFrame:
    count = len(spans)
    return pd.DataFrame(
        {
            "metric": one.metric.id,
            "period_start": pd.to_datetime([span.whole.start for span in spans]),
            "period_end": pd.to_datetime([span.whole.end for span in spans]),
            "counted_end": pd.to_datetime([span.period.end for span in spans]),
            **{name: pd.Series([None] * count, dtype=object) for name in one.by},
            "value": np.nan,
            "reason": one.reason,
            "n": 0,
            "numerator": np.nan,
            "denominator": np.nan,
            "warnings": [()] * count,
            "details": [{} for _each in range(count)],
        }
    )


def _rows(one: Asked, spans: Sequence[Span], groups: list[tuple[str, ...]]) -> pd.DataFrame:
    """Give the rows to be: every span with every group."""
    size = len(groups)
    after = day_after(one.through)
    periods: dict[str, list[object]] = {
        "period_start": [span.period.start for span in spans],
        "period_end": [span.period.end for span in spans],
        "whole_start": [span.whole.start for span in spans],
        "whole_end": [span.whole.end for span in spans],
        "days": [max((min(span.period.end, after) - span.period.start).days, 0) for span in spans],
        "snapshot": [last_day(span, one.as_of) for span in spans],
        "partial": [one.is_partial(span.whole) for span in spans],
        "inside": [_is_inside(one, span.period) for span in spans],
    }
    columns: dict[str, object] = {
        name: [value for value in values for _group in range(size)] for name, values in periods.items()
    }
    columns |= {name: [group[place] for group in groups] * len(spans) for place, name in enumerate(one.by)}
    return pd.DataFrame({**columns, "as_of": one.as_of}, index=range(size * len(spans)))


def _is_inside(one: Asked, period: Period) -> bool:
    """Tell whether a period shares days with what every table covers."""
    return one.undated or all(
        period.start <= cover.through and period.end > cover.first for cover in one.covers.values()
    )


def _read(one: Asked, scans: Mapping[str, Scan], rows: pd.DataFrame, cube: Cube) -> dict[str, pd.Series]:
    """Give each measure over the rows: what adds is 0 where nothing is, the rest stays unknown."""
    inside = rows["inside"].to_numpy()
    places: dict[Scan, np.ndarray] = {}
    for scan in set(scans.values()):
        end = "whole_end" if scan.placed is Placed.OVERLAPPING else "period_end"
        keys = zip(rows["period_start"], rows[end], *(rows[name] for name in one.by), strict=True)
        places[scan] = np.array([cube.cells(scan).places.get(key, -1) for key in keys], dtype=int)
    read = {}
    for measure in one.measures:
        scan = scans[measure.name]
        found, at = cube.cells(scan).frame[measure.name].to_numpy(), places[scan]
        if measure.aggregate is Aggregate.LIST:
            values = np.full(len(at), None, dtype=object)
        else:
            found, values = found.astype(float), np.full(len(at), np.nan)
        values[at >= 0] = found[at[at >= 0]]
        if measure.aggregate in ADDS:
            values = np.where(inside, np.nan_to_num(values), np.nan)
        read[measure.name] = pd.Series(values, index=rows.index)
    return read


def _coverage_share(one: Asked, measures: Mapping[str, pd.Series]) -> pd.Series:
    names = one.metric.rests_on(one.settings)
    if names is None:
        return pd.Series(np.nan, index=next(iter(measures.values())).index)
    used, whole = (measures[name] for name in names)
    return used / whole.where(whole > 0)


def _count(one: Asked, measures: Mapping[str, pd.Series], inside: pd.Series) -> pd.Series:
    return measures[one.metric.counted(one.settings)].where(inside).fillna(0).astype("int64")


def _details(outcome: Outcome, rows: pd.DataFrame, inside: pd.Series) -> list[dict[str, float | None]]:
    found: list[dict[str, float | None]] = [{} for _row in range(len(rows))]
    for name, values in outcome.details.items():
        for place, (value, counts) in enumerate(zip(values, inside, strict=True)):
            if counts:
                found[place][name] = float(value) if pd.notna(value) else None
    return found


def _warnings(
    engine: Engine,
    data: Dataset,
    one: Asked,
    rows: pd.DataFrame,
    outcome: Outcome,
    measures: Mapping[str, pd.Series],
    share: pd.Series,
    inside: pd.Series,
) -> list[tuple[str, ...]]:
    standing = [*standing_warnings(engine, data, one.measures), *(["undated"] if one.undated else [])]
    found: list[list[str]] = [list(standing) for _row in range(len(rows))]

    def say(code: str, which: pd.Series) -> None:
        for place in np.flatnonzero((which & inside).to_numpy()):
            found[place].append(code)

    if not one.undated:
        say("partial", rows["partial"])
    if one.metric.left_edge:
        first = coverage(engine, data)["orders"].first
        say("left_truncated", rows["period_start"] < first + timedelta(days=LEFT_EDGE_DAYS))
    if "tenure" in one.by:
        say("pre_hire", rows["tenure"] == tenure.PRE_HIRE)
    for place in np.flatnonzero(((share < FULL_COVERAGE) & inside).to_numpy()):
        found[place].append(f"coverage:{share.iloc[place]:.3f}")
    counted = {code: measures[name] for code, name in one.metric.cautions}
    for code, values in {**counted, **outcome.warnings}.items():
        for place in np.flatnonzero((values.fillna(0).astype(bool) & inside).to_numpy()):
            value = values.iloc[place]
            found[place].append(code if isinstance(value, (bool, np.bool_)) else f"{code}:{value:g}")
    return [tuple(codes) for codes in found]
