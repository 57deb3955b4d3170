"""The rules of the ledger: returns, credit notes, cancelled lines, orders and whose they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.company import Q1, Q2, answers, ask, dataset, days, files


def _line(order: str | None, day: str, amount: float, **more: object) -> dict[str, object]:
    line = {"order_id": order, "order_date": f"2024-{day}", "amount": amount, "customer_id": None, "product": "P"}
    line |= {"returned": None, "return_date": None, "orig_order_id": None, "status": None, "region": None}
    return line | more


def _data(tmp_path: Path, *lines: dict[str, object]):
    return dataset({"orders": list(lines)}, tmp_path)


def test_exact_duplicate_lines_are_kept_and_said(tmp_path: Path):
    rows = [{"order_id": "1", "order_date": "2024-01-05", "amount": 10, "product": "P"}] * 2
    answer = ask(files({"orders": rows}, tmp_path), "revenue", Q1)
    assert answer.value == 20
    assert any("duplicate" in warning for warning in answer.warnings)


def test_a_flag_and_its_credit_note_are_one_return(tmp_path: Path):
    data = _data(
        tmp_path,
        _line("1", "01-05", 100, returned=True),
        _line("1", "01-05", 50),
        _line("1R", "02-05", -100, orig_order_id="1"),
    )
    assert ask(data, "revenue", Q1).value == 50
    assert ask(data, "return_amount", Q1).value == 100
    assert ask(data, "return_amount", days("2024-02-01", "2024-02-29")).value == 100


def test_a_credit_note_under_the_same_order_id_is_the_same_return(tmp_path: Path):
    data = _data(
        tmp_path, _line("1", "01-05", 100, returned=True), _line("1", "02-05", -100), _line("1", "01-05", 7)
    )
    assert (ask(data, "revenue", Q1).value, ask(data, "return_amount", Q1).value) == (7, 100)


@pytest.mark.parametrize(
    "note",
    [{"product": "Q"}, {"amount": -60}, {"orig_order_id": "2"}],
    ids=["another product", "another amount", "another order"],
)
def test_a_credit_note_for_something_else_is_a_second_return(tmp_path: Path, note):
    data = _data(
        tmp_path,
        _line("1", "01-05", 100, returned=True),
        _line("2", "01-05", 500),
        _line("R", "02-05", -100, orig_order_id="1") | note,
    )
    assert ask(data, "return_amount", Q1).value == 100 - (note.get("amount", -100))


def test_flags_and_credit_notes_meet_one_to_one(tmp_path: Path):
    data = _data(
        tmp_path,
        _line("1", "01-05", 100, returned=True),
        _line("1", "01-05", 100, returned=True),
        _line("1R", "01-05", -100, orig_order_id="1"),
    )
    assert (ask(data, "return_amount", Q1).value, ask(data, "revenue", Q1).value) == (200, 0)


def test_several_returns_of_a_product_in_one_order_never_multiply_its_lines(tmp_path: Path):
    data = _data(
        tmp_path,
        _line("1", "01-05", 0, returned=True),
        _line("1", "01-05", 300),
        _line("1", "01-05", 200),
        _line("1R", "04-10", -300, orig_order_id="1"),
    )
    assert (ask(data, "revenue", Q1).value, ask(data, "revenue", Q2).value) == (500, -300)
    assert ask(data, "orders", Q1).value == 1


def test_a_flag_comes_back_at_its_return_date_or_else_at_the_sale(tmp_path: Path):
    data = _data(
        tmp_path,
        _line("1", "01-05", 100, returned=True, return_date="2024-04-09"),
        _line("2", "01-06", 30, returned=True),
    )
    assert (ask(data, "revenue", Q1).value, ask(data, "revenue", Q2).value) == (100, -100)


def test_a_return_is_taken_off_with_its_cost_and_units(tmp_path: Path):
    data = _data(
        tmp_path,
        _line("1", "01-05", 100, cost=60, quantity=4, returned=True, return_date="2024-02-01"),
        _line("2", "01-06", 30, cost=20, quantity=1),
    )
    assert (ask(data, "gross_profit", Q1).value, ask(data, "units", Q1).value) == (10, 1)
    february = days("2024-02-01", "2024-02-29")
    assert (ask(data, "gross_profit", february).value, ask(data, "units", february).value) == (-40, -4)


def test_a_negative_total_is_shown_and_its_margin_is_not(tmp_path: Path):
    data = _data(tmp_path, _line("1", "01-05", 100, cost=60), _line("1", "02-05", -40, cost=-24))
    february = days("2024-02-01", "2024-02-29")
    assert ask(data, "revenue", february).value == -40
    margin = ask(data, "gross_margin", february)
    assert (margin.value, margin.reason) == (None, "negative_base")


def test_an_unlinked_return_lowers_revenue_but_no_order(tmp_path: Path):
    data = _data(
        tmp_path, _line("1", "01-05", 100), _line("2", "01-06", 50), _line("R", "02-05", -30, orig_order_id="gone")
    )
    assert ask(data, "revenue", Q1).value == 120
    value = ask(data, "average_transaction_value", Q1)
    assert (value.value, value.numerator, value.denominator) == (75, 150, 2)
    assert value.warns("unlinked_returns")
    assert value.details["net_revenue_per_order"] == 60


def test_late_returns_of_older_orders_stay_out_of_the_order_value(tmp_path: Path):
    data = _data(
        tmp_path, _line("1", "01-05", 100), _line("1R", "04-20", -40, orig_order_id="1"), _line("2", "04-10", 70)
    )
    assert ask(data, "average_transaction_value", Q1).value == 60
    assert ask(data, "average_transaction_value", Q2).value == 70
    assert ask(data, "revenue", Q2).value == 30


def test_a_fully_returned_order_is_no_order(tmp_path: Path):
    data = _data(
        tmp_path, _line("1", "01-05", 100), _line("1R", "04-20", -100, orig_order_id="1"), _line("2", "01-06", 9)
    )
    assert ask(data, "orders", Q1).value == 1
    assert ask(data, "revenue", Q1).value == 109


def test_an_order_was_one_until_it_came_back(tmp_path: Path):
    data = _data(
        tmp_path, _line("1", "01-05", 100), _line("1R", "04-20", -100, orig_order_id="1"), _line("2", "01-06", 9)
    )
    assert ask(data, "orders", Q1, as_of=days("2024-04-19", "2024-04-19").start).value == 2


def test_a_free_sample_is_an_order(tmp_path: Path):
    data = _data(tmp_path, _line("1", "01-05", 0), _line("2", "01-06", 10))
    answer = ask(data, "average_transaction_value", Q1)
    assert (answer.numerator, answer.denominator) == (10, 2)


def test_a_credit_note_alone_is_no_order(tmp_path: Path):
    data = _data(tmp_path, _line("1", "01-05", 10), _line("2", "01-06", -4))
    assert ask(data, "orders", Q1).value == 1


def test_an_order_is_dated_by_its_first_sale(tmp_path: Path):
    data = _data(tmp_path, _line("1", "03-30", 10), _line("1", "04-02", 90))
    assert (ask(data, "orders", Q1).value, ask(data, "orders", Q2).value) == (1, 0)
    assert ask(data, "average_transaction_value", Q1).value == 100
    assert (ask(data, "revenue", Q1).value, ask(data, "revenue", Q2).value) == (10, 90)


def test_without_order_ids_each_row_is_its_own_order(tmp_path: Path):
    rows = [{"order_date": "2024-01-05", "amount": 10}, {"order_date": "2024-01-05", "amount": 10}]
    data = dataset({"orders": rows}, tmp_path, notes={"orders": {"order_id_synthesized": 2}})
    answer = ask(data, "orders", Q1)
    assert answer.value == 2
    assert answer.warns("order_id_synthesized")


def test_an_order_under_two_customers_is_one_order_of_the_larger(tmp_path: Path):
    data = _data(
        tmp_path,
        _line("1", "01-05", 30, customer_id="A"),
        _line("1", "01-05", 70, customer_id="B"),
        _line("2", "02-05", 5, customer_id="B"),
    )
    assert ask(data, "active_customers", Q1).value == 1
    assert ask(data, "orders", Q1).value == 2
    assert ask(data, "new_revenue", Q1).value == 105
    assert ask(data, "active_customers", Q1).warnings


@pytest.mark.parametrize("status", ["cancelled", "Canceled", "VOID", "draft"])
def test_cancelled_lines_leave_the_ledger_and_are_said(tmp_path: Path, status):
    data = _data(tmp_path, _line("1", "01-05", 10, status="shipped"), _line("2", "01-06", 90, status=status))
    answer = ask(data, "revenue", Q1)
    assert answer.value == 10
    assert answer.warns("cancelled_excluded")
    assert ask(data, "orders", Q1).value == 1


def test_every_other_status_stays(tmp_path: Path):
    data = _data(tmp_path, _line("1", "01-05", 10, status="pending"), _line("2", "01-06", 90, status="returned?"))
    answer = ask(data, "revenue", Q1)
    assert answer.value == 100
    assert not answer.warns("cancelled_excluded")


def test_money_adds_up_to_the_cent_and_beyond(tmp_path: Path):
    # In floats ten thirds of a cent do not add up to a third of a dime.
    data = _data(tmp_path, *(_line(str(k), "01-05", 0.100001) for k in range(1000)))
    assert ask(data, "revenue", Q1).value == 100.001


def test_discount_rate_counts_what_was_granted_even_if_it_came_back(tmp_path: Path):
    data = _data(
        tmp_path,
        _line("1", "01-05", 90, discount=10),
        _line("2", "01-06", 80, discount=20, returned=True),
        _line("3", "01-07", 50, discount=None),
    )
    answer = ask(data, "discount_rate", Q1)
    assert (answer.numerator, answer.denominator, answer.value) == (30, 200, 0.15)


def test_return_rate_is_dated_by_the_return(tmp_path: Path):
    data = _data(
        tmp_path, _line("1", "01-05", 100), _line("1R", "04-05", -100, orig_order_id="1"), _line("2", "04-06", 50)
    )
    assert ask(data, "return_rate", Q1).value == 0
    assert ask(data, "return_rate", Q2).value == 2
    assert answers(data, "return_amount", Q2, by=("product",))["P"].value == 100
