"""What holds for the deals of every company: stages narrow, parts make the whole, order and strangers change nothing."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import salesmetrics as sm
from tests.company import answers
from tests.oracles.companies import FIRST, LAST, companies
from tests.properties.test_properties import PERIODS, many, stored

ALWAYS = sm.Period(date(2022, 1, 1), date(2024, 9, 1))
METRICS = (
    "stage_conversion", "funnel", "time_in_stage", "bottleneck", "loss_reasons", "stalled_deals", "win_rate_cohort",
    "sales_velocity", "sales_cycle_length", "weighted_pipeline", "pipeline_coverage",
)  # fmt: skip
STAGED = METRICS[:4]
DIMENSIONS = st.sampled_from(["region", "product", "tenure", "rep", "stage"])
FIGURES = ["metric", "value", "reason", "n", "numerator", "denominator", "warnings"]


@many
@given(companies())
def test_no_later_stage_is_reached_by_more_deals_than_an_earlier_one(tables):
    with stored(tables) as data:
        found = answers(data, "funnel", ALWAYS, by=("stage",), as_of=LAST).values()
        stages = sorted((a for a in found if a.value is not None), key=lambda a: a.details["place"])
        reached = [stage.value for stage in stages]
        assert reached == sorted(reached, reverse=True)
        for stage, following in pairwise(stages):
            # Who went on reached the next stage; who was won went through all of them.
            assert stage.details["advanced"] == following.value
        if stages:
            assert stages[-1].details["advanced"] == stages[-1].details["won"]


@many
@given(companies(), PERIODS)
def test_who_reached_a_stage_went_on_or_was_lost_or_waits(tables, period):
    with stored(tables) as data:
        for stage in answers(data, "stage_conversion", period, by=("stage",), as_of=LAST).values():
            told = stage.details
            if told:
                assert told["advanced"] + told["lost"] + told["waiting"] == told["reached"]
                assert (stage.numerator, stage.denominator) == (
                    told["advanced"], told["reached"] - told["waiting"],
                )  # fmt: skip


@many
@given(companies(), PERIODS)
def test_the_shares_of_the_stages_add_up_to_one(tables, period):
    with stored(tables) as data:
        shares = [a.value for a in answers(data, "bottleneck", period, by=("stage",), as_of=LAST).values()]
        shares = [share for share in shares if share is not None]
        assert not shares or sum(shares) == pytest.approx(1)


@many
@given(companies(), st.sampled_from(["loss_reasons", "stalled_deals"]), PERIODS, DIMENSIONS)
def test_the_parts_make_the_whole(tables, metric, period, dimension):
    with stored(tables) as data:
        # A part may be null where too little is known of it; what was counted stands beside.
        # A list is given by its own parts where none is asked for, so rows are added and not looked up.
        whole, parts = (
            sm.compute(data, sm.MetricQuery((metric,), period, by=by, as_of=LAST)).rows(metric)["numerator"].sum()
            for by in ((), (dimension,))
        )
        assert whole == parts


@many
@given(companies(), PERIODS, DIMENSIONS)
def test_a_filter_on_every_value_is_no_filter(tables, period, dimension):
    with stored(tables) as data:
        for metric in METRICS[:6]:
            whole = answers(data, metric, period, by=("region",), as_of=LAST)
            values = [v for v in answers(data, metric, period, by=(dimension,), as_of=LAST) if v is not None]
            if values:
                filtered = answers(data, metric, period, by=("region",), as_of=LAST, **{dimension: values})
                assert {p: (a.value, a.n) for p, a in filtered.items()} == {
                    p: (a.value, a.n) for p, a in whole.items()
                }  # fmt: skip


@many
@given(companies(), st.randoms(use_true_random=False), PERIODS)
def test_neither_the_order_of_rows_nor_entries_of_unknown_deals_matter(tables, random, period):
    shuffled = {name: random.sample(rows, len(rows)) for name, rows in tables.items()}
    if shuffled["stage_history"]:
        shuffled["stage_history"].append(
            {"opportunity_id": "stranger", "stage": "Qualify", "entered_at": f"{FIRST} 00:00"}
        )
    query = sm.MetricQuery(metrics=METRICS, period=period, as_of=LAST)
    with stored(tables) as one, stored(shuffled) as other:
        first, second = (sm.compute(data, query).frame[FIGURES] for data in (one, other))
        assert first.round(9).to_csv() == second.round(9).to_csv()
