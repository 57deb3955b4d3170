"""The factors of revenue against the rows they come from, and against revenue itself."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import salesmetrics as sm
import sample_data
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.levers import factors
from sample_data.seasons import LAST
from tests.company import dataset, example_company
from tests.oracles.answers_in_sql import stand_at, tables_of

H1 = sm.Period(date(2024, 1, 1), date(2024, 7, 1))
YEAR = sm.Period(date(2025, 1, 1), date(2026, 1, 1))

FILES = sample_data.folder()


@pytest.fixture(scope="module")
def sample() -> Dataset:
    """The sample company, read from its files."""
    return sm.read(sorted(FILES.glob("*.csv")), read_on=LAST + timedelta(days=1))


def test_orders_of_known_customers_are_told_from_the_rest(tmp_path: Path) -> None:
    rows = [
        {"order_id": "A", "order_date": "2024-01-10", "customer_id": "X", "amount": 100},
        {"order_id": "B", "order_date": "2024-02-10", "customer_id": None, "amount": 30},
        {"order_id": "C", "order_date": "2024-03-10", "customer_id": "Y", "amount": 50},
    ]
    found = factors(dataset({"orders": rows}, tmp_path), sm.MetricQuery(("revenue",), H1))
    assert found is not None
    assert (found.metrics["revenue"].value, found.ordered, found.orders) == (180, 150, 2)
    assert (found.converted, found.from_leads) == (None, None)
    assert found.metrics["leads"].reason == "missing_column:leads.created_at"


def test_without_customers_all_orders_count(tmp_path: Path) -> None:
    rows = [{"order_id": name, "order_date": "2024-01-10", "amount": 10} for name in "ABC"]
    found = factors(dataset({"orders": rows}, tmp_path), sm.MetricQuery(("revenue",), H1))
    assert found is not None
    assert (found.ordered, found.orders) == (30, 3)


def test_leads_bring_what_their_customers_buy_after_they_came() -> None:
    found = factors(example_company(), sm.MetricQuery(("revenue",), H1))
    assert found is not None
    # L1, L4 and L5 converted; only L4 names a customer, C, whose O4 of 200 came back by half.
    assert (found.metrics["leads"].value, found.converted, found.from_leads) == (6, 3, 100)


def test_a_filter_that_leads_do_not_know_leaves_them_out() -> None:
    where = (sm.Filter("channel", ("Web",)),)
    found = factors(example_company(), sm.MetricQuery(("revenue",), H1, where=where))
    assert found is not None
    assert (found.converted, found.from_leads) == (None, None)


@pytest.mark.parametrize("region", [None, "North"])
def test_the_sample_is_what_plain_sql_makes_of_it(sample: Dataset, region) -> None:
    where = (sm.Filter("region", (region,)),) if region else ()
    found = factors(sample, sm.MetricQuery(("revenue",), YEAR, where=where))
    assert found is not None
    with tables_of(sample) as connection:
        stand_at(connection, LAST)
        [(revenue, converted, brought)] = connection.execute(
            """
            WITH sold AS (
              SELECT * FROM ledger WHERE day BETWEEN '2025-01-01' AND '2025-12-31' AND ($1 IS NULL OR region = $1)
            ), once AS (
              SELECT * FROM leads l LEFT JOIN reps r ON r.rep_id = l.rep_id
              WHERE converted_at IS NOT NULL AND created_at BETWEEN '2025-01-01' AND '2025-12-31 23:59:59.999999'
                AND ($1 IS NULL OR coalesce(l.region, r.region) = $1)
              QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY created_at) = 1
            ), won AS (SELECT customer_id, min(created_at::DATE) AS came FROM once GROUP BY ALL)
            SELECT (SELECT sum(amount) FROM sold), (SELECT count(*) FROM once),
                   (SELECT sum(s.amount) FROM sold s JOIN won w ON s.customer = w.customer_id AND s.day >= w.came)
            """,
            [region],
        ).fetchall()
    assert found.metrics["revenue"].value == float(revenue)
    assert (found.converted, found.from_leads) == (converted, float(brought))
