"""Which values of a dimension a chart names, and in which colour."""

from __future__ import annotations

from salesmetrics.charts.colours import colour_of
from salesmetrics.charts.figure import OTHER
from salesmetrics.charts.leaders import colours_of, leaders, name_of, worth_by
from salesmetrics.charts.theme import PALETTES


def test_the_largest_come_first_and_the_unnamed_last_however_large() -> None:
    worth = {"A": 1.0, "(unknown)": 90.0, "B": 7.0}
    assert leaders(worth, "region", 5) == ("B", "A", "(unknown)")


def test_beyond_the_most_the_rest_is_one() -> None:
    worth = {f"P{place:02}": float(place) for place in range(20)}
    names = leaders(worth, "product", 4)
    assert names == ("P19", "P18", "P17", OTHER)
    assert name_of("product", OTHER, 1700) == "other (1,700)"


def test_tenure_keeps_its_order_and_is_never_lumped() -> None:
    worth = {"5y+": 9.0, "0-3m": 1.0, "(unknown)": 3.0, "1-2y": 4.0}
    assert leaders(worth, "tenure", 2) == ("0-3m", "1-2y", "5y+", "(unknown)")


def test_of_two_that_are_worth_the_same_the_first_by_name_comes_first() -> None:
    rows = [{"region": name, "value": 5.0} for name in ("West", "East", "North")]
    assert leaders(worth_by(rows, "region"), "region", 5) == ("East", "North", "West")


def test_few_values_have_the_colours_they_have_everywhere() -> None:
    values = ("East", "West", "North")
    given = colours_of("region", ("North", "East"), values, "light")
    assert given == {name: colour_of("region", name, values, "light") for name in ("North", "East")}


def test_of_many_values_those_drawn_can_be_told_apart() -> None:
    values = tuple(f"P{place}" for place in range(50))
    given = colours_of("product", (*values[:7], OTHER), values, "dark")
    assert len(set(given.values())) == 8
    assert given[OTHER] == PALETTES["dark"].other
