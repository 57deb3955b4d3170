"""Each kind of defect planted in a clean company: found, counted as by hand, and nothing else found with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.finding import Severity, worst_first

from .clean_company import LINES_A_DAY, Tables, clean, looked_through, of_code, stored

Plant = Callable[[Tables], object]
CHANGES, MAY, INFORMATION = Severity.CHANGES, Severity.MAY, Severity.INFORMATION


def test_nothing_is_found_in_a_clean_company(tmp_path: Path) -> None:
    quality = looked_through(stored(clean(), tmp_path))
    assert quality.findings == ()
    assert {cover.share for cover in quality.coverage if cover.table == "orders"} == {1.0}


def put(table: str, places: list[int], **values: object) -> Plant:
    def plant(tables: Tables) -> None:
        for place in places:
            tables[table][place] |= values

    return plant


def again(table: str, places: list[int]) -> Plant:
    return lambda tables: tables[table].extend([dict(tables[table][place]) for place in places])


def closed(tables: Tables, status: str) -> list[int]:
    return [place for place, deal in enumerate(tables["opportunities"]) if deal["status"] == status]


def hire_late(tables: Tables) -> None:
    tables["reps"].append({"rep_id": "R3", "name": "New", "team": "Inside", "hire_date": "2024-06-01"})
    put("orders", [0, 1, 2], rep_id="R3")(tables)
    put("opportunities", [0], rep_id="R3")(tables)
    put("leads", [0, 1], rep_id="R3")(tables)


def leave_early(tables: Tables) -> None:
    tables["reps"].append(
        {"rep_id": "R3", "name": "Gone", "team": "Inside", "hire_date": "2019-01-01", "leave_date": "2023-12-31"}
    )
    put("orders", [10, 11], rep_id="R3")(tables)


def give_back(tables: Tables) -> None:
    sale = tables["orders"][0]
    credit = sale | {"amount": -sale["amount"], "quantity": -2, "cost": -60, "discount": 0, "delivered_date": None}
    # One names the order it reverses, two name an order that nobody sold.
    tables["orders"] += [credit | {"order_id": "K1", "orig_order_id": "O0"}]
    tables["orders"] += [credit | {"order_id": "K2"}, credit | {"order_id": "K3", "orig_order_id": "O9999"}]


def flip(tables: Tables) -> None:
    sale = tables["orders"][0]
    tables["orders"].append(
        sale | {"order_id": "K1", "orig_order_id": "O0", "amount": -10, "cost": -5, "discount": 0}
    )


PLANTED: list[tuple[str, str, Severity, int, Plant]] = [
    ("closed_before_created", "opportunities", CHANGES, 2,
     put("opportunities", [3, 4], close_date="2023-12-30")),
    ("closed_without_date", "opportunities", CHANGES, 3, put("opportunities", [0, 1, 2], close_date=None)),
    ("deal_without_creation", "opportunities", CHANGES, 2, put("opportunities", [0, 1], created_date=None)),
    ("closed_after_reading", "opportunities", CHANGES, 1, put("opportunities", [5], close_date="2024-12-24")),
    ("due_far_off", "opportunities", MAY, 1, put("opportunities", [-1], close_date="2099-12-31")),
    ("negative_deal", "opportunities", MAY, 1, put("opportunities", [5], amount=-400)),
    ("amount_far_off", "opportunities", MAY, 1, put("opportunities", [5], amount=1_000_000)),
    ("chance_out_of_range", "opportunities", CHANGES, 2, put("opportunities", [-1, -2], probability=1.5)),
    ("answered_before_lead", "leads", CHANGES, 2,
     put("leads", [7, 8], first_response_at="2023-12-31 08:00")),
    ("converted_before_lead", "leads", CHANGES, 1, put("leads", [7], converted_at="2023-12-31 08:00")),
    ("qualified_before_lead", "leads", CHANGES, 1, put("leads", [7], qualified_at="2023-12-31 08:00")),
    ("delivered_before_order", "orders", CHANGES, 2, put("orders", [3, 4], delivered_date="2023-12-28")),
    ("negative_quantity_sold", "orders", CHANGES, 2, put("orders", [3, 4], quantity=-2)),
    ("positive_quantity_returned", "orders", CHANGES, 1, flip),
    ("negative_discount", "orders", CHANGES, 1, put("orders", [3], discount=-5)),
    ("cost_of_other_sign", "orders", CHANGES, 2, put("orders", [3, 4], cost=-60)),
    ("amount_far_off", "orders", MAY, 2, put("orders", [3, 4], amount=10_500)),
    ("dated_after_reading", "orders", CHANGES, 2,
     put("orders", [3, 4], order_date="2024-07-16", delivered_date="2024-07-20")),
    ("odd_year", "orders", CHANGES, 2, put("orders", [3, 4], order_date="1900-01-01")),
    ("repeated_rows", "orders", MAY, 3, again("orders", [0, 0, 1])),
    ("repeated_rows", "spend", MAY, 1, again("spend", [4])),
    ("repeated_rows", "activities", MAY, 1, again("activities", [4])),
    ("cancelled_left_out", "orders", MAY, 2, put("orders", [3, 4], status="Cancelled")),
    ("unlinked_returns", "orders", MAY, 2, give_back),
    ("order_of_two_customers", "orders", CHANGES, 2, put("orders", [1], order_id="O0")),
    ("sold_after_leaving", "orders", MAY, 2, leave_early),
    ("logged_before_done", "activities", CHANGES, 1, put("activities", [3], logged_at="2023-12-31 08:00")),
    ("left_before_hire", "reps", CHANGES, 1, put("reps", [0], leave_date="2019-01-01")),
    ("odd_hire_date", "reps", MAY, 1, put("reps", [0], hire_date="1900-01-01")),
    ("quota_ends_before_start", "quotas", CHANGES, 1, put("quotas", [0], period_end="2023-12-31")),
    ("score_off_scale", "feedback", CHANGES, 2, put("feedback", [0, 1], score=7)),
    ("negative_spend", "spend", MAY, 1, put("spend", [0], amount=-50)),
    ("key_without_partner", "orders", CHANGES, 3, put("orders", [0, 1, 2], rep_id="R9")),
    ("key_without_partner", "orders", MAY, 2, put("orders", [0, 1], product="P9")),
    ("key_without_partner", "orders", MAY, 2, put("orders", [0, 1], customer_id="C9")),
    ("key_without_partner", "opportunities", MAY, 1, put("opportunities", [0], product="P9")),
    ("key_without_partner", "opportunities", CHANGES, 1, put("opportunities", [0], rep_id="R9")),
    ("key_without_partner", "leads", CHANGES, 1, put("leads", [0], rep_id="R9")),
    ("key_without_partner", "stage_history", CHANGES, 1, put("stage_history", [0], opportunity_id="D999")),
    ("key_without_partner", "activities", CHANGES, 1, put("activities", [0], lead_id="L999")),
    ("key_without_partner", "activities", CHANGES, 1, put("activities", [0], opportunity_id="D999")),
    ("key_without_partner", "quotas", MAY, 1, put("quotas", [0], scope_id="R9")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "table", "severity", "rows", "plant"), PLANTED,
    ids=[f"{code}-{table}-{place}" for place, (code, table, *_) in enumerate(PLANTED)],
)  # fmt: skip
def test_a_planted_defect_is_found_and_counted(
    tmp_path: Path, code: str, table: str, severity: Severity, rows: int, plant: Plant
) -> None:
    tables = clean()
    plant(tables)
    found = looked_through(stored(tables, tmp_path)).findings
    [one] = of_code(found, code)
    assert (one.table, one.severity, one.rows) == (table, severity, rows)
    assert one.sentence.endswith(".")
    assert "{" not in one.sentence
    assert 1 <= len(one.samples) <= 3
    assert 0 < (one.share or 0) <= 1
    assert set(one.numbers) <= set(CATALOGUE), "it names numbers that there are"
    # A mistake of dates that puts rows elsewhere may show in a second way, never in more.
    others = {other.code for other in found} - {code, "nothing_new_at_the_end", "sold_before_hire"}
    assert len(others) <= 1, others


def test_what_a_late_hire_touches_is_told_table_by_table(tmp_path: Path) -> None:
    tables = clean()
    hire_late(tables)
    found = looked_through(stored(tables, tmp_path)).findings
    counted = {one.code: one.rows for one in found}
    assert counted == {"sold_before_hire": 3, "closed_before_hire": 1, "lead_before_hire": 2}


def test_shares_are_of_the_amount_where_there_is_one(tmp_path: Path) -> None:
    tables = clean()
    put("orders", [3, 4], quantity=-2)(tables)
    [one] = looked_through(stored(tables, tmp_path)).findings
    amounts = [order["amount"] for order in tables["orders"]]
    assert one.share_of == "amount"
    assert one.share == pytest.approx((amounts[3] + amounts[4]) / sum(amounts))
    assert one.samples == ("O3: -2 → 103", "O4: -2 → 104")


def test_cancelled_lines_are_not_blamed_for_anything_else(tmp_path: Path) -> None:
    tables = clean()
    put("orders", [3, 4], quantity=-2, status="void", delivered_date="2023-01-01")(tables)
    assert [one.code for one in looked_through(stored(tables, tmp_path)).findings] == ["cancelled_left_out"]


def test_a_deal_that_came_of_a_lead_is_judged_from_the_lead_on(tmp_path: Path) -> None:
    tables = clean()
    for place, deal in enumerate(tables["opportunities"]):
        deal["lead_id"] = f"L{place}"
    # Entered late: closed before it was created, and yet after its lead came in.
    tables["opportunities"][10] |= {"created_date": "2024-03-01"}
    tables["opportunities"][11] |= {"close_date": "2023-12-30"}
    tables["opportunities"][12] |= {"lead_id": "L999"}
    found = {one.code: one for one in looked_through(stored(tables, tmp_path)).findings}
    assert found["closed_before_created"].rows == 2
    assert found["closed_before_start"].rows == 1
    assert found["closed_before_created"].numbers == ("win_rate_cohort",)
    assert found["key_without_partner"].samples == ("L999 (1)",)


def test_a_month_without_rows_between_full_ones_is_named(tmp_path: Path) -> None:
    tables = clean()
    tables["orders"] = [order for order in tables["orders"] if order["order_date"].month != 4]
    [one] = looked_through(stored(tables, tmp_path)).findings
    assert (one.code, one.severity, one.samples) == ("month_without_rows", MAY, ("Apr 2024",))
    assert "No orders in Apr 2024" in one.sentence


def test_a_week_without_rows_is_named_for_information(tmp_path: Path) -> None:
    tables = clean()
    gone = [date(2024, 5, 6) + timedelta(days=step) for step in range(5)]
    tables["orders"] = [order for order in tables["orders"] if order["order_date"] not in gone]
    [one] = looked_through(stored(tables, tmp_path)).findings
    assert (one.code, one.severity, one.samples) == ("week_without_rows", INFORMATION, ("2024-05-06",))


def test_what_is_booked_once_a_month_has_no_empty_weeks(tmp_path: Path) -> None:
    tables = clean()
    first = [
        {"date": f"2024-0{month}-01", "amount": 100 + n, "kind": "sales"}
        for month in range(1, 7)
        for n in range(30)
    ]
    tables["spend"] = first
    assert looked_through(stored(tables, tmp_path)).findings == ()


def test_a_last_month_that_is_not_whole_is_said_with_its_rows(tmp_path: Path) -> None:
    tables = clean()
    tables["orders"] = [order for order in tables["orders"] if order["order_date"] <= date(2024, 6, 11)]
    [one] = looked_through(stored(tables, tmp_path)).findings
    days_in_june = len({order["order_date"] for order in tables["orders"] if order["order_date"].month == 6})
    assert (one.code, one.rows) == ("month_not_whole", days_in_june * LINES_A_DAY)
    assert "11 Jun 2024" in one.sentence


def test_leads_that_stop_while_conversions_go_on_are_said(tmp_path: Path) -> None:
    tables = clean()
    tables["leads"] = [lead for lead in tables["leads"] if lead["created_at"].month <= 3]
    tables["leads"][-1]["converted_at"] = "2024-06-20 10:00"
    tables["activities"] = []
    [one] = looked_through(stored(tables, tmp_path)).findings
    assert one.code == "nothing_new_at_the_end"
    assert "29 Mar 2024" in one.sentence
    assert "20 Jun 2024" in one.sentence


def test_a_column_that_began_later_names_the_month(tmp_path: Path) -> None:
    tables = clean()
    early = [order for order in tables["orders"] if order["order_date"].month < 3]
    for order in early:
        order["lead_source"] = None
    quality = looked_through(stored(tables, tmp_path))
    [one] = quality.findings
    assert (one.code, one.column, one.rows) == ("column_often_empty", "lead_source", len(early))
    assert "is empty before March 2024" in one.sentence
    [cover] = [each for each in quality.coverage if (each.table, each.column) == ("orders", "lead_source")]
    assert cover.empty_months == ("2024-01-01", "2024-02-01")
    assert cover.share == pytest.approx(1 - len(early) / len(tables["orders"]))


def test_what_stands_in_for_an_empty_cell_is_no_gap(tmp_path: Path) -> None:
    tables = clean()
    for order in tables["orders"]:
        order["region"] = None
    tables["orders"][0]["region"] = "East"
    for rep in tables["reps"]:
        rep["region"] = "West"
    assert looked_through(stored(tables, tmp_path)).findings == ()


def test_worst_first_is_by_severity_then_share_then_rows(tmp_path: Path) -> None:
    tables = clean()
    put("orders", [3, 4], quantity=-2)(tables)
    put("orders", [5], discount=-5)(tables)
    put("orders", [6, 7, 8], status="void")(tables)
    put("spend", [0], amount=-50)(tables)
    found = looked_through(stored(tables, tmp_path)).findings
    assert [one.code for one in found] == [
        "negative_quantity_sold", "negative_discount", "negative_spend", "cancelled_left_out",
    ]  # fmt: skip
    assert worst_first(reversed(found)) == found
