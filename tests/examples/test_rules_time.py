"""The rules of time: half-open periods, how far the data reaches, and what was known as of a day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import salesmetrics as sm
from tests.company import AS_OF, EXAMPLE_TABLES, H1, Q1, Q2, answers, ask, dataset, days, example_company


def _sales(*lines: tuple[object, int]) -> list[dict[str, object]]:
    return [{"order_date": day, "order_id": str(k), "amount": amount} for k, (day, amount) in enumerate(lines)]


def _weekdays(first: date, last: date) -> list[tuple[date, int]]:
    every = (first + timedelta(k) for k in range((last - first).days + 1))
    return [(day, 10) for day in every if day.weekday() < 5]


def test_a_period_has_its_first_day_and_not_its_end(tmp_path: Path):
    data = dataset(
        {"orders": _sales(("2024-03-31", 1), ("2024-04-01", 10), ("2024-06-30", 100), ("2024-07-01", 1000))},
        tmp_path,
    )
    assert ask(data, "revenue", Q2, as_of=date(2024, 7, 31)).value == 110


def test_without_a_period_it_is_the_whole_data():
    assert ask(example_company(), "revenue", None).value == 950
    result = sm.compute(example_company(), sm.MetricQuery(metrics=("revenue",), as_of=AS_OF))
    assert (result.period.start, result.period.end) == (date(2024, 1, 10), date(2024, 7, 1))


def test_inside_the_data_nothing_sold_is_zero():
    answer = ask(example_company(), "revenue", days("2024-02-10", "2024-02-20"))
    assert (answer.value, answer.reason) == (0, None)


@pytest.mark.parametrize("metric", ["average_transaction_value", "gross_margin", "return_rate", "price_per_unit"])
def test_inside_the_data_a_ratio_of_nothing_is_unknown(metric):
    answer = ask(example_company(), metric, days("2024-02-10", "2024-02-20"))
    assert answer.value is None
    assert answer.reason in ("zero_denominator", "negative_base")


@pytest.mark.parametrize(
    "period", [days("2024-07-01", "2024-09-30"), days("2023-01-01", "2023-12-31")], ids=["after", "before"]
)
@pytest.mark.parametrize("metric", ["revenue", "orders", "average_transaction_value", "new_customers", "win_rate"])
def test_outside_the_data_nothing_is_known(metric, period):
    answer = ask(example_company(), metric, period)
    assert (answer.value, answer.reason) == (None, "no_rows")


def test_a_month_outside_the_data_is_unknown_in_a_trend_too():
    months = answers(example_company(), "revenue", days("2024-06-01", "2024-08-31"), grain=sm.Grain.MONTH)
    assert {start.month: (a.value, a.reason) for start, a in months.items()} == {
        6: (150, None),
        7: (None, "no_rows"),
        8: (None, "no_rows"),
    }


def test_a_period_that_the_data_reaches_in_part_is_partial():
    answer = ask(example_company(), "revenue", days("2024-06-01", "2024-08-31"))
    assert answer.value == 150
    assert answer.warns("partial")


def test_as_of_leaves_later_rows_out():
    # On 20 May the return of O4 had not happened, and O6 had not been sold.
    answer = ask(example_company(), "revenue", Q2, as_of=date(2024, 5, 20))
    assert answer.value == 500
    assert ask(example_company(), "average_transaction_value", Q2, as_of=date(2024, 5, 20)).value == 250


def test_as_of_completes_a_period_that_ends_by_it():
    answer = ask(example_company(), "revenue", days("2024-05-01", "2024-05-20"), as_of=date(2024, 5, 20))
    assert not answer.warns("partial")


def test_as_of_includes_its_own_day():
    assert ask(example_company(), "revenue", Q2, as_of=date(2024, 6, 1)).value == 550
    assert ask(example_company(), "revenue", Q2, as_of=date(2024, 5, 31)).value == 400


def test_as_of_defaults_to_where_the_tables_of_the_metric_reach(tmp_path: Path):
    tables = {
        "orders": _sales(("2024-03-05", 10), ("2024-04-11", 10)),
        "spend": [{"date": "2024-05-20", "amount": 1, "kind": "sales"}],
    }
    data = dataset(tables, tmp_path)
    assert sm.compute(data, sm.MetricQuery(metrics=("revenue",))).as_of == date(2024, 4, 11)


def test_a_file_that_ends_on_the_last_friday_covers_the_month(tmp_path: Path):
    data = dataset(
        {"orders": _sales(*_weekdays(date(2022, 10, 3), date(2022, 12, 30)))}, tmp_path, read_on=date(2023, 1, 10)
    )
    result = sm.compute(data, sm.MetricQuery(metrics=("revenue",), period=days("2022-12-01", "2022-12-31")))
    assert result.as_of == date(2022, 12, 31)
    assert not ask(data, "revenue", days("2022-12-01", "2022-12-31"), as_of=None).warns("partial")


def test_a_file_that_ends_before_the_last_week_does_not_cover_the_month(tmp_path: Path):
    data = dataset(
        {"orders": _sales(*_weekdays(date(2022, 10, 3), date(2022, 12, 21)))}, tmp_path, read_on=date(2023, 1, 10)
    )
    result = sm.compute(data, sm.MetricQuery(metrics=("revenue",)))
    assert result.as_of == date(2022, 12, 21)
    assert ask(data, "revenue", days("2022-12-01", "2022-12-31"), as_of=None).warns("partial")


def test_a_sparse_file_rolls_at_most_four_days(tmp_path: Path):
    # Gaps of a month are ordinary here, but five missing days are more than four.
    monthly = [(date(2024, month, 25), 10) for month in range(1, 5)]
    data = dataset({"orders": _sales(*monthly)}, tmp_path)
    assert sm.compute(data, sm.MetricQuery(metrics=("revenue",))).as_of == date(2024, 4, 25)
    closer = [(date(2024, month, 26), 10) for month in range(1, 5)]
    rolled = dataset({"orders": _sales(*closer)}, tmp_path / "rolled")
    assert sm.compute(rolled, sm.MetricQuery(metrics=("revenue",))).as_of == date(2024, 4, 30)


def test_rows_dated_after_the_day_of_reading_do_not_say_how_far_the_data_reaches(tmp_path: Path):
    data = dataset({"orders": _sales(("2024-03-05", 10), ("2024-04-11", 10), ("2042-04-11", 10))}, tmp_path)
    assert sm.compute(data, sm.MetricQuery(metrics=("revenue",))).as_of == date(2024, 4, 11)


def test_an_expected_close_does_not_say_how_far_the_data_reaches(tmp_path: Path):
    deals = [
        {"opportunity_id": "1", "created_date": "2024-01-05", "close_date": "2024-03-12", "status": "won"},
        {"opportunity_id": "2", "created_date": "2024-02-05", "close_date": "2024-06-12", "status": "open"},
    ]
    data = dataset({"opportunities": deals}, tmp_path)
    assert sm.compute(data, sm.MetricQuery(metrics=("win_rate",))).as_of == date(2024, 3, 12)


def test_a_return_date_says_how_far_the_data_reaches(tmp_path: Path):
    orders = [
        {"order_date": "2024-03-05", "order_id": "1", "amount": 9, "returned": True, "return_date": "2024-04-11"},
    ]
    data = dataset({"orders": orders}, tmp_path)
    assert sm.compute(data, sm.MetricQuery(metrics=("revenue",))).as_of == date(2024, 4, 11)
    assert ask(data, "revenue", Q1, as_of=None).value == 9
    assert ask(data, "revenue", days("2024-04-01", "2024-04-11"), as_of=None).value == -9


def test_win_rate_as_of_an_earlier_day_knows_only_earlier_closes():
    answer = ask(example_company(), "win_rate", H1, as_of=date(2024, 3, 31))
    assert (answer.numerator, answer.denominator) == (2, 2)


def test_grains_cut_at_the_calendar(tmp_path: Path):
    data = dataset(
        {"orders": _sales(("2023-12-31", 1), ("2024-01-01", 2), ("2024-03-31", 4), ("2024-04-01", 8))}, tmp_path
    )
    period = days("2023-12-01", "2024-04-30")
    months = answers(data, "revenue", period, grain=sm.Grain.MONTH)
    assert {start.isoformat()[:7]: answer.value for start, answer in months.items()} == {
        "2023-12": 1, "2024-01": 2, "2024-02": 0, "2024-03": 4, "2024-04": 8,
    }  # fmt: skip
    weeks = answers(data, "revenue", days("2023-12-25", "2024-01-07"), grain=sm.Grain.WEEK)
    assert {start: answer.value for start, answer in weeks.items()} == {date(2023, 12, 25): 1, date(2024, 1, 1): 2}
    years = answers(data, "revenue", days("2023-01-01", "2024-12-31"), grain=sm.Grain.YEAR)
    assert [answer.value for answer in years.values()] == [1, 14]


def test_left_truncated_marks_new_customers_of_the_first_ninety_days():
    # The first order is of 10 January; 1 April is 82 days later.
    for metric in ("new_customers", "returning_customers", "new_revenue", "returning_revenue"):
        assert ask(example_company(), metric, Q2).warns("left_truncated"), metric
        late = ask(example_company(), metric, days("2024-04-09", "2024-06-30"))
        assert not late.warns("left_truncated"), metric


def test_the_parts_of_the_example_are_not_changed_by_asking():
    before = [dict(line) for line in EXAMPLE_TABLES["orders"]]
    ask(example_company(), "revenue", Q2)
    assert EXAMPLE_TABLES["orders"] == before
