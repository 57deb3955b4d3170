"""The worked examples of leads: how many come in, what becomes of them, and what their sources bring."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import salesmetrics as sm
from tests.company import (
    AS_OF,
    EXAMPLE_LEADS,
    H1,
    answers,
    ask,
    dataset,
    days,
    example_company,
)

JANUARY = days("2024-01-01", "2024-01-31")
JUNE = days("2024-06-01", "2024-06-30")
OF_60_DAYS = {"lead_conversion_rate.horizon": "60"}


def _lead(number: int, created: str = "2024-01-10 09:00", **more: Any) -> dict[str, Any]:
    return {"lead_id": f"L{number}", "created_at": created, "lead_source": "web", **more}


def test_leads_of_each_month():
    months = answers(example_company(), "leads", H1, grain=sm.Grain.MONTH)
    assert [month.value for month in months.values()] == [4, 0, 0, 0, 0, 2]


def test_a_lead_that_stands_there_twice_came_when_it_came_first(tmp_path: Path):
    leads = [_lead(1, "2024-05-02 10:00", lead_source="event"), _lead(1, "2024-01-02 10:00")]
    found = answers(dataset({"leads": leads}, tmp_path), "leads", H1, by=("lead_source",))
    assert {source: answer.value for source, answer in found.items()} == {"web": 1}


def test_conversion_counts_a_cohort_by_its_creation_and_gives_each_lead_as_long():
    # L1 converted after 20 days; L4 after 94, too late; L2 and L3 never.
    january = ask(example_company(), "lead_conversion_rate", JANUARY, params=OF_60_DAYS)
    assert (january.value, january.numerator, january.denominator, january.n) == (0.25, 1, 4, 4)


def test_conversion_of_leads_that_are_too_young_is_only_provisional():
    june = ask(example_company(), "lead_conversion_rate", JUNE, params=OF_60_DAYS)
    assert (june.value, june.reason) == (None, "immature_cohort")
    assert (june.details["provisional"], june.details["too_young"]) == (0.5, 2)
    assert june.warns("immature_left_out")


def test_conversion_in_a_period_without_leads_has_nothing_to_divide_by():
    assert ask(example_company(), "lead_conversion_rate", days("2024-03-01", "2024-03-31")).reason == (
        "zero_denominator"
    )


def test_conversion_at_any_time_counts_all_leads():
    # L1, L4 and L5 of six.
    answer = ask(example_company(), "lead_conversion_rate", H1, params={"lead_conversion_rate.horizon": "none"})
    assert (answer.value, answer.denominator) == (0.5, 6)


def test_a_lead_is_old_enough_when_it_has_had_all_its_days(tmp_path: Path):
    # Of 10 January: 31 March is its 81st day.
    data = dataset({"leads": [_lead(1, converted_at="2024-01-11 00:00")]}, tmp_path)
    evenings = [
        ask(data, "lead_conversion_rate", JANUARY, as_of=evening, params={"lead_conversion_rate.horizon": "81"})
        for evening in (date(2024, 3, 30), date(2024, 3, 31))
    ]
    assert [(answer.value, answer.reason) for answer in evenings] == [(None, "immature_cohort"), (1, None)]


@pytest.mark.parametrize(("disqualified", "value"), [("included", 1 / 3), ("excluded", 1 / 2)])
def test_disqualified_leads_count_unless_told_otherwise(tmp_path: Path, disqualified, value):
    leads = [
        _lead(1, converted_at="2024-02-01 10:00", status="converted"),
        _lead(2, status="disqualified"),
        _lead(3, status=None),
    ]
    answer = ask(
        dataset({"leads": leads}, tmp_path), "lead_conversion_rate", JANUARY,
        params={"lead_conversion_rate.disqualified": disqualified},
    )  # fmt: skip
    assert answer.value == pytest.approx(value)


def test_a_lead_converted_before_it_came_in_is_left_out_and_said(tmp_path: Path):
    leads = [
        _lead(1, converted_at="2024-01-09 10:00"), _lead(2, converted_at="2024-01-10 00:00"), _lead(3)
    ]  # fmt: skip
    data = dataset({"leads": leads}, tmp_path)
    answer = ask(data, "lead_conversion_rate", JANUARY)
    # The second carries the day alone, which is that of its creation.
    assert (answer.value, answer.denominator, answer.details["left_out"]) == (0.5, 2, 1)
    assert answer.warns("lead_dates_backwards")
    ever = ask(data, "lead_conversion_rate", JANUARY, params={"lead_conversion_rate.horizon": "none"})
    assert (ever.numerator, ever.denominator) == (2, 3)


def test_qualification_rate(tmp_path: Path):
    # Qualified at day 2, 10, 100, never, never: two of five within 90 days.
    came = pd.Timestamp("2024-01-10 09:00")
    leads = [
        _lead(number, qualified_at=None if after is None else came + timedelta(days=after))
        for number, after in enumerate((2, 10, 100, None, None))
    ]
    data = dataset({"leads": leads}, tmp_path)
    answer = ask(data, "qualification_rate", JANUARY)
    assert (answer.value, answer.numerator, answer.denominator) == (0.4, 2, 5)
    by_month = answers(data, "qualified_leads", H1, grain=sm.Grain.MONTH)
    assert [month.value for month in by_month.values()] == [2, 0, 0, 1, 0, 0]


def test_qualification_cannot_be_told_without_its_column():
    for metric in ("qualification_rate", "qualified_leads"):
        assert ask(example_company(), metric, H1).reason == "missing_column:leads.qualified_at"


def test_revenue_by_the_source_of_the_first_lead():
    found = answers(example_company(), "revenue_by_lead_source", H1, by=("lead_source",))
    assert {source: answer.value for source, answer in found.items()} == {"event": 100, "(unknown)": 850}
    assert sum(answer.value for answer in found.values()) == ask(example_company(), "revenue", H1).value
    customers = answers(example_company(), "revenue_by_lead_source", H1, by=("customer",))
    assert {name: answer.value for name, answer in customers.items()} == {"A": 600, "B": 250, "C": 100, "D": 0}


def test_a_customer_keeps_the_source_that_brought_it(tmp_path: Path):
    tables = {
        "orders": [
            {"order_id": number, "order_date": day, "amount": amount, "customer_id": customer, "lead_source": source}
            for number, day, amount, customer, source in (
                ("1", "2024-02-01", 10, "A", "fair"), ("2", "2024-03-01", 20, "A", "fair"),
                ("3", "2024-02-01", 40, "B", "fair"), ("4", "2024-03-01", 80, "B", "web"),
                ("5", "2024-02-01", 160, "C", None),
            )
        ],
        "leads": [
            # The earliest that came by the day of the first purchase: not the one of the day after.
            _lead(1, "2024-01-20 09:00", customer_id="A", lead_source="mail"),
            _lead(2, "2024-02-01 23:00", customer_id="A", lead_source="web"),
            _lead(3, "2024-02-02 00:00", customer_id="B", lead_source="mail"),
        ],
    }  # fmt: skip
    parts = answers(dataset(tables, tmp_path), "revenue_by_lead_source", H1, by=("lead_source",))
    assert {name: part.value for name, part in parts.items()} == {"mail": 30, "fair": 120, "(unknown)": 160}


def test_leads_that_came_after_the_day_are_not_there_yet():
    assert ask(example_company(), "leads", H1, as_of=date(2024, 6, 19)).value == len(EXAMPLE_LEADS) - 1
    assert ask(example_company(), "leads", H1, as_of=AS_OF).value == len(EXAMPLE_LEADS)
