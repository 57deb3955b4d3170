"""Deals past their expected close: which are listed, in what order, how late, and what all of them come to."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import salesmetrics as sm
import sample_data
from salesmetrics.query.overdue import LISTED, METRIC, Overdue, overdue
from sample_data.seasons import LAST
from tests.company import dataset

ON = date(2025, 12, 31)
DECEMBER = sm.Period(date(2025, 12, 1), date(2026, 1, 1))

Deal = tuple[str, float | None, str | None, str | None]


def late(folder: Path, *deals: Deal, most: int = 100) -> Overdue:
    """Ask for the open deals among `deals`: name, amount, expected close, creation."""
    rows: list[dict[str, Any]] = [
        {"opportunity_id": name, "amount": amount, "close_date": close, "created_date": created, "status": "open",
         "rep_id": "Ann", "stage": "Demo"}
        for name, amount, close, created in deals
    ]  # fmt: skip
    rows.append({**rows[0], "opportunity_id": "won long ago", "status": "won", "close_date": "2025-01-01"})
    data = dataset({"opportunities": rows}, folder, read_on=date(2026, 1, 1))
    found = overdue(data, sm.MetricQuery((METRIC,), DECEMBER, as_of=ON), most)
    assert found is not None
    return found


def test_only_days_before_are_late(tmp_path: Path) -> None:
    found = late(
        tmp_path,
        ("late", 1.0, "2025-12-30", None), ("today", 2.0, "2025-12-31", None),
        ("later", 3.0, "2026-01-01", None), ("never said", 4.0, None, None),
    )  # fmt: skip
    assert found.deals["opportunity_id"].tolist() == ["late"]
    assert found.deals["days_overdue"].tolist() == [1]
    assert (found.day, found.open, found.dated, found.late) == (ON, 4, 3, 1)


def test_the_largest_stands_first_and_what_has_no_amount_last(tmp_path: Path) -> None:
    close = "2025-11-01"
    found = late(
        tmp_path,
        ("none", None, "2025-10-01", None), ("none, longer", None, "2024-01-01", None),
        ("b", 5.0, close, None), ("a", 9.0, close, None), ("b, longer", 5.0, "2025-10-01", None),
    )  # fmt: skip
    assert found.deals["opportunity_id"].tolist() == ["a", "b, longer", "b", "none, longer", "none"]
    assert (found.priced, found.worth) == (3, 19.0)


def test_beyond_the_most_the_rest_still_counts(tmp_path: Path) -> None:
    deals: list[Deal] = [(f"D{place}", float(place), "2025-11-01", None) for place in range(1, 8)]
    found = late(tmp_path, *deals, most=2)
    assert found.deals["opportunity_id"].tolist() == ["D7", "D6"]
    assert (found.late, found.worth) == (7, sum(range(1, 8)))


def test_ages_count_days_and_stay_unknown_where_no_day_is_known(tmp_path: Path) -> None:
    found = late(tmp_path, ("a", 2.0, "2025-12-01", "2025-10-02"), ("b", 1.0, "2025-12-01", None))
    assert found.deals["days_overdue"].tolist() == [30, 30]
    assert found.deals["age_days"][0] == (ON - date(2025, 10, 2)).days
    assert np.isnan(found.deals["age_days"][1])


def test_a_list_of_none_has_its_columns(tmp_path: Path) -> None:
    found = late(tmp_path, ("a", 1.0, "2026-02-01", None))
    assert tuple(found.deals) == LISTED
    assert not len(found.deals["amount"])


def test_where_no_deal_is_open_nothing_is_told(tmp_path: Path) -> None:
    deal = {"opportunity_id": "won", "status": "won", "close_date": "2025-01-01", "created_date": "2024-12-01"}
    data = dataset({"opportunities": [deal]}, tmp_path)
    assert overdue(data, sm.MetricQuery((METRIC,), DECEMBER, as_of=ON), 10) is None


def test_of_the_sample_company_it_is_what_its_file_says_under_a_filter(tmp_path: Path) -> None:
    data = sm.read(sorted(sample_data.folder().glob("*.csv")), into=tmp_path, read_on=LAST + timedelta(days=1))
    # Told from the file itself: the last row of a deal counts.
    file = pd.read_csv(sample_data.folder() / "opportunities.csv").drop_duplicates("opportunity_id", keep="last")
    product = file["product"].value_counts().index[0]
    open_ = file[(file["status"] == "open") & (file["product"] == product)]
    expected = open_[open_["close_date"] < "2025-12-31"]
    query = sm.MetricQuery((METRIC,), DECEMBER, where=(sm.Filter("product", (product,)),))
    found = overdue(data, query, 1000)
    assert found is not None
    assert set(found.deals["opportunity_id"]) == set(expected["opportunity_id"])
    assert found.open == len(open_)
    assert found.worth == pytest.approx(expected["amount"].sum())
