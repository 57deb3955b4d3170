"""Cells that are read as something other than they stand: counted by hand, each way of it."""

from __future__ import annotations

import pytest

from salesmetrics.ingest import changed
from salesmetrics.model.report import Change

from .conftest import Given

DAYS = [f"2024-01-{day:02}" for day in range(1, 21)]


def orders(*amounts: str, column: str = "Amount") -> str:
    filled = (*amounts, *["10.50"] * (len(DAYS) - len(amounts)))
    return "\n".join(
        [f"Order Date;{column}", *(f"{day};{amount}" for day, amount in zip(DAYS, filled, strict=True))]
    )


def changes(given: Given, text: str, header: str) -> dict[str, Change]:
    [mapped] = [one for one in given({"orders.csv": text}).sheet("orders.csv").mapping if one.header == header]
    return {change.kind: change for change in mapped.changes}


def test_a_large_sheet_is_counted_as_a_small_one(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    amounts = [
        "12,50",
        "1.234,75",
        "€ 7,25",
        "(3,10)",
        "1.234",
        "7",
        "9,50 €",
        "soon",
        "-",
        "2,5K",
        "€ 1.299,00",
    ] + ["10,25"] * 7
    text = orders(*amounts)
    small = changes(given, text, "Amount")
    # Every seventh row is looked at: the forms of most others are not among those.
    monkeypatch.setattr(changed, "_LOOKED_AT", 3)
    large = changes(given, text, "Amount")
    assert {kind: change.cells for kind, change in large.items()} == {
        kind: change.cells for kind, change in small.items()
    }
    assert small["currency"].cells == 3
    assert small["below_zero"].cells == 1
    assert small["scale"].cells == 1
    assert small["empty"].cells == 1


def test_cells_that_are_plain_are_no_change(given: Given) -> None:
    assert changes(given, orders("10", "-3.20", "1200"), "Amount") == {}
    assert changes(given, orders(), "Order Date") == {}


@pytest.mark.parametrize(
    ("kind", "written", "sample"),
    [
        ("currency", ["$12.50", "$7", "USD 30.25"], "$12.50 → 12.5"),
        ("below_zero", ["(12.50)", "7.25-"], "(12.50) → -12.5"),
        ("scale", ["1.5K", "2万"], "1.5K → 1500"),
        ("marks", ["1,234.50", "12,345.75"], "1,234.50 → 1234.5"),
        ("empty", ["N/A", "-"], "-"),
    ],
)
def test_each_way_is_counted_with_samples(given: Given, kind: str, written: list[str], sample: str) -> None:
    found = changes(given, orders(*written), "Amount")
    assert set(found) == {kind}
    assert found[kind].cells == len(written)
    assert sample in found[kind].samples
    assert len(found[kind].samples) <= 3


def test_a_cell_that_cannot_be_read_is_no_change(given: Given) -> None:
    found = changes(given, orders("$12.50", "soon", "$much"), "Amount")
    assert {kind: change.cells for kind, change in found.items()} == {"currency": 1}


def test_percents_are_divided(given: Given) -> None:
    lines = [f"{day};100;{number}%" for number, day in enumerate(DAYS, 1)]
    found = changes(given, "\n".join(["Order Date;Amount;Discount %", *lines]), "Discount %")
    assert found["percent"].cells == len(DAYS)
    assert found["percent"].samples[0] == "1% → 0.01"


def test_a_decimal_comma_is_counted_also_where_a_cell_looks_plain(given: Given) -> None:
    # With a comma before decimals, 1.234 is above a thousand though it looks like a little over one.
    filled = ["12,50", "1.234,75", "1.234", *["10,25"] * 17]
    found = changes(given, orders(*filled), "Amount")
    assert found["marks"].cells == 19
    assert (found["by_column"].cells, found["by_column"].samples) == (1, ("1.234 → 1234",))


def test_forms_of_dates_are_counted(given: Given) -> None:
    lines = [f"{day[8:]}/{day[5:7]}/{day[:4]};1" for day in DAYS]
    found = changes(given, "\n".join(["Order Date;Amount", *lines]), "Order Date")
    assert found["date_form"].cells == len(DAYS)
    assert found["date_form"].samples[0] == "01/01/2024 → 2024-01-01"


def test_a_time_of_day_that_is_left_out_is_said(given: Given) -> None:
    lines = [f"{day} 08:{minute:02};1" for minute, day in enumerate(DAYS)]
    found = changes(given, "\n".join(["Order Date;Amount", *lines]), "Order Date")
    assert {kind: change.cells for kind, change in found.items()} == {"time_left_out": len(DAYS)}


def test_day_numbers_of_spreadsheets_are_said(given: Given) -> None:
    lines = [f"{45292 + place};1" for place in range(20)]
    found = changes(given, "\n".join(["Order Date;Amount", *lines]), "Order Date")
    assert found["serial"].cells == 20
    assert found["serial"].samples[0] == "45292 → 2024-01-01"


def test_an_end_of_point_zero_is_said(given: Given) -> None:
    lines = [f"{day};1;{number}.0" for number, day in enumerate(DAYS, 1001)]
    found = changes(given, "\n".join(["Order Date;Amount;Customer ID", *lines]), "Customer ID")
    assert found["ends_in_zero"].cells == 20
    assert found["ends_in_zero"].samples[0] == "1001.0 → 1001"
