"""Quotas in force on the last day of the orders, and what was sold against each so far."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from salesmetrics.query.running_quotas import running_quotas
from tests.company import dataset


def test_quotas_that_hold_the_last_day_run_and_others_do_not(tmp_path: Path) -> None:
    def quota(scope: str, who: str, start: str, end: str, amount: float, measure: str = "revenue"):
        return {"scope": scope, "scope_id": who, "period_start": start, "period_end": end, "amount": amount,
                "measure": measure}  # fmt: skip

    quarter = ("2024-04-01", "2024-06-30")
    data = dataset(
        {
            "quotas": [
                quota("rep", "Ann", *quarter, 100), quota("rep", "Bo", *quarter, 50),
                quota("region", "North", *quarter, 300), quota("company", "all", "2024-01-01", "2024-12-31", 900),
                quota("rep", "Ann", "2024-07-01", "2024-09-30", 100), quota("rep", "Ann", *quarter, 9, "units"),
                quota("rep", "Cy", *quarter, 0), quota("product", "P", *quarter, 10),
            ],
            "orders": [
                {"order_date": "2024-02-01", "amount": 40, "rep_id": "Ann", "region": "North"},
                {"order_date": "2024-04-01", "amount": 30, "rep_id": "Ann", "region": "North"},
                {"order_date": "2024-05-10", "amount": 7, "rep_id": "Bo", "region": "South"},
            ],
        },
        tmp_path,
    )  # fmt: skip
    day, found = running_quotas(data)
    assert day == date(2024, 5, 10)
    assert [(one.scope, one.name, one.quota, one.sold) for one in found] == [
        ("company", "all", 900, 77), ("region", "North", 300, 30), ("rep", "Ann", 100, 30), ("rep", "Bo", 50, 7),
    ]  # fmt: skip
    assert (found[0].period.start, found[0].period.end) == (date(2024, 1, 1), date(2025, 1, 1))


def test_without_quotas_none_run(tmp_path: Path) -> None:
    data = dataset({"orders": [{"order_date": "2024-05-10", "amount": 7}]}, tmp_path)
    assert running_quotas(data) == (date(2024, 5, 10), ())
