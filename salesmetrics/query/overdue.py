"""Open deals whose expected close has passed: how many, what they are worth together, and the first to act on."""

from __future__ import annotations

from dataclasses import dataclass
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
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.resolve import resolve
from salesmetrics.query.result import Columns

METRIC = "open_opportunities"
"""The metric whose deals are looked at: what a request for them asks."""

LISTED = (
    "opportunity_id", "customer", "rep", "stage", "amount", "expected_close", "days_overdue", "age_days",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Overdue:
    """What is known of the deals that are open on `day`.

    `open` counts them, `dated` those with an expected close, `late` those whose expected close lies before `day`,
    and `priced` those of the late ones that carry an amount; `worth` is what these come to.
    `deals` holds columns (`LISTED`) of the first late ones: the largest first, those without an amount last, the
    longest overdue of them first; days are counted since the expected close and since creation (NaN where unknown).
    """

    day: date
    open: int
    dated: int
    late: int
    priced: int
    worth: float
    deals: Columns


def overdue(data: Dataset, query: MetricQuery, most: int, engine: Engine | None = None) -> Overdue | None:
    """Give the open deals past their expected close on the last day of a request for `METRIC`, `most` at most.

    None where no deal is open then, or where that cannot be told. Counts, sums and order are the engine's.
    Raises QueryError like `compute`.
    """
    engine = engine or default_engine()
    [one] = resolve(engine, data, query)
    if one.reason is not None:
        return None
    [part] = parts_of(engine, data, query, one)
    [lot] = lots(part.scan, [span.period for span in one.spans])
    relation = Prepared(engine, data, query.as_of).relation(part.scan.relation)
    written = engine.statement(
        ("overdue deals", *shape(part.scan, lot, relation, ()), most), relation, partial(_first, part, lot, most)
    )
    found = engine.columns(written, relation, lot.fill(part.scan))
    if not len(found["open"]):
        return None
    late = found["is_late"].astype(bool)
    return Overdue(
        day=lot.keys[0][0],
        open=int(found["open"][0]),
        dated=int(found["dated"][0]),
        late=int(found["late"][0]),
        priced=int(found["priced"][0]),
        worth=float(found["worth"][0]) if found["priced"][0] else 0.0,
        deals={name: found[name][late] for name in LISTED},
    )


def _first(part: Part, lot: Lot, most: int, relation: ir.Table) -> ir.Table:
    """List the late deals first, each row with what all open ones come to."""
    rows = listed(part, lot, relation)
    rows = rows.filter(rows.open_deals.notnull())
    is_late = rows.overdue.notnull()
    amount = is_late.ifelse(rows.amount, ibis.null(rows.amount.type()))
    everything = ibis.window()
    rows = rows.mutate(
        is_late=is_late,
        days_overdue=rows.key.delta(rows.expected_close, unit="day"),
        age_days=rows.key.delta(rows.created_date, unit="day"),
        open=rows.count().over(everything),
        dated=rows.expected_close.count().over(everything),
        late=rows.overdue.count().over(everything),
        priced=amount.count().over(everything),
        worth=amount.sum().over(everything),
    )
    order = [
        rows.is_late.desc(),
        rows.amount.desc(nulls_first=False),
        rows.days_overdue.desc(nulls_first=False),
        rows.opportunity_id,
    ]
    rows = rows.order_by(order).limit(most)
    return rows.select(*LISTED, "is_late", "open", "dated", "late", "priced", "worth")
