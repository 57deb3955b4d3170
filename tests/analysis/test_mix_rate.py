"""Mix and rate: the worked example, parts that are absent, and sums that hold for any parts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from salesmetrics.analysis.mix_rate import Share, mix_rate


def test_each_segment_gains_five_points_and_the_total_only_two() -> None:
    found = mix_rate([Share("East", 10, 50, 5, 20), Share("West", 5, 50, 12, 80)])
    assert found is not None
    assert (found.before, found.after) == pytest.approx((0.15, 0.17))
    assert [part.rate for part in found.parts] == pytest.approx([0.0175, 0.0325])
    assert [part.mix for part in found.parts] == pytest.approx([-0.0195, -0.0105])
    assert (found.rate, found.mix) == pytest.approx((0.05, -0.03))


def test_a_part_that_is_absent_in_one_period_does_all_by_mix() -> None:
    found = mix_rate([Share("old", 10, 50, 0, 0), Share("new", 0, 0, 12, 40), Share("both", 5, 50, 6, 60)])
    assert found is not None
    by_name = {part.name: part for part in found.parts}
    assert (by_name["old"].rate, by_name["new"].rate) == (0, 0)
    assert math.isnan(by_name["new"].ratio_before)
    # By hand: weight 0 -> 40/100, its ratio .3 in both, the mean of all (.15 + .18) / 2.
    assert by_name["new"].mix == pytest.approx(0.4 * (0.3 - 0.165))
    assert found.rate + found.mix == pytest.approx(0.03)


@pytest.mark.parametrize(
    "shares",
    [
        [Share("a", 0, 0, 1, 2)],
        [Share("a", 1, 2, 0, 0)],
        [Share("a", 1, 0, 1, 2), Share("b", 1, 2, 1, 2)],
        [],
    ],
)
def test_without_a_base_there_is_no_split(shares: list[Share]) -> None:
    assert mix_rate(shares) is None


def test_rate_and_mix_sum_to_the_change_on_random_parts() -> None:
    chance = np.random.default_rng(7)
    for _case in range(2_000):
        count = chance.integers(1, 9)
        bottoms = chance.integers(0, 1_000, (2, count)).astype(float)
        tops = bottoms * chance.uniform(-0.5, 1.5, (2, count))
        shares = [
            Share(str(place), tops[0, place], bottoms[0, place], tops[1, place], bottoms[1, place])
            for place in range(count)
        ]
        found = mix_rate(shares)
        if not bottoms[0].sum() or not bottoms[1].sum():
            assert found is None
            continue
        assert found is not None
        change = tops[1].sum() / bottoms[1].sum() - tops[0].sum() / bottoms[0].sum()
        assert math.fsum(part.both for part in found.parts) == pytest.approx(change, rel=1e-9, abs=1e-14)
