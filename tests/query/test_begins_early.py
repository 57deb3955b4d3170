"""A number is not set against a period of which the data has only the end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import salesmetrics as sm
from salesmetrics.model.dataset import Dataset

MONTHS = "Order Date,Amount\n" + "".join(
    f"{year}-{month:02d}-15,{100 * month}\n"
    for year in (2023, 2024)
    for month in range(1, 13)
    if (year, month) > (2023, 6)
)


@pytest.fixture
def from_july(tmp_path: Path) -> Dataset:
    """Orders from July 2023 to December 2024."""
    path = tmp_path / "orders.csv"
    path.write_text(MONTHS)
    return sm.read([path])


def year(data: Dataset, metric: str = "revenue", **differing: object) -> dict[str, object]:
    period = sm.Period(date(2024, 1, 1), date(2025, 1, 1))
    query = sm.MetricQuery((metric,), **({"period": period, "compare": tuple(sm.Compare)} | differing))
    return sm.compute(data, query).frame.iloc[0].to_dict()


def test_half_a_year_is_not_what_a_year_grew_from(from_july: Dataset) -> None:
    row = year(from_july)
    assert row["value"] == 7800.0
    assert row["last_year_reason"] == "incomplete_period"
    assert row["last_year_value"] != row["last_year_value"]
    assert row["last_year_growth"] != row["last_year_growth"]
    assert year(from_july, "growth_yoy")["reason"] == "incomplete_period"


def test_a_period_within_the_first_month_of_the_data_is_whole(from_july: Dataset) -> None:
    later = sm.Period(date(2024, 7, 1), date(2025, 1, 1))
    row = year(from_july, period=later)
    assert row["last_year_value"] == 5700.0
    assert year(from_july, "growth_yoy", period=later)["value"] == 0.0


def test_what_is_asked_for_itself_is_given_as_far_as_the_data_goes(from_july: Dataset) -> None:
    row = year(from_july, period=sm.Period(date(2023, 1, 1), date(2024, 1, 1)))
    assert row["value"] == 5700.0
    assert row["last_year_reason"] == "no_rows"
