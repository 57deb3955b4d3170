"""What holds for every company: parts make the whole, order does not matter, a ratio is its two sides."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import salesmetrics as sm
from salesmetrics.model.dataset import Dataset
from tests.company import answers, ask, dataset
from tests.oracles.companies import LAST, Tables, companies

many = settings(
    max_examples=int(os.environ.get("PROPERTY_EXAMPLES", "2")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # Each example costs a second, so that shrinking one would cost minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)

PERIODS = st.sampled_from(
    [
        sm.Period(date(2023, 1, 1), date(2024, 9, 1)),
        sm.Period(date(2024, 1, 1), date(2024, 7, 1)),
        sm.Period(date(2024, 5, 1), date(2024, 6, 1)),
    ]
)
DIMENSIONS = st.sampled_from(["region", "product", "tenure", "rep"])
SUMS = ("revenue", "gross_sales", "return_amount", "new_revenue", "returning_revenue", "new_product_units")
DEAL_SUMS = ("open_opportunities",)
RATIOS = (
    "return_rate", "average_transaction_value", "gross_margin", "profit_per_order", "discount_rate",
    "price_per_unit", "win_rate", "win_rate_value", "avg_deal_size", "revenue_per_rep_month", "revenue_per_rep",
    "quota_attainment", "reps_at_quota", "cross_sell_rate", "growth_pop", "growth_yoy",
)  # fmt: skip


@contextmanager
def stored(tables: Tables) -> Iterator[Dataset]:
    with tempfile.TemporaryDirectory() as folder:
        yield dataset(tables, Path(folder), read_on=date(2024, 9, 15))


@many
@given(companies(), st.sampled_from(SUMS + DEAL_SUMS), PERIODS, DIMENSIONS)
def test_the_parts_make_the_whole(tables, metric, period, dimension):
    with stored(tables) as data:
        whole = ask(data, metric, period, as_of=LAST)
        parts = answers(data, metric, period, by=(dimension,), as_of=LAST)
        # A part may know its customers where the whole knows too few: what was counted adds up all the same.
        total = sum(part.numerator or 0 for part in parts.values())
        assert total == pytest.approx(whole.numerator or 0, abs=1e-6)
        assert all(one.value in (None, one.numerator) for one in (whole, *parts.values()))


@many
@given(companies(), st.sampled_from(["revenue", "gross_profit", "units", "return_amount"]), DIMENSIONS)
def test_the_months_make_the_year(tables, metric, dimension):
    year = sm.Period(date(2023, 1, 1), date(2024, 1, 1))
    with stored(tables) as data:
        whole = ask(data, metric, year, as_of=LAST)
        months = answers(data, metric, year, grain=sm.Grain.MONTH, as_of=LAST)
        if all(part.reason is None for part in months.values()):
            total = sum(month.value for month in months.values())
            assert total == pytest.approx(whole.value, abs=1e-6)
        assert len(months) == 12


@many
@given(companies(), st.sampled_from(["revenue", *RATIOS[:6], "orders", "active_customers"]), PERIODS, DIMENSIONS)
def test_a_filter_on_every_value_is_no_filter(tables, metric, period, dimension):
    with stored(tables) as data:
        # A metric that cannot be had (no rows at all) names no value to filter by.
        parts = tuple(
            part for part in answers(data, "revenue", None, by=(dimension,), as_of=LAST) if part is not None
        )
        whole = ask(data, metric, period, as_of=LAST)
        if parts:
            filtered = ask(data, metric, period, as_of=LAST, **{dimension: parts})
            assert (filtered.value, filtered.numerator, filtered.denominator) == (
                whole.value, whole.numerator, whole.denominator,
            )  # fmt: skip


@many
@given(companies(), st.randoms(use_true_random=False), PERIODS)
def test_the_order_of_rows_does_not_matter(tables, random, period):
    shuffled = {name: random.sample(rows, len(rows)) for name, rows in tables.items()}
    metrics = (
        "revenue", "orders", "average_transaction_value", "units", "gross_profit", "new_customers", "new_revenue",
        "cross_sell_rate", "fulfilment_days", "win_rate", "sales_cycle_length", "pipeline_value",
        "quota_attainment", "revenue_per_rep_month",
    )  # fmt: skip
    query = sm.MetricQuery(metrics=metrics, period=period, as_of=LAST)
    figures = ["metric", "value", "reason", "n", "numerator", "denominator", "warnings"]
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
@given(companies())
def test_new_customers_add_up_over_months(tables):
    period = sm.Period(date(2023, 1, 1), date(2024, 9, 1))
    with stored(tables) as data:
        months = answers(data, "new_customers", period, grain=sm.Grain.MONTH, as_of=LAST)
        if all(month.reason is None for month in months.values()):
            whole = ask(data, "new_customers", period, as_of=LAST)
            assert sum(month.value for month in months.values()) == whole.value


@many
@given(companies(), PERIODS)
def test_new_and_returning_customers_are_the_active_ones(tables, period):
    with stored(tables) as data:
        active, new, returning = (
            ask(data, f"{who}_customers", period, as_of=LAST).value for who in ("active", "new", "returning")
        )
        assert active == (new + returning if new is not None else None)


@many
@given(companies(), PERIODS)
def test_returns_take_gross_sales_to_revenue(tables, period):
    with stored(tables) as data:
        revenue, gross, back = (
            ask(data, metric, period, as_of=LAST).value for metric in ("revenue", "gross_sales", "return_amount")
        )
        if revenue is not None:
            assert revenue == pytest.approx(gross - back, abs=1e-6)
