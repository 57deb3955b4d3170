"""The worked examples of what customers are worth, and of what winning them gives back."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesmetrics.model.dataset import Dataset
from tests.company import (
    EXAMPLE_ORDERS,
    EXAMPLE_TABLES,
    H1,
    Q1,
    Q2,
    Rows,
    answers,
    ask,
    dataset,
    days,
    example_company,
)

TWO_MONTHS = {"clv_historic.months": "2"}
# Sixty days and two months hold the same purchases of A, B and C.
RATIO = {"clv_cac_ratio.months": "2"}
SIXTY_DAYS = {"roi_by_source.days": "60"}
APRIL, MAY, JUNE = (
    days(f"2024-0{month}-01", f"2024-0{month}-{last}") for month, last in ((4, 30), (5, 31), (6, 30))
)


def _without(column: str) -> list[dict[str, object]]:
    return [{name: value for name, value in order.items() if name != column} for order in EXAMPLE_ORDERS]


def test_value_of_the_first_two_months():
    answer = ask(example_company(), "clv_historic", H1, params=TWO_MONTHS)
    # A 300 - 170, B 100 - 60, C (200 - 100) - (100 - 50); D sent everything back and is no customer.
    assert (answer.numerator, answer.denominator) == (130 + 40 + 50, 3)
    assert round(answer.value, 1) == 73.3


def test_customers_who_are_too_young_are_left_out_and_counted():
    three = ask(example_company(), "clv_historic", H1, params={"clv_historic.months": "3"})
    # On 30 June C has been a customer for two months; A came back on the day its third month ended.
    assert (three.numerator, three.denominator, three.details["too_young"]) == (130 + 40, 2, 1)
    year = ask(example_company(), "clv_historic", H1)
    assert (year.value, year.reason, year.details["too_young"]) == (None, "immature_cohort", 3)


def test_a_quarter_holds_the_customers_won_in_it_whenever_they_bought_again():
    four = ask(example_company(), "clv_historic", Q1, params={"clv_historic.months": "4"})
    # A bought again on 10 April, three months after the first purchase; B on 1 June, in its fourth month.
    assert (four.numerator, four.denominator) == (130 + 120 + 40 + 30, 2)


def test_without_costs_the_value_is_revenue_and_says_so(tmp_path: Path):
    company = dataset({**EXAMPLE_TABLES, "orders": _without("cost")}, tmp_path)
    answer = ask(company, "clv_historic", H1, params=TWO_MONTHS)
    assert answer.value == pytest.approx((300 + 100 + 100) / 3)
    assert answer.warns("valued_by_revenue")
    assert not ask(example_company(), "clv_historic", H1, params=TWO_MONTHS).warns("valued_by_revenue")


def test_rows_without_a_cost_are_out_of_both_sides(tmp_path: Path):
    orders = [{**order, "cost": None if order["order_id"] == "O2" else order["cost"]} for order in EXAMPLE_ORDERS]
    answer = ask(dataset({**EXAMPLE_TABLES, "orders": orders}, tmp_path), "clv_historic", H1, params=TWO_MONTHS)
    # B's only purchase in its two months has no cost: 100 of 300 + 100 + 200 + 100 in all.
    assert (answer.numerator, answer.denominator) == (130 + 50, 2)
    assert answer.warns("coverage:0.857")


def test_value_to_cost_of_the_customers_of_the_quarter():
    answer = ask(example_company(), "clv_cac_ratio", Q2, params=RATIO)
    assert (answer.value, answer.numerator, answer.denominator) == (0.1, 50, 500)
    assert ask(example_company(), "clv_cac_ratio", Q2).reason == "immature_cohort"


def test_revenue_is_never_set_against_acquisition_cost(tmp_path: Path):
    company = dataset({**EXAMPLE_TABLES, "orders": _without("cost")}, tmp_path)
    for metric in ("clv_cac_ratio", "cac_payback_months", "roi_by_source"):
        assert {a.reason for a in answers(company, metric, Q2).values()} == {"missing_column:orders.cost"}


def _buys(customer: str, day: str, profit: int) -> dict[str, object]:
    return {
        "order_id": f"{customer} {day}", "order_date": day, "customer_id": customer, "amount": 100 + profit,
        "cost": 100, "region": "East", "channel": "Web",
    }  # fmt: skip


def _spending(tmp_path: Path, orders: Rows, spend: int) -> Dataset:
    booked = [{"date": "2023-01-05", "amount": spend, "kind": "marketing"}]
    return dataset({"orders": orders, "spend": booked}, tmp_path)


JANUARY = days("2023-01-01", "2023-01-31")


def test_a_cost_of_500_is_paid_back_by_50_a_month_in_ten(tmp_path: Path):
    orders = [_buys("A", f"2023-{month:02}-10", 50) for month in range(1, 13)]
    answer = ask(
        _spending(tmp_path, orders, 500),
        "cac_payback_months",
        JANUARY,
        as_of=days("2024-01-10", "2024-01-10").start,
    )
    assert (answer.value, answer.details["simple_months"], answer.details["months_known"]) == (10, 10, 12)
    dearer = ask(
        _spending(tmp_path / "dearer", orders, 501), "cac_payback_months", JANUARY,
        as_of=days("2023-12-09", "2023-12-09").start,
    )  # fmt: skip
    # Ten months are over on 9 December, and 500 earned by then.
    assert (dearer.value, dearer.reason, dearer.details["months_known"]) == (None, "not_reached", 10)


def test_the_months_that_count_are_those_that_the_youngest_has_lived(tmp_path: Path):
    orders = [_buys("A", "2023-01-02", 60), _buys("A", "2023-02-20", 60), _buys("B", "2023-01-31", 10)]
    # By 27 February A is in its second month, B still in its first: January's last day and a month is 28 February.
    before, after = (days(day, day).start for day in ("2023-02-27", "2023-02-28"))
    company = _spending(tmp_path, orders, 100)
    assert ask(company, "cac_payback_months", JANUARY, as_of=before).reason == "immature_cohort"
    one = ask(company, "cac_payback_months", JANUARY, as_of=after)
    assert (one.value, one.reason, one.details["months_known"], one.details["simple_months"]) == (
        None, "not_reached", 1, pytest.approx(100 / 70),
    )  # fmt: skip
    two = ask(company, "cac_payback_months", JANUARY, as_of=days("2023-03-31", "2023-03-31").start)
    assert (two.value, two.details["months_known"]) == (2, 2)


def test_payback_of_the_shared_example():
    answer = ask(example_company(), "cac_payback_months", Q2)
    # C has been a customer for two months and brought 50; at 25 a month 500 take 20.
    assert (answer.value, answer.reason, answer.details) == (
        None, "not_reached", {"months_known": 2, "simple_months": 20},
    )  # fmt: skip


def test_return_on_the_spend_of_april():
    sources = answers(example_company(), "roi_by_source", APRIL, by=("lead_source",), params=SIXTY_DAYS)
    # C, from an event, brought 50 after a return; web won nobody; what names no source cannot have.
    assert {source: (a.value, a.reason) for source, a in sources.items()} == {
        "event": (-0.5, None), "web": (-1, None), "(unallocated)": (None, "unallocated"),
    }  # fmt: skip
    assert (sources["event"].numerator, sources["event"].denominator) == (-50, 100)


@pytest.mark.parametrize("period", [MAY, JUNE])
def test_later_months_are_too_young(period, tmp_path: Path):
    booked = [{"date": period.start, "amount": 100, "kind": "marketing", "lead_source": "event"}]
    company = dataset({**EXAMPLE_TABLES, "spend": [*EXAMPLE_TABLES["spend"], *booked]}, tmp_path)
    event = answers(company, "roi_by_source", period, by=("lead_source",), params=SIXTY_DAYS)["event"]
    assert (event.value, event.reason) == (None, "immature_cohort")


def test_the_month_is_old_enough_on_the_day_its_last_customer_could_be():
    def asked(as_of: str):
        day = days(as_of, as_of).start
        return answers(
            example_company(), "roi_by_source", APRIL, by=("lead_source",), params=SIXTY_DAYS, as_of=day
        )["event"]

    # Sixty days after 30 April.
    assert asked("2024-06-29").value == -0.5
    assert asked("2024-06-28").reason == "immature_cohort"


def test_a_source_without_spend_has_no_return(tmp_path: Path):
    spend = [booking for booking in EXAMPLE_TABLES["spend"] if booking["lead_source"] != "event"]
    company = dataset({**EXAMPLE_TABLES, "spend": spend}, tmp_path)
    event = answers(company, "roi_by_source", APRIL, by=("lead_source",), params=SIXTY_DAYS)["event"]
    assert (event.value, event.reason, event.details["customers"]) == (None, "zero_denominator", 1)


def test_profit_counts_for_so_many_days_only(tmp_path: Path):
    orders = [*EXAMPLE_ORDERS, {**EXAMPLE_ORDERS[4], "order_id": "O7", "order_date": "2024-06-19"}]
    company = dataset({**EXAMPLE_TABLES, "orders": orders}, tmp_path)
    # The new order comes 60 days after C's first purchase on 20 April, and earns another 100.
    values = [
        answers(company, "roi_by_source", APRIL, by=("lead_source",), params={"roi_by_source.days": str(most)})
        for most in (59, 60)
    ]
    assert [sources["event"].value for sources in values] == [-0.5, 0.5]
