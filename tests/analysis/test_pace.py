"""Pace: the share of a quota that should be reached by now, for reps with all of the period and with a part of it."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from salesmetrics.analysis.pace import elapsed, pace
from salesmetrics.model.calendar import Grain, Period, buckets

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
WEEK = (1, 2, 3, 4, 5)


def months(rep: str, quota: dict[int, float]) -> pd.DataFrame:
    """A rep's quota by month of 2025."""
    cut = buckets(YEAR, Grain.MONTH)
    return pd.DataFrame(
        {
            "rep": rep,
            "period_start": pd.to_datetime([month.start for month in cut]),
            "period_end": pd.to_datetime([month.end for month in cut]),
            "denominator": [quota.get(month.start.month) for month in cut],
        }
    ).astype({"denominator": "float64"})


def whole(**quota: float) -> pd.DataFrame:
    return pd.DataFrame({"rep": list(quota), "denominator": list(quota.values())})


def test_a_month_counts_by_its_working_days() -> None:
    # November 2025 has 20 days from Monday to Friday, 10 of them up to the 14th.
    worked = [
        day for day in (date(2025, 11, 1) + timedelta(days=n) for n in range(30)) if day.isoweekday() in WEEK
    ]
    over = [day for day in worked if day <= date(2025, 11, 14)]
    november = Period(date(2025, 11, 1), date(2025, 12, 1))
    assert elapsed(november, date(2025, 11, 14), WEEK) == len(over) / len(worked) == 10 / 20
    assert elapsed(november, date(2025, 11, 14), (6, 7)) == 4 / 10
    assert elapsed(november, date(2025, 10, 31), WEEK) == 0
    assert elapsed(november, date(2026, 1, 5), WEEK) == 1


def test_a_weekend_alone_counts_by_its_days() -> None:
    weekend = Period(date(2025, 11, 1), date(2025, 11, 3))
    assert elapsed(weekend, date(2025, 11, 1), WEEK) == 0.5


def test_a_rep_who_joined_late_is_measured_by_the_own_quota() -> None:
    parts = pd.concat(
        [
            months("Ann", dict.fromkeys(range(1, 13), 100.0)),
            months("New", dict.fromkeys(range(7, 13), 100.0)),
        ]
    )
    found = pace(parts, whole(Ann=1200.0, New=600.0), date(2025, 9, 30), WEEK)
    assert found["Ann"] == pytest.approx(9 / 12)
    assert found["New"] == pytest.approx(3 / 6)


def test_months_that_have_not_begun_may_be_unknown() -> None:
    # The engine gives no quota of months after the data ends; the whole quota still counts.
    parts = months("Ann", dict.fromkeys(range(1, 12), 100.0))
    assert pace(parts, whole(Ann=1200.0), date(2025, 11, 14), WEEK)["Ann"] == pytest.approx((1000 + 50) / 1200)


def test_a_rep_without_a_quota_has_no_pace() -> None:
    assert pace(months("Ann", {}), whole(Ann=0.0, Ben=float("nan")), date(2025, 6, 1), WEEK) == {}
