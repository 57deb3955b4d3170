"""Parts of a change: what each added, which stands out, and which differ from the others whatever changed."""

from __future__ import annotations

import math

import pytest

from salesmetrics.analysis.mix_rate import Share, mix_rate
from salesmetrics.analysis.segment_changes import apart, beyond, outstanding, parts_of_ratio, parts_of_sum


def test_the_worked_example_of_segments() -> None:
    parts = parts_of_sum([("East", 400.0, 0.0), ("West", 0.0, 550.0)])
    assert {part.name: (part.by, part.state) for part in parts} == {"East": (-400, "gone"), "West": (550, "new")}
    assert math.fsum(part.by for part in parts) == 150
    assert outstanding(parts) is None, "what is new or gone cannot have left the path of the others"


def test_it_is_not_the_largest_that_stands_out_but_the_one_that_left_the_path() -> None:
    # Everything grew by a tenth but one small part, which halved.
    parts = parts_of_sum([("A", 10_000.0, 11_000.0), ("B", 5_000.0, 5_500.0), ("C", 800.0, 400.0)])
    assert parts[0].name == "A"
    found = outstanding(parts)
    assert found is not None
    assert found[0].name == "C"


def test_what_parts_add_beyond_the_whole_sums_to_nothing() -> None:
    parts = parts_of_sum([("A", 100.0, 130.0), ("B", 50.0, 20.0), ("C", 8.0, 9.0)])
    assert math.fsum(beyond(part, parts) for part in parts) == pytest.approx(0)


def test_one_part_among_alike_stands_out_more_than_one_among_many_that_differ() -> None:
    alike = parts_of_sum([("A", 100.0, 101.0), ("B", 100.0, 99.0), ("C", 100.0, 100.0), ("D", 100.0, 60.0)])
    wild = parts_of_sum([("A", 100.0, 120.0), ("B", 100.0, 80.0), ("C", 100.0, 120.0), ("D", 100.0, 60.0)])
    (first, clear), (second, unclear) = outstanding(alike) or (None, 0), outstanding(wild) or (None, 0)
    assert first is not None
    assert second is not None
    assert (first.name, second.name) == ("D", "D")
    assert clear > unclear


def test_of_a_ratio_what_stands_out_is_the_part_whose_own_ratio_moved() -> None:
    shares = [Share("N", 40, 100, 41, 100), Share("S", 42, 100, 18, 100), Share("W", 38, 100, 37, 100)]
    split = mix_rate(shares)
    assert split is not None
    found = outstanding(parts_of_ratio(split))
    assert found is not None
    assert found[0].name == "S"
    assert found[0].by == pytest.approx((0.18 - 0.42) / 3)


def test_a_part_that_differs_pulls_the_ratio_of_all_by_what_it_is_without_it() -> None:
    shares = [Share("Ads", 0, 0, 9, 568), Share("Rest", 0, 0, 247, 2460)]
    found = {one.name: one for one in apart(shares)}
    assert found["Ads"].ratio == 9 / 568
    assert found["Ads"].others == 247 / 2460
    assert found["Ads"].pull == pytest.approx(256 / 3028 - 247 / 2460)


def test_what_chance_does_or_rests_on_few_cases_is_passed_over() -> None:
    assert apart([Share("a", 0, 0, 30, 100), Share("b", 0, 0, 33, 100)]) == ()
    assert [one.name for one in apart([Share("few", 0, 0, 0, 19), Share("many", 0, 0, 900, 1000)])] == ["many"]
    assert apart([Share("only", 0, 0, 5, 100)]) == ()
