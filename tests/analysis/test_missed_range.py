"""The range of what was missed: it holds the estimate, and is as wide as the shares it rests on are uncertain."""

from __future__ import annotations

from datetime import date

import pytest

import salesmetrics as sm
from salesmetrics.analysis.missed_range import missed
from ui import datasets


def test_on_the_sample_the_range_holds_the_estimate_and_its_parts_add_up() -> None:
    query = sm.MetricQuery(("missed_opportunity_estimate",), sm.Period(date(2025, 1, 1), date(2026, 1, 1)))
    [row] = sm.compute(datasets.sample().data, query).frame.to_dict("records")
    found = missed(row["details"])
    assert found is not None
    assert found.value == pytest.approx(row["value"])
    assert found.customers_low < found.customers < found.customers_high
    assert found.value_low < found.value < found.value_high
    assert found.customers == pytest.approx(found.customers_unanswered + found.customers_late)
    assert found.value_high == pytest.approx(found.customers_high * found.worth)


def test_kinds_of_answers_that_few_leads_had_widen_nothing() -> None:
    details = {
        "customers": 1.0, "customers_unanswered": 1.0, "customers_late": None, "value_per_customer": 10.0,
        "unanswered_leads": 5.0, "conversion_answered_low": 0.1, "conversion_answered_high": 0.3,
        "conversion_in_time_low": None, "conversion_in_time_high": None, "leads_late_4h": 8.0,
        "conversion_late_4h": None, "conversion_late_4h_low": None, "conversion_late_4h_high": None,
    }  # fmt: skip
    found = missed(details)
    assert found is not None
    assert (found.customers_low, found.customers_high, found.late_leads) == (0.5, 1.5, 8.0)


def test_without_an_estimate_there_is_no_range() -> None:
    assert missed({}) is None
    assert missed({"customers": 3.0, "value_per_customer": float("nan")}) is None
