"""What a finding says that numbers do with its rows is what they do: asked of the numbers themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from salesmetrics.model.dataset import Dataset
from tests.company import Answer, answers, ask

from .clean_company import Tables, clean, stored

AS_OF = date(2024, 6, 30)
WHOLE = None


def planted(folder: Path, table: str, places: list[int], **values: object) -> tuple[Dataset, Dataset]:
    """Give the clean company, and the same with `values` put into some rows of a table."""
    tables = clean()
    for place in places:
        tables[table][place] |= values
    return stored(clean(), folder / "clean"), stored(tables, folder / "planted")


def number(data: Dataset, metric: str, **more: str) -> Answer:
    return ask(data, metric, WHOLE, as_of=AS_OF, params=more or None)


def test_sales_cycle_and_wins_of_created_leave_out_what_closed_before_it_began(tmp_path: Path) -> None:
    # Odd places are won.
    clean_data, data = planted(tmp_path, "opportunities", [3, 5], close_date="2024-01-02")
    assert number(data, "sales_cycle_length").n == (number(clean_data, "sales_cycle_length").n or 0) - 2
    assert number(data, "sales_cycle_length").warns("negative_durations:2")
    assert number(data, "win_rate_cohort").warns("negative_durations:2")


def test_what_closed_on_no_day_is_in_no_win_rate(tmp_path: Path) -> None:
    clean_data, data = planted(tmp_path, "opportunities", [3, 4], close_date=None)
    assert number(data, "win_rate").denominator == (number(clean_data, "win_rate").denominator or 0) - 2


def test_what_closes_after_the_day_of_reading_counts_as_open(tmp_path: Path) -> None:
    clean_data, data = planted(tmp_path, "opportunities", [3, 5], close_date="2024-12-24")
    assert number(data, "open_opportunities").value == (number(clean_data, "open_opportunities").value or 0) + 2


def test_a_chance_above_one_multiplies_as_it_stands(tmp_path: Path) -> None:
    clean_data, data = planted(tmp_path, "opportunities", [-1], probability=1.5)
    last = clean()["opportunities"][-1]["amount"]
    more = (number(data, "weighted_pipeline").value or 0) - (number(clean_data, "weighted_pipeline").value or 0)
    assert more == pytest.approx(last * (1.5 - 0.4))


@pytest.mark.parametrize(
    ("column", "metric"),
    [
        ("first_response_at", "lead_response_time"),
        ("first_response_at", "response_within_sla"),
        ("converted_at", "lead_conversion_rate"),
        ("qualified_at", "qualification_rate"),
    ],
)
def test_leads_of_which_things_happen_before_they_came_are_left_out(
    tmp_path: Path, column: str, metric: str
) -> None:
    clean_data, data = planted(tmp_path, "leads", [7, 8], **{column: "2023-12-31 08:00"})
    assert number(data, metric).n == (number(clean_data, metric).n or 0) - 2


def test_days_to_deliver_leave_out_what_came_before_it_was_ordered(tmp_path: Path) -> None:
    clean_data, data = planted(tmp_path, "orders", [3, 4], delivered_date="2023-12-28")
    assert number(data, "fulfilment_days").n == (number(clean_data, "fulfilment_days").n or 0) - 2


def test_units_follow_the_sign_of_the_quantity_whatever_the_amount(tmp_path: Path) -> None:
    clean_data, data = planted(tmp_path, "orders", [3, 4], quantity=-2)
    # Two lines of two units each: taken off instead of added.
    assert number(data, "units").value == (number(clean_data, "units").value or 0) - 8
    tables = clean()
    tables["orders"].append(tables["orders"][0] | {"order_id": "K1", "orig_order_id": "O0", "amount": -10})
    returned = stored(tables, tmp_path / "returned")
    assert number(returned, "units").value == (number(clean_data, "units").value or 0) + 2


def test_what_is_dated_after_the_day_of_reading_is_in_no_number(tmp_path: Path) -> None:
    later = {"order_date": "2024-07-16", "delivered_date": "2024-07-20"}
    clean_data, data = planted(tmp_path, "orders", [3, 4], **later)
    lost = sum(order["amount"] for order in clean()["orders"][3:5])
    by_default = ask(data, "revenue", WHOLE, as_of=None)
    assert by_default.value == pytest.approx((number(clean_data, "revenue").value or 0) - lost)


def test_sales_before_the_hire_stand_under_pre_hire(tmp_path: Path) -> None:
    tables = clean()
    tables["reps"].append({"rep_id": "R3", "name": "New", "team": "Inside", "hire_date": "2024-06-01"})
    for order in tables["orders"][:3]:
        order["rep_id"] = "R3"
    data = stored(tables, tmp_path)
    by_tenure = answers(data, "revenue_by_tenure", WHOLE, by=("tenure",), as_of=AS_OF)
    assert by_tenure["(pre-hire)"].value == sum(order["amount"] for order in tables["orders"][:3])


def test_a_rep_who_left_before_the_sale_still_has_it(tmp_path: Path) -> None:
    tables = clean()
    tables["reps"][0]["leave_date"] = "2024-03-31"
    data = stored(tables, tmp_path)
    own = sum(order["amount"] for order in tables["orders"] if order["rep_id"] == "R1")
    assert answers(data, "revenue", WHOLE, by=("rep",), as_of=AS_OF)["Rep R1"].value == own


def test_reps_no_list_has_are_unknown_by_team_and_stay_in_the_sum(tmp_path: Path) -> None:
    clean_data, data = planted(tmp_path, "orders", [0, 1], rep_id="R9")
    lost = sum(order["amount"] for order in clean()["orders"][:2])
    assert answers(data, "revenue", WHOLE, by=("team",), as_of=AS_OF)["(unknown)"].value == lost
    assert number(data, "revenue").value == number(clean_data, "revenue").value


def test_moves_of_deals_that_no_list_has_are_in_no_number_by_stage(tmp_path: Path) -> None:
    clean_data, data = planted(tmp_path, "stage_history", [0], opportunity_id="D999")
    assert number(data, "time_in_stage").n == (number(clean_data, "time_in_stage").n or 0) - 1


def test_scores_off_their_scale_are_left_out(tmp_path: Path) -> None:
    # Of each customer the last answer counts: all of one are off the scale.
    of_one = [place for place, answer in enumerate(clean()["feedback"]) if answer["customer_id"] == "C0"]
    clean_data, data = planted(tmp_path, "feedback", of_one, score=7)
    assert number(data, "csat").n == (number(clean_data, "csat").n or 0) - 1


def test_the_lag_of_logging_leaves_out_what_was_logged_before(tmp_path: Path) -> None:
    clean_data, data = planted(tmp_path, "activities", [3], logged_at="2023-12-31 08:00")
    assert number(data, "crm_lag").n == (number(clean_data, "crm_lag").n or 0) - 1


def test_a_discount_below_zero_lowers_the_rate(tmp_path: Path) -> None:
    clean_data, data = planted(tmp_path, "orders", [3], discount=-5)
    given = (number(clean_data, "discount_rate").numerator or 0) - 10
    assert number(data, "discount_rate").numerator == pytest.approx(given)


def test_a_quota_that_ends_before_it_starts_has_no_sale_against_it(tmp_path: Path) -> None:
    data = planted(tmp_path, "quotas", [0], period_end="2023-12-31")[1]
    found = answers(data, "quota_attainment", WHOLE, by=("rep",), as_of=AS_OF)
    assert not (found["Rep R1"].value if "Rep R1" in found else None)


def cancel(tables: Tables) -> float:
    for order in tables["orders"][:2]:
        order["status"] = "Cancelled"
    return -float(sum(order["amount"] for order in tables["orders"][:2]))


def repeat(tables: Tables) -> float:
    tables["orders"].append(dict(tables["orders"][0]))
    return float(tables["orders"][0]["amount"])


def return_nothing(tables: Tables) -> float:
    tables["orders"].append(tables["orders"][0] | {"order_id": "K1", "amount": -30, "quantity": -1})
    return -30


@pytest.mark.parametrize(("spoil", "orders"), [(cancel, -2), (repeat, 0), (return_nothing, 0)])
def test_rules_for_order_lines_move_revenue_and_orders_as_said(
    tmp_path: Path, spoil: Callable[[Tables], float], orders: int
) -> None:
    tables = clean()
    change = spoil(tables)
    before, after = stored(clean(), tmp_path / "clean"), stored(tables, tmp_path / "spoilt")
    assert (number(after, "revenue").value or 0) - (number(before, "revenue").value or 0) == pytest.approx(change)
    assert (number(after, "orders").value or 0) - (number(before, "orders").value or 0) == orders


def test_an_order_of_two_customers_counts_for_the_larger(tmp_path: Path) -> None:
    tables = clean()
    tables["orders"][0] |= {"customer_id": "X", "amount": 10}
    tables["orders"][1] |= {"customer_id": "Y", "amount": 20, "order_id": "O0"}
    found = answers(stored(tables, tmp_path), "revenue", WHOLE, by=("customer",), as_of=AS_OF)
    assert "X" not in found
    assert found["Y"].value == 30


@pytest.mark.parametrize(("share", "reason"), [(0.3, "low_coverage"), (0.8, None)])
def test_numbers_that_rest_on_a_part_are_not_given_below_a_half(
    tmp_path: Path, share: float, reason: str | None
) -> None:
    tables = clean()
    for order in tables["orders"][round(len(tables["orders"]) * share) :]:
        order["cost"] = None
    assert number(stored(tables, tmp_path), "gross_profit").reason == reason


def test_open_deals_without_amounts_have_no_pipeline_value(tmp_path: Path) -> None:
    tables = clean()
    for deal in tables["opportunities"]:
        if deal["status"] == "open":
            deal["amount"] = None
    assert number(stored(tables, tmp_path), "pipeline_value").reason == "low_coverage"
