"""What holds for answers, market, training, hand-overs and the CRM of every company, however its rows stand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import salesmetrics as sm
from tests.company import answers, ask
from tests.oracles.companies import LAST, companies
from tests.properties.test_properties import PERIODS, many, stored

DEALS = ("crm_adoption", "crm_completeness")
LEADS = ("handoff_lost_rate",)
MARKET = ("market_share",)
RATIOS = (*DEALS, *LEADS, *MARKET, "csat", "training_hours_per_rep")
FIGURES = ["metric", "value", "reason", "n", "numerator", "denominator", "warnings"]
ALL = (
    *RATIOS,
    "nps",
    "relative_growth",
    "training_vs_performance",
    "handoff_time",
    "crm_lag",
    "seasonality_index",
)


@many
@given(companies(), PERIODS, st.sampled_from(["region", "product", "tenure", "rep", "segment", "channel"]))
def test_contributions_make_the_change_of_revenue(tables, period, dimension):
    with stored(tables) as data:
        parts = answers(data, "segment_contribution", period, by=(dimension,), as_of=LAST).values()
        whole = ask(data, "revenue", period, as_of=LAST, compare=(sm.Compare.PREVIOUS,)).row
        if all(part.value is not None for part in parts) and whole["previous_value"] is not None:
            change = whole["value"] - whole["previous_value"]
            assert sum(part.value for part in parts) == pytest.approx(change, abs=1e-6)


@many
@given(
    companies(),
    st.sampled_from(
        [(m, d) for m in (*DEALS, *LEADS) for d in ("region", "product", "tenure", "rep")]
        + [(m, d) for m in MARKET for d in ("region", "product")]
    ),
    PERIODS,
)
def test_the_sides_of_the_parts_make_those_of_the_whole(tables, asked, period):
    metric, dimension = asked
    with stored(tables) as data:
        whole = ask(data, metric, period, as_of=LAST)
        parts = answers(data, metric, period, by=(dimension,), as_of=LAST).values()
        if whole.numerator is not None:
            for side in ("numerator", "denominator"):
                total = sum(getattr(part, side) or 0 for part in parts)
                assert total == pytest.approx(getattr(whole, side), abs=1e-6)


@many
@given(companies(), st.sampled_from([m for m in ALL if m not in (*MARKET, "relative_growth")]), PERIODS)
def test_a_filter_on_everyone_is_no_filter(tables, metric, period):
    with stored(tables) as data:
        parts = tuple(part for part in answers(data, metric, period, by=("region",), as_of=LAST) if part)
        if parts:
            whole, filtered = (
                ask(data, metric, period, as_of=LAST),
                ask(data, metric, period, as_of=LAST, region=parts),
            )
            assert (filtered.value, filtered.reason, filtered.n) == (whole.value, whole.reason, whole.n)


@many
@given(companies(), st.randoms(use_true_random=False), PERIODS)
def test_the_order_of_rows_does_not_matter(tables, random, period):
    # Of two sizes of one cell the last counts: those keep their order.
    shuffled = {
        name: rows if name == "market_size" else random.sample(rows, len(rows)) for name, rows in tables.items()
    }
    query = sm.MetricQuery(metrics=ALL, period=period, as_of=LAST)
    with stored(tables) as one, stored(shuffled) as other:
        first, second = (sm.compute(data, query).frame[FIGURES] for data in (one, other))
        for name in ("value", "numerator", "denominator"):
            assert list(first[name]) == pytest.approx(list(second[name]), nan_ok=True)
        rest = ["metric", "reason", "n", "warnings"]
        assert first[rest].to_csv() == second[rest].to_csv()


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
def test_a_share_and_its_range_lie_where_they_can(tables, period):
    with stored(tables) as data:
        csat, nps = ask(data, "csat", period, as_of=LAST), ask(data, "nps", period, as_of=LAST)
        if csat.value is not None:
            assert 0 <= csat.details["low"] <= csat.value <= csat.details["high"] <= 1
        if nps.value is not None:
            assert -100 <= nps.value <= 100
            shares = [nps.details[name] for name in ("promoters", "passives", "detractors")]
            assert sum(shares) == pytest.approx(1)


@many
@given(companies(), PERIODS)
def test_what_is_of_another_time_changes_nothing(tables, period):
    later = date(2024, 12, 1)
    more = {
        "feedback": {"customer_id": "A", "date": later, "score": 1, "kind": "csat"},
        "training": {"rep_id": "R1", "date": later, "hours": 40, "topic": "Closing"},
        "activities": {"rep_id": "R1", "at": f"{later} 10:00", "type": "service", "customer_id": "A"},
        "market_size": {"period_start": date(2030, 1, 1), "period_end": date(2030, 12, 31), "amount": 1},
    }
    grown = tables | {name: [*tables[name], row] for name, row in more.items() if tables[name]}
    query = sm.MetricQuery(metrics=ALL, period=period, as_of=LAST)
    with stored(tables) as one, stored(grown) as other:
        first, second = (sm.compute(data, query).frame[FIGURES] for data in (one, other))
        assert first.to_csv() == second.to_csv()
