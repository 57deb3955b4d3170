"""The worked examples of what it costs to win a customer, and of the cost ratios."""

from __future__ import annotations

from pathlib import Path

import pytest

import salesmetrics as sm
from salesmetrics.model.dataset import Dataset
from tests.company import (
    EXAMPLE_ORDERS,
    EXAMPLE_SPEND,
    EXAMPLE_TABLES,
    H1,
    Q1,
    Q2,
    answers,
    ask,
    dataset,
    days,
    example_company,
)

APRIL = days("2024-04-01", "2024-04-30")


def _booked(
    *bookings: tuple[str, int], kind: str = "marketing", source: str | None = "web"
) -> list[dict[str, object]]:
    return [{"date": day, "amount": amount, "kind": kind, "lead_source": source} for day, amount in bookings]


def test_spend_over_new_customers():
    answer = ask(example_company(), "cac", Q2)
    assert (answer.value, answer.numerator, answer.denominator, answer.n) == (500, 500, 1, 1)


def test_a_month_without_new_customers_has_no_cost_of_one(tmp_path: Path):
    spend = [*EXAMPLE_SPEND, *_booked(("2024-06-15", 80))]
    june = ask(dataset({**EXAMPLE_TABLES, "spend": spend}, tmp_path), "cac", days("2024-06-01", "2024-06-30"))
    assert (june.value, june.reason, june.numerator) == (None, "zero_denominator", 80)


@pytest.mark.parametrize("period", [Q1, H1], ids=["before the first booking", "beginning months before it"])
@pytest.mark.parametrize("metric", ["cac", "sales_cost_ratio", "sales_marketing_cost_ratio"])
def test_customers_and_sales_from_before_spend_was_known_did_not_come_free(metric, period):
    answer = ask(example_company(), metric, period)
    assert answer.value is None
    assert answer.reason in ("no_rows", "incomplete_period")


def test_a_month_in_which_nothing_was_booked_did_not_come_free_either(tmp_path: Path):
    spend = _booked(("2024-03-04", 70), ("2024-03-05", 30))
    answer = ask(dataset({**EXAMPLE_TABLES, "spend": spend}, tmp_path), "cac", APRIL)
    assert (answer.value, answer.reason, answer.denominator) == (None, "no_rows", 1)


@pytest.fixture
def booked_as_it_comes(tmp_path: Path) -> Dataset:
    """Spend on several days of a month: 100 and 50 in March, 400 and 500 in April; one customer comes in April."""
    spend = _booked(("2024-03-01", 100), ("2024-03-20", 50), ("2024-04-03", 400), ("2024-04-25", 500))
    return dataset({**EXAMPLE_TABLES, "spend": spend}, tmp_path)


def test_the_lag_sets_earlier_spend_against_the_customers_it_won(booked_as_it_comes: Dataset):
    # April, 30 days earlier, is 2 to 31 March.
    assert ask(booked_as_it_comes, "cac", APRIL).value == 900
    assert ask(booked_as_it_comes, "cac", APRIL, params={"cac.lag": "30"}).value == 50
    assert ask(booked_as_it_comes, "cac", APRIL, params={"cac.lag": "31"}).value == 150


def test_a_lag_that_reaches_back_before_the_first_month_of_spend_leaves_nothing(booked_as_it_comes: Dataset):
    answer = ask(booked_as_it_comes, "cac", APRIL, params={"cac.lag": "45"})
    assert (answer.value, answer.reason) == (None, "incomplete_period")


def test_a_part_of_a_month_is_told_only_where_spend_is_not_booked_by_the_month(booked_as_it_comes: Dataset):
    part = days("2024-04-10", "2024-05-05")
    assert ask(booked_as_it_comes, "cac", part).value == 500
    whole_only = ask(example_company(), "cac", part)
    assert (whole_only.value, whole_only.reason) == (None, "incomplete_period")
    assert whole_only.warns("spend_booked_by_month")
    assert ask(example_company(), "cac", APRIL).warnings == ("left_truncated",)


def test_pay_is_added_only_when_asked_for(tmp_path: Path):
    # 91 days of 3,650 and of 1,200 a year.
    reps = [
        {"rep_id": "R1", "hire_date": "2024-01-01", "salary": 3650},
        {"rep_id": "R2", "hire_date": "2022-03-15", "salary": 1200},
    ]
    company = dataset({**EXAMPLE_TABLES, "reps": reps}, tmp_path)
    pay = 910 + 1200 * 91 / 365
    assert ask(company, "cac", Q2).value == 500
    assert ask(company, "cac", Q2, params={"cac.payroll": "added"}).value == pytest.approx(500 + pay)
    ratio = ask(company, "sales_cost_ratio", Q2, params={"sales_cost_ratio.payroll": "added"})
    assert ratio.value == pytest.approx((200 + pay) / 550)


def test_pay_that_no_file_tells_is_missing_and_not_nothing():
    answer = ask(example_company(), "cac", Q2, params={"cac.payroll": "added"})
    assert (answer.value, answer.reason) == (None, "missing_column:reps.salary")


def test_cost_by_source():
    sources = answers(example_company(), "cac_by_source", Q2, by=("lead_source",))
    told = {source: (a.value, a.reason, a.numerator, a.denominator) for source, a in sources.items()}
    # A and B are known from orders before the quarter, under no source: they are not new.
    told.pop("(unknown)", None)
    assert told == {
        "event": (100, None, 100, 1),
        "web": (None, "zero_denominator", 200, 0),
        "(unallocated)": (None, "zero_denominator", 200, 0),
    }


def test_spend_without_a_source_is_shared_out_by_new_customers_when_asked_for():
    shared = answers(
        example_company(), "cac_by_source", Q2, by=("lead_source",),
        params={"cac_by_source.unallocated": "pro_rata"},
    )  # fmt: skip
    assert {source: a.numerator for source, a in shared.items() if a.numerator} == {"event": 300, "web": 200}
    assert shared["event"].value == 300


def _sources(tmp_path: Path, leads: list[dict[str, object]], order_source: str | None) -> dict[str, float | None]:
    """Tell how many customers each source won in the second quarter, where C's first order names a source."""
    orders = [
        {**order, "lead_source": order_source if order["order_id"] == "O4" else None} for order in EXAMPLE_ORDERS
    ]
    company = dataset({**EXAMPLE_TABLES, "leads": leads, "orders": orders}, tmp_path)
    return {
        source: a.denominator
        for source, a in answers(company, "cac_by_source", Q2, by=("lead_source",)).items()
        if a.denominator
    }


def _lead(lead: str, source: str | None, day: str, customer: str | None = "C") -> dict[str, object]:
    return {"lead_id": lead, "lead_source": source, "created_at": f"{day} 09:00", "customer_id": customer}


def test_the_first_of_several_leads_names_the_source(tmp_path: Path):
    leads = [
        _lead("L2", "web", "2024-03-01"),
        _lead("L1", "event", "2024-01-12"),
        _lead("L3", "web", "2024-04-20"),
    ]
    assert _sources(tmp_path, leads, "referral") == {"event": 1}


def test_a_lead_from_after_the_first_purchase_brought_nobody(tmp_path: Path):
    assert _sources(tmp_path, [_lead("L1", "event", "2024-04-21")], "referral") == {"referral": 1}


def test_without_any_link_the_source_is_unknown_and_costs_nothing_that_is_known(tmp_path: Path):
    leads = [_lead("L1", "event", "2024-01-12", None)]
    assert _sources(tmp_path, leads, None) == {"(unknown)": 1}
    orders = [{**order, "lead_source": None} for order in EXAMPLE_ORDERS]
    company = dataset({**EXAMPLE_TABLES, "leads": leads, "orders": orders}, tmp_path / "again")
    unknown = answers(company, "cac_by_source", Q2, by=("lead_source",))["(unknown)"]
    assert (unknown.value, unknown.reason) == (None, "no_rows")


@pytest.mark.parametrize(("metric", "cost"), [("sales_cost_ratio", 200), ("sales_marketing_cost_ratio", 500)])
def test_cost_ratios(metric, cost):
    answer = ask(example_company(), metric, Q2)
    assert (answer.value, answer.numerator, answer.denominator) == (pytest.approx(cost / 550), cost, 550)


def test_a_ratio_to_revenue_below_zero_is_none(tmp_path: Path):
    # In May 100 came back and what was sold was returned.
    spend = [*EXAMPLE_SPEND, *_booked(("2024-05-15", 10), kind="sales")]
    may = ask(
        dataset({**EXAMPLE_TABLES, "spend": spend}, tmp_path), "sales_cost_ratio", days("2024-05-01", "2024-05-31")
    )
    assert (may.value, may.reason, may.denominator) == (None, "negative_base", -100)


def test_marketing_alone_does_not_make_selling_free(tmp_path: Path):
    company = dataset({**EXAMPLE_TABLES, "spend": _booked(("2024-04-15", 300))}, tmp_path)
    assert ask(company, "sales_cost_ratio", Q2).reason == "no_rows"
    assert ask(company, "sales_marketing_cost_ratio", Q2).value == pytest.approx(300 / 550)


@pytest.mark.parametrize("metric", ["cac", "sales_cost_ratio"])
def test_what_spend_cannot_be_cut_by_is_refused_or_said(metric):
    assert ask(example_company(), metric, Q2, rep="R1").reason == "filter_not_applicable:rep"
    with pytest.raises(sm.QueryError, match="rep"):
        ask(example_company(), metric, Q2, by=("rep",))


def test_spend_by_region(tmp_path: Path):
    spend = [
        {**booking, "region": region}
        for booking, region in zip(EXAMPLE_SPEND, ("West", "East", None), strict=True)
    ]
    regions = answers(dataset({**EXAMPLE_TABLES, "spend": spend}, tmp_path), "cac", Q2, by=("region",))
    assert {region: (a.value, a.numerator) for region, a in regions.items()} == {
        "West": (200, 200), "East": (None, 100), "(unknown)": (None, 200),
    }  # fmt: skip
