"""Why in words: each kind of sentence, from numbers made for it."""

from __future__ import annotations

from salesmetrics.analysis.segment_changes import Part, parts_of_sum
from salesmetrics.charts.why_words import sentences
from salesmetrics.query.two_periods import Side
from salesmetrics.query.why import SUBJECTS, Focus, Why
from tests.company import Q1, Q2


def side(value: float) -> Side:
    return Side(value, value, 100.0, 10, None, (), {})


def moved(before: float, after: float, metric: str = "revenue", part: Part | None = None) -> str:
    focus = Focus("region", part, ()) if part else None
    ratio = metric == "win_rate"
    found = Why(SUBJECTS[metric], Q2, Q1, side(before), side(after), ratio, focus=focus)
    return " ".join(sentences(found)).replace("\u00a0", " ")


def part(before: float, after: float) -> Part:
    [found] = parts_of_sum([("South", before, after)])
    return found


def test_a_number_that_rose_fell_or_stayed() -> None:
    assert moved(400, 550) == "Revenue rose by 37.5 % (+150), from 400 in Q1 2024 to 550 in Q2 2024."
    assert moved(400, 300) == "Revenue fell by 25.0 % (−100), from 400 in Q1 2024 to 300 in Q2 2024."
    assert moved(400, 400) == "Revenue was 400 in Q2 2024, as in Q1 2024."
    # From below zero there is no per cent.
    assert moved(-5, 10).startswith("Revenue rose by 15")
    assert "%" not in moved(-5, 10)
    assert moved(0.40, 0.36, "win_rate") == "Win rate fell by 4.0 pp, from 40.0 % in Q1 2024 to 36.0 % in Q2 2024."


def test_where_it_lies_is_said_by_how_much_of_it_lies_there() -> None:
    assert "Nearly all of it is in region South (−95, −47.5 %)." in moved(400, 300, part=part(200, 105))
    assert "Most of it is in region South (−60, −30.0 %)." in moved(400, 300, part=part(200, 140))
    assert "Region South alone did more than all of that (−150, −75.0 %); all others together added +50" in moved(
        400, 300, part=part(200, 50)
    )
    assert "Region South went the other way (+50, +25.0 %), while all others together added −150" in moved(
        400, 300, part=part(200, 250)
    )
    assert "It stands out most in region South (−40, −40.0 %)." in moved(400, 300, part=part(100, 60))


def test_a_ratio_says_where_it_stood_there_and_when_that_rests_on_few_cases() -> None:
    whole = Part("South", 0.4, 0.2, -0.04, -0.04, 0.2)
    said = moved(0.40, 0.36, "win_rate", whole)
    assert "Nearly all of it is in region South (−4.0 pp). There it fell from 40.0 % to 20.0 %." in said
    assert "may be chance" not in said, "20 of the 100 cases are in it"
    few = Part("South", 0.4, 0.2, -0.04, -0.04, 0.1)
    assert "That rests on about 10 cases and may be chance." in moved(0.40, 0.36, "win_rate", few)
