"""The board's one request and its lines: pacing, periods, regions, and why a row has no value."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from salesmetrics.analysis.kpi_status import Kpi, Status
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import compute_many
from salesmetrics.query.kpis import KpiLine, board, builds_up, kpis_in_files
from salesmetrics.query.reviews import last_day, reviews_in_files
from tests.company import dataset


def orders() -> list[dict[str, Any]]:
    """Two orders a month, 10 in the North and 5 in the South, through 15 May 2024."""
    return [
        {"order_date": f"2024-{month:02d}-{day}", "amount": amount, "region": region, "order_id": f"{month}{region}",
         "customer_id": region}
        for month in range(1, 6)
        for day, amount, region in (("05", 10, "North"), ("15", 5, "South"))
    ]  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Dataset:
    return dataset({"orders": orders()}, tmp_path)


def lines(data: Dataset, *kpis: Kpi) -> list[KpiLine]:
    asked = board(data, kpis)
    return list(asked.lines(compute_many(data, asked.questions)))


def test_a_sum_is_paced_by_working_days_and_a_ratio_is_not(data: Dataset) -> None:
    revenue, basket = lines(
        data,
        Kpi("revenue", "2024-Q2", "Grow", 60, "Ann"),
        Kpi("average_transaction_value", "2024-Q2", "Grow", 8, "Ann"),
    )
    # The data ends on 15 May: 33 of the 65 weekdays of the quarter.
    over, whole = (int(np.busday_count("2024-04-01", end)) for end in ("2024-05-16", "2024-07-01"))
    assert (over, whole) == (33, 65)
    assert revenue.as_of == date(2024, 5, 15)
    assert revenue.value == 30
    assert revenue.passed == pytest.approx(over / whole)
    assert revenue.standing is not None
    assert revenue.standing.paced == pytest.approx(60 * over / whole)
    assert revenue.standing.status is Status.AT_RISK
    assert basket.passed == 1
    assert basket.value == 7.5
    assert basket.standing is not None
    assert basket.standing.reached == pytest.approx(7.5 / 8)


def test_a_region_narrows_and_a_question_asked_twice_is_asked_once(data: Dataset) -> None:
    kpis = [
        Kpi("revenue", "2024-Q1", "Grow", 15, "Ann", "South"),
        Kpi("revenue", "2024Q1", "Hold", 20, "Bo", "South"),
    ]
    assert len(board(data, kpis).questions) == 1
    first, second = lines(data, *kpis)
    assert first.value == second.value == 15
    assert first.standing is not None
    assert second.standing is not None
    assert (first.standing.status, second.standing.status) == (Status.ON_TRACK, Status.OFF)


def test_rows_that_cannot_be_told_say_why_and_others_still_answer(data: Dataset) -> None:
    found = lines(
        data,
        Kpi("reveneu", "2024", "x", 1, "Ann"), Kpi("funnel", "2024", "x", 1, "Ann"), Kpi("revenue", "soon", "x", 1, "Ann"),
        Kpi("revenue", "2024", "x", 1, "Ann", "Mars"), Kpi("revenue", "2025", "x", 1, "Ann"),
        Kpi("win_rate", "2024", "x", 1, "Ann"), Kpi("revenue", "2024-01", "x", 15, "Ann"),
    )  # fmt: skip
    assert [one.reason for one in found[:5]] == [
        "unknown_metric", "no_single_number", "unknown_period", "unknown_region", "not_begun",
    ]  # fmt: skip
    assert str(found[5].reason).startswith("missing_column:opportunities")
    assert all(one.value is None and one.standing is None for one in found[:6])
    assert found[6].standing is not None
    assert found[6].standing.status is Status.ON_TRACK


def test_a_metric_without_objective_or_target_has_a_value_and_no_status(data: Dataset) -> None:
    for kpi in (Kpi("revenue", "2024-Q1", "", 45, "Ann"), Kpi("revenue", "2024-Q1", "Grow", None, "Ann")):
        [line] = lines(data, kpi)
        assert line.value == 45
        assert line.standing is None


def test_what_builds_up_are_sums_and_counts_and_never_shares_or_balances() -> None:
    up = {one.id for one in CATALOGUE.values() if builds_up(one)}
    assert {"revenue", "orders", "units", "leads", "new_customers", "gross_profit"} <= up
    assert not up & {
        "pipeline_value",
        "open_opportunities",
        "win_rate",
        "average_transaction_value",
        "csat",
        "cac",
    }
    assert all(CATALOGUE[one].unit not in ("percent", "days", "hours", "times") for one in up)


def test_months_weigh_as_they_usually_sell_where_that_is_known(tmp_path: Path) -> None:
    # Three years in which December sells ten times what any other month does, then half of a fourth.
    sold = [
        {"order_date": f"{year}-{month:02d}-15", "amount": 1000 if month == 12 else 100}
        for year in (2021, 2022, 2023, 2024)
        for month in range(1, 13)
        if (year, month) <= (2024, 6)
    ]
    data = dataset({"orders": [*sold, {"order_date": "2024-06-30", "amount": 0}]}, tmp_path)
    [line] = lines(data, Kpi("revenue", "2024", "Grow", 2100, "Ann"))
    assert line.seasonal
    # Six months of 100 in a year of 2,100.
    assert line.passed == pytest.approx(6 / 21, rel=0.02)
    assert line.standing is not None
    assert line.standing.reached == pytest.approx(1, rel=0.02)


def test_a_file_without_kpis_or_reviews_has_none(data: Dataset, tmp_path: Path) -> None:
    assert kpis_in_files(data) == ()
    assert reviews_in_files(data) == ()
    assert last_day(data) == date(2024, 5, 15)
    (tmp_path / "undated").mkdir()
    empty = dataset({"reps": [{"rep_id": "A"}]}, tmp_path / "undated", read_on=date(2024, 8, 1))
    assert last_day(empty) == date(2024, 8, 1)
