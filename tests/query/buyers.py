"""Customers who buy at rates of their own and drop out by chance, as rows of orders."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np


def bought(customers: int, cost: float | None = None) -> list[dict[str, Any]]:
    """Give orders of customers who buy about monthly for two years and drop out by chance."""
    chance = np.random.default_rng(2)
    rows: list[dict[str, Any]] = []
    for number in range(customers):
        day = date(2023, 1, 1) + timedelta(days=int(chance.integers(0, 300)))
        spends = float(chance.gamma(3, 10))
        while day < date(2025, 1, 1):
            amount = round(float(chance.gamma(4, spends / 4)) + 1, 2)
            row = {
                "customer_id": f"C{number}",
                "order_date": str(day),
                "amount": amount,
                "order_id": f"{len(rows)}",
            }
            rows.append(row | ({} if cost is None else {"cost": round(amount * cost, 2)}))
            day += timedelta(days=1 + int(chance.exponential(40)))
            if chance.random() < 0.15:
                break
    return rows
