"""Customers as they stand on a day: who is listed, in what order, and what segments hold, against the metrics."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import salesmetrics as sm
from salesmetrics.query.customer_standing import METRIC, Standings, standings
from tests.company import dataset
from ui import datasets

YEAR = sm.Period(date(2025, 1, 1), date(2026, 1, 1))
EVERYBODY = 10**6

Bought = tuple[str, str, float]


def order(number: int, customer: str, day: str, amount: float) -> dict[str, Any]:
    return {
        "order_id": str(number), "customer_id": customer, "order_date": day, "amount": amount, "region": "North",
    }  # fmt: skip


def of(folder: Path, *bought: Bought, most: int = 100, **tables: list[dict[str, Any]]) -> Standings | None:
    rows = [order(number, *one) for number, one in enumerate(bought)]
    data = dataset({"orders": rows, **tables}, folder, read_on=date(2026, 1, 1))
    return standings(data, sm.MetricQuery((METRIC,), YEAR, as_of=date(2025, 12, 31)), most)


REGULAR_BUYER = [("Ann", f"2025-{month:02}-01", 10.0) for month in range(3, 7)]
"""Gaps of 31, 30 and 31 days, then none after 1 June: 213 days until the end of the year."""

STILL_HERE = [("Ben", f"2025-{month:02}-20", 5.0) for month in range(8, 13)]


def test_who_stays_away_is_listed_with_its_own_gap_and_name(tmp_path: Path) -> None:
    customers = [{"customer_id": "Ann", "name": "Ann & Sons"}]
    found = of(tmp_path, *REGULAR_BUYER, *STILL_HERE, customers=customers)
    assert found is not None
    late = {name: values.tolist() for name, values in found.at_risk.items()}
    assert (late["customer_id"], late["name"], late["risk"]) == (["Ann"], ["Ann & Sons"], ["lost"])
    assert (late["days_since"], late["expected_gap"], late["amount"]) == ([213], [31], [40])
    assert found.day == date(2025, 12, 31)


def test_who_brought_most_stands_first_and_no_more_than_asked_are_listed(tmp_path: Path) -> None:
    larger = [("Cem", day, 20.0) for _name, day, _amount in REGULAR_BUYER]
    found = of(tmp_path, *REGULAR_BUYER, *larger, *STILL_HERE)
    cut = of(tmp_path / "cut", *REGULAR_BUYER, *larger, *STILL_HERE, most=1)
    assert found is not None
    assert cut is not None
    assert found.at_risk["customer_id"].tolist() == ["Cem", "Ann"]
    assert found.at_risk["name"].tolist() == [None, None]
    assert cut.at_risk["customer_id"].tolist() == ["Cem"]


def test_without_costs_the_few_who_bring_four_fifths_are_told_by_revenue(tmp_path: Path) -> None:
    amounts = {"Ann": 70.0, "Ben": 20.0, "Cem": 10.0}
    found = of(tmp_path, *((name, "2025-12-01", amount) for name, amount in amounts.items()))
    assert found is not None
    assert found.by_revenue
    assert found.high_value["customer_id"].tolist() == ["Ann", "Ben"]
    assert found.high_value["share"].tolist() == [0.7, 0.2]


def test_where_nobody_bought_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert of(tmp_path, ("Ann", "2026-01-01", 10.0)) is None


@pytest.mark.parametrize("where", [(), (sm.Filter("region", ("North",)),)], ids=["all", "North"])
def test_the_lists_and_segments_of_the_sample_add_up_to_the_metrics(where: tuple[sm.Filter, ...]) -> None:
    data = datasets.sample().data
    query = sm.MetricQuery((METRIC, "high_value_customers", "rfm_segment"), YEAR, where=where)
    asked = sm.compute(data, query).frame.set_index("metric")
    found = standings(data, sm.MetricQuery((METRIC,), YEAR, where=where), EVERYBODY)
    assert found is not None
    risk, top, segments = (asked.loc[name] for name in query.metrics)
    assert len(found.at_risk["customer_id"]) == risk["value"]
    assert np.nansum(found.at_risk["amount"]) == pytest.approx(risk["details"]["money_at_risk"])
    assert len(found.high_value["customer_id"]) == top["value"]
    assert found.high_value["worth"].sum() == pytest.approx(top["details"]["worth"])
    assert {one.name: one.customers for one in found.segments} == {
        one.name: segments["details"][one.name] for one in found.segments
    }
    assert sum(one.money for one in found.segments) == pytest.approx(
        segments["details"]["money"] * segments["value"]
    )
