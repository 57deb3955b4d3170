"""Limits of what a rep can carry, and how many hands are missing."""

from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesmetrics.analysis.workload import Desk, Team, extra_reps, usual_limit

loads = st.lists(st.integers(0, 60), min_size=1, max_size=15)


@given(loads)
def test_with_the_extra_reps_nobody_needs_more_than_the_median(found):
    extra, middle = extra_reps(found), statistics.median(found)
    if middle == 0:
        assert math.isnan(extra)
    else:
        assert sum(found) / (len(found) + extra) <= middle
        assert extra == 0 or sum(found) / (len(found) + extra - 1) > middle


@pytest.mark.parametrize("load", [0, 7])
def test_a_team_that_shares_evenly_is_not_overloaded(load):
    team = Team.of([Desk(str(number), load) for number in range(6)])
    assert not any(team.is_full(desk) for desk in team.desks)
    assert usual_limit([load] * 6) == load


def test_a_desk_at_its_capacity_is_not_too_full():
    team = Team.of([Desk("Ann", 10, capacity=10), Desk("Ben", 11, capacity=10)])
    assert [team.is_full(desk) for desk in team.desks] == [False, True]


def test_nobody_is_slower_than_a_team_of_one():
    desk = Desk("Ann", 10, capacity=1, wait=99, unanswered=9, old=9)
    assert not Team.of([desk]).is_overloaded(desk)


def test_who_has_no_leads_is_not_behind_with_them():
    idle = Desk("Ann", 10, capacity=1)
    assert not Team.of([idle, Desk("Ben", 1, wait=2, old=3)]).is_overloaded(idle)
