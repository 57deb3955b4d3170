"""The rules of coverage: numbers from part of the rows, missing amounts, and tables that never multiply."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.company import EXAMPLE_TABLES, H1, Q1, Q2, answers, ask, dataset, files


def _lines(*lines: tuple[int, int | None]) -> list[dict[str, object]]:
    return [
        {"order_date": "2024-01-05", "order_id": str(k), "amount": amount, "cost": cost}
        for k, (amount, cost) in enumerate(lines)
    ]


@pytest.mark.parametrize("metric", ["gross_profit", "gross_margin"])
def test_less_than_half_of_revenue_gives_no_number(tmp_path: Path, metric):
    answer = ask(dataset({"orders": _lines((49, 9), (51, None))}, tmp_path), metric, Q1)
    assert (answer.value, answer.reason) == (None, "low_coverage")


def test_half_of_revenue_gives_a_number_with_a_warning(tmp_path: Path):
    answer = ask(dataset({"orders": _lines((50, 10), (50, None))}, tmp_path), "gross_margin", Q1)
    # Amount and cost of the same rows.
    assert (answer.value, answer.numerator, answer.denominator) == (0.8, 40, 50)
    assert any("coverage" in warning for warning in answer.warnings)


def test_nearly_all_of_revenue_gives_a_number_without_a_warning(tmp_path: Path):
    answer = ask(dataset({"orders": _lines((96, 48), (4, None))}, tmp_path), "gross_margin", Q1)
    assert answer.value == 0.5
    assert not any("coverage" in warning for warning in answer.warnings)


def test_price_per_unit_takes_amount_and_quantity_of_the_same_rows(tmp_path: Path):
    orders = [
        {"order_date": "2024-01-05", "order_id": "1", "amount": 90, "quantity": 3},
        {"order_date": "2024-01-05", "order_id": "2", "amount": 40, "quantity": None},
    ]
    answer = ask(dataset({"orders": orders}, tmp_path), "price_per_unit", Q1)
    assert (answer.value, answer.numerator, answer.denominator) == (30, 90, 3)


def test_price_per_unit_of_no_net_units_is_unknown(tmp_path: Path):
    orders = [
        {"order_date": "2024-01-05", "order_id": "1", "amount": 90, "quantity": 3},
        {"order_date": "2024-01-06", "order_id": "1", "amount": -80, "quantity": -3},
    ]
    answer = ask(dataset({"orders": orders}, tmp_path), "price_per_unit", Q1)
    assert answer.value is None
    assert answer.reason in ("zero_denominator", "negative_base")


def _deals(*deals: tuple[str, int | None]) -> list[dict[str, object]]:
    return [
        {"opportunity_id": str(k), "created_date": "2024-01-01", "close_date": "2024-02-01", "status": status,
         "amount": amount}
        for k, (status, amount) in enumerate(deals)
    ]  # fmt: skip


def test_losses_that_all_carry_no_amount_give_no_value_rate(tmp_path: Path):
    data = dataset({"opportunities": _deals(("won", 100), ("won", 200), ("lost", 0), ("lost", 0))}, tmp_path)
    value = ask(data, "win_rate_value", Q1)
    assert (value.value, value.reason) == (None, "low_coverage")
    assert ask(data, "win_rate", Q1).value == 0.5


def test_some_losses_of_zero_are_real(tmp_path: Path):
    data = dataset({"opportunities": _deals(("won", 100), ("lost", 0), ("lost", 100))}, tmp_path)
    assert ask(data, "win_rate_value", Q1).value == 0.5


def test_deals_without_an_amount_leave_the_value_rate_but_not_the_count(tmp_path: Path):
    data = dataset({"opportunities": _deals(("won", 100), ("lost", 300), ("won", 100), ("lost", None))}, tmp_path)
    value = ask(data, "win_rate_value", Q1)
    assert (value.value, value.numerator, value.denominator) == (0.4, 200, 500)
    assert any("coverage" in warning for warning in value.warnings)
    assert ask(data, "win_rate", Q1).value == 0.5


def test_mostly_missing_amounts_give_no_value_rate(tmp_path: Path):
    data = dataset({"opportunities": _deals(("won", 100), ("lost", None), ("won", None))}, tmp_path)
    answer = ask(data, "win_rate_value", Q1)
    assert (answer.value, answer.reason) == (None, "low_coverage")


def test_a_deal_listed_twice_is_one_deal_as_last_known(tmp_path: Path):
    deals = [
        {"opportunity_id": deal, "created_date": "2024-01-01", "close_date": close, "status": status, "amount": 8}
        for deal, close, status in (
            ("1", "2024-02-01", "open"), ("1", "2024-02-15", "won"), ("2", "2024-02-15", "lost")
        )
    ]  # fmt: skip
    data = files({"opportunities": deals}, tmp_path)
    assert (ask(data, "win_rate", Q1).numerator, ask(data, "win_rate", Q1).denominator) == (1, 2)
    assert ask(data, "open_opportunities", Q1).value == 0


def test_probabilities_missing_from_most_deals_give_no_weighted_pipeline(tmp_path: Path):
    deals = [
        {"opportunity_id": "1", "created_date": "2024-01-01", "status": "open", "amount": 10, "probability": 0.5},
        {"opportunity_id": "2", "created_date": "2024-01-01", "status": "open", "amount": 45, "probability": None},
        {"opportunity_id": "3", "created_date": "2024-01-01", "status": "open", "amount": 45, "probability": None},
    ]
    answer = ask(dataset({"opportunities": deals}, tmp_path), "weighted_pipeline", Q2)
    assert (answer.value, answer.reason) == (None, "low_coverage")


def test_several_quota_rows_and_many_orders_never_multiply(tmp_path: Path):
    quotas = [
        {"scope": "rep", "scope_id": rep, "period_start": first, "period_end": last, "amount": amount}
        for rep, amount in (("R1", 70), ("R2", 170))
        for first, last in (
            ("2024-04-01", "2024-04-30"), ("2024-05-01", "2024-05-31"), ("2024-06-01", "2024-06-30")
        )
    ]  # fmt: skip
    data = dataset({**EXAMPLE_TABLES, "quotas": quotas}, tmp_path)
    total = ask(data, "quota_attainment", Q2)
    assert (total.numerator, total.denominator) == (550, 720)
    reps = answers(data, "quota_attainment", Q2, by=("rep",))
    assert {rep: (a.numerator, a.denominator) for rep, a in reps.items()} == {"R1": (0, 210), "R2": (550, 510)}


def test_several_spend_rows_and_many_orders_never_multiply(tmp_path: Path):
    spend = [
        {"date": f"2024-0{month}-10", "amount": 10, "kind": kind, "channel": "Partner"}
        for month in (4, 5, 6)
        for kind in ("marketing", "sales")
    ]
    data = dataset({**EXAMPLE_TABLES, "spend": spend}, tmp_path)
    partner = answers(data, "channel_effectiveness", Q2, by=("channel",))["Partner"]
    assert (partner.numerator, partner.denominator) == (140, 60)


def test_two_rows_of_a_rep_do_not_double_what_it_sold(tmp_path: Path):
    reps = [*EXAMPLE_TABLES["reps"], {"rep_id": "R2", "hire_date": "2022-03-15"}]
    data = files({**EXAMPLE_TABLES, "reps": reps}, tmp_path)
    assert ask(data, "revenue", H1).value == 950
    assert {k: a.value for k, a in answers(data, "revenue", H1, by=("rep",)).items()} == {"R1": 400, "R2": 550}
    assert answers(data, "revenue", H1, by=("tenure",))["2-5y"].value == 550


def test_two_rows_of_a_customer_or_product_do_not_double_revenue(tmp_path: Path):
    tables = {
        **EXAMPLE_TABLES,
        "customers": [{"customer_id": "A", "segment": "Home"}, {"customer_id": "A", "segment": "Office"}],
        "products": [{"product": "P", "category": "X"}, {"product": "P", "category": "X"}],
    }
    data = files(tables, tmp_path)
    assert ask(data, "revenue", H1).value == 950
    assert sum(a.value for a in answers(data, "revenue", H1, by=("segment",)).values()) == 950
    assert {k: a.value for k, a in answers(data, "revenue", H1, by=("category",)).items()} == {
        "X": 750,
        "(unknown)": 200,
    }


def test_sales_of_reps_without_a_hire_date_leave_revenue_per_rep(tmp_path: Path):
    reps = [{"rep_id": "R1", "hire_date": None}, {"rep_id": "R2", "hire_date": "2022-03-15"}]
    data = dataset({**EXAMPLE_TABLES, "reps": reps}, tmp_path)
    answer = ask(data, "revenue_per_rep", Q2)
    assert (answer.numerator, answer.denominator) == (550, 1)
    months = ask(data, "revenue_per_rep_month", Q2)
    assert (months.numerator, months.denominator) == (550, pytest.approx(91 / 30.4375))
