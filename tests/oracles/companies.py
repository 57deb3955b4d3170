"""Small random companies: everything that makes sales files hard, in a few dozen rows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.oracles.teams import staffed
from tests.oracles.voices import heard

FIRST, LAST = date(2023, 1, 2), date(2024, 8, 31)

_offsets = st.integers(0, (LAST - FIRST).days)
_days = _offsets.map(lambda offset: FIRST + timedelta(days=offset))
_regions = st.sampled_from(["East", "West", None])
_products = st.sampled_from(["P", "Q", "Z", None])
_reps = st.sampled_from(["R1", "R2", "R3", "R9", None])
_customers = st.sampled_from(["A", "B", "C", "D", "E", "F", "G", None])

Tables = dict[str, list[dict[str, Any]]]


def _sale(order_id: str | None, day: date, amount: float, **more: Any) -> dict[str, Any]:
    return {
        "order_id": order_id, "order_date": day, "amount": amount, "customer_id": "A", "rep_id": "R1",
        "region": "East", "product": "P", "channel": "Web", "lead_source": "web", "quantity": 1, "cost": 1, "discount": 0,
        "returned": False, "return_date": None, "orig_order_id": None, "delivered_date": day, "status": "shipped",
    } | more  # fmt: skip


@st.composite
def _orders(draw: st.DrawFn) -> list[dict[str, Any]]:
    # Every column holds something, so that what is tested is rows and not absent columns.
    lines = [_sale("base", FIRST, 50, return_date=FIRST, orig_order_id="base"), _sale("last", LAST, 20)]
    for number in range(draw(st.integers(0, 14))):
        day = draw(_days)
        shared = {
            "customer_id": draw(_customers), "rep_id": draw(_reps), "region": draw(_regions),
            "channel": draw(st.sampled_from(["Web", "Partner", None])),
            "lead_source": draw(st.sampled_from(["web", "event", None])),
            "status": draw(st.sampled_from(["shipped"] * 3 + ["cancelled", "void", None])),
        }  # fmt: skip
        order_id = draw(st.sampled_from([f"O{number}"] * 5 + [None]))
        costed = draw(st.integers(0, 4)) > 0
        for _ in range(draw(st.integers(1, 3))):
            # Amounts differ by a cent a line, so that a flag and a credit note can only mean each other.
            amount = draw(st.sampled_from([0, 20, 20, 100, 333])) * 1.0
            amount += len(lines) / 100 if amount else 0
            waits = draw(st.sampled_from([None, -2, 0, 3, 3, 10, 60]))
            line = _sale(
                order_id, day, amount, **shared,
                product=draw(_products), quantity=draw(st.sampled_from([1, 2, 5, 1, 2, None])),
                cost=round(amount * 0.6, 2) if costed else None, discount=draw(st.sampled_from([0, 5, 10, None])),
                delivered_date=None if waits is None else day + timedelta(days=waits),
            )  # fmt: skip
            fate = draw(st.sampled_from(["kept"] * 6 + ["flag", "dated flag", "note", "part", "both", "twice"]))
            later = day + timedelta(days=draw(st.sampled_from([0, 5, 40, 200])))
            if "flag" in fate or fate == "both":
                line |= {"returned": True, "return_date": later if fate == "dated flag" else None}
            lines += [line, dict(line)] if fate == "twice" else [line]
            if fate in ("note", "part", "both") and order_id and amount:
                share = 0.5 if fate == "part" else 1
                under = draw(st.sampled_from([{"order_id": f"{order_id}R", "orig_order_id": order_id}, {}]))
                back = {
                    "amount": -round(amount * share, 6),
                    "quantity": line["quantity"] and -line["quantity"] * share,
                    "cost": line["cost"] and -round(line["cost"] * share, 6), "discount": 0, "order_date": later,
                    "returned": False, "delivered_date": None,
                }  # fmt: skip
                lines.append(line | back | under)
    for number in range(draw(st.integers(0, 2))):
        lines.append(
            _sale(f"U{number}", draw(_days), -30 - number, product=draw(_products), region=draw(_regions),
                  orig_order_id=draw(st.sampled_from(["gone", None])), quantity=-1, cost=-20, delivered_date=None)
        )  # fmt: skip
    return lines


@st.composite
def _roster(draw: st.DrawFn) -> list[dict[str, Any]]:
    roster = [
        {"rep_id": "R1", "name": "Ada", "region": "East", "hire_date": date(2022, 11, 30), "leave_date": None},
        {"rep_id": "R4", "name": "Max", "region": "East", "hire_date": FIRST, "leave_date": LAST},
    ]
    for rep in ("R2", "R3"):
        hired = draw(st.one_of(st.none(), st.dates(date(2019, 1, 1), LAST)))
        stays = draw(st.one_of(st.none(), st.integers(0, 900)))
        roster.append(
            {
                "rep_id": rep, "name": draw(st.sampled_from([None, f"Rep {rep}"])), "region": draw(_regions),
                "hire_date": hired,
                "leave_date": hired + timedelta(days=stays) if hired and stays is not None else None,
            }
        )  # fmt: skip
    return roster


@st.composite
def _quotas(draw: st.DrawFn) -> list[dict[str, Any]]:
    windows = [
        (date(2024, 1, 1), date(2024, 3, 31)), (date(2024, 4, 1), date(2024, 4, 30)),
        (date(2024, 5, 1), date(2024, 5, 31)), (date(2023, 1, 1), date(2023, 12, 31)),
        (date(2024, 7, 1), date(2024, 9, 30)),
    ]  # fmt: skip
    rows = [("R1", windows[0], 100)]
    for rep in ("R1", "R2", "R3"):
        rows += [(rep, w, draw(st.sampled_from([0, 10, 300]))) for w in windows[1:] if draw(st.booleans())]
    return [
        {"scope": "rep", "scope_id": rep, "period_start": first, "period_end": last, "amount": amount}
        for rep, (first, last), amount in rows
    ]


@st.composite
def _deals(draw: st.DrawFn) -> list[dict[str, Any]]:
    base = {
        "opportunity_id": "base", "status": "won", "created_date": FIRST, "close_date": FIRST + timedelta(days=20),
        "amount": 100, "probability": 1, "rep_id": "R1", "region": "East", "product": "P", "lead_id": "L1",
    }  # fmt: skip
    deals = [base]
    for number in range(draw(st.integers(0, 12))):
        created = draw(_days)
        status = draw(st.sampled_from(["open", "won", "won", "lost"]))
        deals.append(
            {
                "opportunity_id": f"D{number}", "status": status,
                "created_date": draw(st.sampled_from([created] * 7 + [None])),
                "close_date": created + timedelta(days=draw(st.sampled_from([-3, 0, 14, 30, 90, 400]))),
                "amount": draw(st.sampled_from([0, 100, 250, 400, 999, 1000, None])),
                "probability": draw(st.sampled_from([0.1, 0.5, 0.5, 0.9, None])),
                "rep_id": draw(_reps), "region": draw(_regions), "product": draw(_products),
                "lead_id": draw(st.sampled_from(["L1", None, None, "L9"])),
            }
        )  # fmt: skip
    return deals


@st.composite
def _spend(draw: st.DrawFn) -> list[dict[str, Any]]:
    # Booked as it comes, or once a month and then for the whole of the month.
    days = draw(st.sampled_from([_days, _days.map(lambda day: day.replace(day=1))]))
    booked = st.fixed_dictionaries(
        {
            "date": days, "amount": st.sampled_from([0, 10, 75, 300]),
            "kind": st.sampled_from(["marketing", "sales"]), "region": _regions,
            "channel": st.sampled_from(["Web", "Partner", None]),
            "lead_source": st.sampled_from(["web", "event", None]),
        }
    )  # fmt: skip
    # A first booking late in the file leaves most periods without a cost; what it lacks is no column of the file.
    first = {"date": FIRST.replace(day=1), "amount": 40, "kind": "sales"}
    first |= {"region": "East", "channel": "Web", "lead_source": "web"}
    most = draw(st.sampled_from([0, 2, 16, 16, 16]))
    return [first, *draw(st.lists(booked, max_size=most))] if most else []


def _at(day: date, hours: float) -> str:
    return f"{datetime.combine(day, time.min) + timedelta(hours=hours)}"


@st.composite
def _leads(draw: st.DrawFn) -> list[dict[str, Any]]:
    later = st.sampled_from([None, None, -30, 5, 24 * 10, 24 * 90, 24 * 91, 24 * 300])
    leads = [
        {
            "lead_id": "L1", "created_at": _at(FIRST, 10), "first_response_at": _at(FIRST, 11),
            "qualified_at": _at(FIRST, 20), "converted_at": _at(FIRST, 48), "customer_id": "A", "lead_source": "web",
            "rep_id": "R1", "region": "East", "product": "P", "status": "converted",
        }
    ]  # fmt: skip
    for number in range(2, draw(st.integers(2, 14))):
        day, hour = draw(_days), draw(st.sampled_from([0, 9, 14.5, 23]))
        waits = draw(st.sampled_from([None, None, -1, 0, 0.5, 1, 4, 30, 100]))
        after = {name: draw(later) for name in ("qualified_at", "converted_at")}
        lead = {
            "lead_id": f"N{number}", "created_at": _at(day, hour),
            "first_response_at": None if waits is None else _at(day, hour + waits),
            **{name: None if hours is None else _at(day, hour + hours) for name, hours in after.items()},
            "customer_id": draw(_customers), "lead_source": draw(st.sampled_from(["web", "event", None])),
            "rep_id": draw(_reps), "region": draw(_regions), "product": draw(_products),
            "status": draw(st.sampled_from(["open", "disqualified", "converted", None])),
        }  # fmt: skip
        leads.append(lead)
        if draw(st.integers(0, 6)) == 0:
            leads.append(lead | {"created_at": _at(day, hour + 50), "lead_source": "event", "region": None})
    return leads


@st.composite
def _activities(draw: st.DrawFn, leads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    done = [{"rep_id": "R1", "at": _at(FIRST, 10), "type": "call", "lead_id": "L1", "direction": "out"}]
    for _ in range(draw(st.integers(0, 20))):
        lead = draw(st.sampled_from([*leads, None]))
        came = datetime.fromisoformat(lead["created_at"]) if lead else datetime.combine(draw(_days), time(9))
        done.append(
            {
                "rep_id": draw(_reps) or "R1", "lead_id": lead and lead["lead_id"],
                "at": f"{came + timedelta(hours=draw(st.sampled_from([-30, -2, 0.25, 20, 24 * 7, 24 * 8, 24 * 30, 999])))}",
                "type": draw(st.sampled_from(["call", "email", "email", "meeting", "auto"])),
                "direction": draw(st.sampled_from(["out", "out", "in", None])),
            }
        )  # fmt: skip
    return done


STAGES = ("Qualify", "Demo", "Proposal", "Negotiation")


@st.composite
def _staged(draw: st.DrawFn, deals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give deals the stage they stand in and why they were lost; some say neither."""
    return [
        deal | {
            "stage": draw(st.sampled_from([*STAGES[:2], None])),
            "loss_reason": draw(st.sampled_from(["Price", "Timing", None])),
        }
        for deal in deals
    ]  # fmt: skip


@st.composite
def _stage_history(draw: st.DrawFn, deals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    # Deals of no file went through the stages one by one, so that whatever others do, their order is known.
    entries = [
        {"opportunity_id": f"unheard of {number}", "stage": stage, "entered_at": _at(FIRST, place)}
        for number in range(12)
        for place, stage in enumerate(STAGES)
    ]
    for deal in deals:
        day = deal["created_date"] or draw(_days)
        steps = draw(
            st.lists(st.tuples(st.sampled_from(STAGES), st.sampled_from([-8, 0, 0, 9, 20, 45])), max_size=5)
        )
        for number, (stage, later) in enumerate(steps):
            day += timedelta(days=later)
            moment = _at(day, 8 + draw(st.sampled_from([0, number])))
            entries.append({"opportunity_id": deal["opportunity_id"], "stage": stage, "entered_at": moment})
    return entries


@st.composite
def _work_on_deals(draw: st.DrawFn, deals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    whose = st.sampled_from([deal["opportunity_id"] for deal in deals])
    return [
        {"rep_id": "R1", "at": _at(draw(_days), 15), "type": draw(st.sampled_from(["call", "auto"])),
         "opportunity_id": draw(whose)}
        for _ in range(draw(st.integers(0, 12)))
    ]  # fmt: skip


# A deal table of no row has no dates, and is asked over the whole file: what is tested is days without a deal.
_NO_DEALS = [
    {
        "opportunity_id": "to come", "status": "open", "created_date": LAST + timedelta(days=7), "close_date": None,
        "amount": 5, "probability": 0.5, "rep_id": "R1", "region": "East", "product": "P", "lead_id": None,
    }
]  # fmt: skip


@st.composite
def companies(draw: st.DrawFn) -> Tables:
    """Give the tables of a random company; now and then one of them has no rows."""
    leads, deals = draw(_leads()), draw(_staged(draw(_deals())))
    tables: Tables = {
        "orders": draw(_orders()),
        "reps": draw(_roster()),
        "quotas": draw(_quotas()),
        "opportunities": deals,
        "stage_history": draw(_stage_history(deals)),
        "leads": leads,
        "activities": [*draw(_activities(leads)), *draw(_work_on_deals(deals))],
        "spend": draw(_spend()),
    }
    tables = draw(heard(draw(staffed(tables))))
    empty = draw(
        st.sampled_from(
            [None] * 8 + ["orders", "opportunities", "reps", "leads", "stage_history", "feedback", "training"]
        )
    )
    none = _NO_DEALS if empty == "opportunities" else []
    return tables | ({empty: none} if empty else {})
