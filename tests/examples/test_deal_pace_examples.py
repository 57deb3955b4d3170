"""The worked examples of how fast and how surely deals are won: cohorts, cycle, velocity, coverage, stalled deals."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import salesmetrics as sm
from salesmetrics.model.dataset import Dataset
from tests.company import (
    AS_OF,
    EXAMPLE_OPPORTUNITIES,
    EXAMPLE_ORDERS,
    EXAMPLE_TABLES,
    H1,
    Q1,
    Q2,
    answers,
    ask,
    dataset,
    days,
    example_company,
)  # fmt: skip

Q3 = sm.Period(date(2024, 7, 1), date(2024, 10, 1))
H_120 = {"win_rate_cohort.horizon": "120"}


def _won(*took: int, status: str = "won") -> list[dict]:
    """Give deals created on New Year's Day that were closed after so many days."""
    return [
        {"opportunity_id": f"{status}{k}", "status": status, "created_date": "2024-01-01", "amount": 10,
         "close_date": date(2024, 1, 1) + timedelta(days=n)}
        for k, n in enumerate(took)
    ]  # fmt: skip


def test_the_cohort_of_the_first_quarter_given_120_days():
    answer = ask(example_company(), "win_rate_cohort", Q1, params=H_120)
    assert (answer.numerator, answer.denominator, answer.value) == (3, 4, 0.75)


def test_a_cohort_too_young_has_no_rate_but_a_provisional_one():
    # D5 and D6 are 90 and 60 days old; a horizon of 60 holds for both.
    answer = ask(example_company(), "win_rate_cohort", Q2, params=H_120)
    assert (answer.value, answer.reason) == (None, "immature_cohort")
    assert (answer.details["too_young"], answer.details["provisional"]) == (2, 0)
    mature = ask(example_company(), "win_rate_cohort", Q2, params={"win_rate_cohort.horizon": "60"})
    assert (mature.value, mature.denominator) == (0, 2)


def test_the_horizon_is_the_p90_of_the_won_cycle(tmp_path: Path):
    # 10, 20, 30, 40 and 100 days: h = 3.6, 40 + 0.6 * 60 = 76. The one of 100 days came too late.
    data = dataset({"opportunities": [*_won(10, 20, 30, 40, 100), *_won(5, status="lost")]}, tmp_path)
    answer = ask(data, "win_rate_cohort", Q1)
    assert answer.details["horizon_days"] == pytest.approx(76)
    assert (answer.numerator, answer.denominator) == (4, 6)


def test_three_wins_tell_no_horizon():
    assert ask(example_company(), "win_rate_cohort", Q1).reason == "n_too_small"


def test_a_deal_closed_before_its_creation_leaves_the_cohort_and_is_counted(tmp_path: Path):
    data = dataset({"opportunities": _won(-3, 10, 200)}, tmp_path)
    answer = ask(data, "win_rate_cohort", Q1, params=H_120)
    assert (answer.numerator, answer.denominator, answer.warnings) == (1, 2, ("negative_durations:1",))


def test_the_cycle_from_creation_counts_deals_that_are_not_won():
    # Won after 30, 60 and 120 days; lost after 60, open for 90 and 60: 5/6, then 4/5 of it, then nothing left.
    answer = ask(
        example_company(), "sales_cycle_length", H1, params={"sales_cycle_length.statistic": "km_of_created"}
    )
    assert (answer.value, answer.n, answer.details["completed_median"]) == (120, 6, 60)


def test_the_cycle_from_creation_is_not_reached_while_half_are_open():
    answer = ask(
        example_company(), "sales_cycle_length", Q2, params={"sales_cycle_length.statistic": "km_of_created"}
    )
    assert (answer.value, answer.reason) == (None, "not_reached")


def test_velocity_is_its_four_levers():
    answer = ask(example_company(), "sales_velocity", H1)
    assert answer.value == pytest.approx(2 * 200 * 0.75 / 70)
    assert dict(answer.details) == {
        "open_deals": 2, "mean_won_amount": 200, "win_rate": 0.75, "mean_cycle_days": 70,
    }  # fmt: skip


def test_velocity_looks_back_a_year_from_the_period_s_end(tmp_path: Path):
    old = {"opportunity_id": "old", "status": "lost", "created_date": "2023-01-01", "close_date": "2023-06-30"}
    folders = [tmp_path / "outside", tmp_path / "inside"]
    rates = []
    for folder, close in zip(folders, ("2023-06-30", "2023-07-02"), strict=True):
        folder.mkdir()
        data = dataset({"opportunities": [*EXAMPLE_OPPORTUNITIES, {**old, "close_date": close}]}, folder)
        rates.append(ask(data, "sales_velocity", Q2).details["win_rate"])
    assert rates == [0.75, 0.6]


def test_velocity_without_a_cycle_is_unknown(tmp_path: Path):
    deals = [*_won(0, 0), {"opportunity_id": "open", "status": "open", "created_date": "2024-01-01", "amount": 5}]
    answer = ask(dataset({"opportunities": deals}, tmp_path), "sales_velocity", Q1)
    assert (answer.value, answer.reason) == (None, "zero_denominator")


def _with_quota(folder: Path, amount: int) -> Dataset:
    """Give the example with one quota of the company, of the third quarter."""
    quota = {"scope": "company", "scope_id": "all", "period_start": "2024-07-01", "period_end": "2024-09-30"}
    sale = {**EXAMPLE_ORDERS[0], "order_id": "new", "order_date": "2024-07-05", "amount": 100}
    return dataset(
        {**EXAMPLE_TABLES, "orders": [*EXAMPLE_ORDERS, sale], "quotas": [{**quota, "amount": amount}]}, folder
    )


@pytest.mark.parametrize("as_of", [date(2024, 6, 30), date(2024, 7, 1)])
def test_coverage_of_the_quarter_ahead_and_of_the_one_that_has_just_begun(tmp_path: Path, as_of: date):
    # Nothing is sold yet: 600 expected to close against 500; three of five units of money are won.
    answer = ask(_with_quota(tmp_path, 500), "pipeline_coverage", Q3, as_of=as_of)
    assert (answer.numerator, answer.denominator, answer.value) == (600, 500, 1.2)
    assert answer.details["required"] == pytest.approx(1 / 0.6)


def test_coverage_is_of_what_is_left_of_the_quota(tmp_path: Path):
    answer = ask(_with_quota(tmp_path, 500), "pipeline_coverage", Q3, as_of=date(2024, 7, 10))
    assert (answer.numerator, answer.denominator, answer.value) == (600, 400, 1.5)


def test_coverage_of_a_quota_that_is_met(tmp_path: Path):
    answer = ask(_with_quota(tmp_path, 100), "pipeline_coverage", Q3, as_of=date(2024, 7, 10))
    assert (answer.value, answer.reason) == (None, "quota_met")


def test_coverage_counts_deals_that_should_have_closed_and_says_so(tmp_path: Path):
    answer = ask(_with_quota(tmp_path, 500), "pipeline_coverage", Q3, as_of=date(2024, 7, 20))
    assert (answer.numerator, "overdue:1" in answer.warnings) == (600, True)


def test_coverage_without_a_quota_for_the_days():
    assert ask(example_company(), "pipeline_coverage", Q1).reason == "no_rows"


def test_deals_long_in_their_stage_are_stalled():
    answer = ask(example_company(), "stalled_deals", Q2)
    # 45 and 60 days against 30, since few won deals tell more; nothing is known of activities.
    assert (answer.value, answer.details["too_long_in_stage"], answer.details["silent"]) == (2, 2, None)
    assert answer.warns("without_activities:2")
    names = sm.records(example_company(), sm.MetricQuery(("stalled_deals",), Q2, as_of=AS_OF))["opportunity_id"]
    assert set(names) == {"D5", "D6"}


@pytest.mark.parametrize(("limit", "stalled"), [("44", 2), ("45", 1), ("60", 0)])
def test_the_days_that_a_stage_may_take_are_a_setting(limit, stalled):
    answer = ask(example_company(), "stalled_deals", Q2, params={"stalled_deals.stage_days": limit})
    assert answer.value == stalled


def _open_deal(folder: Path, close: str | None, worked_on: tuple[str, ...] | None, **tables) -> Dataset:
    deal = {
        "opportunity_id": "1",
        "status": "open",
        "created_date": "2024-06-10",
        "close_date": close,
        "amount": 5,
    }
    # Another deal's call makes the column known.
    calls = [("other", "2024-01-05")] + [("1", day) for day in worked_on or ()]
    done = [
        {"rep_id": "R1", "at": f"{day} 09:00", "type": "call", "opportunity_id": whose} for whose, day in calls
    ]
    return dataset(
        {"opportunities": [deal]} | ({"activities": done} if worked_on is not None else {}) | tables, folder
    )


@pytest.mark.parametrize(
    ("close", "worked_on", "why"),
    [
        ("2024-07-10", ("2024-06-17",), None), ("2024-07-10", ("2024-06-16",), "silent"),
        ("2024-07-10", ("2024-06-16", "2024-06-25"), None), ("2024-07-10", (), "silent"),
        ("2024-06-29", ("2024-06-29",), "overdue"), ("2024-06-30", ("2024-06-29",), None),
        (None, ("2024-06-29",), None), ("2024-07-10", None, None),
    ],
)  # fmt: skip
def test_silent_and_overdue_deals_are_stalled(tmp_path: Path, close, worked_on, why):
    answer = ask(_open_deal(tmp_path, close, worked_on), "stalled_deals", Q2)
    assert answer.value == (0 if why is None else 1)
    assert {name for name in ("too_long_in_stage", "silent", "overdue") if answer.details[name]} == (
        set() if why is None else {why}
    )


def test_silence_is_a_setting_and_is_told_for_a_past_day_as_well(tmp_path: Path):
    data = _open_deal(tmp_path, None, ("2024-06-12", "2024-06-28"))
    shorter = {"stalled_deals.silent_days": "2"}
    assert ask(data, "stalled_deals", Q2).value == 0
    assert ask(data, "stalled_deals", Q2, params=shorter).value == 1
    # On 13 June the last call was a day ago, on the 26th two weeks, and on the 28th there was another.
    by_day = answers(data, "stalled_deals", days("2024-06-13", "2024-06-28"), grain=sm.Grain.DAY)
    assert [day.day for day, answer in by_day.items() if answer.value] == [26, 27]


def test_three_quarters_of_ten_won_stays_tell_what_is_long(tmp_path: Path):
    # Ten won deals took 1 to 10 days in Q: h = 6.75, p75 is 7.75. One open deal is there for 7 days, one for 8.
    won, entries = [], []
    for took in range(1, 11):
        won += [{**deal, "opportunity_id": f"W{took}"} for deal in _won(took)]
        entries.append({"opportunity_id": f"W{took}", "stage": "Q", "entered_at": "2024-01-01 10:00"})
    for stands in (7, 8):
        day = AS_OF - timedelta(days=stands)
        won.append({"opportunity_id": f"O{stands}", "status": "open", "created_date": day, "close_date": None})
        entries.append({"opportunity_id": f"O{stands}", "stage": "Q", "entered_at": f"{day} 10:00"})
    data = dataset({"opportunities": won, "stage_history": entries}, tmp_path)
    rows = sm.records(data, sm.MetricQuery(("stalled_deals",), Q2, as_of=AS_OF))
    assert ask(data, "stalled_deals", Q2).value == 1
    assert set(rows["stage_limit"]) == {7.75}


def test_where_nothing_tells_of_standing_still_nobody_can_say(tmp_path: Path):
    answer = ask(_open_deal(tmp_path, None, None), "stalled_deals", Q2)
    assert (answer.value, answer.reason, answer.details["open"]) == (None, "low_coverage", 1)
