"""Derived relations: where facts have to meet, they meet here, before any measure.

Each is computed as of a date and before filters, with a declared key; every join in it is many to one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salesmetrics.model.derived.entry import ENTRY
from salesmetrics.model.derived.ledger import LEDGER
from salesmetrics.model.derived.opportunity import OPPORTUNITY
from salesmetrics.model.derived.order import CUSTOMER_HISTORY, GONE, ORDER, PRODUCT_HISTORY
from salesmetrics.model.derived.quota import QUOTA, QUOTA_RESULT, QUOTA_SALE
from salesmetrics.model.derived.relation import Relation, Source
from salesmetrics.model.derived.spending import SPENDING
from salesmetrics.model.derived.team import REP_DAY

RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {
        relation.name: relation
        for relation in (
            ENTRY, ORDER, CUSTOMER_HISTORY, PRODUCT_HISTORY, GONE, LEDGER, OPPORTUNITY, REP_DAY, QUOTA, QUOTA_SALE,
            QUOTA_RESULT, SPENDING,
        )
    }
)  # fmt: skip
"""Every derived relation by name."""

__all__ = ["RELATIONS", "Relation", "Source"]
