"""The worked example of the season."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from statsmodels.tsa.seasonal import seasonal_decompose

import salesmetrics as sm
from salesmetrics.analysis.season import seasonal
from salesmetrics.model.dataset import Dataset
from tests.company import answers, ask, dataset, example_company

YEAR = (0.8, 0.9, 1.0, 1.1, 1.0, 0.9, 0.5, 0.6, 1.0, 1.2, 1.4, 1.6)
MAY = sm.Period(date(2023, 5, 1), date(2023, 6, 1))


def _months(values: list[float], first: int = 2021) -> list[dict[str, Any]]:
    days = [date(first + place // 12, place % 12 + 1, 15) for place in range(len(values))]
    ends = [{"order_date": day.replace(day=28), "order_id": f"E{day}", "amount": 0} for day in days]
    return [
        {"order_date": day, "order_id": str(day), "amount": value}
        for day, value in zip(days, values, strict=True)
        if value is not None
    ] + ends


def _sold(folder: Path, values: list[float]) -> Dataset:
    folder.mkdir(exist_ok=True)
    return dataset({"orders": _months(values)}, folder)


def test_the_worked_example_by_quarter():
    found = seasonal([10, 20, 30, 40, 12, 22, 32, 42], cycle=4)
    assert [round(index, 3) for index in found.index] == [0.455, 0.818, 1.182, 1.545]
    assert not found.additive


def test_the_trend_is_the_one_that_statsmodels_takes():
    chance = np.random.default_rng(5)
    values = np.tile(YEAR, 4) * np.linspace(100, 160, 48) * chance.uniform(0.9, 1.1, 48)
    apart = values / seasonal_decompose(values, model="multiplicative", period=12).trend
    medians = np.array([np.nanmedian(apart[place::12]) for place in range(12)])
    assert seasonal(list(values), 12).index == pytest.approx(tuple(medians / medians.mean()))


@pytest.mark.parametrize("first", [0, 5, 11])
def test_it_does_not_matter_in_which_month_the_data_begins(first):
    values = [100 * YEAR[(first + place) % 12] for place in range(36)]
    found = seasonal(values, 12, first)
    assert found.index == pytest.approx(YEAR)
    assert found.strength == pytest.approx(1)


def test_each_month_has_the_index_of_its_place_in_the_year(tmp_path: Path):
    data = _sold(tmp_path, [1000 * share for share in YEAR * 3])
    last = sm.Period(date(2023, 1, 1), date(2024, 1, 1))
    months = answers(data, "seasonality_index", last, grain=sm.Grain.MONTH, as_of=date(2023, 12, 31))
    assert [answer.value for answer in months.values()] == pytest.approx(YEAR)
    whole = ask(data, "seasonality_index", last, as_of=date(2023, 12, 31))
    assert whole.value == pytest.approx(1)
    assert (whole.details["peak_month"], whole.details["low_month"], whole.n) == (12, 7, 36)
    assert [whole.details[f"month_{place:02d}"] for place in range(1, 13)] == pytest.approx(YEAR)
    quarter = ask(
        data, "seasonality_index", sm.Period(date(2023, 10, 1), date(2024, 1, 1)), as_of=date(2023, 12, 31)
    )
    assert quarter.value == pytest.approx((1.2 + 1.4 + 1.6) / 3)


def test_it_takes_two_whole_years(tmp_path: Path):
    data = _sold(tmp_path, [1000 * share for share in YEAR * 3])
    november = sm.Period(date(2022, 11, 1), date(2022, 12, 1))
    december = sm.Period(date(2022, 12, 1), date(2023, 1, 1))
    assert ask(data, "seasonality_index", november, as_of=date(2023, 12, 31)).reason == "n_too_small"
    answer = ask(data, "seasonality_index", december, as_of=date(2023, 12, 31))
    assert answer.value == pytest.approx(1.6)
    assert answer.warns("season_seen_once")
    assert ask(example_company(), "seasonality_index", MAY).value is None


def test_a_month_that_is_not_over_does_not_count_but_has_its_index(tmp_path: Path):
    orders = _months([1000 * share for share in (*YEAR, *YEAR, *YEAR[:4])])
    orders.append({"order_date": date(2023, 5, 3), "order_id": "early", "amount": 1})
    data = dataset({"orders": orders}, tmp_path)
    answer = ask(data, "seasonality_index", MAY, as_of=date(2023, 5, 10))
    assert answer.value == pytest.approx(1.0)
    assert answer.n == 28


def test_a_flat_year_is_called_no_season(tmp_path: Path):
    chance = np.random.default_rng(7)
    values = [round(float(value), 2) for value in 1000 * chance.uniform(0.5, 1.5, 72)]
    last = sm.Period(date(2026, 12, 1), date(2027, 1, 1))
    answer = ask(dataset({"orders": _months(values)}, tmp_path, read_on=date(2027, 1, 15)), "seasonality_index", last,
                 as_of=date(2026, 12, 31))  # fmt: skip
    assert answer.details["strength"] < 0.3
    assert answer.warns("not_seasonal")


def test_a_month_without_sales_makes_it_differences(tmp_path: Path):
    year = [share if place != 6 else 0 for place, share in enumerate(YEAR)]
    data = _sold(tmp_path, [1000 * share for share in year * 3])
    last = sm.Period(date(2023, 1, 1), date(2024, 1, 1))
    answer = ask(data, "seasonality_index", last, as_of=date(2023, 12, 31))
    mean = sum(year) / 12
    expected = [1 + (share - mean) / mean for share in year]
    assert [answer.details[f"month_{place:02d}"] for place in range(1, 13)] == pytest.approx(expected)
    assert answer.warns("seasons_as_differences")


def test_gaps_count_as_nothing_sold(tmp_path: Path):
    values = [1000 * share for share in YEAR * 3]
    gap = dataset({"orders": [o for o in _months(values) if o["order_date"].month != 7]}, tmp_path)
    last = sm.Period(date(2023, 12, 1), date(2024, 1, 1))
    answer = ask(gap, "seasonality_index", last, as_of=date(2023, 12, 31))
    assert answer.warns("seasons_as_differences")
    assert answer.details["month_07"] == pytest.approx(0, abs=1e-9)


def test_before_the_first_sale_there_is_no_part_and_no_season(tmp_path: Path):
    data = dataset(
        {"orders": [{"order_date": "2024-05-05", "order_id": "O", "amount": 1, "product": "P"}]}, tmp_path
    )
    before = sm.Period(date(2023, 12, 1), date(2024, 1, 1))
    assert answers(data, "seasonality_index", before, by=("product",), as_of=date(2023, 12, 31)).get("P") is None
