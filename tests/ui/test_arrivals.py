"""What was said of files before, and what is said now."""

from __future__ import annotations

from ui.arrivals import together


def test_of_the_same_column_of_a_file_the_newest_holds() -> None:
    said = ("orders.amount=a.csv:Net", "orders.region=a.csv:Area")
    assert together(said, ["orders.amount=a.csv:Gross"]) == (
        "orders.region=a.csv:Area",
        "orders.amount=a.csv:Gross",
    )


def test_a_header_is_one_thing_at_a_time() -> None:
    assert together(("orders.amount=a.csv:Net",), ["ignore=a.csv:Net"]) == ("ignore=a.csv:Net",)
    assert together(("ignore=a.csv:Net",), ["orders.amount=a.csv:Net"]) == ("orders.amount=a.csv:Net",)


def test_other_files_are_left_as_they_were() -> None:
    said = ("orders.amount=a.csv:Net",)
    assert together(said, ["orders.amount=b.csv:Net"]) == (*said, "orders.amount=b.csv:Net")
