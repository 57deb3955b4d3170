"""The worked examples of hand-overs from marketing to sales and from sales to service."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from salesmetrics.model.dataset import Dataset
from tests.company import answers, ask, dataset, days, example_company

MAY = days("2024-05-01", "2024-05-31")
TO_SERVICE = {"handoff_time.handoff": "sales_to_service"}


def _lead(lead: str, qualified: str | None, response: str | None = None, **more: Any) -> dict[str, Any]:
    return {"lead_id": lead, "created_at": "2024-05-01 08:00", "first_response_at": response, "qualified_at": qualified,
            "lead_source": "web", "region": "East", "rep_id": "R1"} | more  # fmt: skip


def _act(at: str, lead: str | None = None, **more: Any) -> dict[str, Any]:
    return {"rep_id": "R1", "at": at, "type": "call", "lead_id": lead, "opportunity_id": None, "customer_id": None,
            "direction": None} | more  # fmt: skip


def _leads(folder: Path, leads: list[dict[str, Any]], done: list[dict[str, Any]], **tables: Any) -> Dataset:
    folder.mkdir(exist_ok=True)
    return dataset({"leads": leads, "activities": done, **tables}, folder)


def test_the_answer_before_it_was_qualified_is_not_the_hand_over(tmp_path: Path):
    lead = _lead("L1", "2024-05-02 09:00", "2024-05-02 08:30")
    data = _leads(tmp_path, [lead], [_act("2024-05-02 08:30", "L1"), _act("2024-05-02 13:00", "L1")])
    answer = ask(data, "handoff_time", MAY, as_of=date(2024, 5, 31))
    assert (answer.value, answer.n) == (4, 1)


def _four(folder: Path) -> Dataset:
    """Hand-overs taken up after 4, 10 and 26 hours and one open for 30 hours at the end of 3 May."""
    leads = [_lead(f"L{hours}", "2024-05-01 09:00") for hours in (4, 10, 26)]
    start = datetime.fromisoformat("2024-05-01 09:00")
    done = [_act(f"{start + timedelta(hours=hours):%Y-%m-%d %H:%M}", f"L{hours}") for hours in (4, 10, 26)]
    return _leads(folder, [*leads, _lead("L0", "2024-05-02 18:00")], done)


def test_the_median_counts_those_still_waiting(tmp_path: Path):
    answer = ask(_four(tmp_path), "handoff_time", MAY, as_of=date(2024, 5, 3))
    # Three quarters wait longer than 4 hours, half longer than 10.
    assert (answer.value, answer.n) == (10, 4)
    assert (answer.details["open"], answer.details["completed_median"], answer.details["p90"]) == (1, 10, None)


def test_where_most_are_still_waiting_there_is_no_median(tmp_path: Path):
    leads = [_lead(f"L{place}", "2024-05-01 09:00") for place in range(5)]
    data = _leads(tmp_path, leads, [_act("2024-05-01 12:00", "L0"), _act("2024-05-03 12:00", "L1")])
    answer = ask(data, "handoff_time", MAY, as_of=date(2024, 5, 3))
    assert (answer.value, answer.reason, answer.details["open"]) == (None, "not_reached", 3)


def test_nine_in_ten_take_five_hand_overs(tmp_path: Path):
    leads = [_lead(f"L{hours}", "2024-05-01 09:00") for hours in range(1, 11)]
    done = [_act(f"2024-05-01 {9 + hours}:00", f"L{hours}") for hours in range(1, 11)]
    assert ask(_leads(tmp_path, leads, done), "handoff_time", MAY).details["p90"] == 9
    four = ask(_leads(tmp_path / "four", leads[:4], done[:4]), "handoff_time", MAY)
    assert (four.value, four.details["p90"]) == (2, None)


def test_what_a_machine_sent_or_came_in_takes_nothing_up(tmp_path: Path):
    done = [_act("2024-05-02 09:01", "L1", type="auto"), _act("2024-05-02 10:00", "L1", direction="in"),
            _act("2024-05-02 12:00", "L2"), _act("2024-05-02 15:00", "L1", type="email", direction="out")]  # fmt: skip
    data = _leads(tmp_path, [_lead("L1", "2024-05-02 09:00"), _lead("L9", None)], done)
    assert (ask(data, "handoff_time", MAY).value, ask(data, "handoff_time", MAY).n) == (6, 1)


def test_work_on_the_deal_that_came_of_a_lead_takes_it_up(tmp_path: Path):
    deals = [{"opportunity_id": "D1", "status": "open", "lead_id": "L1", "created_date": "2024-05-02"}]
    done = [_act("2024-05-02 12:00", opportunity_id="D1"), _act("2024-05-02 10:00", opportunity_id="D2")]
    data = _leads(tmp_path, [_lead("L1", "2024-05-02 09:00")], done, opportunities=deals)
    assert ask(data, "handoff_time", MAY).value == 3


def test_a_day_without_an_hour_is_not_before_the_hour_of_the_day(tmp_path: Path):
    data = _leads(tmp_path, [_lead("L1", "2024-05-02 09:00")], [_act("2024-05-02 00:00", "L1")])
    assert ask(data, "handoff_time", MAY).value == 0


def test_hand_overs_by_source(tmp_path: Path):
    leads = [_lead("L1", "2024-05-02 09:00"), _lead("L2", "2024-05-02 09:00", lead_source="event")]
    data = _leads(tmp_path, leads, [_act("2024-05-02 12:00", "L1"), _act("2024-05-02 10:00", "L2")])
    sources = answers(data, "handoff_time", MAY, by=("lead_source",))
    assert {name: a.value for name, a in sources.items()} == {"web": 3, "event": 1}


def test_activities_that_name_nothing_give_no_hand_over(tmp_path: Path):
    done = [{"rep_id": "R1", "at": "2024-05-20 09:00", "type": "call"}]
    answer = ask(_leads(tmp_path, [_lead("L1", "2024-05-02 09:00")], done), "handoff_time", MAY)
    assert (answer.value, answer.reason) == (None, "missing_column:activities.lead_id")
    assert ask(example_company(), "handoff_time", MAY).reason.startswith("missing_column:")


def _won(deal: str, closed: str, customer: str | None = None, status: str = "won") -> dict[str, Any]:
    return {"opportunity_id": deal, "status": status, "created_date": "2024-04-01", "close_date": closed,
            "customer_id": customer, "region": "East"}  # fmt: skip


def test_the_first_service_for_the_deal_or_its_customer(tmp_path: Path):
    deals = [_won("D1", "2024-05-02", "A"), _won("D2", "2024-05-02", "B"), _won("D3", "2024-05-02", status="lost")]
    done = [
        _act("2024-05-01 10:00", type="service", customer_id="A"), _act("2024-05-03 06:00", type="service", customer_id="A"),
        _act("2024-05-03 12:00", type="service", opportunity_id="D1"), _act("2024-05-02 10:00", opportunity_id="D2"),
        _act("2024-05-02 14:00", type="Service", opportunity_id="D2"), _act("2024-05-02 09:00", type="service"),
    ]  # fmt: skip
    data = dataset({"opportunities": deals, "activities": done}, tmp_path)
    answer = ask(data, "handoff_time", MAY, params=TO_SERVICE, as_of=date(2024, 5, 31))
    # From the start of 2 May: 30 hours for the first, 14 for the second.
    assert (answer.n, answer.value, answer.details["completed_median"]) == (2, 14, 22)


def _aged(folder: Path) -> Dataset:
    leads = [_lead(f"L{place}", "2024-05-01 09:00") for place in range(4)]
    late = _lead("L9", "2024-05-20 09:00")
    done = [_act("2024-05-02 09:00", "L0"), _act("2024-05-15 09:00", "L1"), _act("2024-05-15 09:01", "L2")]
    return _leads(folder, [*leads, late], done)


def test_lost_is_what_nobody_took_up_in_two_weeks(tmp_path: Path):
    answer = ask(_aged(tmp_path), "handoff_lost_rate", MAY, as_of=date(2024, 5, 31))
    # One came a minute too late, one never; the one of 20 May may still be taken up.
    assert (answer.value, answer.numerator, answer.denominator) == (0.5, 2, 4)
    assert answer.details["too_recent"] == 1


@pytest.mark.parametrize(("limit", "lost"), [("1", 3), ("13", 3), ("15", 1)])
def test_the_days_allowed_can_be_set(tmp_path, limit, lost):
    params = {"handoff_lost_rate.days": limit}
    answer = ask(_aged(tmp_path), "handoff_lost_rate", days("2024-05-01", "2024-05-10"), params=params,
                 as_of=date(2024, 5, 31))  # fmt: skip
    assert (answer.numerator, answer.denominator) == (lost, 4)


def test_too_early_to_call_anything_lost(tmp_path: Path):
    answer = ask(_aged(tmp_path), "handoff_lost_rate", MAY, as_of=date(2024, 5, 10))
    assert (answer.value, answer.reason) == (None, "immature_cohort")
    assert ask(_aged(tmp_path / "none"), "handoff_lost_rate", days("2024-05-05", "2024-05-08")).reason == "no_rows"
