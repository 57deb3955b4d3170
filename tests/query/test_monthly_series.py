"""Revenue by month: whole months alone count, and what has begun stands apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.company import dataset
from tests.query.forecast_data import ASKED, four_years, known, orders


def test_whole_months_count_and_the_one_that_has_begun_stands_apart():
    found = known(four_years(), ASKED, "region")
    assert (found.first, len(found.values), found.next_month) == (date(2021, 1, 1), 48, date(2025, 1, 1))
    assert found.booked == pytest.approx(999.0)
    assert found.booked_parts["region"] == pytest.approx({"East": 0.0, "West": 999.0})
    assert sum(found.parts["region"].values()) == pytest.approx(found.values)
    sold = [
        float(row["amount"])
        for row in orders(48)
        if row["order_date"].year == 2023 and row["order_date"].month == 5
    ]
    assert found.values[28] == pytest.approx(sum(sold))


def test_a_month_without_orders_is_zero(tmp_path: Path):
    data = dataset({"orders": orders(30, skip=14)}, tmp_path)
    values = known(data).values
    assert values[14] == 0.0
    assert np.count_nonzero(values) == len(values) - 1 == 29


def test_a_first_month_that_the_data_joins_late_is_left_out(tmp_path: Path):
    late = [row for row in orders(20) if row["order_date"] >= date(2021, 1, 15)]
    assert known(dataset({"orders": late}, tmp_path)).first == date(2021, 2, 1)
