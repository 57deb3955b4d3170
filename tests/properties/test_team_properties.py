"""What holds for the figures of every team: parts make the whole, a filter on everyone is none, order does not matter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import salesmetrics as sm
from tests.company import answers, ask
from tests.oracles.companies import LAST, companies
from tests.properties.test_properties import PERIODS, many, stored

DIMENSIONS = st.sampled_from(["region", "tenure", "rep"])
RATIOS = (
    "quota_miss_rate", "quota_gap_rate", "rep_turnover_rate", "rep_roi", "activities_per_rep",
    "contact_expectation_rate", "rep_workload",
)  # fmt: skip
METRICS = (*RATIOS, "net_gain_loss", "ramp_time", "overload_flag", "rep_benchmark", "effectiveness_efficiency")


@many
@given(companies(), st.sampled_from(["net_gain_loss", "overload_flag"]), PERIODS, DIMENSIONS)
def test_the_parts_make_the_whole(tables, metric, period, dimension):
    with stored(tables) as data:
        whole = ask(data, metric, period, as_of=LAST)
        parts = answers(data, metric, period, by=(dimension,), as_of=LAST)
        assert sum(part.value or 0 for part in parts.values()) == pytest.approx(whole.value or 0, abs=1e-6)


@many
@given(companies(), st.sampled_from(RATIOS), PERIODS, DIMENSIONS)
def test_the_sides_of_the_parts_make_those_of_the_whole(tables, metric, period, dimension):
    # One rep's quotas may lie in several bands of tenure: then a rep is counted in each.
    if metric.startswith("quota") and dimension == "tenure":
        return
    with stored(tables) as data:
        whole = ask(data, metric, period, as_of=LAST)
        parts = answers(data, metric, period, by=(dimension,), as_of=LAST)
        if whole.value is not None:
            for side in ("numerator", "denominator"):
                total = sum(getattr(part, side) or 0 for part in parts.values())
                assert total == pytest.approx(getattr(whole, side), abs=1e-6)


@many
@given(companies(), st.sampled_from([*RATIOS, "net_gain_loss", "overload_flag", "ramp_time"]), PERIODS, DIMENSIONS)
def test_a_filter_on_everyone_is_no_filter(tables, metric, period, dimension):
    with stored(tables) as data:
        parts = tuple(part for part in answers(data, metric, period, by=(dimension,), as_of=LAST) if part)
        if parts:
            whole = ask(data, metric, period, as_of=LAST)
            filtered = ask(data, metric, period, as_of=LAST, **{dimension: parts})
            assert (filtered.value, filtered.reason, filtered.n) == (whole.value, whole.reason, whole.n)


@many
@given(companies(), st.randoms(use_true_random=False), PERIODS)
def test_the_order_of_rows_does_not_matter(tables, random, period):
    shuffled = {name: random.sample(rows, len(rows)) for name, rows in tables.items()}
    query = sm.MetricQuery(metrics=METRICS, period=period, as_of=LAST)
    figures = ["metric", "rep", "value", "reason", "n", "numerator", "denominator", "details"]
    with stored(tables) as one, stored(shuffled) as other:
        first, second = (sm.compute(data, query).frame[figures] for data in (one, other))
        assert first.to_csv() == second.to_csv()


@many
@given(companies(), PERIODS)
def test_a_ratio_is_its_numerator_over_its_denominator(tables, period):
    with stored(tables) as data:
        frame = sm.compute(data, sm.MetricQuery(metrics=RATIOS, period=period, as_of=LAST)).frame
        for row in frame.to_dict("records"):
            if row["value"] == row["value"]:
                assert row["value"] * row["denominator"] == pytest.approx(row["numerator"], rel=1e-9, abs=1e-9)
            else:
                assert isinstance(row["reason"], str), row["metric"]


@many
@given(companies(), PERIODS)
def test_who_misses_and_who_reaches_a_quota_are_all_who_have_one(tables, period):
    with stored(tables) as data:
        missed, reached = (
            ask(data, metric, period, as_of=LAST) for metric in ("quota_miss_rate", "reps_at_quota")
        )
        if missed.value is not None:
            assert missed.numerator + reached.numerator == missed.denominator == reached.denominator


@many
@given(companies(), PERIODS)
def test_someone_who_was_never_there_changes_nothing(tables, period):
    gone = {"rep_id": "gone", "name": "Gone", "hire_date": date(2009, 1, 1), "leave_date": date(2010, 1, 1)}
    figures = ["metric", "rep", "value", "reason", "n", "numerator", "denominator"]
    query = sm.MetricQuery(metrics=METRICS, period=period, as_of=LAST)
    # Without any rep, one who was there is the difference between nothing known and nothing there.
    if tables["reps"]:
        with stored(tables) as one, stored(tables | {"reps": [*tables["reps"], gone]}) as other:
            first, second = (sm.compute(data, query).frame[figures] for data in (one, other))
            # Where deals have no dates at all, everyone is listed.
            second = second[second["rep"] != "Gone"]
            assert first.to_csv(index=False) == second.to_csv(index=False)
