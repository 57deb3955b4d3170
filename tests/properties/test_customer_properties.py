"""What holds for the customers of every company: each has one place, and what is kept and what is lost make the whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import salesmetrics as sm
from tests.company import answers, ask
from tests.oracles.companies import LAST, companies
from tests.properties.test_properties import DIMENSIONS, PERIODS, many, stored

ONE_PLACE = (
    "customer_retention_rate", "customer_churn_rate", "grr", "nrr", "cohort_retention", "repeat_purchase_rate",
)  # fmt: skip
LISTS = ("high_value_customers", "churn_risk")
ALL = (*ONE_PLACE, *LISTS, "customer_acquisition_rate", "new_customer_share", "repurchase_interval", "rfm_segment")


@many
@given(companies(), st.sampled_from(ONE_PLACE), PERIODS, DIMENSIONS)
def test_every_customer_of_a_ratio_counts_in_one_part(tables, metric, period, dimension):
    with stored(tables) as data:
        whole = ask(data, metric, period, as_of=LAST)
        parts = answers(data, metric, period, by=(dimension,), as_of=LAST).values()
        for side in ("numerator", "denominator"):
            total = sum(getattr(part, side) or 0 for part in parts)
            assert total == pytest.approx(getattr(whole, side) or 0, abs=1e-6)


@many
@given(companies(), st.sampled_from(LISTS), PERIODS, DIMENSIONS)
def test_every_customer_of_a_list_stands_in_one_part(tables, metric, period, dimension):
    with stored(tables) as data:
        whole = ask(data, metric, period, as_of=LAST)
        parts = answers(data, metric, period, by=(dimension,), as_of=LAST).values()
        each = answers(data, metric, period, by=("customer",), as_of=LAST).values()
        if whole.value is not None:
            # Too little may be known of a part to say more of it than who stands in it.
            assert sum(part.numerator or 0 for part in parts) == whole.numerator == whole.value
            assert sum(customer.numerator or 0 for customer in each) == whole.numerator
            assert all(one.value in (None, one.numerator) for one in (*parts, *each))


@many
@given(companies(), st.sampled_from(ALL), PERIODS, DIMENSIONS)
def test_a_filter_on_every_value_is_no_filter(tables, metric, period, dimension):
    with stored(tables) as data:
        parts = tuple(
            part for part in answers(data, "revenue", None, by=(dimension,), as_of=LAST) if part is not None
        )
        # As a balance counts a customer's rep as of today, all bands of tenure have to be named.
        everything = {*parts, "0-3m", "3-6m", "6-12m", "1-2y", "2-5y", "5y+", "(pre-hire)", "(unknown)"}
        whole = ask(data, metric, period, as_of=LAST)
        filtered = ask(data, metric, period, as_of=LAST, **{dimension: tuple(sorted(everything))})
        assert (filtered.value, filtered.reason, filtered.n) == (whole.value, whole.reason, whole.n)
        assert filtered.details == pytest.approx(whole.details, nan_ok=True)


@many
@given(companies(), st.randoms(use_true_random=False), PERIODS)
def test_the_order_of_rows_does_not_matter(tables, random, period):
    shuffled = {name: random.sample(rows, len(rows)) for name, rows in tables.items()}
    query = sm.MetricQuery(metrics=ALL, period=period, by=("region",), as_of=LAST)
    figures = ["metric", "region", "value", "reason", "n", "numerator", "denominator", "warnings", "details"]
    with stored(tables) as one, stored(shuffled) as other:
        first, second = (sm.compute(data, query).frame[figures] for data in (one, other))
        assert first.to_csv() == second.to_csv()


@many
@given(companies(), PERIODS, DIMENSIONS)
def test_who_stayed_and_who_did_not_are_all_of_before(tables, period, dimension):
    with stored(tables) as data:
        kept = answers(data, "customer_retention_rate", period, by=(dimension,), as_of=LAST)
        lost = answers(data, "customer_churn_rate", period, by=(dimension,), as_of=LAST)
        assert list(kept) == list(lost)
        for part, stayed in kept.items():
            assert stayed.reason == lost[part].reason
            if stayed.value is not None:
                assert stayed.value + lost[part].value == pytest.approx(1)


@many
@given(companies(), PERIODS, st.sampled_from(["previous", "last_year"]))
def test_gross_retention_is_a_share_of_what_net_retention_is_measured_by(tables, period, base):
    with stored(tables) as data:
        gross, net = (
            ask(data, metric, period, as_of=LAST, params={f"{metric}.base": base}) for metric in ("grr", "nrr")
        )
        assert (gross.reason, gross.denominator) == (net.reason, net.denominator)
        if gross.value is not None:
            assert 0 <= gross.value <= 1


@many
@given(companies(), st.integers(1, 12), DIMENSIONS)
def test_cohorts_pool_what_their_months_have(tables, month, dimension):
    period = sm.Period(LAST.replace(year=2023, month=1, day=1), LAST.replace(month=9, day=1))
    with stored(tables) as data:
        params = {"cohort_retention.month": str(month)}
        whole = ask(data, "cohort_retention", period, as_of=LAST, params=params)
        months = answers(
            data, "cohort_retention", period, by=(dimension,), grain=sm.Grain.MONTH, as_of=LAST, params=params
        )
        if whole.reason in (None, "immature_cohort"):
            assert sum(each.numerator or 0 for each in months.values()) == whole.numerator
            assert sum(each.denominator or 0 for each in months.values()) == whole.denominator
