"""What customers answered, how large the market was, who was trained and what was written down, in small and at random."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.oracles.teams import NEW, SETTLED

Tables = dict[str, list[dict[str, Any]]]

_FIRST, _LAST = date(2023, 1, 2), date(2024, 8, 31)
_days = st.integers(0, (_LAST - _FIRST).days).map(lambda offset: _FIRST + timedelta(days=offset))
_customers = st.sampled_from(["A", "B", "C", "D", "Z", None])


@st.composite
def _feedback(draw: st.DrawFn) -> list[dict[str, Any]]:
    answers = [{"customer_id": "A", "date": _FIRST, "score": 4, "kind": "csat", "scale_min": 1, "scale_max": 5}]
    few_days = draw(st.lists(_days, min_size=3, max_size=6))
    for _ in range(draw(st.integers(0, 24))):
        kind = draw(st.sampled_from(["csat", "csat", "nps"]))
        low, high = draw(st.sampled_from([(None, None)] * 6 + [(1, 5), (0, 10), (1, 7), (None, 10), (5, 5)]))
        score = draw(st.sampled_from([*range(-1, 12), 3.5, None]))
        answers.append(
            {"customer_id": draw(_customers), "date": draw(st.sampled_from(few_days)), "score": score, "kind": kind,
             "scale_min": low, "scale_max": high}
        )  # fmt: skip
    return answers


@st.composite
def _customers_known(draw: st.DrawFn) -> list[dict[str, Any]]:
    return [
        {"customer_id": customer, "segment": draw(st.sampled_from(["Large", None])),
         "region": draw(st.sampled_from(["East", "West", None, None])),
         "rep_id": draw(st.sampled_from(["R1", "R2", None, None]))}
        for customer in ("A", "B", "Z")
    ]  # fmt: skip


@st.composite
def _market(draw: st.DrawFn) -> list[dict[str, Any]]:
    periods = [("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-12-31"), ("2023-04-01", "2023-06-30"),
               ("2024-04-01", "2024-06-30"), ("2024-05-01", "2024-05-31"), ("2023-05-01", "2023-05-31"),
               ("2024-05-16", "2024-06-15"), ("2023-12-01", "2024-01-31")]  # fmt: skip
    cells = st.tuples(
        st.sampled_from(periods), st.sampled_from(["East", "West", None]), st.sampled_from(["P", "Q", None]),
        st.sampled_from([0, 50, 500, 9000]),
    )  # fmt: skip
    found = draw(st.lists(cells, max_size=8))
    whole = [(period, None, None, 4000) for period in periods[:2]] if draw(st.booleans()) else []
    first = [(periods[0], "East", "P", 700)]
    return [
        {"period_start": start, "period_end": end, "region": region, "product": product, "amount": amount}
        for (start, end), region, product, amount in [*first, *found, *whole]
    ]


@st.composite
def _training(draw: st.DrawFn, reps: list[str]) -> list[dict[str, Any]]:
    sessions = [{"rep_id": "R1", "date": _FIRST, "hours": 1, "topic": "Product"}]
    when = st.sampled_from([date(2023, 11, 3), date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 20), _LAST])
    for _ in range(draw(st.integers(0, 24))):
        sessions.append(
            {"rep_id": draw(st.sampled_from([*reps, "R9"])), "date": draw(st.one_of(when, when, _days)),
             "hours": draw(st.sampled_from([0.5, 2, 2, 8, 0])),
             "topic": draw(st.sampled_from(["Product", "Closing", None]))}
        )  # fmt: skip
    return sessions


@st.composite
def _quarterly_quotas(draw: st.DrawFn, reps: list[str]) -> list[dict[str, Any]]:
    """Give a large team quotas for three quarters in a row; of the last some have theirs already."""
    quarters = [(date(2023, 10, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2024, 3, 31))]
    last = [(rep, (date(2024, 4, 1), date(2024, 6, 30))) for rep in (SETTLED[3], *NEW)]
    asked = [(rep, quarter) for rep in (*SETTLED, *NEW) for quarter in quarters] + last
    return [
        {"scope": "rep", "scope_id": rep, "period_start": start, "period_end": end,
         "amount": draw(st.sampled_from([100, 250, 250, 400]))}
        for rep, (start, end) in asked
        if rep in reps
    ]  # fmt: skip


@st.composite
def _notes(draw: st.DrawFn, tables: Tables) -> list[dict[str, Any]]:
    """Give service for deals and customers, and when things were written down, now and then before they happened."""
    deals = [deal["opportunity_id"] for deal in tables["opportunities"]]
    moments = [datetime.combine(_FIRST, time(10))] + [
        datetime.combine(draw(_days), time(draw(st.sampled_from([0, 9, 23]))))
        for _ in range(draw(st.integers(0, 8)))
    ]
    return [
        {"rep_id": draw(st.sampled_from(["R1", "R2", "R9"])), "at": str(moment),
         "type": draw(st.sampled_from(["service", "call"])),
         "customer_id": draw(_customers), "opportunity_id": draw(st.sampled_from([*deals, None])),
         "direction": draw(st.sampled_from(["out", "in"])),
         "logged_at": str(moment + timedelta(minutes=draw(st.sampled_from([-30, 0, 10, 95, 3000]))))}
        for moment in moments
    ]  # fmt: skip


@st.composite
def heard(draw: st.DrawFn, tables: Tables) -> Tables:
    """Give the tables with what surrounds the sales: answers, market sizes, training, service."""
    reps = [rep["rep_id"] for rep in tables["reps"]]
    return tables | {
        "feedback": draw(_feedback()),
        "customers": draw(_customers_known()),
        "market_size": draw(_market()),
        "training": draw(_training(reps)),
        "quotas": tables["quotas"] + draw(_quarterly_quotas(reps)),
        "activities": tables["activities"] + draw(_notes(tables)),
    }
