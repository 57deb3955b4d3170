"""What reps sold against quotas, against SQL written by hand over its tables."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import salesmetrics as sm
import sample_data
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.payouts import plan_rows, sold_against_quotas
from salesmetrics.query.request import Filter
from sample_data.seasons import LAST
from tests.company import dataset
from tests.oracles.answers_in_sql import stand_at, tables_of

JULY = date(2024, 7, 31)

FILES = sample_data.folder()


@pytest.fixture(scope="module")
def sample() -> Dataset:
    """The sample company, read from its files."""
    return sm.read(sorted(FILES.glob("*.csv")), read_on=LAST + timedelta(days=1))


def company(folder: Path, **tables: list[dict[str, Any]]):
    quota = {"scope": "rep", "period_start": "2024-04-01", "period_end": "2024-06-30"}
    usual: dict[str, list[dict[str, Any]]] = {
        "quotas": [
            {**quota, "scope_id": "R1", "amount": "100.10", "measure": "revenue"},
            {**quota, "scope_id": "Bo Li", "amount": 50, "measure": None},
            {**quota, "scope_id": "R1", "amount": 7, "measure": "units"},
            {**quota, "scope_id": "R3", "amount": 0, "measure": "revenue"},
            {**quota, "scope": "region", "scope_id": "North", "amount": 999, "measure": "revenue"},
            {**quota, "scope_id": "R1", "amount": 100, "measure": "revenue",
             "period_start": "2024-08-01", "period_end": "2024-08-31"},
        ],
        "reps": [
            {"rep_id": "R1", "name": "Ann Ode", "region": "North", "hire_date": "2024-05-01"},
            {"rep_id": "R2", "name": "Bo Li", "region": "South", "hire_date": None},
            {"rep_id": "R3", "name": "Cy", "region": "North", "hire_date": "2020-01-01"},
        ],
        "orders": [
            {"order_id": name, "order_date": day, "rep_id": rep, "product": product, "quantity": units,
             "amount": amount, "orig_order_id": reverses}
            for name, day, rep, product, units, amount, reverses in (
                ("A", "2024-04-01", "R1", "Q", 2, "33.333333", None),
                ("B", "2024-06-30", "R1", "P", 1, "0.10", None),
                ("C", "2024-07-01", "R1", "Q", 9, 1000, None),
                ("D", "2024-03-31", "R1", "Q", 9, 1000, None),
                ("E", "2024-06-01", "R1", "Q", -1, "-10.01", "A"),
                ("F", "2024-05-05", "R2", None, None, 5, None),
                ("G", "2024-05-05", None, "Q", 1, 700, None),
            )
        ],
    }  # fmt: skip
    return dataset({**usual, **tables}, folder)


def test_sales_count_to_the_last_day_exactly_and_returns_on_their_own(tmp_path: Path) -> None:
    ann, bo = sold_against_quotas(company(tmp_path), JULY, ["Q", "Z"])
    assert (ann.rep, ann.quota, ann.hired) == ("Ann Ode", Decimal("100.10"), date(2024, 5, 1))
    assert ann.revenue == Decimal("33.333333") + Decimal("0.10") - Decimal("10.01")
    assert ann.units == {"Q": 1, "Z": 0}
    assert (ann.period.start, ann.period.end) == (date(2024, 4, 1), date(2024, 7, 1))
    # A quota that names the rep, and sales without a product or quantity.
    assert (bo.rep, bo.revenue, bo.units, bo.hired) == ("Bo Li", 5, {"Q": 0, "Z": 0}, None)


def test_sales_after_the_day_do_not_count_yet(tmp_path: Path) -> None:
    ann, bo = sold_against_quotas(company(tmp_path), date(2024, 4, 30), ["Q"])
    assert (ann.revenue, ann.units["Q"], bo.revenue) == (Decimal("33.333333"), 2, 0)
    assert sold_against_quotas(company(tmp_path / "early"), date(2024, 3, 1)) == ()


def test_a_filter_narrows_the_reps_and_not_what_they_sold(tmp_path: Path) -> None:
    data = company(tmp_path)
    north = sold_against_quotas(data, JULY, (), [Filter("region", ("North",)), Filter("product", ("P",))])
    assert [(one.rep, one.revenue) for one in north] == [("Ann Ode", Decimal("23.423333"))]


def test_without_quotas_or_reps_there_is_nothing(tmp_path: Path) -> None:
    assert (
        sold_against_quotas(dataset({"orders": [{"order_date": "2024-01-01", "amount": 1}]}, tmp_path), JULY) == ()
    )


def test_every_quota_of_the_sample_is_what_plain_sql_makes_of_it(sample: Dataset) -> None:
    found = sold_against_quotas(sample, date(2025, 12, 31), ["Focus Pod One"])
    with tables_of(sample) as connection:
        stand_at(connection, LAST)
        rows = connection.execute(
            """
            SELECT r.name, q.period_start, q.amount, coalesce(sum(l.amount), 0),
                   coalesce(sum(l.quantity) FILTER (l.product = 'Focus Pod One'), 0)
            FROM quotas q JOIN reps r ON r.rep_id = q.scope_id
            LEFT JOIN ledger l ON l.rep_id = q.scope_id AND l.day BETWEEN q.period_start AND q.period_end
            WHERE q.scope = 'rep' GROUP BY ALL
            """
        ).fetchall()
    by_hand = {(name, start): (quota, revenue, units) for name, start, quota, revenue, units in rows}
    told = {(one.rep, one.period.start): (one.quota, one.revenue, one.units["Focus Pod One"]) for one in found}
    assert told.keys() == by_hand.keys()
    differing = {key for key in told if told[key] != by_hand[key]}
    assert not differing, [(key, told[key], by_hand[key]) for key in sorted(differing)[:3]]


def test_the_plan_in_the_files_is_given_as_it_stands(tmp_path: Path) -> None:
    plan = [{"tier_from": 0, "rate": "0.02"}, {"product": "Q", "bonus_per_unit": "10.50"}]
    rows = plan_rows(company(tmp_path, incentive_plans=plan))
    assert [{name: float(value) if name != "product" else value for name, value in row.items()} for row in rows] == [
        {"tier_from": 0.0, "rate": 0.02}, {"product": "Q", "bonus_per_unit": 10.5},
    ]  # fmt: skip
    assert plan_rows(company(tmp_path / "none")) == []
