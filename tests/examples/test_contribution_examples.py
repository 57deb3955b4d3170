"""The worked example of what each part adds to a change of revenue."""

from __future__ import annotations

import pytest

from tests.company import H1, Q1, Q2, answers, ask, example_company


def test_each_region_with_what_it_adds_to_the_change():
    regions = answers(example_company(), "segment_contribution", Q2, by=("region",))
    assert {name: a.value for name, a in regions.items()} == {"East": -400, "West": 550}
    assert sum(a.value for a in regions.values()) == 150
    whole = [ask(example_company(), "revenue", period).value for period in (Q1, Q2)]
    assert whole[1] - whole[0] == 150
    assert regions["West"].warns("new_segment")
    assert regions["East"].warns("lost_segment")
    assert (regions["West"].details["growth"], regions["East"].details["growth"]) == (None, None)


def test_shares_of_the_change_sum_to_it():
    products = answers(example_company(), "segment_contribution", Q2, by=("product",))
    assert {name: a.value for name, a in products.items()} == {"P": 150, "Q": 0}
    assert sum(a.details["share_of_change"] for a in products.values()) == 1
    # The whole grew by 37.5 %.
    assert sum(a.details["points"] for a in products.values()) == pytest.approx(0.375)


@pytest.mark.parametrize("dimension", ["segment", "rep", "tenure", "channel", "customer"])
def test_whatever_it_is_cut_by_the_parts_sum_to_the_change(dimension):
    parts = answers(example_company(), "segment_contribution", Q2, by=(dimension,))
    assert sum(a.value for a in parts.values()) == pytest.approx(150)


def test_two_cuts_at_once_go_one_step_deeper():
    parts = answers(example_company(), "segment_contribution", Q2, by=("region", "product"))
    assert {key: a.value for key, a in parts.items()} == {
        ("East", "P"): -300, ("East", "Q"): -100, ("West", "P"): 450, ("West", "Q"): 100,
    }  # fmt: skip


def test_nothing_to_set_it_against_is_no_change():
    [answer] = answers(example_company(), "segment_contribution", H1, by=("segment",)).values()
    assert answer.value is None
