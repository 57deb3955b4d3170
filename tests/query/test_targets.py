"""What a target is split by: history, open deals, tenure, and who is there to hold a part."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import salesmetrics as sm
from salesmetrics.analysis.target_set import COLUMNS, Target, TargetSet
from salesmetrics.engine import default_engine
from salesmetrics.errors import QueryError
from salesmetrics.model.conventions import Conventions
from salesmetrics.query.targets import coming_quarter, target_basis
from tests.company import dataset
from ui.csv_text import csv_of

Q1 = sm.Period(date(2024, 1, 1), date(2024, 4, 1))


def order(day: str, rep: str | None, amount: float, region: str = "North") -> dict[str, Any]:
    return {"order_date": day, "rep_id": rep, "amount": amount, "region": region}


def company(folder: Path, *more: dict[str, Any], reps: bool = True, deals: bool = True):
    months = [f"{year}-{month:02d}-15" for year in (2022, 2023) for month in range(1, 13)]
    tables: dict[str, Any] = {
        "orders": [order(day, "R1", 100) for day in months]
        + [order("2023-11-10", "R2", 30), order("2023-12-31", "R2", 20, "South"), order("2023-03-01", "Gone", 400)]
        + [order("2023-06-01", None, 999), *more],
    }
    if reps:
        tables["reps"] = [
            {"rep_id": "R1", "name": "Ann", "hire_date": "2015-01-01", "leave_date": None},
            {"rep_id": "R2", "name": "Bo", "hire_date": "2023-10-02", "leave_date": None},
            {"rep_id": "R3", "name": "Cy", "hire_date": "2023-11-15", "leave_date": None},
            {"rep_id": "R4", "name": "Di", "hire_date": "2024-04-01", "leave_date": None},
            {"rep_id": "Gone", "name": "Ed", "hire_date": "2020-01-01", "leave_date": "2023-12-31"},
        ]
    if deals:
        tables["opportunities"] = [
            {"opportunity_id": "D1", "status": "open", "created_date": "2023-12-01", "amount": 200,
             "probability": 0.5, "rep_id": "R2", "region": "South"},
            {"opportunity_id": "D2", "status": "won", "created_date": "2023-12-01", "close_date": "2023-12-20",
             "amount": 900, "probability": 1, "rep_id": "R2", "region": "South"},
        ]  # fmt: skip
    return dataset(tables, folder, read_on=date(2024, 1, 5))


def test_the_next_quarter_is_the_one_that_has_not_begun(tmp_path: Path) -> None:
    assert coming_quarter(company(tmp_path)) == Q1
    more = company(tmp_path / "more", order("2024-01-02", "R1", 1))
    assert coming_quarter(more) == sm.Period(date(2024, 4, 1), date(2024, 7, 1))
    assert coming_quarter(more, Conventions(fiscal_year_start=2)) == sm.Period(date(2024, 2, 1), date(2024, 5, 1))
    with pytest.raises(QueryError, match="needs orders"):
        coming_quarter(dataset({"reps": [{"rep_id": "R1"}]}, tmp_path / "none"))


def test_who_holds_a_part_is_who_is_there_in_the_period(tmp_path: Path) -> None:
    basis = target_basis(company(tmp_path), "rep", Q1)
    assert [(one.id, one.name, one.tenure) for one in basis.holders] == [
        ("R1", "Ann", "5y+"), ("R2", "Bo", "0-3m"), ("R3", "Cy", "0-3m"),
    ]  # fmt: skip
    ann, bo, _cy = basis.holders
    assert (ann.sold, bo.sold) == (1200, 50)
    assert (ann.last_year, bo.last_year, ann.whole, bo.whole) == (300, 0, True, False)
    assert (ann.pipeline, bo.pipeline) == (0, 100)
    # The whole of the first quarter of 2023, with what Ed sold, who has left.
    assert (basis.last_year, basis.pipeline_known, basis.ramp_known) == (700, True, True)


def test_new_reps_count_by_what_their_tenure_sells_in_a_month(tmp_path: Path) -> None:
    bo = target_basis(company(tmp_path), "rep", Q1).holders[1]
    # Bo and Cy: 50 in the days from 2 Oct and 15 Nov on; tenured: 1200 of Ann and 400 of Ed in 365 days each.
    new, tenured = 50 / (91 + 47), 1600 / (365 + 365)
    assert bo.ramp == pytest.approx(new / tenured)


def test_without_a_list_of_reps_whoever_sold_holds_a_part(tmp_path: Path) -> None:
    basis = target_basis(company(tmp_path, reps=False, deals=False), "rep", Q1)
    assert [(one.id, one.ramp) for one in basis.holders] == [("Gone", 1), ("R1", 1), ("R2", 1)]
    assert (basis.pipeline_known, basis.ramp_known) == (False, False)


def test_regions_hold_parts_of_their_own(tmp_path: Path) -> None:
    basis = target_basis(company(tmp_path), "region", Q1)
    assert {one.id: (one.sold, one.pipeline) for one in basis.holders} == {
        "North": (1200 + 30 + 400 + 999, 0), "South": (20, 100),
    }  # fmt: skip


def test_where_the_data_does_not_reach_a_year_back_that_is_not_zero_but_unknown(tmp_path: Path) -> None:
    rows = [order("2023-11-10", "R1", 5), order("2023-12-31", "R1", 5)]
    data = dataset({"orders": rows}, tmp_path, read_on=date(2024, 1, 5))
    basis = target_basis(data, "rep", Q1)
    assert (basis.last_year, basis.holders[0].last_year) == (None, None)


def test_another_scope_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="by rep or region"):
        target_basis(company(tmp_path), "product", Q1)


def test_a_quotas_file_of_targets_is_read_back_as_they_were(tmp_path: Path) -> None:
    targets = TargetSet(
        "rep", sm.Period(date(2026, 1, 1), date(2026, 4, 1)), Decimal("1234567.90"),
        (
            Target("R1", "Ann", Decimal("1234567.89"), True), Target("007", "李雷", Decimal("0.01")),
            Target("Zoë, Ltd", "Zoë", Decimal("0.00")),
        ),
    )  # fmt: skip
    path = tmp_path / "quotas Q1 2026 rep.csv"
    path.write_bytes(csv_of(COLUMNS, targets.quota_lines()))
    data = sm.read(path)
    assert set(data.tables) == {"quotas"}
    engine = default_engine()
    table = engine.table(data, "quotas")
    columns = ("scope", "scope_id", "period_start", "period_end", "amount", "measure")
    rows = engine.run(table.select(**{name: table[name].cast("string") for name in columns})).to_dict("records")
    read = [(*(row[name] for name in columns[:4]), Decimal(row["amount"]), row["measure"]) for row in rows]
    written = [(*line[:4], Decimal(line[4]), line[5]) for line in targets.quota_lines()]
    assert sorted(read) == sorted(written)
