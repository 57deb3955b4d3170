"""From aggregated cells to values with reasons, counts and warnings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import pandas as pd

from salesmetrics.engine import Engine
from salesmetrics.metrics.measure import ADDS, Aggregate
from salesmetrics.metrics.metric import Cells, Outcome
from salesmetrics.model import tenure
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.ledger import LEFT_EDGE_DAYS
from salesmetrics.query.coverage import coverage, day_after
from salesmetrics.query.notes import standing_warnings
from salesmetrics.query.plan import Scan, Step
from salesmetrics.query.request import Compare, MetricQuery
from salesmetrics.query.resolve import Asked, Span, against, last_day

LOW_COVERAGE, FULL_COVERAGE = 0.5, 0.95


@dataclass
class Cube:
    """What the scans of a request gave: for each scan the rows of every period, keyed by period and group."""

    parts: dict[Scan, list[pd.DataFrame]] = field(default_factory=dict)

    def add(self, scan: Scan, step: Step, found: pd.DataFrame) -> None:
        """Take in the result of one step, once for each period that it answers."""
        keys = pd.DataFrame(
            {
                "key": pd.to_datetime([day for day, _period in step.keys]).astype("datetime64[us]"),
                "start": [period.start for _day, period in step.keys],
                "end": [period.end for _day, period in step.keys],
            }
        )
        found = found.assign(key=pd.to_datetime(found["key"]).astype("datetime64[us]"))
        self.parts.setdefault(scan, []).append(keys.merge(found, on="key").drop(columns="key"))

    def cells(self, scan: Scan) -> pd.DataFrame:
        """Give the cells of a scan; columns start, end, by_NAME and the measures."""
        return pd.concat(self.parts[scan], ignore_index=True)

    def groups(self, scans: Mapping[str, Scan], periods: Iterable[Period], by: tuple[str, ...]) -> pd.DataFrame:
        """Give the groups (one column a dimension) that have a row in any of the scans, in reading order."""
        if not by:
            return pd.DataFrame(index=range(1))
        columns = [f"by_{name}" for name in by]
        found = pd.concat([self.cells(scan)[columns] for scan in set(scans.values())])
        found = found.drop_duplicates().rename(columns=dict(zip(columns, by, strict=True)))
        order = {band: place for place, band in enumerate(tenure.ORDER)}
        return found.sort_values(
            list(by),
            key=lambda values: values.map(lambda value: (order.get(value, 99), str(value))),
            ignore_index=True,
        )


def evaluate(
    engine: Engine,
    data: Dataset,
    one: Asked,
    query: MetricQuery,
    spans: tuple[Span, ...],
    scans: Mapping[str, Scan],
    groups: pd.DataFrame | None,
    cube: Cube,
) -> pd.DataFrame:
    """Give the frame of one metric over `spans` x `groups`, in that order (see `Result`)."""
    if one.reason is not None or groups is None:
        return _absent(one, spans)
    rows = _rows(one, spans, groups)
    inside = _inside(one, rows)
    measures = _read(one, scans, rows, inside, cube)
    base: dict[str, pd.Series] = {}
    if one.metric.shift is not None:
        earlier = tuple(against(span, Compare(one.metric.shift), query) for span in spans)
        base_rows = _rows(one, earlier, groups)
        base = _read(one, scans, base_rows, _inside(one, base_rows), cube)
    cells = Cells(measures, one.settings, rows.index, rows, base)
    outcome = one.metric.evaluate(cells)
    reason = outcome.reason.where(inside, "no_rows").where(lambda why: why.notna(), None)
    share = _coverage_share(one, measures)
    reason = reason.mask(reason.isna() & (share < LOW_COVERAGE), "low_coverage")
    frame = pd.DataFrame(
        {
            "metric": one.metric.id,
            "period_start": pd.to_datetime(rows["period_start"]),
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
    frame["details"] = _details(outcome, rows, inside)
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


def _rows(one: Asked, spans: tuple[Span, ...], groups: pd.DataFrame) -> pd.DataFrame:
    periods = pd.DataFrame(
        {
            "place": range(len(spans)),
            "period_start": [span.period.start for span in spans],
            "period_end": [span.period.end for span in spans],
            "whole_end": [span.whole.end for span in spans],
            "days": [
                max((min(span.period.end, day_after(one.through)) - span.period.start).days, 0) for span in spans
            ],
            "snapshot": [last_day(span, one.as_of) for span in spans],
            "as_of": one.as_of,
            "partial": [one.is_partial(span.whole) for span in spans],
        }
    )
    return periods.merge(groups, how="cross")


def _inside(one: Asked, rows: pd.DataFrame) -> pd.Series:
    """Tell the rows whose period shares days with what every table covers."""
    inside = pd.Series(True, index=rows.index)
    if one.undated:
        return inside
    for cover in one.covers.values():
        inside &= (rows["period_start"] <= cover.through) & (rows["period_end"] > cover.first)
    return inside


def _read(
    one: Asked, scans: Mapping[str, Scan], rows: pd.DataFrame, inside: pd.Series, cube: Cube
) -> dict[str, pd.Series]:
    """Give each measure over the rows: what adds is 0 where nothing is, the rest stays unknown."""
    wanted = rows[["period_start", "period_end", *one.by]]
    by_scan: dict[Scan, pd.DataFrame] = {}
    for scan in set(scans.values()):
        cells = cube.cells(scan).rename(
            columns={"start": "period_start", "end": "period_end", **{f"by_{name}": name for name in one.by}}
        )
        by_scan[scan] = wanted.merge(cells, on=["period_start", "period_end", *one.by], how="left")
    read = {}
    for measure in one.measures:
        values = by_scan[scans[measure.name]][measure.name].set_axis(rows.index)
        if measure.aggregate is not Aggregate.LIST:
            values = values.astype(float)
        if measure.aggregate in ADDS:
            values = values.fillna(0.0).where(inside)
        read[measure.name] = values
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
