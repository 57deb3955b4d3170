"""Which rows are kept, which are set aside and why, and what is counted for the metrics to carry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salesmetrics.errors import FileError, MappingError
from salesmetrics.ingest import check, read

from .conftest import Given


def test_a_row_without_what_is_required_is_set_aside_with_its_place(given: Given) -> None:
    got = given(
        {
            "sales.csv": """
            Order Date,Sales,Region
            2024-01-05,10,East
            ,20,East
            2024-01-07,,East
            someday,30,West
            2024-01-09,ten,West
            """
        }
    )
    sheet = got.sheet("sales.csv")
    assert (sheet.rows, sheet.kept, sheet.left_out) == (5, 1, 4)
    assert [(row.row, row.column, row.value, row.reason) for row in sheet.set_aside] == [
        (3, "Order Date", None, "order_date is empty"),
        (4, "Sales", None, "amount is empty"),
        (5, "Order Date", "someday", "order_date cannot be read as a date"),
        (6, "Sales", "ten", "amount cannot be read as an amount"),
    ]
    assert got.one("SELECT sum(amount) FROM orders") == 10


def test_an_unreadable_optional_cell_is_null_and_listed(given: Given) -> None:
    got = given({"sales.csv": "Order Date,Sales,Quantity\n2024-01-05,10,two\n2024-01-06,20,2\n2024-01-07,20,3\n"})
    assert got.sql("SELECT quantity FROM orders ORDER BY order_date") == [(None,), (2,), (3,)]
    sheet = got.sheet("sales.csv")
    assert sheet.kept == 3
    assert "`Quantity`: 1 cell cannot be read as a number (row 2: `two`)." in sheet.notes
    [quantity] = [column for column in sheet.mapping if column.column == "quantity"]
    assert (quantity.filled, quantity.unreadable) == (3, 1)


def test_ragged_rows_count_among_the_rows(given: Given) -> None:
    got = given({"sales.csv": "Order Date,Sales,Note\n2024-01-05,10,a\n2024-01-06,20,b,c,d,e,f\n2024-01-07,30\n"})
    sheet = got.sheet("sales.csv")
    assert sheet.rows == 3
    assert sheet.kept + len(sheet.set_aside) == 3


def test_exact_repeats_of_order_lines_are_kept_and_counted(given: Given) -> None:
    line = "O1,2024-01-05,10\n"
    got = given({"sales.csv": "Order ID,Order Date,Sales\n" + line * 3 + "O2,2024-01-05,10\n"})
    assert got.one("SELECT sum(amount) FROM orders") == 40
    assert got.notes("orders")["duplicate_lines"] == 2


def test_orders_without_an_id_say_so(given: Given) -> None:
    got = given({"sales.csv": "Order Date,Sales\n2024-01-05,10\n2024-01-06,20\n"})
    assert got.notes("orders")["order_id_synthesized"] == 2
    with_id = given({"sales.csv": "Order ID,Order Date,Sales\nA,2024-01-05,10\nB,2024-01-06,20\n"})
    assert "order_id_synthesized" not in with_id.notes("orders")


def test_of_deals_the_latest_row_stays_and_of_leads_the_earliest(given: Given) -> None:
    got = given(
        {
            "deals.csv": "deal id,stage,amount\n1,Proposal,10\n1,Closed Won,12\n2,Proposal,5\n",
            "leads.csv": "lead id,created at,source\n7,2024-02-01,web\n7,2024-01-01,event\n8,2024-03-01,web\n",
        }
    )
    assert got.sql("SELECT opportunity_id, amount, status FROM opportunities ORDER BY 1") == [
        ("1", 12, "won"),
        ("2", 5, "open"),
    ]
    assert got.sql("SELECT lead_id, lead_source FROM leads ORDER BY 1") == [("7", "event"), ("8", "web")]
    assert [(row.row, row.value, row.reason) for row in got.sheet("deals.csv").set_aside] == [
        (2, "1", "the same opportunity_id stands in another row, which counts")
    ]
    assert [row.row for row in got.sheet("leads.csv").set_aside] == [2]
    assert got.notes("opportunities") == {"duplicate_opportunity_id": 1}
    assert got.notes("leads") == {"duplicate_lead_id": 1}


def test_of_customers_products_and_reps_the_first_row_stays(given: Given) -> None:
    got = given(
        {
            "customers.csv": "customer id,name\nA,First\nA,Second\nB,Bee\n",
            "products.csv": "product,category\nP,X\nQ,Y\nP,Z\n",
            "reps.csv": "rep id,name,team\n1,Ann,N\n2,Bob,S\n1,Anna,S\n",
        }
    )
    assert got.sql("SELECT name FROM customers ORDER BY 1") == [("Bee",), ("First",)]
    assert got.sql("SELECT product, category FROM products ORDER BY 1") == [("P", "X"), ("Q", "Y")]
    assert got.sql("SELECT name FROM reps ORDER BY 1") == [("Ann",), ("Bob",)]
    assert all(len(sheet.set_aside) == 1 for sheet in got.reading.report.sheets)


def test_rows_after_the_day_of_reading_are_kept_and_reported(given: Given) -> None:
    got = given(
        {
            "sales.csv": "Order Date,Sales\n2024-01-05,10\n2025-06-01,20\n",
            "deals.csv": "deal id,status,amount,close date\n1,won,1,2025-02-01\n2,open,1,2025-03-01\n",
        }
    )
    assert got.one("SELECT count(*) FROM orders") == 2
    assert got.notes("orders")["dated_after_reading"] == 1
    assert got.notes("opportunities")["dated_after_reading"] == 1, "an expected close is no event"
    assert any("dated after the day of reading" in note for note in got.sheet("sales.csv").notes)


def test_files_of_one_table_are_put_together(given: Given) -> None:
    got = given(
        {
            "orders_2023.csv": "Order Date,Sales,Region\n2023-05-01,10,East\n",
            "orders_2024.csv": "order_date,qty,unit price\n2024-05-01,3,7\n",
        }
    )
    assert got.sql("SELECT amount, region, quantity FROM orders ORDER BY order_date") == [
        (10, "East", None),
        (21, None, 3),
    ]


def test_the_same_export_twice_counts_once(given: Given) -> None:
    text = "Order ID,Order Date,Sales\nA,2024-01-05,10\nB,2024-01-06,20\n"
    got = given({"a.csv": text, "b.csv": text.replace(",", ";")})
    assert got.one("SELECT sum(amount) FROM orders") == 30
    [copy] = [sheet for sheet in got.reading.report.sheets if sheet.table is None]
    assert copy.not_used == "It holds the same rows as a.csv, which are read once."


def test_a_list_of_sales_without_dates_is_no_list_of_products(given: Given) -> None:
    rows = "".join(f"P{n % 2},{n}\n" for n in range(10))
    with pytest.raises(MappingError, match="nearest to orders, which also needs order_date"):
        given({"a.csv": "Product,Sales\n" + rows})


def test_a_file_that_holds_nothing_known_names_headers_and_what_is_missing(given: Given) -> None:
    with pytest.raises(MappingError) as caught:
        given({"x.csv": "colour,shape\nred,round\n"})
    text = str(caught.value)
    assert "x.csv" in text
    assert "colour, shape" in text
    assert "order_date and amount" in text


def test_check_reports_what_read_refuses(given: Given, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("colour,shape\nred,round\n")
    report = check(tmp_path / "x.csv")
    [sheet] = report.sheets
    assert (sheet.table, sheet.kept, sheet.left_out, sheet.rows) == (None, 0, 1, 1)
    assert sheet.unmapped == ("colour", "shape")
    assert "colour, shape" in (sheet.not_used or "")


def test_the_report_is_json(given: Given) -> None:
    import json

    got = given({"a.csv": "Order Date,Sales,Other\n2024-01-05,10,x\n,1,y\n"})
    [sheet] = json.loads(json.dumps(got.reading.report.to_json()))["sheets"]
    assert sheet["unmapped"] == ["Other"]
    assert sheet["set_aside"][0]["row"] == 3
    assert [(m["header"], m["column"]) for m in sheet["mapping"]] == [
        ("Order Date", "order_date"),
        ("Sales", "amount"),
    ]
    assert sheet["mapping"][0]["samples"] == ["2024-01-05"]
    assert 0 < sheet["mapping"][0]["confidence"] <= 1


def test_without_a_folder_the_tables_stay_as_long_as_python_runs(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Order Date,Sales\n2024-01-05,10\n")
    dataset = read([str(tmp_path / "a.csv")]).dataset
    assert (dataset.folder / "orders.parquet").is_file()
    assert dataset.read_on >= date(2024, 1, 1)


def test_the_same_rows_have_the_same_version(given: Given, tmp_path: Path) -> None:
    files = {"a.csv": "Order Date,Sales\n2024-01-05,10\n"}
    assert given(files).reading.dataset.version == given(files).reading.dataset.version


def test_hostile_headers_are_only_text(given: Given) -> None:
    header = 'Order Date,Sales,"x""; DROP TABLE orders; --",\'; SELECT 1; --\n'
    got = given({"a.csv": header + "2024-01-05,10,1,2\n"}, [])
    assert got.one("SELECT sum(amount) FROM orders") == 10
    named = given(
        {
            "a'b.csv": "Order Date,Sales,Product\n2024-01-05,10,O'Neil\n",
            "p.csv": 'product,category\nO\'Neil,"a""b"\n',
        }
    )
    assert named.sql("SELECT product, category FROM orders") == [("O'Neil", 'a"b')]


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        read(tmp_path / "none.csv")


def test_a_file_with_no_usable_row_is_an_error(given: Given) -> None:
    with pytest.raises(FileError, match=r"a\.csv has no row that can be used"):
        given({"a.csv": "Order Date,Sales\n2024-01-01,\n,5\n"})


def test_a_header_whose_values_do_not_fit_is_named(given: Given) -> None:
    with pytest.raises(
        MappingError, match="`Order Date` would be order_date, but its values do not read as dates"
    ):
        given({"a.csv": "Order Date,Sales\nsoon,5\nlater,6\n"})
