"""Where a rep stands among peers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesmetrics.analysis.benchmark import Figure, places, shrunk
from salesmetrics.analysis.percentiles import percentile

values = st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=12)


def test_a_rate_of_no_case_is_that_of_the_peers():
    assert shrunk(0, 0, 0.3) == pytest.approx(0.3)


@given(st.integers(0, 19), st.floats(0, 1))
def test_a_drawn_rate_lies_between_its_own_and_that_of_the_peers(n, rate):
    k = n // 2
    own = k / n if n else rate
    assert min(own, rate) - 1e-12 <= shrunk(k, n, rate) <= max(own, rate) + 1e-12


@given(values)
def test_percentiles_of_all_are_the_middle_on_average(figures):
    found = [percentile(value, figures) for value in figures]
    assert sum(found) / len(found) == pytest.approx(50)
    assert all(0 < place < 100 for place in found)


@given(values)
def test_the_best_by_the_one_measure_is_the_worst_by_its_opposite(figures):
    for value in figures:
        assert percentile(value, figures) + percentile(value, figures, lower_is_better=True) == pytest.approx(100)


def test_what_is_unknown_has_no_place():
    found = places([Figure(math.nan, "East", "1-2y"), *(Figure(value, "East", "1-2y") for value in range(5))])
    assert math.isnan(found[0].percentile)
    assert [place.peers for place in found[1:]] == [5] * 5


def test_the_order_of_reps_does_not_matter():
    figures = [Figure(k / 4, region, "1-2y", k, 4) for k in range(4) for region in ("East", "West", None)]
    forward, back = places(figures), places(figures[::-1])
    assert forward == back[::-1]


def test_peers_without_any_other_case_leave_a_rate_as_it_is():
    found = places([Figure(0.5, None, None, 1, 2)])
    assert (found[0].shrunk, found[0].peers) == (0.5, 1)
    assert math.isnan(found[0].percentile)
