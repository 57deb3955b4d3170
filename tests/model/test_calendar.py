"""Days, weeks, months, quarters and years under the conventions of a company."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesmetrics.model.calendar import (
    Grain,
    Period,
    bucket,
    buckets,
    floor,
    previous,
    widen,
    working_days_in,
    year_before,
)
from salesmetrics.model.conventions import Conventions

APRIL = Conventions(fiscal_year_start=4)
SUNDAY = Conventions(week_start=7)

# On a busy machine a first call may take long.
calm = settings(deadline=None)

CONVENTIONS = st.builds(Conventions, fiscal_year_start=st.integers(1, 12), week_start=st.integers(1, 7))
DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))
PERIODS = st.tuples(DAYS, st.integers(1, 1500)).map(
    lambda pair: Period(pair[0], pair[0] + timedelta(days=pair[1]))
)


@pytest.mark.parametrize(
    ("day", "grain", "conventions", "start", "end"),
    [
        ("2024-03-31", Grain.QUARTER, APRIL, "2024-01-01", "2024-04-01"),
        ("2024-04-01", Grain.QUARTER, APRIL, "2024-04-01", "2024-07-01"),
        ("2024-03-31", Grain.YEAR, APRIL, "2023-04-01", "2024-04-01"),
        ("2024-04-01", Grain.YEAR, APRIL, "2024-04-01", "2025-04-01"),
        ("2024-02-29", Grain.QUARTER, Conventions(fiscal_year_start=2), "2024-02-01", "2024-05-01"),
        ("2024-01-31", Grain.QUARTER, Conventions(fiscal_year_start=2), "2023-11-01", "2024-02-01"),
        ("2024-02-29", Grain.QUARTER, Conventions(fiscal_year_start=12), "2023-12-01", "2024-03-01"),
        ("2024-12-31", Grain.YEAR, Conventions(fiscal_year_start=12), "2024-12-01", "2025-12-01"),
        # 2024-05-12 is a Sunday.
        ("2024-05-11", Grain.WEEK, SUNDAY, "2024-05-05", "2024-05-12"),
        ("2024-05-12", Grain.WEEK, SUNDAY, "2024-05-12", "2024-05-19"),
        ("2024-05-12", Grain.WEEK, Conventions(), "2024-05-06", "2024-05-13"),
        ("2024-05-12", Grain.WEEK, Conventions(week_start=6), "2024-05-11", "2024-05-18"),
        ("2024-05-12", Grain.MONTH, Conventions(fiscal_year_start=4, week_start=7), "2024-05-01", "2024-06-01"),
    ],
)  # fmt: skip
def test_the_bucket_that_holds_a_day(day, grain, conventions, start, end):
    expected = Period(date.fromisoformat(start), date.fromisoformat(end))
    assert bucket(date.fromisoformat(day), grain, conventions) == expected


@calm
@given(PERIODS, st.sampled_from(list(Grain)), CONVENTIONS)
def test_buckets_cut_a_period_without_gap_or_overlap(period, grain, conventions):
    cut = buckets(period, grain, conventions)
    assert (cut[0].start, cut[-1].end) == (period.start, period.end)
    assert all(one.end == other.start for one, other in pairwise(cut))
    assert all(one.start < one.end for one in cut)
    # Only the edges may be less than whole, and each bucket starts where the bucket of its days does.
    assert all(one == bucket(one.start, grain, conventions) for one in cut[1:-1])
    assert {floor(one.end - timedelta(days=1), grain, conventions) for one in cut[1:]} == {
        one.start for one in cut[1:]
    }


@calm
@given(PERIODS, st.sampled_from(list(Grain)), CONVENTIONS)
def test_a_widened_period_is_the_whole_buckets_of_its_days(period, grain, conventions):
    wide = widen(period, grain, conventions)
    cut = buckets(period, grain, conventions)
    whole = buckets(wide, grain, conventions)
    assert len(whole) == len(cut)
    assert all(one == bucket(one.start, grain, conventions) for one in whole)


@calm
@given(DAYS, CONVENTIONS)
def test_weeks_quarters_and_years_start_where_the_company_says(day, conventions):
    assert floor(day, Grain.WEEK, conventions).isoweekday() == conventions.week_start
    assert floor(day, Grain.YEAR, conventions).month == conventions.fiscal_year_start
    assert (floor(day, Grain.QUARTER, conventions).month - conventions.fiscal_year_start) % 3 == 0


@calm
@given(DAYS, CONVENTIONS, st.sampled_from(list(Grain)))
def test_a_whole_bucket_is_set_against_whole_buckets(day, conventions, grain):
    whole = bucket(day, grain, conventions)
    before = previous(whole)
    assert before == bucket(whole.start - timedelta(days=1), grain, conventions)
    earlier = year_before(whole, grain)
    if grain is not Grain.DAY:
        assert earlier == bucket(earlier.start, grain, conventions)


@calm
@given(PERIODS, st.sets(st.integers(1, 7), min_size=1))
def test_working_days_are_those_of_the_weekdays(period, worked):
    each = [period.start + timedelta(days=place) for place in range(period.days)]
    assert working_days_in(period, tuple(worked)) == sum(day.isoweekday() in worked for day in each)
