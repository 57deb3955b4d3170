"""Open deals by the month in which they are expected to close: what they are worth, and weighted by their chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import ibis
import ibis.expr.types as ir

from salesmetrics.engine import Engine, default_engine
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.listed import Part, listed, parts_of
from salesmetrics.query.placing import Lot, lots
from salesmetrics.query.plan import shape
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import MetricQuery, Period
from salesmetrics.query.resolve import resolve

METRIC = "weighted_pipeline"
"""The metric whose deals are looked at."""


@dataclass(frozen=True)
class Closing:
    """Open deals expected to close in a `month` (its first day; None without an expected close).

    `weighted` is the sum of amount times chance over the `weighed` deals that have both, `amount` over all that
    carry one.
    """

    month: date | None
    deals: int
    weighed: int
    amount: float
    weighted: float


@dataclass(frozen=True)
class ExpectedCloses:
    """The deals open on `day`: those of each month from its own on, and those `overdue`, expected before it."""

    day: date
    months: tuple[Closing, ...]
    overdue: Closing
    undated: Closing

    def in_period(self, period: Period) -> float:
        """Give the weighted sum of the deals expected to close in a period."""
        return sum(one.weighted for one in self.months if one.month and period.start <= one.month < period.end)


def expected_closes(data: Dataset, query: MetricQuery, engine: Engine | None = None) -> ExpectedCloses | str:
    """Give the open deals under the filters of a request by expected month of close, or the reason against it.

    They are those open on the request's `as_of`, else on the last day of the deals; its period does not count.
    Raises QueryError like `compute`.
    """
    engine = engine or default_engine()
    asked = replace(query, metrics=(METRIC,), period=None, grain=None, by=(), compare=())
    [one] = resolve(engine, data, asked)
    if one.reason is not None or one.undated:
        return one.reason or "undated"
    [part] = parts_of(engine, data, asked, one)
    [lot] = lots(part.scan, [span.period for span in one.spans])
    relation = Prepared(engine, data, query.as_of).relation(part.scan.relation)
    written = engine.statement(
        ("expected closes", *shape(part.scan, lot, relation, ())), relation, partial(_by_month, part, lot)
    )
    found = engine.columns(written, relation, lot.fill(part.scan))
    closings = [
        (bool(late), Closing(_day(month), int(deals), int(weighed), float(amount or 0), float(weighted or 0)))
        for late, month, deals, weighed, amount, weighted in zip(
            *(found[name].tolist() for name in ("late", "month", "deals", "weighed", "amount", "weighted")),
            strict=True,
        )
    ]
    none = Closing(None, 0, 0, 0.0, 0.0)
    return ExpectedCloses(
        day=lot.keys[0][0],
        months=tuple(one for late, one in closings if one.month is not None and not late),
        overdue=next((replace(one, month=None) for late, one in closings if late), none),
        undated=next((one for late, one in closings if one.month is None and not late), none),
    )


def _day(month: object) -> date | None:
    text = str(month)[:10]
    return date.fromisoformat(text) if month is not None and text[:1].isdigit() else None


def _by_month(part: Part, lot: Lot, relation: ir.Table) -> ir.Table:
    rows = listed(part, lot, relation)
    rows = rows.filter(rows.open_deals.notnull())
    late = ibis.coalesce(rows.expected_close < rows.key, False)
    rows = rows.mutate(
        late=late,
        month=late.ifelse(ibis.null("string"), rows.expected_close.truncate("M").cast("date").cast("string")),
    )
    groups = rows.group_by("late", "month").aggregate(
        deals=rows.count(),
        weighed=rows.weighted_amount.count(),
        amount=rows.open_amount.cast("float64").sum(),
        weighted=rows.weighted_amount.sum(),
    )
    return groups.order_by("late", "month")
