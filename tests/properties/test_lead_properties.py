"""What holds for the leads of every company: parts make the whole, shares of a cohort fit together, order is nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import salesmetrics as sm
from tests.company import answers, ask
from tests.oracles.companies import LAST, companies
from tests.properties.test_properties import PERIODS, many, stored

COUNTS = ("leads", "qualified_leads", "unanswered_leads")
RATIOS = (
    "lead_conversion_rate", "qualification_rate", "response_within_sla", "unanswered_rate", "followup_rate",
    "touches_per_lead",
)  # fmt: skip
DIMENSIONS = st.sampled_from(["region", "product", "tenure", "rep", "lead_source"])
FIGURES = ["metric", "value", "reason", "n", "numerator", "denominator", "warnings"]


@many
@given(companies(), st.sampled_from((*COUNTS, "revenue_by_lead_source")), PERIODS, DIMENSIONS)
def test_the_parts_make_the_whole(tables, metric, period, dimension):
    with stored(tables) as data:
        whole = ask(data, "revenue" if metric == "revenue_by_lead_source" else metric, period, as_of=LAST)
        parts = answers(data, metric, period, by=(dimension,), as_of=LAST)
        assert sum(part.value or 0 for part in parts.values()) == pytest.approx(whole.value or 0, abs=1e-6)


@many
@given(companies(), PERIODS, DIMENSIONS)
def test_both_sides_of_a_ratio_add_up_over_parts_and_divide_to_it(tables, period, dimension):
    with stored(tables) as data:
        for metric in RATIOS:
            whole = ask(data, metric, period, as_of=LAST)
            parts = answers(data, metric, period, by=(dimension,), as_of=LAST).values()
            for side in ("numerator", "denominator"):
                summed = sum(getattr(part, side) or 0 for part in parts)
                assert summed == (getattr(whole, side) or 0), (metric, side)
            if whole.value is None:
                assert whole.reason, metric
            else:
                assert whole.value * whole.denominator == pytest.approx(whole.numerator)


@many
@given(companies(), PERIODS, DIMENSIONS)
def test_a_filter_on_every_value_is_no_filter(tables, period, dimension):
    with stored(tables) as data:
        # What is unanswered is told of the last day, by when a rep may be in another band than when a lead came.
        values = {
            value: None
            for metric in ("leads", "unanswered_leads")
            for value in answers(data, metric, None, by=(dimension,), as_of=LAST)
            if value is not None
        }
        for metric in (*RATIOS, "leads", "unanswered_leads", "lead_response_time") if values else ():
            whole = ask(data, metric, period, as_of=LAST)
            filtered = ask(data, metric, period, as_of=LAST, **{dimension: list(values)})
            assert (filtered.value, filtered.n) == (whole.value, whole.n), metric


@many
@given(companies(), st.randoms(use_true_random=False), PERIODS)
def test_the_order_of_rows_does_not_matter(tables, random, period):
    shuffled = {name: random.sample(rows, len(rows)) for name, rows in tables.items()}
    metrics = (*COUNTS, *RATIOS, "lead_response_time", "missed_opportunity_estimate", "revenue_by_lead_source")
    query = sm.MetricQuery(metrics=metrics, period=period, as_of=LAST)
    with stored(tables) as one, stored(shuffled) as other:
        first, second = (sm.compute(data, query).frame[FIGURES] for data in (one, other))
        assert first.to_csv() == second.to_csv()


@many
@given(companies(), PERIODS)
def test_an_order_changes_nothing_about_leads(tables, period):
    without = tables | {"orders": []}
    query = sm.MetricQuery(metrics=(*COUNTS, *RATIOS, "lead_response_time"), period=period, as_of=LAST)
    with stored(tables) as one, stored(without) as other:
        first, second = (sm.compute(data, query).frame[FIGURES] for data in (one, other))
        assert first.to_csv() == second.to_csv()


@many
@given(companies(), PERIODS)
def test_more_days_never_convert_fewer_of_the_same_leads(tables, period):
    with stored(tables) as data:
        # Leads that have had 90 days have had 30.
        short, long = (
            answers(
                data, "lead_conversion_rate", period, grain=sm.Grain.MONTH, as_of=LAST,
                params={"lead_conversion_rate.horizon": horizon},
            )
            for horizon in ("30", "90")
        )  # fmt: skip
        for month, answer in long.items():
            if answer.denominator and answer.denominator == short[month].denominator:
                assert answer.value >= short[month].value
