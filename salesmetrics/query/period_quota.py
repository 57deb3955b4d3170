"""The quotas of periods that may lie ahead, where they are for what a forecast is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import ibis.expr.types as ir

from salesmetrics.engine import Engine, default_engine
from salesmetrics.metrics.quota import QUOTA_AMOUNT
from salesmetrics.model.calendar import Period, add_months, floor
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.compute import compute
from salesmetrics.query.listed import Part, listed, parts_of
from salesmetrics.query.placing import Lot, lots
from salesmetrics.query.plan import shape
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import Grain, MetricQuery
from salesmetrics.query.resolve import resolve

METRIC = "quota_attainment"

SAME_SALES = 0.05
"""What counts towards quotas may differ from revenue by this share: else they are quotas of a part of the sales."""

_MONTHS = 12


def period_quotas(
    data: Dataset, query: MetricQuery, periods: Sequence[Period], engine: Engine | None = None
) -> Mapping[Period, float]:
    """Give the quota of each period that has one, under the filters of a request; none where they are of some sales.

    A quota that reaches beyond a period counts by its days inside.
    """
    engine = engine or default_engine()
    asked = replace(query, metrics=(METRIC,), period=periods[0], grain=None, by=(), compare=())
    [one] = resolve(engine, data, asked)
    if one.reason is not None or not _of_all_sales(data, asked, engine):
        return {}
    part = next(part for part in parts_of(engine, data, asked, one) if QUOTA_AMOUNT in part.measures)
    relation = Prepared(engine, data, query.as_of).relation(part.scan.relation)
    found: dict[Period, float] = {}
    for lot in lots(part.scan, periods):
        written = engine.statement(
            ("quotas of periods", *shape(part.scan, lot, relation, ())), relation, partial(_summed, part, lot)
        )
        columns = engine.columns(written, relation, lot.fill(part.scan))
        sums = {str(key)[:10]: amount for key, amount in zip(columns["key"], columns["quota"], strict=True)}
        found |= {period: float(sums[str(day)]) for day, period in lot.keys if sums.get(str(day), 0) > 0}
    return found


def _summed(part: Part, lot: Lot, relation: ir.Table) -> ir.Table:
    rows = listed(part, lot, relation)
    return rows.group_by("key").aggregate(quota=rows[QUOTA_AMOUNT.name].sum())


def _of_all_sales(data: Dataset, query: MetricQuery, engine: Engine) -> bool:
    """Tell whether the quotas of the last whole year, where there were any, were for all that was sold."""
    [one] = resolve(engine, data, query)
    end = floor(one.through, Grain.MONTH)
    last = Period(add_months(end, -_MONTHS), end)
    columns = compute(data, replace(query, metrics=(METRIC, "revenue"), period=last), engine).columns
    attained, sold = columns["numerator"][0], columns["value"][1]
    if columns["reason"][0] is not None or not sold > 0:
        return True
    return bool(abs(attained - sold) <= SAME_SALES * sold)
