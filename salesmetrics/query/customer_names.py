"""What customers are called, where the data knows them by a number."""

from __future__ import annotations

from collections.abc import Collection

import ibis

from salesmetrics.engine import Engine, default_engine
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.relation import one_each


def customer_names(data: Dataset, customers: Collection[str], engine: Engine | None = None) -> dict[str, str]:
    """Give what `customers`, told by their ids, are called: those of whom a file says it."""
    if not customers or not data.has("customers", "name"):
        return {}
    engine = engine or default_engine()
    listed = one_each(engine.table(data, "customers"), "customer_id")
    wanted = listed.filter(listed.customer_id.isin(sorted(customers)), listed["name"].notnull())
    found = engine.run(wanted.select("customer_id", called=ibis._["name"]))
    return dict(zip(found["customer_id"], found["called"], strict=True))
