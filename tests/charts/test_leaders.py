"""Which values of a dimension a chart names, and in which colour."""

from __future__ import annotations

import pandas as pd

from salesmetrics.charts.colours import colour_of
from salesmetrics.charts.figure import OTHER
from salesmetrics.charts.leaders import colours_of, leaders, lumped, name_of
from salesmetrics.charts.theme import PALETTES


def test_the_largest_come_first_and_the_unnamed_last_however_large() -> None:
    worth = pd.Series({"A": 1.0, "(unknown)": 90.0, "B": 7.0})
    assert leaders(worth, "region", 5) == ("B", "A", "(unknown)")


def test_beyond_the_most_the_rest_is_one() -> None:
    worth = pd.Series({f"P{place:02}": float(place) for place in range(20)})
    names = leaders(worth, "product", 4)
    assert names == ("P19", "P18", "P17", OTHER)
    assert lumped(pd.Series(["P18", "P03"]), names).tolist() == ["P18", OTHER]
    assert name_of("product", OTHER, 1700) == "other (1,700)"


def test_tenure_keeps_its_order_and_is_never_lumped() -> None:
    worth = pd.Series({"5y+": 9.0, "0-3m": 1.0, "(unknown)": 3.0, "1-2y": 4.0})
    assert leaders(worth, "tenure", 2) == ("0-3m", "1-2y", "5y+", "(unknown)")


def test_few_values_have_the_colours_they_have_everywhere() -> None:
    values = ("East", "West", "North")
    given = colours_of("region", ("North", "East"), values, "light")
    assert given == {name: colour_of("region", name, values, "light") for name in ("North", "East")}


def test_of_many_values_those_drawn_can_be_told_apart() -> None:
    values = tuple(f"P{place}" for place in range(50))
    given = colours_of("product", (*values[:7], OTHER), values, "dark")
    assert len(set(given.values())) == 8
    assert given[OTHER] == PALETTES["dark"].other
