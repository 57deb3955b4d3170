"""What would add numbers: adding exactly that makes so many more of them computable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from salesmetrics import ingest
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.availability import availability
from ui.readiness import Readiness, readiness, sentences

ORDERS = "Order Date,Amount,Region\n2024-01-15,10,North\n2024-02-20,20,South\n"
WITH_CUSTOMERS = "Order Date,Amount,Region,Customer ID\n2024-01-15,10,North,C1\n2024-02-20,20,South,C2\n"
DEALS = (
    "opportunity_id,status,created_date,close_date,amount,stage,probability,product\n"
    "D1,won,2024-01-05,2024-03-01,100,Won,1,A\n"
)

Read = Callable[..., Dataset]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read files by name into a dataset."""

    def run(name: str, **files: str) -> Dataset:
        folder = tmp_path / name
        folder.mkdir()
        paths = [folder / f"{one}.csv" for one in files]
        for path, text in zip(paths, files.values(), strict=True):
            path.write_text(text)
        return ingest.read(paths, into=tmp_path / f"{name}-read").dataset

    return run


def able(data: Dataset) -> int:
    return sum(reason is None for reason in availability(data).values())


def test_a_file_adds_as_many_numbers_as_is_said(read: Read) -> None:
    orders = read("orders", orders=ORDERS)
    both = read("both", orders=ORDERS, deals=DEALS)
    assert dict(readiness(orders).adds)["opportunities"] == able(both) - able(orders) > 0


def test_a_column_adds_as_many_numbers_as_is_said(read: Read) -> None:
    orders = read("orders", orders=ORDERS)
    more = read("more", orders=WITH_CUSTOMERS)
    assert dict(readiness(orders).adds)["orders.customer_id"] == able(more) - able(orders) > 0


def test_it_is_said_in_words_of_people() -> None:
    ready = Readiness(11, 41, (("orders.customer_id", 8), ("opportunities", 7)))
    assert sentences(ready) == [
        "11 of 41 numbers can be computed from your files.",
        "The column customer in your orders would add 8.",
        "A file of deals would add 7.",
    ]
    assert sentences(Readiness(41, 41, ())) == ["All 41 numbers can be computed from your files."]
