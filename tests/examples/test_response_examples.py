"""The worked examples of answers to leads: how fast, how many never, what that may cost, and the follow-up."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import salesmetrics as sm
from tests.company import (
    H1,
    Q1,
    Q2,
    answers,
    ask,
    dataset,
    days,
    example_company,
)

JANUARY = days("2024-01-01", "2024-01-31")
JUNE = days("2024-06-01", "2024-06-30")


def _lead(number: int, created: str = "2024-01-10 09:00", **more: Any) -> dict[str, Any]:
    return {"lead_id": f"L{number}", "created_at": created, "lead_source": "web", **more}


def _sent(lead: int, at: str, **more: Any) -> dict[str, Any]:
    return {"rep_id": "R1", "at": at, "type": "call", "lead_id": f"L{lead}", "direction": "out", **more}


def test_the_wait_for_the_first_answer():
    # Waits of 0.5, 4, 24, 1 and 2 hours; L3 has had none.
    answer = ask(example_company(), "lead_response_time", H1)
    assert (answer.value, answer.n, answer.details["p90"]) == (2, 5, pytest.approx(16))
    assert answer.details["unanswered_rate"] == pytest.approx(1 / 6)
    # With L3 as never answered: 0.5, 1, 2, 4, 24, never.
    assert (answer.details["median_with_unanswered"], answer.details["p90_with_unanswered"]) == (3, None)


def test_where_half_are_never_answered_half_wait_for_ever(tmp_path: Path):
    leads = [_lead(n, first_response_at="2024-01-10 10:00" if n < 2 else None) for n in range(5)]
    answer = ask(dataset({"leads": leads}, tmp_path), "lead_response_time", JANUARY)
    assert (answer.value, answer.details["median_with_unanswered"]) == (1, None)


def test_an_answer_before_the_lead_came_in_leaves_the_wait_and_is_said(tmp_path: Path):
    leads = [_lead(1, first_response_at="2024-01-10 08:00"), _lead(2, first_response_at="2024-01-10 12:00")]
    data = dataset({"leads": leads}, tmp_path)
    answer = ask(data, "lead_response_time", JANUARY)
    assert (answer.value, answer.n) == (3, 1)
    assert answer.warns("lead_answers_backwards:1")
    assert ask(data, "response_within_sla", JANUARY).denominator == 1
    assert ask(data, "unanswered_rate", JANUARY).value == 0


def test_the_first_outbound_activity_stands_for_an_answer_and_an_automatic_reply_does_not(tmp_path: Path):
    tables = {
        "leads": [_lead(1), _lead(2), _lead(3)],
        "activities": [
            _sent(1, "2024-01-10 09:01", type="auto"), _sent(1, "2024-01-10 10:00", direction="in"),
            _sent(1, "2024-01-10 12:00"), _sent(1, "2024-01-10 13:00"), _sent(2, "2024-01-10 10:00", direction=None),
            _sent(3, "2024-01-10 09:03", type="auto"),
        ],
    }  # fmt: skip
    answer = ask(dataset(tables, tmp_path), "lead_response_time", JANUARY)
    # After 3 hours and after 1; the third has only heard from a machine.
    assert (answer.value, answer.n, answer.details["unanswered_rate"]) == (2, 2, pytest.approx(1 / 3))
    assert answer.details["automatic_replies"] == 2
    assert answer.details["automatic_reply_median"] == pytest.approx(2 / 60)


@pytest.mark.parametrize(
    "metric", ["lead_response_time", "response_within_sla", "unanswered_leads", "unanswered_rate"]
)
def test_files_that_tell_of_no_answers_do_not_make_every_lead_unanswered(tmp_path: Path, metric):
    answer = ask(dataset({"leads": [_lead(1), _lead(2)]}, tmp_path), metric, JANUARY)
    assert (answer.value, answer.reason) == (None, "missing_column:leads.first_response_at")


def test_answered_within_the_agreed_time():
    # L1 after half an hour, L5 after exactly one; no answer is a miss.
    answer = ask(example_company(), "response_within_sla", H1)
    assert (answer.value, answer.numerator, answer.denominator) == (pytest.approx(1 / 3), 2, 6)
    generous = ask(example_company(), "response_within_sla", H1, params={"response_within_sla.sla": "240"})
    assert (generous.numerator, generous.denominator) == (4, 6)


def test_a_lead_of_the_last_hour_is_not_due_yet(tmp_path: Path):
    leads = [_lead(1, "2024-06-30 22:59"), _lead(2, "2024-06-30 23:01", first_response_at="2024-06-30 23:05")]
    data = dataset({"leads": leads}, tmp_path)
    answer = ask(data, "response_within_sla", JUNE)
    assert (answer.value, answer.denominator) == (0, 1)
    only = ask(data, "response_within_sla", JUNE, params={"response_within_sla.sla": "90"})
    assert only.reason == "immature_cohort"


def test_unanswered_leads():
    assert ask(example_company(), "unanswered_leads", H1).value == 1
    rate = ask(example_company(), "unanswered_rate", H1)
    assert (rate.value, rate.numerator, rate.denominator) == (pytest.approx(1 / 6), 1, 6)


def test_the_backlog_of_unanswered_leads_as_it_stood():
    # L4 waited from 12 January, 9:00, for a day: on no evening for 72 hours. L3 has waited since the 10th.
    months = answers(example_company(), "unanswered_leads", H1, grain=sm.Grain.MONTH)
    assert [month.value for month in months.values()] == [1] * 6
    assert ask(example_company(), "unanswered_leads", JANUARY, as_of=date(2024, 1, 12)).value == 0
    assert ask(example_company(), "unanswered_leads", JANUARY, as_of=date(2024, 1, 13)).value == 1
    early = ask(
        example_company(), "unanswered_leads", JANUARY, as_of=date(2024, 1, 12),
        params={"unanswered_leads.grace": "12"},
    )  # fmt: skip
    # Both L3 and L4 on that evening: 72 and 15 hours.
    assert early.value == 2


def test_an_unanswered_rate_of_leads_that_are_all_fresh_is_too_early(tmp_path: Path):
    leads = [_lead(1, "2024-06-29 09:00"), _lead(2, "2024-01-10 09:00", first_response_at="2024-01-10 10:00")]
    data = dataset({"leads": leads}, tmp_path)
    assert ask(data, "unanswered_rate", JUNE).reason == "immature_cohort"
    assert ask(data, "unanswered_rate", H1).value == 0


def test_what_unanswered_leads_may_have_cost():
    answer = ask(example_company(), "missed_opportunity_estimate", H1)
    # One unanswered x 1/3 of L1, L2 and L4 within 90 days x the mean first order of A, B and C.
    assert answer.value == pytest.approx(1 / 3 * (300 + 100 + 100) / 3)
    assert answer.details["customers_unanswered"] == pytest.approx(1 / 3)
    assert answer.details["value_per_customer"] == pytest.approx(500 / 3)
    assert answer.details["customers_late"] is None
    # Wilson's bounds of one in three, from its closed form with z = 1.96.
    half = 1.96 * (2 / 27 + 1.96**2 / 36) ** 0.5
    low, high = ((1 / 3 + 1.96**2 / 6 + side) / (1 + 1.96**2 / 3) for side in (-half, half))
    assert answer.details["conversion_answered_low"] == pytest.approx(low, abs=1e-4)
    assert answer.details["conversion_answered_high"] == pytest.approx(high, abs=1e-4)
    assert answer.warns("if_the_link_were_causal")


def test_what_late_answers_may_have_cost(tmp_path: Path):
    # 30 answered in time, of which 12 convert; 40 within four hours, 8; 29 within a day, too few to judge.
    kinds = ((30, 12, 30), (40, 8, 200), (29, 0, 600))
    came = pd.Timestamp("2024-01-10 09:00")
    leads = [
        _lead(
            100 * minutes + number, created=str(came), first_response_at=came + timedelta(minutes=minutes),
            converted_at=came + timedelta(days=9) if number < converted else None,
        )
        for count, converted, minutes in kinds
        for number in range(count)
    ]  # fmt: skip
    orders = [{"order_date": "2024-01-05", "amount": 50, "customer_id": "A", "order_id": "1"}]
    answer = ask(dataset({"leads": leads, "orders": orders}, tmp_path), "missed_opportunity_estimate", JANUARY)
    assert answer.details["customers_late"] == pytest.approx(40 * (12 / 30 - 8 / 40))
    assert answer.details["conversion_late_24h"] is None
    assert (answer.details["customers_unanswered"], answer.value) == (0, pytest.approx(8 * 50))


def test_nothing_missed_can_be_told_of_leads_too_young_to_have_converted():
    answer = ask(example_company(), "missed_opportunity_estimate", Q2)
    assert (answer.value, answer.reason) == (None, "immature_cohort")


def test_followed_up_and_touched(tmp_path: Path):
    outbound = {1: (3, 2), 2: (2, 1), 3: (1, 0), 4: (0, 0)}
    tables = {
        "leads": [_lead(number) for number in outbound],
        "activities": [
            *(_sent(lead, f"2024-01-{11 + k} 10:00") for lead, (week, _more) in outbound.items() for k in range(week)),
            *(_sent(lead, f"2024-01-{20 + k} 10:00") for lead, (_week, more) in outbound.items() for k in range(more)),
            _sent(4, "2024-01-11 10:00", direction="in"), _sent(4, "2024-01-11 11:00", type="auto"),
            _sent(4, "2024-02-20 10:00"), _sent(4, "2024-01-09 10:00"),
        ],
    }  # fmt: skip
    data = dataset(tables, tmp_path)
    # In the first week 3, 2, 1 and 0; in the first thirty days 5, 3, 1 and 0.
    rate, touches = (ask(data, metric, JANUARY) for metric in ("followup_rate", "touches_per_lead"))
    assert (rate.value, rate.numerator, rate.denominator) == (0.5, 2, 4)
    assert (touches.value, touches.numerator, touches.denominator) == (2.25, 9, 4)
    young = ask(data, "touches_per_lead", JANUARY, as_of=date(2024, 2, 8))
    assert (young.value, young.reason) == (None, "immature_cohort")
    assert ask(data, "followup_rate", JANUARY, as_of=date(2024, 1, 17)).denominator == 4


@pytest.mark.parametrize("metric", ["followup_rate", "touches_per_lead"])
def test_follow_up_without_activities_is_unknown_and_not_zero(metric):
    assert ask(example_company(), metric, Q1).reason == "missing_column:activities.lead_id"
