"""How soon customers buy a second time: counted by hand, and against the rate that the metric gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import salesmetrics as sm
from salesmetrics.analysis.coming_back import Comeback
from salesmetrics.query.second_purchase import METRIC, second_purchases
from tests.company import dataset
from ui import datasets


def test_days_are_counted_from_the_first_purchase_to_the_second(tmp_path: Path) -> None:
    bought = [
        ("Ann", "2025-01-01"), ("Ann", "2025-01-01"), ("Ann", "2025-01-11"), ("Ann", "2025-01-12"),
        ("Ben", "2025-01-01"), ("Ben", "2025-03-02"), ("Cem", "2025-01-01"), ("Dee", "2024-12-31"),
    ]  # fmt: skip
    rows = [
        {"order_id": str(number), "customer_id": name, "order_date": day, "amount": 1.0}
        for number, (name, day) in enumerate(bought)
    ]
    data = dataset({"orders": rows}, tmp_path, read_on=date(2025, 4, 1))
    january = sm.Period(date(2025, 1, 1), date(2025, 2, 1))
    found = second_purchases(data, sm.MetricQuery((METRIC,), january, as_of=date(2025, 3, 31)))
    # Two lines of one day are one purchase; Dee was won the day before; Cem is seen for 89 days.
    assert found == ((10, True, 1), (60, True, 1), (89, False, 1))


def test_of_customers_who_all_had_the_days_it_is_the_repeat_purchase_rate() -> None:
    data = datasets.sample().data
    year = sm.Period(date(2024, 1, 1), date(2025, 1, 1))
    rate = sm.compute(data, sm.MetricQuery((METRIC,), year)).frame["value"].iloc[0]
    found = second_purchases(data, sm.MetricQuery((METRIC,), year))
    everybody = sum(count for _days, _back, count in found)
    back = sum(count for days, back, count in found if back and days <= 180)
    assert back / everybody == pytest.approx(rate)
    came = Comeback.of(found)
    assert came is not None
    assert came.share_after(180) == pytest.approx(rate)


def test_where_nobody_was_won_there_is_nothing_to_tell() -> None:
    before = sm.Period(date(1999, 1, 1), date(2000, 1, 1))
    assert second_purchases(datasets.sample().data, sm.MetricQuery((METRIC,), before)) == ()
