"""What is wrong with files, worst first."""

from __future__ import annotations

from salesmetrics.ingest.findings import Severity, findings
from salesmetrics.model.report import Report

from .conftest import Given

ORDERS = "Order Date,Amount,Description\n2024-01-15,10,Desk\nsoon,20,Desk\nlater,30,Chair\n"


def test_what_keeps_numbers_away_comes_before_what_wants_a_look(given: Given) -> None:
    files = {"orders.csv": ORDERS, "letter.csv": "Dear,all\nhow,are\n"}
    found = findings(given(files).reading.report)
    assert [one.severity for one in found] == sorted((one.severity for one in found), reverse=True)
    kinds = {one.severity: one for one in found}
    assert kinds[Severity.NOT_USED].where == "letter.csv"
    assert kinds[Severity.ROWS_LOST].count == 2
    assert "“Description” is read as product" in kinds[Severity.UNSURE].sentence


def test_a_header_that_is_a_columns_own_name_is_certain(given: Given) -> None:
    read = given({"reps.csv": "rep_id,name,hire_date\nR1,Ann,2020-01-01\n"})
    assert all(column.confidence >= 0.9 for column in read.sheet("reps.csv").mapping)
    assert findings(read.reading.report) == ()


def test_no_findings_in_no_sheets() -> None:
    assert findings(Report(())) == ()
