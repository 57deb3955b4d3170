"""The worked examples of growth and of comparison with another period."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import salesmetrics as sm
from tests.company import H1, Q1, Q2, answers, ask, dataset, days, example_company


def _sales(*lines: tuple[str, int]) -> list[dict[str, object]]:
    return [{"order_date": day, "order_id": str(k), "amount": amount} for k, (day, amount) in enumerate(lines)]


def test_growth_against_the_quarter_before():
    answer = ask(example_company(), "growth_pop", Q2)
    assert (answer.value, answer.numerator, answer.denominator) == (0.375, 150, 400)


def test_growth_against_last_year(tmp_path: Path):
    data = dataset({"orders": _sales(("2023-02-03", 200), ("2023-05-05", 100), ("2024-05-05", 130))}, tmp_path)
    answer = ask(data, "growth_yoy", Q2)
    assert (answer.value, answer.numerator, answer.denominator) == (pytest.approx(0.3), 30, 100)


def test_growth_before_the_data_begins_is_unknown():
    answer = ask(example_company(), "growth_yoy", Q2)
    assert (answer.value, answer.reason) == (None, "no_rows")


def test_growth_from_nothing_is_not_infinite(tmp_path: Path):
    data = dataset({"orders": _sales(("2023-10-01", 10), ("2024-04-02", 100))}, tmp_path)
    answer = ask(data, "growth_pop", Q2)
    assert (answer.value, answer.reason) == (None, "zero_denominator")


def test_growth_from_a_negative_base_has_no_percentage_but_a_change(tmp_path: Path):
    data = dataset({"orders": _sales(("2023-10-01", 10), ("2024-02-02", -40), ("2024-04-02", 100))}, tmp_path)
    answer = ask(data, "growth_pop", Q2)
    assert (answer.value, answer.reason, answer.numerator) == (None, "negative_base", 140)
    row = ask(data, "revenue", Q2, compare=(sm.Compare.PREVIOUS,)).row
    assert (row["previous_value"], row["previous_change"], row["previous_growth"]) == (-40, 140, None)


def test_the_comparison_carries_its_own_numbers_and_dates():
    row = ask(example_company(), "gross_margin", Q2, compare=(sm.Compare.PREVIOUS,)).row
    assert (row["previous_numerator"], row["previous_denominator"]) == (170, 400)
    assert (row["previous_start"], row["previous_end"]) == (date(2024, 1, 1), date(2024, 4, 1))
    assert row["previous_change"] == pytest.approx(200 / 550 - 170 / 400)


def test_the_month_before_a_long_month_is_the_calendar_month(tmp_path: Path):
    data = dataset(
        {"orders": _sales(("2024-01-31", 1), ("2024-02-01", 10), ("2024-02-29", 20), ("2024-03-31", 60))}, tmp_path
    )
    row = ask(data, "revenue", days("2024-03-01", "2024-03-31"), compare=(sm.Compare.PREVIOUS,)).row
    assert (row["previous_value"], row["previous_start"], row["previous_growth"]) == (30, date(2024, 2, 1), 1.0)


def test_a_leap_day_folds_to_the_28th_a_year_earlier(tmp_path: Path):
    data = dataset({"orders": _sales(("2023-02-28", 10), ("2023-03-01", 99), ("2024-02-29", 30))}, tmp_path)
    row = ask(data, "revenue", days("2024-02-29", "2024-02-29"), compare=(sm.Compare.LAST_YEAR,)).row
    assert (row["last_year_value"], row["last_year_growth"]) == (10, 2.0)


def test_february_of_a_leap_year_meets_the_whole_february_before(tmp_path: Path):
    data = dataset(
        {"orders": _sales(("2023-01-31", 7), ("2023-02-01", 10), ("2023-02-28", 20), ("2023-03-01", 7),
                          ("2024-02-29", 60), ("2024-03-31", 7))},
        tmp_path,
    )  # fmt: skip
    row = ask(data, "revenue", days("2024-02-01", "2024-02-29"), compare=(sm.Compare.LAST_YEAR,)).row
    assert (row["last_year_value"], row["last_year_end"]) == (30, date(2023, 3, 1))


@pytest.mark.parametrize("metric", ["revenue", "growth_pop"])
def test_an_unfinished_period_is_compared_over_the_same_elapsed_days(metric, tmp_path: Path):
    # 45 days of the second quarter have passed, so the first counts to 14 February.
    data = dataset(
        {"orders": _sales(("2024-01-01", 10), ("2024-02-14", 30), ("2024-02-15", 500), ("2024-04-01", 20),
                          ("2024-05-15", 40))},
        tmp_path,
    )  # fmt: skip
    answer = ask(data, metric, Q2, as_of=date(2024, 5, 15), compare=(sm.Compare.PREVIOUS,))
    assert answer.warns("partial")
    if metric == "growth_pop":
        assert (answer.value, answer.denominator) == (0.5, 40)
    else:
        assert (answer.value, answer.row["previous_value"], answer.row["previous_growth"]) == (60, 40, 0.5)
        assert answer.row["previous_end"] == date(2024, 2, 15)


def test_each_month_of_a_trend_is_compared_with_the_month_before_it():
    months = answers(example_company(), "revenue", H1, grain=sm.Grain.MONTH, compare=(sm.Compare.PREVIOUS,))
    values = {start.month: answer.value for start, answer in months.items()}
    before = {start.month: answer.row["previous_value"] for start, answer in months.items()}
    assert values == {1: 300, 2: 100, 3: 0, 4: 500, 5: -100, 6: 150}
    # December lies before the data.
    assert before == {1: None, 2: 300, 3: 100, 4: 0, 5: 500, 6: -100}


def test_a_quarter_of_a_breakdown_is_compared_part_by_part():
    regions = answers(example_company(), "revenue", Q2, by=("region",), compare=(sm.Compare.PREVIOUS,))
    assert {k: (a.value, a.row["previous_value"]) for k, a in regions.items()} == {
        "East": (0, 400),
        "West": (550, 0),
    }


def test_a_complete_quarter_is_not_partial():
    assert not ask(example_company(), "revenue", Q1).warns("partial")
    assert not ask(example_company(), "revenue", Q2).warns("partial")
