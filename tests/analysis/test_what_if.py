"""Levers against the products that they stand for, worked out by hand."""

from __future__ import annotations

import pytest

from salesmetrics.analysis.what_if import Identity, Lever, apply, attained, of_customers, of_leads, of_pipeline


def of(identity: Identity | None, **changes: float) -> float:
    assert identity is not None
    return apply(identity, changes).value


def test_revenue_from_leads_is_leads_times_conversion_times_value() -> None:
    leads = of_leads(revenue=2500, from_leads=2000, leads=100, converted=10)
    # 120 leads, 8 % of them converted, 250 each; 500 came from elsewhere.
    assert of(leads, leads=0.2, conversion=-0.2, value=0.25) == pytest.approx(500 + 120 * 0.08 * 250)


def test_a_share_does_not_rise_above_one() -> None:
    leads = of_leads(revenue=100, from_leads=100, leads=10, converted=9)
    assert of(leads, conversion=0.5) == pytest.approx(100 * 10 / 9)


def test_customers_who_stay_and_customers_who_come_are_parts_of_all() -> None:
    # 60 of 80 customers stayed, 40 came; 200 orders of 50; 300 of the revenue is no order of theirs.
    found = of_customers(
        revenue=10_300, ordered=10_000, orders=200, customers=100, retention=(60, 80), discount=None
    )
    assert of(found, retention=0.1) == pytest.approx(300 + 10_000 * 106 / 100)
    assert of(found, new_customers=-0.5) == pytest.approx(300 + 10_000 * 80 / 100)
    # All 80 stay at most.
    assert of(found, retention=0.5) == pytest.approx(300 + 10_000 * 120 / 100)
    assert of(found, frequency=0.1, price=0.02) == pytest.approx(300 + 10_000 * 1.1 * 1.02)


def test_a_discount_is_taken_off_the_list_price() -> None:
    found = of_customers(revenue=900, ordered=900, orders=10, customers=None, retention=None, discount=0.10)
    # List 1000; 10 % off becomes 12 % off.
    assert of(found, discount=0.2) == pytest.approx(1000 * 0.88)
    assert found is not None
    assert [lever.name for lever in found.levers] == ["orders", "basket", "price", "discount"]


def test_a_shorter_cycle_brings_more_a_day() -> None:
    found = of_pipeline(velocity=100 * 0.25 * 400 / 50, deals=100, win_rate=0.25, deal_value=400, cycle=50)
    assert of(found, cycle=-0.2) == pytest.approx(100 * 0.25 * 400 / 40)
    assert of(found, deals=0.1, win_rate=0.2) == pytest.approx(110 * 0.30 * 400 / 50)


def test_what_nothing_can_be_told_of_has_no_levers() -> None:
    assert of_leads(100, 0, 10, 1) is None
    assert of_leads(100, 100, 0, 0) is None
    assert of_customers(0, 0, 0, 5, None, None) is None
    assert of_pipeline(0, 0, 0, 0, 0) is None


def test_a_lever_by_itself_adds_what_it_adds_and_the_rest_is_their_combination() -> None:
    both = Identity("leads", 1000, 1000, (Lever("leads", 1, "count"), Lever("value", 1, "money")))
    found = apply(both, {"leads": 0.1, "value": 0.2})
    assert found.alone == pytest.approx({"leads": 100, "value": 200})
    assert found.together == pytest.approx(20)


def test_attainment_stays_exactly_where_nothing_is_moved() -> None:
    leads = of_leads(revenue=2500.1, from_leads=2000, leads=100, converted=10)
    assert leads is not None
    assert attained(0.9116196179155168, apply(leads, {})) == 0.9116196179155168
    assert attained(0.9, apply(leads, {"leads": 0.1})) == pytest.approx(0.9 * 2700.1 / 2500.1)
