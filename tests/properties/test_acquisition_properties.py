"""What holds for every company of what customers cost and are worth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import salesmetrics as sm
from tests.company import answers, ask
from tests.oracles.companies import LAST, companies
from tests.properties.test_properties import many, stored

PERIODS = st.sampled_from(
    [
        sm.Period(date(2023, 1, 1), date(2024, 9, 1)),
        sm.Period(date(2023, 1, 1), date(2023, 7, 1)),
        sm.Period(date(2024, 1, 1), date(2024, 3, 1)),
    ]
)
RATIOS = (
    "cac", "cac_by_source", "sales_cost_ratio", "sales_marketing_cost_ratio", "clv_historic", "clv_cac_ratio",
    "roi_by_source",
)  # fmt: skip
SHORT = {"clv_historic.months": "2", "clv_cac_ratio.months": "2", "roi_by_source.days": "30"}
"""So short that few customers of a random company are too young."""


def _params(metric: str) -> dict[str, str]:
    return {name: value for name, value in SHORT.items() if name.startswith(f"{metric}.")}


def _spend(tables, period: sm.Period) -> float:
    return sum(b["amount"] for b in tables["spend"] if period.start <= b["date"] < period.end)


@many
@given(companies(), PERIODS, st.sampled_from(["apart", "pro_rata"]))
def test_the_sources_together_bear_all_the_spend(tables, period, how):
    params = {"cac_by_source.unallocated": how}
    with stored(tables) as data:
        parts = answers(data, "cac_by_source", period, by=("lead_source",), as_of=LAST, params=params)
        if any(part.numerator is not None for part in parts.values()):
            assert sum(part.numerator or 0 for part in parts.values()) == pytest.approx(_spend(tables, period))


@many
@given(companies(), PERIODS)
def test_the_sources_together_won_all_the_new_customers(tables, period):
    with stored(tables) as data:
        whole = ask(data, "cac", period, as_of=LAST)
        parts = answers(data, "cac_by_source", period, by=("lead_source",), as_of=LAST)
        if whole.denominator is not None:
            assert sum(part.denominator or 0 for part in parts.values()) == whole.denominator


@many
@given(companies(), PERIODS, st.sampled_from([*RATIOS, "cac_payback_months"]))
def test_a_filter_on_every_region_is_no_filter(tables, period, metric):
    with stored(tables) as data:
        every = tuple(
            {
                part
                for name in ("revenue", "cac")
                for part in answers(data, name, None, by=("region",), as_of=LAST)
                if part
            }
        )
        if every:
            by = ("lead_source",) if metric.endswith("_source") else ()
            whole, filtered = (
                answers(data, metric, period, by=by, as_of=LAST, params=_params(metric), **where)
                for where in ({}, {"region": every})
            )
            assert whole == filtered


@many
@given(companies(), st.randoms(use_true_random=False), PERIODS)
def test_the_order_of_rows_does_not_matter(tables, random, period):
    shuffled = {name: random.sample(rows, len(rows)) for name, rows in tables.items()}
    # Of copies of a lead that came in at the same moment the upper counts; everything else is told by its values.
    shuffled["leads"] = tables["leads"]
    query = sm.MetricQuery((*RATIOS, "cac_payback_months"), period, as_of=LAST, params=tuple(SHORT.items()))
    figures = ["metric", "value", "reason", "n", "numerator", "denominator", "warnings"]
    with stored(tables) as one, stored(shuffled) as other:
        first, second = (sm.compute(data, query).frame[figures] for data in (one, other))
        assert first.to_csv() == second.to_csv()


@many
@given(companies(), PERIODS)
def test_a_ratio_is_its_numerator_over_its_denominator(tables, period):
    with stored(tables) as data:
        frame = sm.compute(data, sm.MetricQuery(RATIOS, period, as_of=LAST, params=tuple(SHORT.items()))).frame
        for row in frame.to_dict("records"):
            if row["value"] == row["value"]:
                assert row["value"] * row["denominator"] == pytest.approx(row["numerator"], rel=1e-9, abs=1e-9)
            else:
                assert isinstance(row["reason"], str), row["metric"]


@many
@given(companies(), PERIODS)
def test_the_more_was_spent_the_later_it_is_paid_back(tables, period):
    dearer = {**tables, "spend": [{**booking, "amount": booking["amount"] * 3} for booking in tables["spend"]]}
    with stored(tables) as one, stored(dearer) as other:
        first, second = (ask(data, "cac_payback_months", period, as_of=LAST) for data in (one, other))
        if second.value is not None:
            assert first.value is not None
            assert first.value <= second.value


@many
@given(companies(), PERIODS)
def test_spend_and_customers_of_other_times_change_nothing(tables, period):
    late = {**tables["spend"][0], "date": LAST, "amount": 5_000} if tables["spend"] else None
    order = (
        {**tables["orders"][-1], "order_date": LAST, "order_id": "late", "customer_id": "Z"}
        if tables["orders"]
        else None
    )
    if period.end > LAST - timedelta(days=60) or late is None or order is None:
        return
    # A booking of its own kind, so that it does not show that a month is booked on several days.
    late["kind"] = "events"
    more = {**tables, "spend": [*tables["spend"], late], "orders": [*tables["orders"], order]}
    with stored(tables) as one, stored(more) as other:
        for metric in ("cac", "clv_historic", "cac_payback_months"):
            first, second = (
                ask(data, metric, period, as_of=LAST, params=_params(metric)) for data in (one, other)
            )
            assert (first.value, first.reason, first.n) == (second.value, second.reason, second.n), metric
