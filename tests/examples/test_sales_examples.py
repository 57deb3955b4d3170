"""The worked examples of sales volume, price and margin."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.company import EXAMPLE_ORDERS, H1, Q1, Q2, answers, ask, dataset, days, example_company


@pytest.mark.parametrize(
    ("metric", "period", "value"),
    [
        ("revenue", Q1, 400), ("revenue", Q2, 550), ("revenue", H1, 950),
        ("gross_sales", Q2, 750), ("return_amount", Q2, 200), ("return_amount", Q1, 0),
        ("units", Q2, 6), ("units", Q1, 4), ("orders", Q2, 3), ("orders", Q1, 2),
        ("gross_profit", Q1, 170), ("gross_profit", Q2, 200),
    ],
)  # fmt: skip
def test_amounts_and_counts_are_exact(metric, period, value):
    answer = ask(example_company(), metric, period)
    assert (answer.value, answer.reason) == (value, None)


@pytest.mark.parametrize(
    ("metric", "period", "numerator", "denominator"),
    [
        ("return_rate", Q2, 200, 750),
        ("average_transaction_value", Q2, 550, 3),
        ("average_transaction_value", Q1, 400, 2),
        ("gross_margin", Q1, 170, 400),
        ("gross_margin", Q2, 200, 550),
        ("profit_per_order", Q2, 200, 3),
        ("discount_rate", Q2, 100, 850),
        ("price_per_unit", Q2, 550, 6),
    ],
)
def test_ratios_divide_what_they_say_they_divide(metric, period, numerator, denominator):
    answer = ask(example_company(), metric, period)
    assert (answer.numerator, answer.denominator) == (numerator, denominator)
    assert answer.value == pytest.approx(numerator / denominator, rel=1e-12)


@pytest.mark.parametrize(
    ("metric", "period", "printed", "places"),
    [
        ("return_rate", Q2, 0.267, 3), ("average_transaction_value", Q2, 183.33, 2),
        ("gross_margin", Q2, 0.364, 3), ("gross_margin", Q1, 0.425, 3),
        ("profit_per_order", Q2, 66.67, 2), ("discount_rate", Q2, 0.118, 3),
        ("price_per_unit", Q2, 91.67, 2),
    ],
)  # fmt: skip
def test_ratios_print_as_in_the_definitions(metric, period, printed, places):
    assert round(ask(example_company(), metric, period).value, places) == printed


def test_the_median_order_value_stands_beside_the_mean():
    # O3 300, O4 200 - 100, O6 150.
    assert ask(example_company(), "average_transaction_value", Q2).details["median"] == 150


def test_orders_by_product_count_the_orders_that_contain_it_and_do_not_add_up():
    by_product = answers(example_company(), "orders", Q1, by=("product",))
    assert {product: answer.value for product, answer in by_product.items()} == {"P": 2, "Q": 1}
    assert ask(example_company(), "orders", Q1).value == 2


def test_revenue_share_by_product_and_region():
    by_product = answers(example_company(), "revenue_share", Q2, by=("product",))
    assert {k: (a.numerator, a.denominator) for k, a in by_product.items()} == {"P": (450, 550), "Q": (100, 550)}
    assert [round(by_product[product].value, 3) for product in ("P", "Q")] == [0.818, 0.182]
    by_region = answers(example_company(), "revenue_share", Q2, by=("region",))
    assert {k: (a.value, a.numerator) for k, a in by_region.items()} == {"West": (1, 550), "East": (0, 0)}


def test_revenue_share_is_taken_of_the_filtered_total():
    by_product = answers(example_company(), "revenue_share", Q1, by=("product",), region="East", product="P")
    assert {k: (a.value, a.denominator) for k, a in by_product.items()} == {"P": (1, 300)}


def test_a_negative_segment_has_an_amount_but_no_share(tmp_path: Path):
    orders = [
        {"order_date": "2024-01-02", "order_id": "1", "product": "P", "amount": 100},
        {"order_date": "2024-02-01", "order_id": "2", "product": "Q", "amount": 100},
        {"order_date": "2024-03-05", "order_id": "2R", "product": "Q", "amount": -100, "orig_order_id": "2"},
        {"order_date": "2024-03-06", "order_id": "3", "product": "P", "amount": 300},
    ]
    shares = answers(dataset({"orders": orders}, tmp_path), "revenue_share", Q1, by=("product",))
    assert shares["P"].value == 1
    march = answers(
        dataset({"orders": orders}, tmp_path), "revenue_share", days("2024-03-01", "2024-03-31"), by=("product",)
    )
    assert (march["Q"].numerator, march["Q"].value) == (-100, None)
    assert march["P"].value == pytest.approx(300 / 200)


def test_revenue_by_tenure_places_every_line_at_the_tenure_of_its_date():
    # R1: O1 and O2 after 0 and 1 months, O5 and its return after 4; R2 after 24 and more.
    bands = answers(example_company(), "revenue_by_tenure", H1, by=("tenure",))
    assert {band: answer.value for band, answer in bands.items()} == {"0-3m": 400, "3-6m": 0, "2-5y": 550}


def test_revenue_per_rep_month_divides_by_the_months_worked_in_the_band():
    # R1 is in its first three months on all 91 days of the first quarter.
    answer = answers(example_company(), "revenue_per_rep_month", Q1, by=("tenure",))["0-3m"]
    assert answer.numerator == 400
    assert answer.denominator == pytest.approx(91 / 30.4375)
    assert round(answer.value, 1) == 133.8


def test_product_movers_give_the_change_by_product():
    movers = answers(example_company(), "product_movers", Q2, by=("product",))
    assert {product: answer.value for product, answer in movers.items()} == {"P": 150, "Q": 0}


def test_product_movers_list_new_and_discontinued_products_without_a_percentage(tmp_path: Path):
    orders = [
        {"order_date": "2024-01-05", "order_id": "1", "product": "Old", "amount": 70},
        {"order_date": "2024-01-05", "order_id": "2", "product": "Both", "amount": 100},
        {"order_date": "2024-04-05", "order_id": "3", "product": "Both", "amount": 150},
        {"order_date": "2024-06-30", "order_id": "4", "product": "New", "amount": 40},
    ]
    movers = answers(dataset({"orders": orders}, tmp_path), "product_movers", Q2, by=("product",))
    assert {product: answer.value for product, answer in movers.items()} == {"Both": 50, "New": 40, "Old": -70}


def test_new_product_units_count_six_months_from_the_first_sale_in_the_file(tmp_path: Path):
    orders = [
        {"order_date": day, "order_id": str(number), "product": product, "quantity": quantity, "amount": 10}
        for number, (day, product, quantity) in enumerate(
            [
                ("2024-01-10", "P", 9), ("2024-03-01", "Q", 9), ("2024-05-02", "Z", 3), ("2024-05-02", "P", 9),
                ("2024-06-10", "Z", 2), ("2024-06-10", "Q", 9), ("2024-12-15", "Z", 4), ("2024-12-31", "P", 1),
            ]
        )
    ]  # fmt: skip
    data = dataset({"orders": orders}, tmp_path, read_on=date(2025, 1, 10))
    assert ask(data, "new_product_units", None, as_of=None).value == 5
    # 12-15 is within nine months of 05-02.
    assert ask(data, "new_product_units", None, as_of=None, params={"new_product_units.months": "9"}).value == 9


def test_channel_effectiveness_sets_profit_against_what_the_channel_cost(tmp_path: Path):
    tables = {
        "orders": EXAMPLE_ORDERS,
        "spend": [{"date": "2024-04-15", "amount": 80, "kind": "marketing", "channel": "Partner"}],
    }
    channels = answers(dataset(tables, tmp_path), "channel_effectiveness", Q2, by=("channel",))
    partner, web = channels["Partner"], channels["Web"]
    assert (partner.value, partner.numerator, partner.denominator) == (1.5, 120, 80)
    assert (partner.details["revenue"], partner.details["gross_profit"], partner.details["new_customers"]) == (
        550, 200, 1,
    )  # fmt: skip
    assert (web.value, web.reason, web.details["revenue"]) == (None, "zero_denominator", 0)


@pytest.mark.parametrize("metric", ["pareto_share", "hhi", "gini"])
def test_concentration_needs_five_customers(metric):
    answer = ask(example_company(), metric, H1)
    assert (answer.value, answer.reason) == (None, "n_too_small")


def test_concentration_of_five_customers(tmp_path: Path):
    amounts = {"A": 600, "B": 250, "C": 100, "D": 30, "E": 20}
    orders = [
        {"order_date": "2024-02-01", "order_id": customer, "customer_id": customer, "amount": amount}
        for customer, amount in amounts.items()
    ]
    # A sixth customer whose revenue is 0 is not among those counted.
    orders += [
        {"order_date": "2024-02-01", "order_id": "F", "customer_id": "F", "amount": 50},
        {"order_date": "2024-02-09", "order_id": "FR", "customer_id": "F", "amount": -50, "orig_order_id": "F"},
    ]
    data = dataset({"orders": orders}, tmp_path)
    pareto = ask(data, "pareto_share", Q1)
    assert (pareto.value, pareto.numerator, pareto.denominator) == (0.6, 600, 1000)
    assert pareto.details["entities_for_80"] == 2
    assert ask(data, "hhi", Q1).value == pytest.approx(0.36 + 0.0625 + 0.01 + 0.0009 + 0.0004, abs=1e-12)
    # The area form: 2 * sum(rank * x) / (n * sum(x)) - (n + 1) / n with x ascending.
    ranked = 1 * 20 + 2 * 30 + 3 * 100 + 4 * 250 + 5 * 600
    assert ask(data, "gini", Q1).value == pytest.approx(2 * ranked / (5 * 1000) - 6 / 5, abs=1e-12)


def test_the_top_fifth_is_rounded_up(tmp_path: Path):
    orders = [
        {"order_date": "2024-02-01", "order_id": str(k), "customer_id": str(k), "amount": amount}
        for k, amount in enumerate((40, 30, 10, 10, 5, 5))
    ]
    # ceil(0.2 * 6) = 2 customers.
    assert ask(dataset({"orders": orders}, tmp_path), "pareto_share", Q1).value == 0.7


def test_cross_sell_rate_counts_customers_with_two_products():
    answer = ask(example_company(), "cross_sell_rate", H1)
    assert (answer.numerator, answer.denominator) == (1, 3)
    assert answer.value == pytest.approx(1 / 3)


def test_cross_sell_rate_ignores_a_product_that_came_back(tmp_path: Path):
    orders = [
        {"order_date": "2024-02-01", "order_id": "1", "customer_id": "A", "product": "P", "amount": 100},
        {"order_date": "2024-02-01", "order_id": "1", "customer_id": "A", "product": "Q", "amount": 50,
         "returned": True},
        {"order_date": "2024-02-02", "order_id": "2", "customer_id": "B", "product": "P", "amount": 100},
        {"order_date": "2024-02-02", "order_id": "2", "customer_id": "B", "product": "Q", "amount": 50},
        {"order_date": "2024-02-08", "order_id": "2R", "customer_id": "B", "product": "Q", "amount": -20,
         "orig_order_id": "2"},
    ]  # fmt: skip
    answer = ask(dataset({"orders": orders}, tmp_path), "cross_sell_rate", Q1)
    assert (answer.numerator, answer.denominator) == (1, 2)


def test_cross_sell_rate_keeps_a_product_of_which_one_of_two_lines_came_back(tmp_path: Path):
    line = {"order_date": "2024-02-01", "order_id": "1", "customer_id": "A", "product": "Q", "amount": 50}
    orders = [
        line | {"product": "P", "amount": 70, "returned": False},
        line | {"returned": True},
        line | {"returned": False},
    ]
    assert ask(dataset({"orders": orders}, tmp_path), "cross_sell_rate", Q1).value == 1


def test_fulfilment_days_count_the_undelivered_as_still_waiting(tmp_path: Path):
    orders = [
        {"order_date": "2024-06-01", "order_id": "1", "amount": 10, "delivered_date": "2024-06-03"},
        {"order_date": "2024-06-01", "order_id": "2", "amount": 10, "delivered_date": "2024-06-04"},
        {"order_date": "2024-06-01", "order_id": "3", "amount": 10, "delivered_date": "2024-06-06"},
        {"order_date": "2024-06-01", "order_id": "4", "amount": 10, "delivered_date": "2024-06-10"},
        {"order_date": "2024-06-26", "order_id": "5", "amount": 10, "delivered_date": None},
    ]
    answer = ask(dataset({"orders": orders}, tmp_path), "fulfilment_days", Q2)
    assert (answer.value, answer.details["completed_median"]) == (5, 4)


def test_fulfilment_days_are_not_reached_while_most_wait(tmp_path: Path):
    orders = [
        {"order_date": "2024-06-01", "order_id": "1", "amount": 10, "delivered_date": "2024-06-03"},
        *(
            {"order_date": "2024-06-01", "order_id": str(k), "amount": 10, "delivered_date": None}
            for k in (2, 3, 4)
        ),
    ]
    answer = ask(dataset({"orders": orders}, tmp_path), "fulfilment_days", Q2)
    assert (answer.value, answer.reason) == (None, "not_reached")
