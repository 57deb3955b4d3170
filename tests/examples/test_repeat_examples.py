"""The worked examples of buying again: cohorts, the second purchase, the days between purchases."""

from __future__ import annotations

from pathlib import Path

import pytest

import salesmetrics as sm
from tests.company import AS_OF, H1, Q1, answers, ask, dataset, days, example_company


def _repeat(period: sm.Period, horizon: int = 120):
    return ask(
        example_company(), "repeat_purchase_rate", period, params={"repeat_purchase_rate.horizon": str(horizon)}
    )


def test_third_month_of_the_cohorts():
    # A of January bought in April, B of February not in May, and C's July is not over.
    answer = ask(example_company(), "cohort_retention", H1)
    assert (answer.value, answer.numerator, answer.denominator) == (0.5, 1, 2)
    assert answer.details["immature"] == 1


def test_cohorts_by_month_make_the_matrix():
    months = answers(example_company(), "cohort_retention", H1, grain=sm.Grain.MONTH)
    shares = [[month.details[f"share_{k}"] for k in range(7)] for month in months.values()]
    assert shares == [
        [1, 0, 0, 1, 0, 0, None],
        [1, 0, 0, 0, 1, None, None],
        [None] * 7,
        [1, 0, 0, None, None, None, None],
        [None] * 7,
        [None] * 7,
    ]
    reasons = [month.reason for month in months.values()]
    nobody = "zero_denominator"
    assert reasons == [None, None, nobody, "immature_cohort", nobody, nobody]


def test_another_month_can_be_asked_and_pools_the_cohorts_that_reached_it():
    for month, value in (("1", 0), ("4", 0.5), ("5", 0)):
        answer = ask(example_company(), "cohort_retention", H1, params={"cohort_retention.month": month})
        assert answer.value == value == answer.details[f"share_{month}"]
    late = ask(example_company(), "cohort_retention", H1, params={"cohort_retention.month": "6"})
    assert (late.value, late.reason) == (None, "immature_cohort")


def test_the_cells_of_the_whole_pool_those_of_the_months():
    months = answers(example_company(), "cohort_retention", H1, grain=sm.Grain.MONTH).values()
    whole = ask(example_company(), "cohort_retention", H1).details
    for k in range(13):
        for part in ("bought", "cohort"):
            assert whole[f"{part}_{k}"] == sum(month.details[f"{part}_{k}"] for month in months)


def test_a_day_missing_of_the_month_makes_it_immature():
    earlier = ask(example_company(), "cohort_retention", Q1, as_of=days("2024-05-30", "2024-05-30").start)
    assert (earlier.value, earlier.denominator) == (1, 1)
    later = ask(example_company(), "cohort_retention", Q1, as_of=days("2024-05-31", "2024-05-31").start)
    assert (later.value, later.denominator) == (0.5, 2)


def test_second_purchase_within_120_days():
    answer = _repeat(H1)
    assert (answer.value, answer.numerator, answer.denominator) == (1, 2, 2)
    assert (answer.details["immature"], answer.details["naive"]) == (1, 2 / 3)


@pytest.mark.parametrize(("horizon", "again"), [(90, 0), (91, 1), (116, 1), (117, 2)])
def test_the_last_day_of_the_horizon_counts(horizon, again):
    assert _repeat(Q1, horizon).numerator == again


def test_customers_who_started_too_lately_have_had_no_fair_chance():
    answer = _repeat(H1, 180)
    assert (answer.value, answer.reason, answer.details["immature"]) == (None, "immature_cohort", 3)
    # A started 172 days before the end, B 146, C 71.
    assert [_repeat(H1, days).denominator for days in (173, 172, 146, 71)] == [0, 1, 2, 3]


def test_nobody_who_started_is_nobody_to_repeat():
    answer = _repeat(days("2024-06-01", "2024-06-30"))
    assert (answer.value, answer.reason) == (None, "zero_denominator")


def test_two_orders_on_one_day_are_one_purchase(tmp_path: Path):
    orders = [
        {"order_id": str(k), "order_date": day, "customer_id": "A", "amount": 5}
        for k, day in enumerate(["2024-01-10", "2024-01-10", "2024-02-10"])
    ]
    data = dataset({"orders": orders}, tmp_path)
    assert ask(data, "repurchase_interval", H1).value == 31
    assert ask(data, "repurchase_interval", H1).n == 1


def test_a_first_purchase_is_filed_under_what_brought_most_of_it(tmp_path: Path):
    lines = [
        ("2024-01-10", "East", 60),
        ("2024-01-10", "West", 50),
        ("2024-01-10", "West", 40),
        ("2024-03-10", "East", 500),
    ]
    orders = [
        {"order_id": str(k), "order_date": day, "customer_id": "A", "region": region, "amount": amount}
        for k, (day, region, amount) in enumerate(lines)
    ]
    data = dataset({"orders": orders}, tmp_path)
    parts = answers(
        data, "repeat_purchase_rate", H1, by=("region",), params={"repeat_purchase_rate.horizon": "90"}
    )
    assert {part: answer.value for part, answer in parts.items() if answer.denominator} == {"West": 1}
    assert ask(data, "repurchase_interval", H1, region="East").value == 60
    assert ask(data, "repurchase_interval", H1, region="West").reason == "no_rows"


def test_days_between_purchases_and_those_still_open():
    answer = ask(example_company(), "repurchase_interval", H1)
    assert (answer.value, answer.n) == (104, 2)
    # Too few for a ninth decile; A has been away for 81 days, B for 29 and C for 71.
    assert (answer.details["p90"], answer.details["open"]) == (None, 3)
    # At 91 days two are left, one of which comes back: one half.
    assert answer.details["median_with_open"] == 91


def test_gaps_are_placed_by_the_later_purchase_and_open_ones_at_the_end_of_the_period():
    first = ask(example_company(), "repurchase_interval", Q1)
    assert (first.value, first.reason, first.details["open"]) == (None, "no_rows", 2)
    april = ask(example_company(), "repurchase_interval", days("2024-04-01", "2024-04-30"))
    assert (april.value, april.details["open"]) == (91, 3)
    # A came back after 91 days; B had been away for 85 by then, A for 20 and C for 10.
    assert april.details["median_with_open"] == 91


def test_the_ninth_decile_needs_five_gaps(tmp_path: Path):
    orders = [
        {"order_id": str(k), "order_date": day, "customer_id": "A", "amount": 5}
        for k, day in enumerate(
            ["2024-01-01", "2024-01-11", "2024-01-31", "2024-03-01", "2024-04-10", "2024-05-30"]
        )
    ]
    answer = ask(dataset({"orders": orders}, tmp_path), "repurchase_interval", H1, as_of=AS_OF)
    # Gaps of 10, 20, 30, 40 and 50 days: the ninth decile lies six tenths of the way from 40 to 50.
    assert (answer.value, answer.details["p90"]) == (30, pytest.approx(46))
