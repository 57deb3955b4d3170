"""What stands behind one number: its value, how its rows come to it, and the lists of these rows.

Sums, order and search are the engine's, so that of a million rows only those that are shown are fetched.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

import ibis
import ibis.expr.types as ir
import pandas as pd

from salesmetrics.engine import Engine, default_engine
from salesmetrics.engine.base import slot
from salesmetrics.metrics.measure import Aggregate, Measure
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.adding_up import PERIOD, Sum, evaluated, sum_of
from salesmetrics.query.compute import compute, needed, periods_of
from salesmetrics.query.listed import OWN_PERIOD, Part, columns_of, listed, parts_of
from salesmetrics.query.made_of import MadeOf, made_of
from salesmetrics.query.placing import Lot, lots
from salesmetrics.query.plan import shape
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.records import EARLIER, FIRST_COLUMNS, THIS, in_periods
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.resolve import Asked, resolve
from salesmetrics.query.row_words import rows_title

_SIZES = (Aggregate.SUM, Aggregate.MEAN, Aggregate.MEDIAN, Aggregate.P90)
"""Aggregates of amounts, by which rows can be told by how much they contribute."""


@dataclass(frozen=True)
class RowList:
    """Rows that are listed together: those of one relation, placed in time in one way, of one period.

    `date` is the column that places them, `title` says what they are, `measures` names the measures to which they add.
    """

    place: int
    role: str
    period: Period
    relation: str
    date: str
    title: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Behind:
    """One number and what it is made of.

    `value`, `numerator`, `denominator` and `reason` are those of `compute`; `again` is the value that the
    listed rows alone give, by the same arithmetic. `top` are the sums above the line, `bottom` those below it.
    """

    value: float
    reason: str | None
    numerator: float
    denominator: float
    again: float
    top: tuple[Sum, ...]
    bottom: tuple[Sum, ...]
    lists: tuple[RowList, ...]
    warnings: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Tell whether the rows give the number."""
        return alike(self.value, self.again)


def alike(first: float, second: float) -> bool:
    """Tell whether two figures are the same but for how floats add up."""
    if math.isnan(first) or math.isnan(second):
        return math.isnan(first) and math.isnan(second)
    return math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-9)


def behind(data: Dataset, query: MetricQuery, group: tuple[str, ...] = (), engine: Engine | None = None) -> Behind:
    """Tell what stands behind the number of one metric over one period.

    `group` are the values of `query.by` (or of the breakdown that the metric always has) that the number is for.
    Raises QueryError like `compute`.
    """
    engine = engine or default_engine()
    one, parts = _parts(engine, data, query)
    row = _row(compute(data, replace(query, compare=()), engine).frame, one, group)
    if one.reason is not None or row is None:
        reason = one.reason or "no_rows"
        none = math.nan
        return Behind(none, reason, none, none, none, (), (), (), ())
    cells = {part: _cells(engine, data, query, one, part) for part in parts}
    found = evaluated(
        engine, data, query, one, {part: frame.drop(columns=_counters(frame)) for part, frame in cells.items()}
    )
    again = _row(found, one, group)
    made = made_of(one)
    sums = [total for part, frame in cells.items() for total in _sums(one, part, frame, made, group)]
    sums.sort(key=lambda total: total.role == EARLIER)
    top = tuple(total for name in made.top for total in sums if total.measure == name)
    bottom = tuple(total for name in made.bottom for total in sums if total.measure == name)
    return Behind(
        float(row["value"]),
        row["reason"] if isinstance(row["reason"], str) else None,
        float(row["numerator"]),
        float(row["denominator"]),
        float(again["value"]) if again is not None else math.nan,
        top,
        bottom,
        tuple(_lists(one, query, parts, made)),
        tuple(row["warnings"]),
    )


def largest(
    data: Dataset,
    query: MetricQuery,
    rows: RowList,
    search: str = "",
    most: int | None = None,
    engine: Engine | None = None,
) -> tuple[pd.DataFrame, int]:
    """Give the rows of a list, those that contribute most first, and how many there are in all.

    `search` keeps the rows in which a text, name or date contains it, in whatever case; `most` is how many rows
    are given at most. The frame has the columns of `records`. `query` has no breakdown.
    """
    engine = engine or default_engine()
    one, parts = _parts(engine, data, query)
    part = replace(parts[rows.place], measures=parts[rows.place].having(rows.measures))
    frames, count = [], 0
    for relation, lot in _lots_of(engine, data, query, one, part, rows.role):
        fill = {**lot.fill(part.scan), "search": (search.casefold(),)}
        about = shape(part.scan, lot, relation, rows.measures)
        count += _count(engine, part, lot, relation, bool(search), fill)
        written = engine.statement(
            ("rows in order", *about, bool(search), most), relation,
            partial(_ordered, part, lot, bool(search), most),
        )  # fmt: skip
        frames.append(in_periods(engine.answer(written, relation, fill), lot))
    found = pd.concat(frames, ignore_index=True)
    if len(frames) > 1:
        found = found.sort_values("contribution", ascending=False, kind="stable", na_position="last")
    dropped = ["contribution", *(name for name in found.columns if name.startswith("by_"))]
    found = found.drop(columns=dropped).iloc[: most if most is not None else len(found)].reset_index(drop=True)
    found.insert(0, "metric", one.metric.id)
    found.insert(1, "relation", part.scan.relation)
    found.insert(2, "role", rows.role)
    return found, count


def telling(frame: pd.DataFrame) -> list[str]:
    """Name the columns of listed rows that tell about a row, and not where it belongs."""
    return [name for name in frame.columns if name not in FIRST_COLUMNS]


def _parts(engine: Engine, data: Dataset, query: MetricQuery) -> tuple[Asked, tuple[Part, ...]]:
    [one] = resolve(engine, data, query)
    # Without a grain every period is told apart by its own days: nothing is read that was not asked for.
    parts = parts_of(engine, data, query, one)
    return one, tuple(replace(part, scan=replace(part.scan, grain=None)) for part in parts)


def _row(frame: pd.DataFrame, one: Asked, group: tuple[str, ...]) -> pd.Series | None:
    for name, value in zip(one.by, group, strict=False):
        frame = frame[frame[name] == value]
    return frame.iloc[0] if len(frame) == 1 else None


def _periods(one: Asked, query: MetricQuery, part: Part, role: str | None) -> set[Period]:
    own = periods_of(part.scan, one.spans)
    if role == THIS:
        return own
    every = periods_of(part.scan, needed(one, replace(query, compare=())))
    return every - own if role == EARLIER else every


def _lots_of(
    engine: Engine, data: Dataset, query: MetricQuery, one: Asked, part: Part, role: str | None = None
) -> Iterable[tuple[ir.Table, Lot]]:
    relation = Prepared(engine, data, query.as_of).relation(part.scan.relation)
    return ((relation, lot) for lot in lots(part.scan, _periods(one, query, part, role)))


def _cells(engine: Engine, data: Dataset, query: MetricQuery, one: Asked, part: Part) -> pd.DataFrame:
    """Let the engine bring the listed rows together, for each period and group; `rows of MEASURE` counts them."""
    found = []
    for relation, lot in _lots_of(engine, data, query, one, part):
        names = tuple(measure.name for measure in part.measures)
        of_lot: pd.DataFrame | None = None
        for per in dict.fromkeys(measure.per for measure in part.measures):
            written = engine.statement(
                ("rows together", *shape(part.scan, lot, relation, names), per.name if per else None), relation,
                partial(_together, part, lot, per.name if per else None),
            )  # fmt: skip
            answer = engine.answer(written, relation, lot.fill(part.scan))
            keys = ["key", *(f"by_{name}" for name in part.scan.by)]
            of_lot = answer if of_lot is None else of_lot.merge(answer, on=keys, how="outer")
        if of_lot is not None:
            found.append(in_periods(of_lot, lot))
    frame = pd.concat(found, ignore_index=True)
    return frame.rename(columns={f"by_{name}": name for name in part.scan.by})


def _counters(frame: pd.DataFrame) -> list[str]:
    return [name for name in frame.columns if str(name).startswith("rows of ")]


def _together(part: Part, lot: Lot, per: str | None, relation: ir.Table) -> ir.Table:
    """Bring listed rows together for the measures of one first step, or for those that need none."""
    rows = listed(part, lot, relation)
    groups = ["key", *(f"by_{name}" for name in part.scan.by)]
    own = [measure for measure in part.measures if (measure.per.name if measure.per else None) == per]
    counters: dict[str, ir.Value] = {}
    for measure in own:
        columns = columns_of(measure, rows.columns)
        counters[f"rows of {measure.name}"] = rows[columns[0]].count()
    if per is None:
        return rows.group_by(groups).aggregate(
            **{measure.name: _aggregate(measure, rows) for measure in own}, **counters
        )
    columns_kept = [name for measure in own for name in columns_of(measure, rows.columns)]
    first = own[0].per
    if first is None:
        raise TypeError(f"{own[0].name} has no first step")
    # A figure of a thing stands in each of its rows: it counts once.
    of = [OWN_PERIOD.get(name, name) for name in first.columns]
    things = rows.group_by([*groups, *of]).aggregate(
        **{name: rows[name].max() for name in columns_kept}, **counters
    )
    return things.group_by(groups).aggregate(
        **{measure.name: _aggregate(measure, things) for measure in own},
        **{name: things[name].sum() for name in counters},
    )


def _aggregate(measure: Measure, rows: ir.Table) -> ir.Scalar:
    columns = columns_of(measure, rows.columns)
    value = rows[columns[0]]
    match measure.aggregate:
        case Aggregate.SUM:
            return value.sum()
        case Aggregate.COUNT:
            return value.count()
        case Aggregate.DISTINCT:
            return value.nunique()
        case Aggregate.MEAN:
            return value.mean()
        case Aggregate.MEDIAN:
            return value.quantile(0.5)
        case Aggregate.P90:
            return value.quantile(0.9)
        case Aggregate.LIST:
            if len(columns) == 1:
                return value.collect(where=value.notnull())
            fields = {name.rpartition(".")[2]: rows[name] for name in columns}
            return ibis.struct(fields).collect(where=value.notnull())


def _sums(one: Asked, part: Part, cells: pd.DataFrame, made: MadeOf, group: tuple[str, ...]) -> Iterable[Sum]:
    """Say what each measure that the value is made of comes to, for the group and for each period."""
    own = {(period.start, period.end) for period in periods_of(part.scan, one.spans)}
    for name, value in zip(one.by, group, strict=False):
        cells = cells[cells[name] == value]
    if group or not one.by:
        for row in cells.to_dict("records"):
            period = Period(*(row[edge].date() for edge in PERIOD))
            role = THIS if (period.start, period.end) in own else EARLIER
            for measure in part.having(made.names):
                rows = row[f"rows of {measure.name}"]
                yield sum_of(measure, row[measure.name], 0 if pd.isna(rows) else int(rows), role, period)


def _lists(one: Asked, query: MetricQuery, parts: tuple[Part, ...], made: MadeOf) -> Iterable[RowList]:
    for place, part in enumerate(parts):
        measures = tuple(measure.name for measure in part.having(made.names))
        for role in (THIS, EARLIER) if measures else ():
            for period in sorted(_periods(one, query, part, role)):
                title = rows_title(part.scan.relation, part.scan.date)
                yield RowList(place, role, period, part.scan.relation, part.scan.date, title, measures)


def _count(
    engine: Engine, part: Part, lot: Lot, relation: ir.Table, searched: bool, fill: dict[str, tuple[str, ...]]
) -> int:
    names = tuple(measure.name for measure in part.measures)
    written = engine.statement(
        ("number of rows", *shape(part.scan, lot, relation, names), searched), relation,
        partial(_counted, part, lot, searched),
    )  # fmt: skip
    return int(in_periods(engine.answer(written, relation, fill), lot)["rows"].sum())


def _counted(part: Part, lot: Lot, searched: bool, relation: ir.Table) -> ir.Table:
    rows = _matching(part, listed(part, lot, relation), searched)
    return rows.group_by("key").aggregate(rows=rows.count())


def _matching(part: Part, rows: ir.Table, searched: bool) -> ir.Table:
    """Keep the rows that add something and, where it is searched, contain the text."""
    adds = ibis.literal(False)
    for measure in part.measures:
        for name in columns_of(measure, rows.columns)[:1]:
            adds = adds | rows[name].notnull()
    rows = rows.filter(adds)
    if not searched:
        return rows
    found = ibis.literal(False)
    for name, kind in rows.schema().items():
        if name != "key" and not name.startswith("by_") and (kind.is_string() or kind.is_date()):
            text = rows[name].cast("string").lower()
            found = found | ibis.coalesce(text.contains(slot("search")), False)
    return rows.filter(found)


def _ordered(part: Part, lot: Lot, searched: bool, most: int | None, relation: ir.Table) -> ir.Table:
    rows = _matching(part, listed(part, lot, relation), searched)
    sized = [measure for measure in part.measures if measure.aggregate in _SIZES]
    amount = columns_of(sized[0], rows.columns)[0] if sized else "amount" if "amount" in rows.columns else None
    size = rows[amount].cast("float64").abs() if amount else ibis.null("float64")
    rows = rows.mutate(contribution=size)
    dated = [name for name in (part.scan.date, "date", "created_date", "own_start") if name in rows.columns]
    texts = [name for name, kind in rows.schema().items() if kind.is_string() and not name.startswith("by_")]
    order = [
        rows.contribution.desc(nulls_first=False),
        *(rows[name].desc(nulls_first=False) for name in dated[:1]),
    ]
    rows = rows.order_by([*order, *(rows[name] for name in texts)])
    return rows if most is None else rows.limit(most)
