"""How long customers take to buy a second time: how many did so after so many days, how many still might."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.engine import Engine, default_engine
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.listed import parts_of
from salesmetrics.query.placing import lots, placed_rows
from salesmetrics.query.plan import shape
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.resolve import resolve

METRIC = "repeat_purchase_rate"
"""The metric whose customers are looked at: what a request for them asks."""


Counts = tuple[tuple[int, bool, int], ...]
"""Days since the first purchase, whether the second came then (or the data ends), and how many customers."""


def second_purchases(data: Dataset, query: MetricQuery, engine: Engine | None = None) -> Counts:
    """Count the customers of a request for `METRIC` by the days to their second purchase, or those seen without one.

    Empty where nobody was new, or where that cannot be told. All counts are the engine's. Raises QueryError like
    `compute`.
    """
    engine = engine or default_engine()
    [one] = resolve(engine, data, query)
    if one.reason is not None:
        return ()
    part = next(part for part in parts_of(engine, data, query, one) if part.scan.relation == "cohort")
    scan = part.scan
    [lot] = lots(scan, [span.period for span in one.spans])
    relation = Prepared(engine, data, query.as_of).relation(scan.relation)

    def counted(rows: ir.Table) -> ir.Table:
        placed = placed_rows(scan, lot, rows)
        first = placed.filter(placed.months_since_first == 0)
        first = first.mutate(
            back=first.second_purchase.notnull(),
            days=ibis.coalesce(first.days_to_second, first.days_seen),
        )
        return first.group_by("days", "back").aggregate(customers=first.count()).order_by("days", "back")

    written = engine.statement(("second purchases", *shape(scan, lot, relation, ())), relation, counted)
    found = engine.columns(written, relation, lot.fill(scan))
    rows = zip(found["days"].tolist(), found["back"].tolist(), found["customers"].tolist(), strict=True)
    return tuple((int(days), bool(back), int(customers)) for days, back, customers in rows)
