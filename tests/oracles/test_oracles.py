"""Every metric against a statement written by hand in SQL, on the sample company and on random small ones."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import salesmetrics as sm
from salesmetrics.model.dataset import Dataset
from tests.company import AS_OF, H1, Q2, dataset, example_company
from tests.oracles.answers_in_sql import Question, disagreements, in_sql, stand_at, tables_of
from tests.oracles.asked import FAMILIES
from tests.oracles.companies import FIRST, LAST, Tables, companies

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
MANY = int(os.environ.get("ORACLE_EXAMPLES", "4"))
EVERY_CUT = "ORACLE_EVERY_CUT" in os.environ


def _period(start: str, end: str) -> sm.Period:
    return sm.Period(date.fromisoformat(start), date.fromisoformat(end))


def test_every_metric_asked_has_a_statement_and_every_statement_is_asked():
    asked = {metric for family in FAMILIES for metric in family.metrics}
    assert asked == {path.stem for path in Path(__file__).parent.glob("*.sql")}


@pytest.mark.parametrize(
    ("metric", "by", "expected"),
    [
        ("revenue", None, {"all": 550}), ("gross_sales", None, {"all": 750}),
        ("return_amount", None, {"all": 200}),
        ("return_rate", None, {"all": 200 / 750}), ("units", None, {"all": 6}), ("orders", None, {"all": 3}),
        ("average_transaction_value", None, {"all": 550 / 3}), ("gross_profit", None, {"all": 200}),
        ("gross_margin", None, {"all": 200 / 550}), ("profit_per_order", None, {"all": 200 / 3}),
        ("discount_rate", None, {"all": 100 / 850}), ("price_per_unit", None, {"all": 550 / 6}),
        ("growth_pop", None, {"all": 0.375}), ("product_movers", "product", {"P": 150, "Q": 0}),
        ("revenue_share", "product", {"P": 450 / 550, "Q": 100 / 550}), ("active_customers", None, {"all": 3}),
        ("new_customers", None, {"all": 1}), ("returning_customers", None, {"all": 2}),
        ("new_revenue", None, {"all": 100}), ("returning_revenue", None, {"all": 450}),
        ("open_opportunities", None, {"all": 2}), ("pipeline_value", None, {"all": 600}),
        ("weighted_pipeline", None, {"all": 240}), ("quota_attainment", None, {"all": 550 / 700}),
        ("quota_attainment", "rep", {"R1": 0, "R2": 1.1}), ("reps_at_quota", None, {"all": 0.5}),
        ("revenue_per_rep", None, {"all": 275}), ("win_rate", None, {"all": 0.5}),
    ],
)  # fmt: skip
def test_the_statements_give_the_worked_examples_of_the_second_quarter(metric, by, expected):
    with tables_of(example_company()) as connection:
        stand_at(connection, AS_OF)
        rows = in_sql(connection, metric, Question(Q2, AS_OF, by))
        assert {part: float(row["value"]) for part, row in rows.items()} == pytest.approx(expected)


def _compare(
    connection: duckdb.DuckDBPyConnection, data: Dataset, period: sm.Period, as_of: date, dimension: str
) -> list[str]:
    """Tell what differs in the totals, in the parts by `dimension`, and in views with a cut of their own."""
    stand_at(connection, as_of)
    return [
        f"by {by}: {wrong}"
        for family in FAMILIES
        for by in family.cuts
        if EVERY_CUT or by in (None, dimension) or len(family.cuts) == 1
        for wrong in disagreements(connection, data, family.metrics, Question(period, as_of, by))
    ]


@pytest.mark.parametrize(("period", "dimension"), [(Q2, "product"), (H1, "tenure")], ids=["quarter", "half year"])
def test_the_shared_example_agrees(period, dimension):
    with tables_of(example_company()) as connection:
        assert _compare(connection, example_company(), period, AS_OF, dimension) == []


@pytest.fixture(scope="module")
def sample() -> Iterator[tuple[Dataset, duckdb.DuckDBPyConnection, date]]:
    data = sm.read([SAMPLE])
    with tables_of(data) as connection:
        [[last]] = connection.execute("SELECT max(order_date) FROM orders").fetchall()
        yield data, connection, last


def _spans(last: date) -> dict[str, sm.Period]:
    year = last.year - 1
    return {
        "month": sm.Period(date(year, 5, 1), date(year, 6, 1)),
        "quarter": sm.Period(date(year, 10, 1), date(year + 1, 1, 1)),
        "year": sm.Period(date(year, 1, 1), date(year + 1, 1, 1)),
        "unfinished": sm.Period(last.replace(day=1), date(last.year + 1, 1, 1)),
        "whole": sm.Period(date(year - 5, 1, 1), date(last.year + 1, 1, 1)),
    }


@pytest.mark.parametrize(
    ("span", "dimension"),
    [("month", "product"), ("quarter", "region"), ("year", "tenure"), ("whole", "rep"), ("unfinished", "tenure")],
)
def test_the_sample_company_agrees(sample, span, dimension):
    data, connection, last = sample
    assert _compare(connection, data, _spans(last)[span], last, dimension) == []


def test_the_sample_company_agrees_as_of_an_earlier_day(sample):
    data, connection, last = sample
    year = _spans(last)["year"]
    assert _compare(connection, data, year, date(year.start.year, 8, 17), "region") == []


PERIODS = [
    _period("2023-01-01", "2025-01-01"), _period("2023-01-01", "2024-01-01"), _period("2024-01-01", "2024-04-01"),
    _period("2024-04-01", "2024-07-01"), _period("2024-05-01", "2024-06-01"), _period("2023-12-01", "2024-01-01"),
    _period("2024-07-01", "2024-10-01"),
]  # fmt: skip
FILTERS = [
    None, ("region", ("East",)), ("region", ("West", "(unknown)")), ("tenure", ("0-3m", "1-2y", "2-5y")),
    ("rep", ("Ada", "(unknown)")),
]  # fmt: skip


# Each example costs a second, so that shrinking one would cost minutes.
@settings(
    max_examples=MANY,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    tables=companies(),
    period=st.sampled_from(PERIODS),
    as_of=st.sampled_from([LAST, LAST, date(2024, 5, 20), FIRST]),
    asked=st.sampled_from([(family, by) for family in FAMILIES for by in family.cuts]),
    where=st.sampled_from(FILTERS),
)
def test_random_companies_agree(tables: Tables, period, as_of, asked, where):
    family, by = asked
    if family.own_region and where and where[0] == "region":
        where = None
    with tempfile.TemporaryDirectory() as folder:
        data = dataset(tables, Path(folder), read_on=date(2024, 9, 15))
        with tables_of(data) as connection:
            stand_at(connection, as_of)
            assert disagreements(connection, data, family.metrics, Question(period, as_of, by, where)) == []
