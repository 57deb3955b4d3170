"""What real exports have: a few cells that nobody filled, a few rows that stand there twice."""

from __future__ import annotations

from sample_data.chance import Dice
from sample_data.rows import Row

_BLANK = {
    "orders": {"customer_id": 0.003, "rep_id": 0.005, "region": 0.004, "product": 0.002, "product_id": 0.004,
               "category": 0.003, "channel": 0.006, "segment": 0.006, "cost": 0.004},
    "customers": {"segment": 0.01, "industry": 0.03, "region": 0.005, "city": 0.05, "rep_id": 0.01},
    "opportunities": {"rep_id": 0.004, "region": 0.005, "product": 0.01, "category": 0.01, "segment": 0.01,
                      "lead_source": 0.01, "loss_reason": 0.05},
    "leads": {"lead_source": 0.008, "rep_id": 0.004, "region": 0.005},
}  # fmt: skip
TWICE = {"orders": 6, "opportunities": 4, "leads": 5}
"""How many rows of a table stand in its file twice."""

NO_HIRE_DATE, NO_TEAM = "R17", "R33"


def forget(table: str, rows: list[Row], dice: Dice) -> list[Row]:
    """Give `rows` with a few cells of each dimension left empty."""
    if table == "reps":
        lost = {NO_HIRE_DATE: {"hire_date": ""}, NO_TEAM: {"team": "", "manager": ""}}
        return [row | lost.get(row["rep_id"], {}) for row in rows]
    shares = _BLANK.get(table, {})
    return [
        row | {name: "" for name, share in shares.items() if row[name] and dice.happens(share)} for row in rows
    ]


def repeat(table: str, rows: list[Row], dice: Dice) -> list[Row]:
    """Give `rows` with a few of them standing there twice, one after the other."""
    twice = {dice.whole(0, len(rows) - 1) for _ in range(TWICE.get(table, 0))}
    return [copy for place, row in enumerate(rows) for copy in [row] * (1 + (place in twice))]
