"""A company whose data has nothing wrong with it, half a year of it, for tests to plant defects in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from salesmetrics.ingest.quality import inspect
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.finding import Finding, Quality
from salesmetrics.query import coverage
from tests.company import dataset

READ_ON = date(2024, 7, 15)
FIRST, LAST = date(2024, 1, 1), date(2024, 6, 28)
LINES_A_DAY = 5

Tables = dict[str, list[dict[str, Any]]]


def working_days() -> list[date]:
    days = [FIRST + timedelta(days=step) for step in range((LAST - FIRST).days + 1)]
    return [day for day in days if day.weekday() < 5]


def clean() -> Tables:
    """Give all tables of the company; each call gives rows of its own, free to be spoilt."""
    reps = [
        {"rep_id": rep, "name": f"Rep {rep}", "team": "Inside", "hire_date": "2020-03-02", "leave_date": None}
        for rep in ("R1", "R2")
    ]
    orders: list[dict[str, Any]] = []
    leads: list[dict[str, Any]] = []
    deals: list[dict[str, Any]] = []
    history: list[dict[str, Any]] = []
    activities: list[dict[str, Any]] = []
    spend: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    for place, day in enumerate(working_days()):
        rep = f"R{place % 2 + 1}"
        for line in range(LINES_A_DAY):
            number = place * LINES_A_DAY + line
            orders.append(
                {
                    "order_id": f"O{number}", "order_date": day, "customer_id": f"C{number % 8}", "rep_id": rep,
                    "region": "East", "product": f"P{number % 3}", "quantity": 2, "amount": 100 + number % 7,
                    "cost": 60, "discount": 5, "delivered_date": day + timedelta(days=3), "status": "shipped",
                    "lead_source": "web", "orig_order_id": None,
                }
            )  # fmt: skip
        came = datetime.combine(day, time(9, place % 60))
        leads.append(
            {
                "lead_id": f"L{place}", "created_at": came, "first_response_at": came + timedelta(hours=1),
                "qualified_at": came + timedelta(days=1), "converted_at": came + timedelta(days=2), "rep_id": rep,
                "lead_source": "web",
            }
        )  # fmt: skip
        closes = day + timedelta(days=20)
        is_closed = closes <= LAST
        deals.append(
            {
                "opportunity_id": f"D{place}", "created_date": day, "close_date": closes,
                "status": ("won" if place % 2 else "lost") if is_closed else "open", "amount": 1000 + place,
                "probability": None if is_closed else 0.4, "rep_id": rep, "product": f"P{place % 3}",
                "customer_id": f"C{place % 8}", "stage": "Proposal",
            }
        )  # fmt: skip
        history.append({"opportunity_id": f"D{place}", "stage": "Proposal", "entered_at": came})
        activities.append(
            {
                "rep_id": rep, "at": came, "type": "call", "lead_id": f"L{place}", "opportunity_id": f"D{place}",
                "logged_at": came + timedelta(minutes=5),
            }
        )  # fmt: skip
        spend.append({"date": day, "amount": 50 + place % 5, "kind": "marketing", "lead_source": "web"})
        answers.append({"customer_id": f"C{place % 8}", "date": day, "score": place % 5 + 1, "kind": "csat"})
    return {
        "orders": orders,
        "opportunities": deals,
        "leads": leads,
        "stage_history": history,
        "activities": activities,
        "spend": spend,
        "feedback": answers,
        "reps": reps,
        "customers": [{"customer_id": f"C{n}", "name": f"Customer {n}", "segment": "Large"} for n in range(8)],
        "products": [{"product": f"P{n}", "category": "Desks"} for n in range(3)],
        "quotas": [
            {"scope": "rep", "scope_id": rep, "period_start": "2024-01-01", "period_end": "2024-06-30",
             "amount": 9000, "measure": "revenue"}
            for rep in ("R1", "R2")
        ],
    }  # fmt: skip


def stored(tables: Tables, folder: Path) -> Dataset:
    return dataset({**tables}, folder, read_on=READ_ON)


def looked_through(data: Dataset) -> Quality:
    return inspect(data, {name: one.through for name, one in coverage(data).items()})


def of_code(found: Sequence[Finding], code: str) -> list[Finding]:
    return [one for one in found if one.code == code]
