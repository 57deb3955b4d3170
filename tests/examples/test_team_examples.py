"""The worked examples of reps and quotas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import salesmetrics as sm
from tests.company import EXAMPLE_TABLES, H1, Q1, Q2, answers, ask, dataset, days, example_company


def test_quota_attainment_by_rep_and_in_total():
    reps = answers(example_company(), "quota_attainment", Q2, by=("rep",))
    assert {rep: (a.value, a.numerator, a.denominator) for rep, a in reps.items()} == {
        "R1": (0, 0, 200),
        "R2": (1.1, 550, 500),
    }
    total = ask(example_company(), "quota_attainment", Q2)
    assert (total.numerator, total.denominator) == (550, 700)
    # Never the mean of 0 % and 110 %.
    assert round(total.value, 3) == 0.786


def test_net_gain_and_loss_by_rep():
    reps = answers(example_company(), "quota_attainment", Q2, by=("rep",))
    assert {rep: answer.details["net_gain_loss"] for rep, answer in reps.items()} == {"R1": -200, "R2": 50}


def test_reps_at_quota():
    answer = ask(example_company(), "reps_at_quota", Q2)
    assert (answer.value, answer.numerator, answer.denominator) == (0.5, 1, 2)


def test_quota_attainment_by_tenure_takes_the_tenure_at_the_quota_start():
    # R1 has been there for exactly three months on 1 April.
    bands = answers(example_company(), "quota_attainment", Q2, by=("tenure",))
    assert {band: (a.numerator, a.denominator) for band, a in bands.items()} == {
        "3-6m": (0, 200),
        "2-5y": (550, 500),
    }


def test_a_quota_that_the_period_covers_in_part_is_taken_by_days():
    answer = ask(example_company(), "quota_attainment", days("2024-04-01", "2024-04-30"))
    assert answer.numerator == 500
    assert answer.denominator == pytest.approx(700 * 30 / 91)
    assert answer.warnings


def test_sales_without_a_quota_leave_the_attainment(tmp_path: Path):
    tables = {**EXAMPLE_TABLES, "quotas": [q for q in EXAMPLE_TABLES["quotas"] if q["scope_id"] == "R1"]}
    answer = ask(dataset(tables, tmp_path), "quota_attainment", Q2)
    assert (answer.numerator, answer.denominator) == (0, 200)


def test_scopes_are_parallel_and_never_added(tmp_path: Path):
    company = {"scope": "company", "scope_id": "all", "period_start": "2024-04-01", "period_end": "2024-06-30"}
    region = {"scope": "region", "scope_id": "West", "period_start": "2024-04-01", "period_end": "2024-06-30"}
    quotas = [*EXAMPLE_TABLES["quotas"], {**company, "amount": 9000}, {**region, "amount": 1000}]
    data = dataset({**EXAMPLE_TABLES, "quotas": quotas}, tmp_path)
    assert ask(data, "quota_attainment", Q2).denominator == 700
    by_region = answers(data, "quota_attainment", Q2, by=("region",))["West"]
    assert (by_region.numerator, by_region.denominator) == (550, 1000)


def test_a_company_quota_alone_is_met_by_all_sales(tmp_path: Path):
    quotas = [
        {"scope": "company", "scope_id": "all", "period_start": "2024-01-01", "period_end": "2024-06-30",
         "amount": 1900},
    ]  # fmt: skip
    answer = ask(dataset({**EXAMPLE_TABLES, "quotas": quotas}, tmp_path), "quota_attainment", H1)
    assert (answer.value, answer.numerator) == (0.5, 950)


def test_a_quota_in_units_is_met_by_units(tmp_path: Path):
    quotas = [
        {"scope": "rep", "scope_id": "R2", "period_start": "2024-04-01", "period_end": "2024-06-30", "amount": 12,
         "measure": "units"},
    ]  # fmt: skip
    answer = ask(dataset({**EXAMPLE_TABLES, "quotas": quotas}, tmp_path), "quota_attainment", Q2)
    assert (answer.value, answer.numerator, answer.denominator) == (0.5, 6, 12)


def test_a_quota_of_zero_gives_no_attainment(tmp_path: Path):
    quotas = [
        {"scope": "rep", "scope_id": "R2", "period_start": "2024-04-01", "period_end": "2024-06-30", "amount": 0},
    ]
    answer = ask(dataset({**EXAMPLE_TABLES, "quotas": quotas}, tmp_path), "quota_attainment", Q2)
    assert (answer.value, answer.reason) == (None, "zero_denominator")


def test_revenue_per_rep():
    answer = ask(example_company(), "revenue_per_rep", Q2)
    assert (answer.value, answer.numerator, answer.denominator) == (275, 550, 2)


def test_revenue_per_rep_counts_reps_by_the_days_they_were_there(tmp_path: Path):
    reps = [
        {"rep_id": "R1", "hire_date": "2024-01-01", "leave_date": "2024-05-15"},
        {"rep_id": "R2", "hire_date": "2022-03-15", "leave_date": None},
    ]
    answer = ask(dataset({**EXAMPLE_TABLES, "reps": reps}, tmp_path), "revenue_per_rep", Q2)
    # The leave date is the last day employed: 45 of 91 days.
    assert answer.denominator == pytest.approx(1 + 45 / 91)


def test_tenure_effectiveness_is_revenue_per_rep_month_by_band():
    bands = answers(example_company(), "tenure_effectiveness", Q1, by=("tenure",))
    assert round(bands["0-3m"].value, 1) == 133.8
    # R2 worked all of the quarter and sold nothing in it.
    assert bands["1-2y"].value == 0


def test_a_rep_moves_through_the_bands_by_the_day():
    bands = answers(example_company(), "revenue_per_rep_month", H1, by=("tenure",))
    months = {band: round(answer.denominator * 30.4375) for band, answer in bands.items()}
    # R2 reaches 24 months on 15 March: 74 days before, 108 from then on; R1 three months on 1 April.
    assert months == {"0-3m": 91, "3-6m": 91, "1-2y": 74, "2-5y": 108}


def test_a_quota_in_progress_is_set_against_the_whole_quota():
    # Pace, not attainment, allows for the days that are still to come.
    answer = ask(example_company(), "quota_attainment", Q2, as_of=date(2024, 5, 20))
    assert (answer.numerator, answer.denominator) == (500, 700)
    assert answer.warns("partial")


def test_reps_at_quota_takes_complete_periods_only():
    answer = ask(
        example_company(), "reps_at_quota", sm.Period(date(2024, 4, 1), date(2024, 7, 1)), as_of=date(2024, 6, 1)
    )
    assert answer.value is None
