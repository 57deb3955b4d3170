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


def _quarter_quotas(*rows: tuple[str, str, float]) -> list[dict[str, object]]:
    ends = {"2024-01-01": "2024-03-31", "2024-04-01": "2024-06-30"}
    return [
        {"scope": "rep", "scope_id": rep, "period_start": start, "period_end": ends[start], "amount": amount}
        for rep, start, amount in rows
    ]


def test_quota_miss_rate_is_what_reps_at_quota_leaves():
    answer = ask(example_company(), "quota_miss_rate", Q2)
    assert (answer.value, answer.numerator, answer.denominator) == (0.5, 1, 2)
    assert not answer.warnings


def test_quota_gap_rate():
    answer = ask(example_company(), "quota_gap_rate", Q2)
    # R1 fell 200 short; the 50 that R2 sold beyond its quota make up for none of it.
    assert (round(answer.value, 3), answer.numerator, answer.denominator) == (0.286, 200, 700)


def test_net_gain_loss():
    reps = answers(example_company(), "net_gain_loss", Q2, by=("rep",))
    assert {rep: answer.value for rep, answer in reps.items()} == {"R1": -200, "R2": 50}
    assert ask(example_company(), "net_gain_loss", Q2).value == -150


@pytest.mark.parametrize("metric", ["quota_miss_rate", "quota_gap_rate", "net_gain_loss"])
def test_quotas_that_have_not_ended_say_nothing_of_who_missed_them(metric):
    answer = ask(example_company(), metric, Q2, as_of=date(2024, 6, 1))
    assert (answer.value, answer.reason) == (None, "no_rows")


def test_when_most_reps_miss_twice_the_quota_is_to_be_reviewed(tmp_path: Path):
    quotas = _quarter_quotas(
        ("R1", "2024-01-01", 900), ("R2", "2024-01-01", 900), ("R1", "2024-04-01", 900), ("R2", "2024-04-01", 900)
    )
    data = dataset({**EXAMPLE_TABLES, "quotas": quotas}, tmp_path)
    assert ask(data, "quota_miss_rate", H1).warns("quota_review")
    # Once may be chance, and one rep who misses twice says nothing about the quota.
    assert not ask(data, "quota_miss_rate", Q2).warns("quota_review")
    assert not ask(data, "quota_miss_rate", H1, rep="R1").warns("quota_review")


def test_reps_at_quota_by_region_counts_reps_even_where_regions_have_quotas(tmp_path: Path):
    region = {
        "scope": "region", "scope_id": "West", "period_start": "2024-04-01", "period_end": "2024-06-30", "amount": 9,
    }  # fmt: skip
    reps = [{**rep, "region": "West"} for rep in EXAMPLE_TABLES["reps"]]
    quotas = [*EXAMPLE_TABLES["quotas"], region]
    data = dataset({**EXAMPLE_TABLES, "reps": reps, "quotas": quotas}, tmp_path)
    west = answers(data, "reps_at_quota", Q2, by=("region",))["West"]
    assert (west.numerator, west.denominator) == (1, 2)


def test_quotas_in_units_are_no_money_gained_or_lost(tmp_path: Path):
    units = {**EXAMPLE_TABLES["quotas"][1], "amount": 12, "measure": "units"}
    money = {**EXAMPLE_TABLES["quotas"][0], "measure": "revenue"}
    data = dataset({**EXAMPLE_TABLES, "quotas": [money, units]}, tmp_path)
    assert ask(data, "net_gain_loss", Q2).value == -200


def test_rep_roi(tmp_path: Path):
    reps = [
        {"rep_id": "R1", "hire_date": "2024-01-01", "salary": None},
        {"rep_id": "R2", "hire_date": "2022-03-15", "salary": 1200},
    ]
    data = dataset({**EXAMPLE_TABLES, "reps": reps}, tmp_path)
    by_rep = answers(data, "rep_roi", Q2, by=("rep",))
    assert by_rep["R2"].numerator == 200
    assert round(by_rep["R2"].denominator, 1) == 299.2
    assert round(by_rep["R2"].value, 2) == 0.67
    # Nobody knows what R1 is paid: neither pay nor profit of R1 is in the total.
    assert by_rep["R1"].reason == "zero_denominator"
    assert ask(data, "rep_roi", Q2).value == by_rep["R2"].value


def test_rep_roi_without_salaries_names_the_column():
    assert ask(example_company(), "rep_roi", Q2).reason == "missing_column:reps.salary"


def _team_of_ten(leave_date: str | None) -> list[dict[str, object]]:
    others = [{"rep_id": f"R{n}", "hire_date": "2020-01-01", "leave_date": None} for n in range(9)]
    return [
        *others, {"rep_id": "leaver", "hire_date": "2020-01-01", "leave_date": leave_date},
        {"rep_id": "undated", "hire_date": None, "leave_date": None},
    ]  # fmt: skip


def test_rep_turnover_rate(tmp_path: Path):
    # Whoever leaves on the last day was there all through the quarter.
    answer = ask(dataset({"reps": _team_of_ten("2024-06-30")}, tmp_path), "rep_turnover_rate", Q2)
    assert (answer.value, answer.numerator, answer.denominator) == (0.1, 1, 10)


def test_rep_turnover_counts_heads_by_the_day(tmp_path: Path):
    answer = ask(dataset({"reps": _team_of_ten("2024-04-30")}, tmp_path), "rep_turnover_rate", Q2)
    assert answer.details["headcount"] == pytest.approx(9 + 30 / 91)
    assert answer.value == pytest.approx(1 / (9 + 30 / 91))


def test_nobody_has_left_before_leaving(tmp_path: Path):
    data = dataset({"reps": _team_of_ten("2024-06-30")}, tmp_path)
    assert ask(data, "rep_turnover_rate", Q2, as_of=date(2024, 6, 29)).value == 0
