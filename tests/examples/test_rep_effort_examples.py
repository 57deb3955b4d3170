"""The worked examples of what reps do and of what they have on their desks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import salesmetrics as sm
from salesmetrics.model.dataset import Dataset
from tests.company import answers, ask, dataset, days

WEEK = days("2024-05-06", "2024-05-12")
SUNDAY = date(2024, 5, 12)
TWO = [{"rep_id": "R1", "hire_date": "2020-01-01"}, {"rep_id": "R2", "hire_date": "2020-01-01"}]


def _calls(rep: str, number: int, first: date = WEEK.start, **more: Any) -> list[dict[str, Any]]:
    """Give so many calls, spread over the five days from `first`."""
    start = datetime.combine(first, datetime.min.time()) + timedelta(hours=9)
    return [
        {"rep_id": rep, "at": start + timedelta(days=place % 5, minutes=place), "type": "call", "direction": None}
        | more
        for place in range(number)
    ]


def _company(tmp_path: Path, activities: list[dict[str, Any]], reps: list[dict[str, Any]] = TWO) -> Dataset:
    return dataset({"reps": reps, "activities": activities}, tmp_path)


def test_activities_per_rep(tmp_path: Path):
    data = _company(tmp_path, _calls("R1", 60))
    answer = ask(data, "activities_per_rep", WEEK, as_of=SUNDAY)
    # Both were there for five working days; who did nothing stays in.
    assert (answer.value, answer.numerator, answer.denominator) == (6.0, 60, 10)


@pytest.mark.parametrize(
    ("per", "value"), [("day", 6.0), ("week", 30.0), ("month", pytest.approx(6 * 5 * 365.25 / 12 / 7))]
)
def test_activities_are_counted_for_a_day_a_week_or_a_month_of_work(tmp_path: Path, per, value):
    data = _company(tmp_path, _calls("R1", 60))
    params = {"activities_per_rep.per": per}
    assert ask(data, "activities_per_rep", WEEK, as_of=SUNDAY, params=params).value == value


def test_only_what_reps_sent_out_themselves_counts(tmp_path: Path):
    activities = [*_calls("R1", 60), *_calls("R1", 7, direction="in"), *_calls("R2", 9, type="auto")]
    assert ask(_company(tmp_path, activities), "activities_per_rep", WEEK, as_of=SUNDAY).numerator == 60


def test_working_days_are_those_of_the_company_and_of_the_employment(tmp_path: Path):
    reps = [TWO[0], {"rep_id": "R2", "hire_date": "2024-05-09", "leave_date": "2024-05-10"}]
    data = _company(tmp_path, _calls("R1", 60), [{"leave_date": None, **rep} for rep in reps])
    assert ask(data, "activities_per_rep", WEEK, as_of=SUNDAY).denominator == 5 + 2
    query = sm.MetricQuery(
        ("activities_per_rep",), WEEK, as_of=SUNDAY, conventions=sm.Conventions(working_days=(1, 4, 6))
    )
    # Monday, Thursday and Saturday of the one, Thursday of the other.
    assert sm.compute(data, query).frame["denominator"].tolist() == [3 + 1]


def test_days_before_anything_was_written_down_are_no_idle_days(tmp_path: Path):
    data = _company(tmp_path, _calls("R1", 60))
    half_year = days("2024-01-01", "2024-05-31")
    # What reps did is known from May on: 23 working days each.
    assert ask(data, "activities_per_rep", half_year, as_of=date(2024, 5, 31)).denominator == 2 * 23


def test_activities_without_a_file_of_them(tmp_path: Path):
    data = dataset({"reps": TWO}, tmp_path)
    assert ask(data, "activities_per_rep", WEEK, as_of=SUNDAY).reason == "missing_column:activities.rep_id"


def test_activities_of_reps_nobody_knows_lower_the_coverage(tmp_path: Path):
    data = _company(tmp_path, [*_calls("R1", 60), *_calls("R9", 90)])
    assert ask(data, "activities_per_rep", WEEK, as_of=SUNDAY).reason == "low_coverage"


def test_contact_expectation_rate(tmp_path: Path):
    answer = ask(_company(tmp_path, _calls("R1", 60)), "contact_expectation_rate", WEEK, as_of=SUNDAY)
    assert (answer.value, answer.numerator, answer.denominator) == (0.5, 1, 2)


@pytest.mark.parametrize(("expected", "met"), [("24", 1), ("25", 1), ("26", 0)])
def test_as_many_as_expected_are_enough(tmp_path: Path, expected, met):
    data = _company(tmp_path, _calls("R1", 25))
    params = {"contact_expectation_rate.expected": expected}
    assert ask(data, "contact_expectation_rate", WEEK, as_of=SUNDAY, params=params).numerator == met


def test_only_full_weeks_of_a_rep_count(tmp_path: Path):
    reps = [TWO[0], {"rep_id": "R2", "hire_date": "2024-05-07"}]
    data = _company(tmp_path, _calls("R1", 60), reps)
    assert ask(data, "contact_expectation_rate", WEEK, as_of=SUNDAY).denominator == 1
    # Ten days hold one week from Monday to Sunday; from Saturday on they hold none.
    assert ask(data, "contact_expectation_rate", days("2024-05-04", "2024-05-13"), as_of=SUNDAY).denominator == 1
    part = ask(data, "contact_expectation_rate", days("2024-05-07", "2024-05-12"), as_of=SUNDAY)
    assert (part.value, part.reason) == (None, "n_too_small")


def test_weeks_start_when_the_company_says(tmp_path: Path):
    # Thirty calls from Saturday to Wednesday: one week's from Saturday on, but of two weeks from Monday on.
    data = _company(tmp_path, _calls("R1", 30, date(2024, 5, 11)), TWO[:1])
    period = days("2024-05-06", "2024-05-19")

    def met(week_start: int) -> list[float]:
        query = sm.MetricQuery(
            ("contact_expectation_rate",), period, as_of=date(2024, 5, 19),
            conventions=sm.Conventions(week_start=week_start),
        )  # fmt: skip
        row = sm.compute(data, query).frame.iloc[0]
        return [row["numerator"], row["denominator"]]

    assert met(1) == [0, 2]
    assert met(6) == [1, 1]


DAY = date(2024, 6, 30)
JUNE = days("2024-06-01", "2024-06-30")
LOADS = {"R1": 10, "R2": 12, "R3": 14, "R4": 16, "R5": 60}


def _desks(
    tmp_path: Path, capacity: dict[str, int] | None = None, leads: list[dict[str, Any]] | None = None, **loads: int
) -> Dataset:
    loads = loads or LOADS
    reps = [{"rep_id": rep, "region": "East", "capacity": (capacity or {}).get(rep)} for rep in loads]
    deals = [
        {"opportunity_id": f"{rep}-{number}", "status": "open", "created_date": "2024-05-01", "rep_id": rep}
        for rep, load in loads.items()
        for number in range(load)
    ]
    return dataset({"reps": reps, "opportunities": deals, **({"leads": leads} if leads else {})}, tmp_path)


def test_rep_workload(tmp_path: Path):
    data = _desks(tmp_path)
    reps = answers(data, "rep_workload", JUNE, by=("rep",))
    assert {rep: answer.value for rep, answer in reps.items()} == LOADS
    assert {answer.details["limit"] for answer in reps.values()} == {22}
    assert {rep for rep, answer in reps.items() if answer.details["over_limit"]} == {"R5"}
    region = answers(data, "rep_workload", JUNE, by=("region",))["East"]
    assert (region.value, region.details["extra_reps"]) == (112 / 5, 3)


def test_four_reps_are_too_few_to_say_what_is_usual(tmp_path: Path):
    reps = answers(_desks(tmp_path, R1=1, R2=1, R3=1, R4=99), "rep_workload", JUNE, by=("rep",))
    assert {answer.details["limit"] for answer in reps.values()} == {None}


def test_workload_is_of_those_who_are_there(tmp_path: Path):
    reps = [
        {"rep_id": "R1", "hire_date": None, "leave_date": None},
        {"rep_id": "R2", "hire_date": "2020-01-01", "leave_date": "2024-06-29"},
        {"rep_id": "R3", "hire_date": "2024-07-01", "leave_date": None},
        {"rep_id": "R4", "hire_date": "2024-06-30", "leave_date": "2024-06-30"},
    ]
    deals = [
        {"opportunity_id": "D1", "status": "open", "created_date": "2024-06-01", "rep_id": "R1", "close_date": None},
        {"opportunity_id": "D2", "status": "open", "created_date": "2024-06-01", "rep_id": "R2", "close_date": None},
        {"opportunity_id": "D3", "status": "won", "created_date": "2024-06-01", "rep_id": "R1",
         "close_date": "2024-06-30"},
        {"opportunity_id": "D4", "status": "lost", "created_date": "2024-06-01", "rep_id": "R1",
         "close_date": "2024-07-01"},
        {"opportunity_id": "D5", "status": "open", "created_date": "2024-06-01", "rep_id": None, "close_date": None},
    ]  # fmt: skip
    leads = [
        {"lead_id": "L1", "created_at": "2024-06-30 23:00", "rep_id": "R1", "status": "open", "converted_at": None},
        {"lead_id": "L2", "created_at": "2024-06-01", "rep_id": "R1", "status": "disqualified", "converted_at": None},
        {"lead_id": "L3", "created_at": "2024-06-01", "rep_id": "R1", "status": "converted",
         "converted_at": "2024-07-02"},
        {"lead_id": "L4", "created_at": "2024-06-01", "rep_id": "R1", "status": "converted", "converted_at": None},
    ]  # fmt: skip
    data = dataset({"reps": reps, "opportunities": deals, "leads": leads}, tmp_path)
    answer = ask(data, "rep_workload", JUNE, as_of=date(2024, 7, 10))
    # R1 with D1 and with D4, which was still open that day, L1 and L3; R4, on the only day, with nothing.
    assert (answer.numerator, answer.denominator) == (4, 2)
    assert (answer.details["open_deals"], answer.details["open_leads"]) == (2, 2)


def _lead(name: str, rep: str, wait_hours: int | None) -> dict[str, Any]:
    created = datetime.fromisoformat("2024-06-03 09:00")
    return {
        "lead_id": name, "created_at": created, "rep_id": rep, "status": "disqualified",
        "first_response_at": None if wait_hours is None else created + timedelta(hours=wait_hours),
    }  # fmt: skip


def test_a_full_desk_is_overload_where_leads_wait_for_it(tmp_path: Path):
    slow = [_lead("L1", "R1", 1), _lead("L2", "R2", 2), _lead("L5", "R5", 9)]
    answer = ask(_desks(tmp_path, leads=slow), "overload_flag", JUNE)
    assert (answer.value, answer.n, answer.details["over_limit"]) == (1, 5, 1)
    assert not answer.warns("overload_by_load_alone")


def test_a_full_desk_whose_leads_are_answered_is_none(tmp_path: Path):
    quick = [_lead("L1", "R1", 5), _lead("L2", "R2", 6), _lead("L5", "R5", 1)]
    answer = ask(_desks(tmp_path, leads=quick), "overload_flag", JUNE)
    assert (answer.value, answer.details["over_limit"]) == (0, 1)


def test_leads_left_unanswered_make_a_full_desk_overload(tmp_path: Path):
    leads = [_lead("L1", "R1", 5), _lead("L2", "R2", 6), _lead("L5", "R5", 1), _lead("L6", "R5", None)]
    reps = answers(_desks(tmp_path, leads=leads), "overload_flag", JUNE, by=("rep",))
    assert {rep: answer.value for rep, answer in reps.items()} == {"R1": 0, "R2": 0, "R3": 0, "R4": 0, "R5": 1}
    assert (reps["R5"].details["unanswered_rate"], reps["R5"].details["response_median"]) == (0.5, 1)


def test_what_a_rep_can_carry_counts_before_what_is_usual(tmp_path: Path):
    data = _desks(tmp_path, capacity={"R1": 9, "R5": 60})
    reps = answers(data, "overload_flag", JUNE, by=("rep",))
    # Nothing tells how leads are answered: the desk alone counts, and it is said.
    assert {rep for rep, answer in reps.items() if answer.value} == {"R1"}
    assert reps["R1"].details["limit"] == 9
    assert reps["R1"].warns("overload_by_load_alone")


def test_where_all_are_overloaded_hands_are_missing(tmp_path: Path):
    data = _desks(tmp_path, capacity={"R1": 1, "R2": 1}, R1=2, R2=6)
    region = answers(data, "overload_flag", JUNE, by=("region",))["East"]
    assert region.warns("all_overloaded")
    assert not ask(_desks(tmp_path / "other", capacity={"R1": 1}, R1=2, R2=6), "overload_flag", JUNE).warns(
        "all_o"
    )
