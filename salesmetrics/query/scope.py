"""Which scope of quotas answers a question: scopes stand side by side and are never added."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from salesmetrics.engine import Engine
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.quota import SCOPES

_OF_REPS = frozenset({"rep", "manager", "tenure"})


@lru_cache(maxsize=64)
def scopes_in(engine: Engine, data: Dataset) -> frozenset[str]:
    """Give the scopes for which the data has quotas."""
    quotas = engine.table(data, "quotas")
    statement = engine.statement("scopes", quotas, lambda rows: rows.select("scope").distinct())
    return frozenset(engine.answer(statement, quotas, {})["scope"])


def choose(present: Collection[str], dimensions: Collection[str]) -> str:
    """Name the scope whose quotas can be cut and filtered by `dimensions`.

    >>> choose({"rep", "region"}, {"region"}), choose({"rep", "region"}, {"tenure"}), choose({"company"}, set())
    ('region', 'rep', 'company')
    """
    named = set(dimensions)
    if "product" in named:
        return "product"
    if named & _OF_REPS or len(named) > 1:
        return "rep"
    if named:
        (only,) = named
        return only if only in present else "rep"
    return next((scope for scope in SCOPES if scope in present), "rep")
