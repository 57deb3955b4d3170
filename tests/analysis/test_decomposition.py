"""Steps from one value to another: they begin where the one before ended, and sum to the change."""

from __future__ import annotations

import math

import pytest

from salesmetrics.analysis.decomposition import Moved, decompose

FACTORS = (Moved("leads", 100, 120), Moved("conversion", 0.10, 0.08), Moved("value", 200, 250))


def test_each_bar_begins_where_the_one_before_ended() -> None:
    found = decompose(FACTORS, [Moved("other", 500, 450)], 2500, 2850)
    starts = [step.start for step in found.steps]
    assert starts == [found.before, *[step.end for step in found.steps][:-1]]
    assert found.steps[-1].end == found.after
    assert math.fsum(step.by for step in found.steps) == pytest.approx(found.change, rel=1e-12)
    assert [step.factor for step in found.steps] == [True, True, True, False]


def test_the_largest_step_is_one_in_the_direction_of_the_change() -> None:
    found = decompose(FACTORS, [], 2000, 2400)
    assert found.largest is not None
    assert found.largest.name == "value"
    fell = decompose([Moved("a", 10, 5), Moved("b", 10, 19)], [], 100, 95)
    assert fell.largest is not None
    assert fell.largest.name == "a"


def test_what_says_nothing_is_no_step() -> None:
    found = decompose([Moved("deals", 4, 5), Moved("priced", 1, 1)], [Moved("other", 0, 0)], 4, 5)
    assert [step.name for step in found.steps] == ["deals"]


def test_factors_that_are_no_identity_are_a_fault() -> None:
    with pytest.raises(AssertionError, match="come to 2400"):
        decompose(FACTORS, [], 2000, 2401)
    with pytest.raises(AssertionError):
        decompose(FACTORS, [Moved("other", 0, 1)], 2000, 2400)


def test_from_nothing_and_to_nothing() -> None:
    nothing = (Moved("leads", 0, 120), Moved("conversion", math.nan, 0.08), Moved("value", math.nan, 250))
    found = decompose(nothing, [], 0, 2400)
    assert found.method == "shapley"
    assert [round(step.by, 9) for step in found.steps] == [2400, 0, 0]
