"""A digest says what the data says: its numbers, its lists, and what it cannot tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

import salesmetrics as sm
import sample_data
from salesmetrics.charts.digest_words import document
from salesmetrics.errors import QueryError
from salesmetrics.model.calendar import Grain, Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.digest import Digest, digest
from salesmetrics.query.request import MetricQuery
from tests.company import dataset

ASKED = MetricQuery(())
DECEMBER = Period(date(2025, 12, 1), date(2026, 1, 1))


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return sm.read([sample_data.folder()])


@pytest.fixture(scope="module")
def of_rep(sample: Dataset) -> Digest:
    return digest(sample, ASKED, Grain.MONTH, "Oscar Lind")


def value(found: Digest, metric: str, column: str = "value") -> float:
    return float(found.changes.rows(metric)[column].iloc[0])


def test_a_rep_reads_of_their_own_sales_deals_leads_and_customers(sample: Dataset, of_rep: Digest) -> None:
    assert of_rep.period == DECEMBER
    orders, reps = (str(sample.folder / f"{name}.parquet") for name in ("orders", "reps"))
    sql = (
        "SELECT sum(o.amount) FROM read_parquet(?) o JOIN read_parquet(?) r USING (rep_id) WHERE r.name = 'Oscar Lind' "
        "AND o.order_date >= '2025-12-01' AND o.order_date < '2026-01-01' AND coalesce(o.status, '') NOT IN "
        "('cancelled', 'void', 'draft')"
    )
    [(sold,)] = duckdb.execute(sql, [orders, reps]).fetchall()
    assert value(of_rep, "revenue") == pytest.approx(float(sold))
    assert of_rep.deals is not None
    assert set(of_rep.deals.deals["rep"]) == {"Oscar Lind"}
    assert of_rep.leads
    assert {one.rep for one in of_rep.leads} == {"Oscar Lind"}
    assert of_rep.customers is not None
    assert set(of_rep.customers.at_risk["rep"]) == {"Oscar Lind"}
    assert of_rep.unusual is None


def test_leads_that_wait_are_those_without_an_answer(sample: Dataset, of_rep: Digest) -> None:
    leads = str(sample.folder / "leads.parquet")
    listed = ", ".join(f"'{one.id}'" for one in of_rep.leads or ())
    sql = f"SELECT count(*) FROM read_parquet(?) WHERE lead_id IN ({listed}) AND first_response_at IS NULL"
    [(count,)] = duckdb.execute(sql, [leads]).fetchall()
    assert count == len(of_rep.leads or ()) > 0


def test_quotas_behind_are_of_the_rep_alone(sample: Dataset) -> None:
    found = digest(sample, ASKED, Grain.WEEK, "Maya Cohen")
    [one] = found.behind or ()
    assert (one.quota.scope, one.quota.name) == ("rep", "Maya Cohen")
    assert one.review.pace == pytest.approx(one.quota.sold / one.quota.quota / one.passed)


def test_the_last_whole_week_is_set_against_the_week_before_and_52_weeks_before(sample: Dataset) -> None:
    found = digest(sample, ASKED, Grain.WEEK, "Oscar Lind")
    assert found.period == Period(date(2025, 12, 22), date(2025, 12, 29))
    assert found.before.start == date(2025, 12, 15)
    assert found.last_year.start == date(2024, 12, 23)
    row = found.changes.rows("revenue").iloc[0]
    assert (row["previous_start"].date(), row["last_year_start"].date()) == (
        found.before.start, found.last_year.start,
    )  # fmt: skip


def test_an_unknown_rep_brings_the_nearest_name(sample: Dataset) -> None:
    with pytest.raises(QueryError, match="Did you mean Oscar Lind"):
        digest(sample, ASKED, Grain.WEEK, "Oskar Lind")


def test_what_orders_alone_cannot_tell_is_named_with_its_reason(tmp_path: Path) -> None:
    rows = [
        {"order_date": f"2024-{month:02d}-{day:02d}", "amount": 10 * month, "customer_id": f"C{day}"}
        for month in range(1, 7) for day in (1, 15, 30 if month != 2 else 28)
    ]  # fmt: skip
    found = digest(dataset({"orders": rows}, tmp_path), ASKED, Grain.MONTH)
    assert value(found, "revenue") == 180
    assert value(found, "revenue", "previous_value") == 150
    assert (found.deals, found.leads, found.behind) == (None, None, None)
    said = document(found)
    [untold] = [one for one in said.sections if one.title == "What is not told"]
    assert any("Win rate" in one and "Add a file of deals" in one for one in untold.sentences)
    assert any("quotas behind their pace" in one.lower() for one in untold.sentences)
    [changed] = [one for one in said.sections if one.title == "What changed"]
    assert changed.grid is not None
    [revenue] = [row for row in changed.grid.rows if row[0] == "Revenue"]
    assert revenue[1:3] == ("180", "+20.0\u00a0%")


def test_data_without_a_whole_month_is_refused(tmp_path: Path) -> None:
    rows = [{"order_date": f"2024-06-{day:02d}", "amount": 5} for day in (3, 12)]
    data = dataset({"orders": rows}, tmp_path, read_on=date(2024, 6, 13))
    with pytest.raises(QueryError, match="no whole month"):
        digest(data, ASKED, Grain.MONTH)
