"""The periods people pick by name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesmetrics.model.conventions import Conventions
from salesmetrics.query.request import Grain, Period
from ui.periods import PRESETS, fitting_grain, last_periods, preset_name, presets

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("preset", "start", "end"),
    [
        ("last_12_months", date(2024, 11, 1), date(2025, 11, 1)),
        ("last_quarter", date(2025, 7, 1), date(2025, 10, 1)),
        ("last_month", date(2025, 10, 1), date(2025, 11, 1)),
        ("this_year", date(2025, 1, 1), date(2026, 1, 1)),
        ("last_year", date(2024, 1, 1), date(2025, 1, 1)),
        ("all", date(2023, 3, 7), date(2025, 11, 21)),
    ],
)
def test_periods_of_data_that_ends_inside_a_month(preset: str, start: date, end: date) -> None:
    assert presets(date(2023, 3, 7), date(2025, 11, 20))[preset] == Period(start, end)


@pytest.mark.parametrize(
    ("preset", "start", "end"),
    [
        ("last_quarter", date(2025, 8, 1), date(2025, 11, 1)),
        ("last_month", date(2025, 10, 1), date(2025, 11, 1)),
        ("this_year", date(2025, 2, 1), date(2026, 2, 1)),
        ("last_year", date(2024, 2, 1), date(2025, 2, 1)),
    ],
)
def test_years_and_quarters_start_with_the_fiscal_year(preset: str, start: date, end: date) -> None:
    fiscal = Conventions(fiscal_year_start=2)
    assert presets(date(2023, 3, 7), date(2025, 11, 20), fiscal)[preset] == Period(start, end)


@given(DAYS)
def test_complete_periods_end_by_the_last_day_and_none_ended_since(through: date) -> None:
    named = presets(through - timedelta(days=900), through)
    for preset, months in (("last_12_months", 1), ("last_quarter", 3), ("last_month", 1)):
        period = named[preset]
        assert period.end <= through + timedelta(days=1)
        assert (through + timedelta(days=1) - period.end).days < 31 * months + 1


@given(DAYS, st.sampled_from(list(Grain)), st.integers(1, 12), st.integers(1, 7))
def test_the_last_thirteen_periods_are_thirteen_and_end_where_the_page_does(
    end: date, grain: Grain, year_start: int, week_start: int
) -> None:
    from salesmetrics.model.calendar import buckets

    conventions = Conventions(fiscal_year_start=year_start, week_start=week_start)
    period = Period(end - timedelta(days=40), end)
    found = last_periods(period, grain, conventions=conventions)
    assert found.end == period.end
    assert len(buckets(found, grain, conventions)) == 13


def test_a_trend_has_enough_points_and_not_too_many() -> None:
    from salesmetrics.model.calendar import buckets

    for days in (14, 31, 92, 365, 1096, 3650):
        period = Period(date(2025, 1, 1) - timedelta(days=days), date(2025, 1, 1))
        assert 8 <= len(buckets(period, fitting_grain(period))) <= 46, days


def test_every_preset_has_a_name() -> None:
    assert all(preset_name(preset) != preset for preset in PRESETS)
