"""Incentive plans: what fits together and what does not, as JSON and as rows of a file."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from salesmetrics.analysis.incentive_plan import USUAL, Bonus, Milestone, Plan, Tier, from_rows
from salesmetrics.errors import QueryError

D = Decimal
FULL = Plan(
    USUAL.tiers, True, D("0.015"), (Bonus("Desk “A”", D("12.50")),), (Milestone(D("1.2"), D("1000.005")),)
)  # fmt: skip


def test_a_plan_comes_back_from_json_as_it_was() -> None:
    assert Plan.from_json(json.loads(json.dumps(FULL.to_json()))) == FULL


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: Plan(()), "no tier"),
        (lambda: Plan((Tier(D("0.5"), D(0)),)), "starts at 50 %"),
        (lambda: Plan((Tier(D(0), D(0)), Tier(D(1), D(0)), Tier(D(1), D(0)))), "starts at 100 %"),
        (lambda: Plan((Tier(D(0), D(2)),)), "rate 200 %"),
        (lambda: Plan((Tier(D(0), D("-0.1")),)), "rate -10 %"),
        (lambda: Plan(USUAL.tiers, bonuses=(Bonus("", D(1)),)), "names no product"),
        (lambda: Plan(USUAL.tiers, bonuses=(Bonus("Q", D(1)), Bonus("Q", D(2)))), "“Q” has two bonuses"),
        (lambda: Plan(USUAL.tiers, bonuses=(Bonus("Q", D(-1)),)), "below 0"),
        (lambda: Plan(USUAL.tiers, milestones=(Milestone(D(0), D(1)),)), "at 0 %"),
        (lambda: Plan.from_json({"tiers": 5}), "cannot be read"),
        (lambda: Plan.from_json({**FULL.to_json(), "accelerator": "much"}), "“much” is no number"),
        (lambda: Plan.from_json({**FULL.to_json(), "accelerator": "NaN"}), "“NaN” is no number"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(wrong, said) -> None:
    with pytest.raises(QueryError, match=said):
        wrong()


def test_rows_of_a_file_become_a_plan() -> None:
    rows = [
        {"tier_from": "0.8", "tier_to": "1", "rate": "0.04", "product": None},
        {"tier_from": "0", "tier_to": "0.8", "rate": "0.02"},
        {"tier_from": "1", "rate": "0.06"},
        {"product": "Q", "bonus_per_unit": "10"},
        {"tier_from": "1.2", "milestone": "1000"},
    ]
    found = from_rows(rows)
    assert found == Plan(USUAL.tiers, bonuses=(Bonus("Q", D(10)),), milestones=(Milestone(D("1.2"), D(1000)),))
    assert from_rows(rows[3:]) is None


def test_where_tiers_of_a_file_leave_a_gap_nothing_is_paid() -> None:
    found = from_rows(
        [{"tier_from": 0.5, "tier_to": 0.8, "rate": 0.1}, {"tier_from": 1, "tier_to": 2, "rate": 0.2}]
    )
    assert found is not None
    assert [(str(t.start), str(t.rate)) for t in found.tiers] == [
        ("0", "0"), ("0.5", "0.1"), ("0.8", "0"), ("1", "0.2"), ("2", "0"),
    ]  # fmt: skip


def test_tiers_of_a_file_that_overlap_are_refused() -> None:
    with pytest.raises(QueryError, match="ends at 90 %, after the next one starts"):
        from_rows([{"tier_from": 0, "tier_to": 0.9, "rate": 0.1}, {"tier_from": 0.8, "rate": 0.2}])
