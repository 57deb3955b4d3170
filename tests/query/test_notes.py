"""Warnings that hold whatever the period."""

from __future__ import annotations

from pathlib import Path

import pytest

import salesmetrics as sm

PLAIN = "Order Date,Amount\n2024-01-15,100\n2024-02-15,50\n"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (PLAIN, False),
        (PLAIN + "2024-02-20,-10\n", True),
        ("Order Date,Amount,Returned\n2024-01-15,100,no\n2024-02-15,50,no\n", True),
    ],
)
def test_no_returns_and_returns_that_no_file_names_are_told_apart(tmp_path: Path, text: str, named: bool) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(text)
    frame = sm.compute(sm.read([path]), sm.MetricQuery(("return_rate", "revenue"))).frame
    warned = ["no_returns_named" in warnings for warnings in frame["warnings"]]
    assert warned == [not named, False]
