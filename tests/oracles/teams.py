"""Small random teams: reps enough to be compared, sales month by month, full desks and busy weeks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Tables = dict[str, list[dict[str, Any]]]

MONTHS = [date(2023, month, 10) for month in range(3, 13)] + [date(2024, month, 10) for month in range(1, 9)]
SETTLED = ("T1", "T2", "T3", "T4")
NEW = ("N1", "N2")

_starts = st.sampled_from([0, 0, 5, 9])


def _monthly(rep: str, amounts: Mapping[date, float]) -> list[dict[str, Any]]:
    return [
        {"order_id": f"{rep} {day}", "order_date": day, "amount": amount, "rep_id": rep, "region": "East",
         "product": "P", "cost": amount / 2, "quantity": 1, "discount": 0, "returned": False, "delivered_date": day,
         "channel": "Web"}
        for day, amount in amounts.items()
    ]  # fmt: skip


@st.composite
def _people(draw: st.DrawFn) -> list[dict[str, Any]]:
    regions = st.sampled_from(["East", "East", "West", None])
    hired = st.sampled_from([date(2020, 2, 29), date(2021, 12, 31), date(2022, 9, 15)])
    settled = [
        {"rep_id": rep, "name": f"Old {rep}", "region": draw(regions), "hire_date": draw(hired),
         "leave_date": draw(st.sampled_from([None, None, None, date(2024, 5, 31), date(2024, 5, 30)]))}
        for rep in SETTLED
    ]  # fmt: skip
    new = [
        {"rep_id": rep, "name": f"New {rep}", "region": draw(regions),
         "hire_date": draw(st.sampled_from([date(2023, 3, 1), date(2023, 10, 31), date(2024, 1, 1), date(2024, 2, 2)])),
         "leave_date": draw(st.sampled_from([None, None, date(2024, 4, 30), date(2024, 6, 12)]))}
        for rep in NEW
    ]  # fmt: skip
    return settled + new


@st.composite
def _busy_weeks(draw: st.DrawFn, reps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give a few weeks with 24 to 26 calls of one rep; some fall outside its employment or the week's end."""
    calls = []
    for _ in range(draw(st.integers(0, 3))):
        rep = draw(st.sampled_from([rep["rep_id"] for rep in reps]))
        monday = date(2024, 1, 1) + timedelta(weeks=draw(st.integers(0, 34)))
        for number in range(draw(st.sampled_from([24, 25, 26]))):
            day = monday + timedelta(days=number % draw(st.sampled_from([5, 7])))
            calls.append({"rep_id": rep, "at": f"{day} 11:00:00", "type": "call", "direction": "out"})
    return calls


@st.composite
def staffed(draw: st.DrawFn, tables: Tables) -> Tables:
    """Give the tables with a team: everyone has a salary and a capacity or none, and now and then there are more reps."""
    more = draw(st.booleans())
    reps = [*tables["reps"], *(draw(_people()) if more else [])]
    reps = [
        rep
        | {
            "salary": draw(st.sampled_from([None, 36_500, 73_000])),
            "capacity": draw(st.sampled_from([None, None, 1])),
        }
        for rep in reps
    ]
    found = tables | {"reps": reps, "activities": tables["activities"] + draw(_busy_weeks(reps))}
    if not more:
        return found
    usual = st.sampled_from([50.0, 100.0, 100.0, 120.0])
    slow = st.sampled_from([0.0, 40.0, 79.0, 80.0, 100.0, 130.0])
    sales = [
        line for rep in SETTLED for line in _monthly(rep, {day: draw(usual) for day in MONTHS[draw(_starts) :]})
    ]
    sales += [line for rep in NEW for line in _monthly(rep, {day: draw(slow) for day in MONTHS[7:]})]
    deals = [
        {"opportunity_id": f"{rep}-{number}", "rep_id": rep, "status": draw(st.sampled_from(["won", "lost", "open"])),
         "created_date": date(2024, 5, 2), "close_date": date(2024, 5, 2) + timedelta(days=draw(st.integers(0, 40))),
         "amount": 100, "region": "East", "product": "P"}
        for rep in (*SETTLED, *NEW)
        for number in range(draw(st.sampled_from([0, 1, 2, 3, 21])))
    ]  # fmt: skip
    quotas = [
        {"scope": "rep", "scope_id": rep, "period_start": date(2024, 4, 1), "period_end": date(2024, 6, 30),
         "amount": draw(st.sampled_from([100, 300]))}
        for rep in SETTLED[:3]
    ]  # fmt: skip
    leads = [
        {"lead_id": f"lead {rep}", "created_at": "2024-05-20 10:00:00", "rep_id": rep, "lead_source": "web",
         "first_response_at": draw(st.sampled_from([None, "2024-05-20 11:00:00", "2024-05-21 15:00:00"])),
         "status": draw(st.sampled_from(["open", None, "disqualified"])), "region": "West"}
        for rep in SETTLED
    ]  # fmt: skip
    return found | {
        "orders": found["orders"] + sales,
        "opportunities": found["opportunities"] + deals,
        "quotas": found["quotas"] + quotas,
        "leads": found["leads"] + leads,
    }
