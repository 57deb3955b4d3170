"""What customers are called."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from salesmetrics.model.dataset import Dataset
from salesmetrics.query.customer_names import customer_names
from tests.company import dataset

SALES = [
    {"order_id": str(number), "customer_id": one, "order_date": "2025-03-01", "amount": 10.0}
    for number, one in enumerate(("C1", "C2", "C3"))
]


def of(folder: Path, **tables: list[dict[str, str]]) -> Dataset:
    return dataset({"orders": SALES, **tables}, folder, read_on=date(2026, 1, 1))


def test_only_those_asked_for_of_whom_a_file_says_it_have_a_name(tmp_path: Path) -> None:
    listed = [{"customer_id": "C1", "name": "Ann & Sons"}, {"customer_id": "C3", "name": "Cy"}]
    assert customer_names(of(tmp_path, customers=listed), ["C1", "C2", "C9"]) == {"C1": "Ann & Sons"}


def test_without_a_list_of_customers_nobody_has_a_name(tmp_path: Path) -> None:
    assert customer_names(of(tmp_path), ["C1"]) == {}
