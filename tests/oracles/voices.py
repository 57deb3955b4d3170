"""What customers answered, how large the market was, who was trained and what was written down, in small and at random."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.oracles.teams import NEW, SETTLED

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]

_FIRST, _LAST = date(2023, 1, 2), date(2024, 8, 31)
_CUSTOMERS = ("A", "B", "C", "D", "Z", None)


def _day(chance: Random) -> date:
    return _FIRST + timedelta(days=chance.randint(0, (_LAST - _FIRST).days))


def _feedback(chance: Random) -> Rows:
    few_days = [_day(chance) for _ in range(chance.randint(2, 6))]
    scales = [(None, None)] * 8 + [(1, 5), (0, 10), (1, 7), (None, 10), (5, 5)]
    first = {"customer_id": "A", "date": _FIRST, "score": 4, "kind": "csat", "scale_min": 1, "scale_max": 5}
    answers = [first]
    for _ in range(chance.choice([0, 4, 12, 30])):
        kind, (low, high) = chance.choice(["csat", "csat", "nps"]), chance.choice(scales)
        scores = [1, 2, 3, 4, 5, 5] if kind == "csat" and high != 10 else [0, 3, 6, 7, 8, 9, 10]
        answers.append(
            {"customer_id": chance.choice(_CUSTOMERS), "date": chance.choice(few_days), "kind": kind,
             "score": chance.choice([*scores * 3, -1, 3.5, 11, None]), "scale_min": low, "scale_max": high}
        )  # fmt: skip
    return answers


def _customers(chance: Random) -> Rows:
    return [
        {"customer_id": customer, "segment": chance.choice(["Large", None]),
         "region": chance.choice(["East", "West", None, None]), "rep_id": chance.choice(["R1", "R2", None, None])}
        for customer in ("A", "B", "Z")
    ]  # fmt: skip


def _market(chance: Random) -> Rows:
    years = [("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-12-31")]
    others = [("2023-04-01", "2023-06-30"), ("2024-04-01", "2024-06-30"), ("2024-05-01", "2024-05-31"),
              ("2023-05-01", "2023-05-31"), ("2024-05-16", "2024-06-15"), ("2023-12-01", "2024-01-31")]  # fmt: skip
    regions, products = ["East", "West", None], ["P", "Q", None]
    cells = [(year, chance.choice(regions), chance.choice(products)) for year in years * chance.randint(0, 2)]
    cells += [
        (chance.choice(years + others), chance.choice(regions), chance.choice(products))
        for _ in range(chance.choice([0, 0, 2, 8]))
    ]
    cells += [(year, None, None) for year in years] * chance.randint(0, 1)
    return [
        {"period_start": start, "period_end": end, "region": region, "product": product,
         "amount": chance.choice([0, 50, 500, 9000])}
        for (start, end), region, product in [*cells, (others[0], "East", "P")]
    ]  # fmt: skip


def _training(chance: Random, reps: list[str]) -> Rows:
    usual = [date(2023, 11, 3), date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 20), _LAST]
    return [{"rep_id": "R1", "date": _FIRST, "hours": 1, "topic": "Product"}] + [
        {"rep_id": chance.choice([*reps, *reps, "R9"]), "date": chance.choice([*usual, _day(chance)]),
         "hours": chance.choice([0.5, 2, 2, 8, 0]), "topic": chance.choice(["Product", "Closing", None])}
        for _ in range(chance.choice([0, 5, 25]))
    ]  # fmt: skip


def _quarterly_quotas(chance: Random, reps: list[str]) -> Rows:
    """Give a large team quotas for three quarters in a row; of the last some have theirs already."""
    quarters = [(date(2023, 10, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2024, 3, 31))]
    asked = [(rep, quarter) for rep in (*SETTLED, *NEW) for quarter in quarters]
    asked += [(rep, (date(2024, 4, 1), date(2024, 6, 30))) for rep in (SETTLED[3], *NEW)]
    return [
        {"scope": "rep", "scope_id": rep, "period_start": start, "period_end": end,
         "amount": chance.choice([100, 250, 300, 400])}
        for rep, (start, end) in asked
        if rep in reps
    ]  # fmt: skip


def _notes(chance: Random, deals: Rows) -> Rows:
    """Give service and calls for deals and customers, and when they were written down, now and then too early."""
    names = [deal["opportunity_id"] for deal in deals]
    moments = [datetime.combine(_FIRST, time(10))] + [
        datetime.combine(_day(chance), time(chance.choice([0, 9, 23]))) for _ in range(chance.choice([0, 3, 12]))
    ]
    return [
        {"rep_id": chance.choice(["R1", "R2", "R9"]), "at": str(moment), "type": chance.choice(["service", "call"]),
         "customer_id": chance.choice(_CUSTOMERS), "opportunity_id": chance.choice([*names, None]),
         "direction": chance.choice(["out", "in"]),
         "logged_at": str(moment + timedelta(minutes=chance.choice([-30, 0, 10, 95, 3000])))}
        for moment in moments
    ]  # fmt: skip


@st.composite
def heard(draw: st.DrawFn, tables: Tables) -> Tables:
    """Give the tables with what surrounds the sales: answers, market sizes, training, service.

    All of it follows from one number, since a company that takes many choices is thrown away as too large.
    """
    chance = Random(draw(st.integers(0, 2**32)))
    reps = [rep["rep_id"] for rep in tables["reps"]]
    return tables | {
        "feedback": _feedback(chance),
        "customers": _customers(chance),
        "market_size": _market(chance),
        "training": _training(chance, reps),
        "quotas": tables["quotas"] + _quarterly_quotas(chance, reps),
        "activities": tables["activities"] + _notes(chance, tables["opportunities"]),
    }
