"""The test of what is foretold: its sums by hand, and what counts as near."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salesmetrics.analysis import bg_nbd
from salesmetrics.analysis.bg_nbd import Histories
from salesmetrics.analysis.holdout import Holdout, check

BEFORE = Histories.of(
    [0, 0, 0, 1, 2, 5, 9, 3, 0, 0], [0, 0, 0, 10, 50, 60, 80, 20, 0, 0], [90, 80, 70, 90, 85, 66, 90, 60, 30, 0]
)
CAME = np.array([0, 1, 0, 0, 2, 1, 3, 0, 0, 1], dtype=float)


def test_its_figures_are_those_of_the_model_learnt_before() -> None:
    found, model = check(BEFORE, CAME, 30), bg_nbd.fit(BEFORE)
    assert found is not None
    assert model is not None
    told = [
        float(model.expected(x, t_x, age, 30))
        for x, t_x, age in zip(BEFORE.repeats, BEFORE.last, BEFORE.age, strict=True)
    ]
    assert (found.customers, found.days, found.actual) == (10, 30, 8)
    assert found.foretold == pytest.approx(sum(told))
    assert found.error == pytest.approx(sum(abs(one - other) for one, other in zip(told, CAME, strict=True)) / 10)


def test_the_rate_so_far_is_carried_on() -> None:
    found = check(BEFORE, CAME, 30)
    assert found is not None
    # Repeats over days known, for 30 days: of one won on the very day there is no rate, and none is carried on.
    rates = [0, 0, 0, 30 / 90, 60 / 85, 150 / 66, 270 / 90, 90 / 60, 0, 0]
    assert found.by_rate == pytest.approx(sum(rates))
    assert found.error_by_rate == pytest.approx(
        sum(abs(one - other) for one, other in zip(rates, CAME, strict=True)) / 10
    )


def test_groups_sum_to_the_whole() -> None:
    found = check(BEFORE, CAME, 30)
    assert found is not None
    assert [(one.repeats, one.customers) for one in found.groups] == [
        (0, 5),
        (1, 1),
        (2, 1),
        (3, 1),
        (5, 1),
        (7, 1),
    ]
    assert sum(one.actual for one in found.groups) == found.actual
    assert sum(one.foretold for one in found.groups) == pytest.approx(found.foretold)


@pytest.mark.parametrize(
    ("foretold", "near"), [(69.9, False), (70.0, True), (130.0, True), (130.1, False), (0.0, False)]
)
def test_what_is_near(foretold: float, near: bool) -> None:
    assert Holdout(30, 10, foretold, 100.0, 80.0, 1.0, 1.0, ()).near is near


def test_where_nothing_came_no_ratio_is_told() -> None:
    nothing = Holdout(30, 10, 5.0, 0.0, 80.0, 1.0, 1.0, ())
    assert np.isnan(nothing.ratio)
    assert not nothing.near


def test_it_is_beaten_by_what_did_better_over_all_and_one_by_one() -> None:
    test = Holdout(30, 10, foretold=50.0, actual=100.0, by_rate=90.0, error=2.0, error_by_rate=1.0, groups=())
    assert test.beaten
    assert not replace(test, by_rate=160.0).beaten
    assert not replace(test, error_by_rate=2.5).beaten
