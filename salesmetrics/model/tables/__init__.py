"""The canonical tables, declared once: validation, mapping, documentation and the sample read this declaration."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salesmetrics.model.tables.decisions import INCENTIVE_PLANS, KPIS, REVIEWS
from salesmetrics.model.tables.lookups import LOOKUPS, PARTS, Part
from salesmetrics.model.tables.market import FEEDBACK, MARKET_SIZE, SPEND
from salesmetrics.model.tables.pipeline import ACTIVITIES, LEADS, OPPORTUNITIES, STAGE_HISTORY
from salesmetrics.model.tables.sales import CUSTOMERS, ORDERS, PRODUCTS
from salesmetrics.model.tables.schema import (
    BOOLEAN,
    DATE,
    MONEY,
    NUMBER,
    TEXT,
    TIMESTAMP,
    Column,
    ColumnType,
    Table,
)
from salesmetrics.model.tables.team import QUOTAS, REPS, TRAINING

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            ORDERS, CUSTOMERS, PRODUCTS, OPPORTUNITIES, STAGE_HISTORY, LEADS, ACTIVITIES, REPS, QUOTAS,
            SPEND, FEEDBACK, MARKET_SIZE, TRAINING, KPIS, REVIEWS, INCENTIVE_PLANS,
        )
    }
)  # fmt: skip
"""Every canonical table by name."""

__all__ = [
    "ACTIVITIES", "BOOLEAN", "CUSTOMERS", "DATE", "FEEDBACK", "INCENTIVE_PLANS", "KPIS", "LEADS", "LOOKUPS",
    "MARKET_SIZE", "MONEY", "NUMBER", "OPPORTUNITIES", "ORDERS", "PARTS", "PRODUCTS", "QUOTAS", "REPS", "REVIEWS",
    "SPEND", "STAGE_HISTORY", "TABLES", "TEXT", "TIMESTAMP", "TRAINING", "Column", "ColumnType", "Part", "Table",
]  # fmt: skip
