"""What can be filtered by: the values of each dimension, and the period a page opens with."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial

import ibis.expr.types as ir

from salesmetrics.engine import Engine, default_engine
from salesmetrics.errors import QueryError, nearest
from salesmetrics.i18n import _
from salesmetrics.model import tenure
from salesmetrics.model.calendar import Grain, Period, add_months, floor
from salesmetrics.model.conventions import Conventions
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.team import roster
from salesmetrics.model.dimensions import NEW, RETURNING, UNKNOWN
from salesmetrics.query import coverage as covered
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import Filter

_LOOKED_UP_IN = (("orders", "ledger", "date"), ("opportunities", "opportunity", "created_date"))
"""Tables whose rows name values of dimensions, with the relation and the date that places a tenure."""

_LISTED_IN = {"reps": ("rep", "team", "manager", "region"), "products": ("product", "category")}
"""Lists that name values of dimensions though nothing was sold."""

MONTHS_SHOWN = 12
ENOUGH_MONTHS = 24
"""Months of data from which a page opens with the last twelve."""


def coverage(data: Dataset, engine: Engine | None = None) -> dict[str, covered.Coverage]:
    """Give what each fact table covers: `first` and `through`, both inclusive."""
    return dict(covered.coverage(engine or default_engine(), data))


def dimension_values(data: Dataset, dimension: str, engine: Engine | None = None) -> list[tuple[str, int]]:
    """Give the values of a dimension with their rows in orders and deals; most first, tenure by length."""
    return list(_values(engine or default_engine(), data, dimension))


@lru_cache(maxsize=512)
def _values(engine: Engine, data: Dataset, dimension: str) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    prepared = Prepared(engine, data)
    for table, relation, placed_by in _LOOKED_UP_IN:
        if not data.has(table):
            continue
        rows = prepared.relation(relation)
        column = f"tenure_at_{placed_by}" if dimension == "tenure" else dimension
        if column not in rows.columns:
            continue
        statement = engine.statement(
            ("values", relation, column, rows.schema()), rows, partial(_counted, column=column)
        )
        found = engine.answer(statement, rows, {})
        for value, number in zip(found["value"], found["rows"], strict=True):
            counts[value] = counts.get(value, 0) + int(number)
    for value in _listed(engine, prepared, dimension):
        counts.setdefault(value, 0)
    order = {band: place for place, band in enumerate(tenure.ORDER)}
    return tuple(sorted(counts.items(), key=lambda item: (order.get(item[0], 99), -item[1], item[0])))


def _counted(rows: ir.Table, *, column: str) -> ir.Table:
    return rows.group_by(value=rows[column]).aggregate(rows=rows.count())


def _listed(engine: Engine, prepared: Prepared, dimension: str) -> list[str]:
    """Give the values that only a list names: reps who sold nothing, products never sold."""
    table = next((table for table, listed in _LISTED_IN.items() if dimension in listed), None)
    if table is None:
        return []
    rows = engine.table(prepared.data, table)
    statement = engine.statement(("listed", dimension), rows, partial(_named, dimension=dimension))
    return [value for value in engine.answer(statement, rows, {})["value"] if isinstance(value, str)]


def _named(rows: ir.Table, *, dimension: str) -> ir.Table:
    if dimension in _LISTED_IN["reps"]:
        people = roster(rows)
        column = people.rep_region if dimension == "region" else people[dimension]
    else:
        column = rows[dimension]
    return column.name("value").as_table().distinct()


def check_values(data: Dataset, where: tuple[Filter, ...], engine: Engine | None = None) -> None:
    """Raise QueryError for the first filter value that the data does not have, with the nearest ones."""
    for item in where:
        known = {value for value, _rows in dimension_values(data, item.dimension, engine)} | {UNKNOWN}
        if item.dimension == "tenure":
            known |= set(tenure.ORDER)
        if item.dimension == "new_or_returning":
            known |= {NEW, RETURNING}
        for value in item.values:
            if value.replace("–", "-") not in known and value not in known:
                raise QueryError(
                    _("There is no {dimension} “{value}” in this data.").format(
                        dimension=item.dimension, value=value
                    )
                    + (nearest(value, known) or " " + _("There are: {values}.").format(values=_some(known)))
                )


def _some(values: set[str], most: int = 12) -> str:
    shown = sorted(values)[:most]
    return ", ".join(shown) + (", …" if len(values) > most else "")


def default_period(
    data: Dataset,
    as_of: date | None = None,
    engine: Engine | None = None,
    conventions: Conventions = Conventions(),
) -> Period:
    """Give the period a page opens with: the last 12 complete months; with less data the last complete quarter."""
    engine = engine or default_engine()
    reached = coverage(data, engine)
    main = [reached[table] for table in ("orders", "opportunities") if table in reached][:1]
    if not main and "leads" in reached:
        main = [covered.coming_in(engine, data) or reached["leads"]]
    main = main or list(reached.values())
    through = as_of or max((cover.through for cover in main), default=data.read_on)
    first = min((cover.first for cover in main), default=through)
    end = floor(covered.day_after(through), Grain.MONTH)
    if add_months(floor(first, Grain.MONTH), ENOUGH_MONTHS) <= end:
        return Period(add_months(end, -MONTHS_SHOWN), end)
    quarter = floor(covered.day_after(through), Grain.QUARTER, conventions)
    if floor(first, Grain.MONTH) <= add_months(quarter, -3):
        return Period(add_months(quarter, -3), quarter)
    return Period(first, covered.day_after(through))
