"""Deals past their expected close: which are listed, in what order, and how late."""

from __future__ import annotations

from datetime import date

import pandas as pd

from salesmetrics.analysis.overdue import LISTED, overdue_deals

ON = date(2025, 12, 31)


def deals(*rows: tuple[str, float | None, str | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["opportunity_id", "amount", "expected_close", "created_date"])
    frame = frame.assign(customer="C", rep="Ann", stage="Demo", amount=frame["amount"].astype("float64"))
    for name in ("expected_close", "created_date"):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def test_only_days_before_are_late() -> None:
    listed = overdue_deals(
        deals(
            ("late", 1.0, "2025-12-30", None), ("today", 2.0, "2025-12-31", None),
            ("later", 3.0, "2026-01-01", None), ("never said", 4.0, None, None),
        ),
        ON,
    )  # fmt: skip
    assert listed["opportunity_id"].tolist() == ["late"]
    assert listed["days_overdue"].tolist() == [1]


def test_the_largest_stands_first_and_what_has_no_amount_last() -> None:
    late = "2025-11-01"
    listed = overdue_deals(
        deals(("none", None, "2024-01-01", None), ("b", 5.0, late, None), ("a", 9.0, late, None)), ON
    )
    assert listed["opportunity_id"].tolist() == ["a", "b", "none"]


def test_ages_count_days_and_stay_unknown_where_no_day_is_known() -> None:
    listed = overdue_deals(deals(("a", 2.0, "2025-12-01", "2025-10-02"), ("b", 1.0, "2025-12-01", None)), ON)
    assert listed["days_overdue"].tolist() == [30, 30]
    assert listed["age_days"].iloc[0] == (ON - date(2025, 10, 2)).days
    assert listed["age_days"].isna().tolist() == [False, True]


def test_a_list_of_none_has_its_columns() -> None:
    assert tuple(overdue_deals(deals(("a", 1.0, "2026-02-01", None)), ON).columns) == LISTED
