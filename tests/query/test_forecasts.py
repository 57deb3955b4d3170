"""Forecasts of a dataset: parts sum to the whole, and periods land where their months do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from salesmetrics.analysis.forecast.outlook import outlook
from salesmetrics.model.calendar import Grain, Period
from salesmetrics.model.conventions import Conventions
from salesmetrics.query.forecasts import (
    MOST_PARTS,
    REST,
    Forecasts,
    forecasts,
    landing_of,
    landing_of_part,
    stands,
)
from salesmetrics.query.request import Filter
from tests.company import dataset
from tests.query.forecast_data import ASKED, four_years, known, orders, told


def test_an_earlier_day_knows_only_what_lay_before_it():
    before = replace(ASKED, as_of=date(2023, 6, 30))
    found = forecasts(four_years(), before)
    assert isinstance(found, Forecasts)
    assert found.months[0] == date(2023, 7, 1)
    assert len(found.history.values) == 30


def test_the_parts_of_each_dimension_sum_to_the_whole_to_the_cent():
    assert told().summed_by == "region"
    assert set(told().parts) == {"region", "product", "rep"}
    whole = [Decimal(f"{value:.2f}") for value in told().whole.expected]
    for parts in told().parts.values():
        rows = [[Decimal(f"{value:.2f}") for value in part.expected] for part in parts.values()]
        assert [sum(month) for month in zip(*rows, strict=True)] == whole


def test_a_region_is_forecast_the_same_alone_as_among_the_others():
    alone = forecasts(four_years(), replace(ASKED, where=(Filter("region", ("East",)),)))
    assert isinstance(alone, Forecasts)
    among = told().parts["region"]["East"]
    assert alone.parts["region"]["East"].weights == pytest.approx(among.weights)
    assert alone.whole.expected == pytest.approx(among.expected, rel=0.1)


def test_without_dimensions_the_whole_is_forecast_by_itself(tmp_path: Path):
    rows = [{"order_date": row["order_date"], "amount": row["amount"]} for row in orders(40)]
    data = dataset({"orders": rows}, tmp_path)
    found = forecasts(data, ASKED)
    by_itself = outlook(known(data).values)
    assert isinstance(found, Forecasts)
    assert by_itself is not None
    assert (found.summed_by, dict(found.parts)) == ("", {})
    assert found.whole.expected == pytest.approx(by_itself.expected, abs=0.005)


def test_beyond_the_largest_parts_the_rest_is_one(tmp_path: Path):
    found = forecasts(dataset({"orders": orders(30, reps=20)}, tmp_path), ASKED, ("rep",))
    assert isinstance(found, Forecasts)
    names = list(found.parts["rep"])
    lately = {name: values[-12:].sum() for name, values in found.history.parts["rep"].items()}
    assert names == [*sorted(lately, key=lately.__getitem__, reverse=True)[:MOST_PARTS], REST]
    least = sum(values for name, values in found.history.parts["rep"].items() if name not in names)
    assert found.parts["rep"][REST].values == pytest.approx(least)


def test_too_few_months_and_missing_columns_are_reasons(tmp_path: Path):
    assert forecasts(dataset({"orders": orders(4)}, tmp_path), ASKED) == "n_too_small"
    assert str(forecasts(dataset({"reps": [{"rep_id": "R1"}]}, tmp_path / "other"), ASKED)).startswith(
        "missing_column"
    )


def test_where_periods_land_is_what_is_booked_and_what_is_to_come():
    fiscal = Conventions(fiscal_year_start=12)
    month, quarter, year = stands(told(), fiscal)
    assert (month.grain, month.period) == (Grain.MONTH, Period(date(2025, 1, 1), date(2025, 2, 1)))
    assert quarter.period == Period(date(2024, 12, 1), date(2025, 3, 1))
    assert year.period == Period(date(2024, 12, 1), date(2025, 12, 1))
    december, ahead = told().history.values[-1], told().whole.expected
    assert quarter.landing.booked == pytest.approx(december + 999)
    assert quarter.landing.expected == pytest.approx(december + max(ahead[0], 999) + ahead[1])
    assert year.landing.expected == pytest.approx(december + max(ahead[0], 999) + ahead[1:11].sum())
    for one in (month, quarter, year):
        assert one.landing.low is not None
        assert one.landing.high is not None
        assert one.landing.booked <= one.landing.low <= one.landing.expected <= one.landing.high


def test_periods_that_are_over_or_too_far_have_no_landing():
    assert landing_of(told(), Period(date(2024, 10, 1), date(2025, 1, 1))) is None
    assert landing_of(told(), Period(date(2026, 1, 1), date(2026, 4, 1))) is None
    assert landing_of(told(), Period(date(2025, 1, 10), date(2025, 4, 1))) is None
    coming = landing_of(told(), Period(date(2025, 4, 1), date(2025, 7, 1)))
    assert coming is not None
    assert coming.expected == pytest.approx(told().whole.expected[3:6].sum())
    assert coming.booked == 0.0


def test_the_landings_of_parts_sum_to_that_of_the_whole():
    period = Period(date(2025, 4, 1), date(2025, 7, 1))
    whole = landing_of(told(), period)
    parts = [landing_of_part(told(), "region", name, period) for name in ("East", "West")]
    assert whole is not None
    assert sum(part.expected for part in parts if part) == pytest.approx(whole.expected)
    assert landing_of_part(told(), "region", "North", period) is None
