"""What is wrong with files, worst first."""

from __future__ import annotations

import json

from salesmetrics.ingest.findings import findings
from salesmetrics.model.finding import Severity
from salesmetrics.model.report import Report
from salesmetrics.workspace.report_store import report_from_json

from .conftest import Given

ORDERS = "Order Date,Amount,Description\n2024-01-15,10,Desk\nsoon,20,Desk\nlater,30,Chair\n"
DEALS = """
    Opportunity ID,Stage,Created Date,Close Date,Amount
    D1,Closed Won,2024-01-05,2024-02-05,100
    D1,Closed Won,2024-01-05,2024-02-05,100
    D2,Closed Won,2024-01-06,2024-02-06,200
    D2,Closed Lost,2024-01-06,2024-02-09,250
    D3,Closed Won,2024-01-07,2024-02-07,300
    D2,Closed Won,2024-01-06,2024-02-06,275
"""


def test_what_keeps_numbers_away_comes_before_what_wants_a_look(given: Given) -> None:
    files = {"orders.csv": ORDERS, "letter.csv": "Dear,all\nhow,are\n"}
    found = findings(given(files).reading.report)
    order = list(Severity)
    ranks = [order.index(one.severity) for one in found]
    assert ranks == sorted(ranks)
    codes = {one.code: one for one in found}
    assert codes["not_used"].where == "letter.csv"
    assert codes["rows_set_aside"].rows == 2
    assert codes["rows_set_aside"].samples == ("row 3: soon", "row 4: later")
    assert "“Description” is read as product" in codes["unsure_column"].sentence
    assert (found[0].code, found[1].code) == ("rows_set_aside", "not_used")


def test_a_value_that_cannot_be_read_is_told_once(given: Given) -> None:
    read = given({"orders.csv": "Order Date,Amount,Cost\n2024-01-15,10,5\nsoon,20,much\n2024-01-17,30,more\n"})
    found = {one.code: one for one in findings(read.reading.report)}
    # The row without a date is set aside; of the two costs one stands in it.
    assert found["rows_set_aside"].rows == 1
    assert (found["values_unreadable"].column, found["values_unreadable"].rows) == ("cost", 2)


def test_a_header_that_is_a_columns_own_name_is_certain(given: Given) -> None:
    read = given({"reps.csv": "rep_id,name,hire_date\nR1,Ann,2020-01-01\n"})
    assert all(column.confidence >= 0.9 for column in read.sheet("reps.csv").mapping)
    assert findings(read.reading.report) == ()


def test_what_stands_below_a_table_changes_no_number(given: Given) -> None:
    rows = "".join(f"2024-01-{day:02},A{day},{day}.50,North\n" for day in range(1, 20))
    footer = '\n"Pipeline report"\n"Copyright (c) 2024 example.com, inc. All rights reserved."\n"1,200"\n'
    read = given({"orders.csv": "Order Date,Order ID,Amount,Region\n" + rows + footer})
    found = [(one.severity, one.rows) for one in findings(read.reading.report) if one.code == "rows_set_aside"]
    # A number alone may be what is left of a row.
    assert sorted(found) == [(Severity.CHANGES, 1), (Severity.INFORMATION, 1), (Severity.INFORMATION, 1)]
    assert read.one("SELECT count(*) FROM orders") == 19
    assert not any(".." in one.sentence for one in findings(read.reading.report))


def test_no_findings_in_no_sheets() -> None:
    assert findings(Report(())) == ()


def test_keys_that_stand_twice_are_told_by_what_their_rows_hold(given: Given) -> None:
    read = given({"deals.csv": DEALS})
    found = {one.code: one for one in findings(read.reading.report)}
    differs, alike = found["key_with_other_values"], found["repeated_key"]
    # D2 stands three times with other values, D1 twice alike: two rows and one are left out.
    assert (differs.rows, differs.severity, differs.column) == (2, Severity.CHANGES, "opportunity_id")
    assert differs.samples == ("D2: Stage Closed Won / Closed Lost",)
    assert "the last one counts" in differs.sentence
    assert (alike.rows, alike.severity, alike.samples) == (1, Severity.INFORMATION, ("D1",))
    assert "rows_set_aside" not in found
    assert read.one("SELECT amount FROM opportunities WHERE opportunity_id = 'D2'") == 275


def test_keys_that_stand_in_two_files_are_told_once(given: Given) -> None:
    later = "Opportunity ID,Stage,Created Date,Close Date,Amount\nD9,Closed Won,2024-03-05,2024-04-05,900\n"
    files = {"a.csv": later, "b.csv": later.replace("900", "950") + "D8,Closed Won,2024-03-05,2024-04-05,100\n"}
    found = {one.code: one for one in findings(given(files).reading.report)}
    assert (found["key_in_another_file"].rows, found["key_in_another_file"].file) == (1, "a.csv")


def test_a_discount_above_the_whole_price_is_told_with_what_becomes_of_it(given: Given) -> None:
    text = "Order Date,Amount,Discount %\n" + "".join(f"2024-01-{day:02},100,{day}%\n" for day in range(1, 29))
    read = given({"orders.csv": text + "2024-01-29,100,150%\n"})
    [one] = [one for one in findings(read.reading.report) if one.code == "discount_above_whole"]
    assert one.rows == 1
    assert one.samples == ("row 30: 150%",)
    assert "discount rate leaves it out" in one.sentence
    assert read.one("SELECT count(*) FROM orders WHERE discount IS NULL") == 1


def test_a_report_with_findings_and_changes_comes_back_as_it_was(given: Given) -> None:
    report = given({"deals.csv": DEALS, "orders.csv": "Order Date,Amount\n2024-01-15,$10\n"}).reading.report
    again = report_from_json(json.loads(json.dumps(report.to_json())))
    assert again == report
    assert findings(again) == findings(report)


def test_a_report_of_an_earlier_release_is_read_without_them(given: Given) -> None:
    written = json.loads(json.dumps(given({"deals.csv": DEALS}).reading.report.to_json()))
    for sheet in written["sheets"]:
        del sheet["findings"]
        for column in sheet["mapping"]:
            del column["changes"]
    [sheet] = report_from_json(written).sheets
    assert sheet.findings == ()
    assert all(column.changes == () for column in sheet.mapping)
