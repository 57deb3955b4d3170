"""One file of the corpus: its bytes, and the canonical rows that they say."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

Row = tuple[Any, ...]

HEADER = ("Order ID", "Order Date", "Customer", "Product", "Region", "Amount")
LINES = (
    ("1001", "2024-01-05", "Ada Ltd", "Tea", "East", "1234.50"),
    ("1002", "2024-01-17", "Bo & Co", "Rice", "West", "80.00"),
    ("1003", "2024-02-03", "Ada Ltd", "Tea", "NA", "-45.25"),
    ("1004", "2024-02-29", "Cy GmbH", "Salt", "South", "20000.00"),
    ("1005", "2024-03-28", "Bo & Co", "Salt", "West", "0.75"),
)
"""Five order lines: a leap day, a credit note, a region that looks like an empty cell."""

SOLD = ("order_id", "order_date", "customer_id", "product", "region", "amount")


@dataclass(frozen=True)
class Expected:
    """What a canonical table holds in `columns`, in any order of rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Case:
    """Files (name -> bytes) read together, with what they must come to.

    `aside` counts rows set aside, `asks` questions that stay open; `maps` are a person's answers.
    """

    name: str
    files: Mapping[str, bytes]
    expected: Mapping[str, Expected]
    aside: int = 0
    asks: int = 0
    maps: tuple[str, ...] = ()


def sold(*numbers: int) -> Mapping[str, Expected]:
    """Give the order lines, or those of them with these numbers (1 to 5), as orders."""
    chosen = [LINES[number - 1] for number in numbers or range(1, 6)]
    rows = tuple(
        (key, date.fromisoformat(day), customer, product, region, Decimal(amount))
        for key, day, customer, product, region, amount in chosen
    )
    return {"orders": Expected(SOLD, rows)}


def lines(**written: Any) -> list[tuple[str, ...]]:
    """Give the order lines with columns written another way: `amount=`, `date=` take a function of the text.

    >>> lines(amount=lambda text: text.replace(".", ","))[0]
    ('1001', '2024-01-05', 'Ada Ltd', 'Tea', 'East', '1234,50')
    """
    as_is = str
    ways = [as_is, written.get("date", as_is), as_is, as_is, as_is, written.get("amount", as_is)]
    return [tuple(way(cell) for way, cell in zip(ways, line, strict=True)) for line in LINES]


def text(
    rows: Sequence[Sequence[object]], header: Sequence[str] = HEADER, delimiter: str = ",", end: str = "\r\n"
) -> str:
    """Write rows below their header as delimited text."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def of_text(
    name: str, written: str, expected: Mapping[str, Expected], file: str = "orders.csv", **more: Any
) -> Case:
    """Make a case of one UTF-8 file."""
    return Case(name, {file: written.encode()}, expected, **more)
