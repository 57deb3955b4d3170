"""Every file of the trial data is read as what it is, each header as what it means, with one question in all."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from salesmetrics.ingest import check, read

pytestmark = pytest.mark.reference

SUPERSTORE = (
    "orders",
    {"order_id": "Order ID", "order_date": "Order Date", "customer_id": "Customer ID",
     "customer_name": "Customer Name", "segment": "Segment", "region": "Region", "product_id": "Product ID",
     "category": "Category", "subcategory": "Sub-Category", "product": "Product Name", "amount": "Sales",
     "quantity": "Quantity", "discount_rate": "Discount", "profit": "Profit"},
)  # fmt: skip

EXPECTED: Mapping[str, Mapping[str, tuple[str | None, Mapping[str, str]]]] = {
    "superstore_us": {
        "Sample - Superstore.csv": SUPERSTORE,
        "Sample - Superstore.xls [Orders]": SUPERSTORE,
        "Sample - Superstore.xls [People]": ("region_managers", {"manager": "Regional Manager", "region": "Region"}),
        "Sample - Superstore.xls [Returns]": ("returned_orders", {"returned": "Returned", "order_id": "Order ID"}),
    },
    "maven_crm": {
        "accounts.csv": ("customers", {"name": "account", "industry": "sector"}),
        "products.csv": ("products", {"product": "product", "category": "series", "list_price": "sales_price"}),
        "sales_pipeline.csv": (
            "opportunities",
            {"opportunity_id": "opportunity_id", "rep_name": "sales_agent", "product": "product",
             "customer_name": "account", "stage": "deal_stage", "created_date": "engage_date",
             "close_date": "close_date", "amount": "close_value"},
        ),
        "sales_teams.csv": ("reps", {"name": "sales_agent", "manager": "manager", "region": "regional_office"}),
        "data_dictionary.csv": (None, {}),
    },
    "northwind": {
        "categories.csv": ("categories", {"category_id": "categoryID", "category": "categoryName"}),
        "customers.csv": ("customers", {"customer_id": "customerID", "name": "companyName", "city": "city"}),
        "employee-territories.csv": ("rep_territories", {"rep_id": "employeeID", "territory_id": "territoryID"}),
        "employees.csv": (
            "reps",
            {"rep_id": "employeeID", "last_name": "lastName", "first_name": "firstName", "hire_date": "hireDate",
             "manager": "reportsTo"},
        ),
        "order-details.csv": (
            "order_lines",
            {"order_id": "orderID", "product_id": "productID", "unit_price": "unitPrice", "quantity": "quantity",
             "discount_rate": "discount"},
        ),
        "orders.csv": (
            "order_headers",
            {"order_id": "orderID", "customer_id": "customerID", "rep_id": "employeeID", "order_date": "orderDate"},
        ),
        "products.csv": (
            "products",
            {"product_id": "productID", "product": "productName", "category_id": "categoryID",
             "list_price": "unitPrice"},
        ),
        "regions.csv": ("regions", {"region_id": "regionID", "region": "regionDescription"}),
        "territories.csv": ("territories", {"territory_id": "territoryID", "region_id": "regionID"}),
    },
    "olist_funnel": {
        "olist_closed_deals_dataset.csv": (
            "lead_outcomes", {"lead_id": "mql_id", "rep_id": "sr_id", "converted_at": "won_date"},
        ),
        "olist_marketing_qualified_leads_dataset.csv": (
            "leads", {"lead_id": "mql_id", "created_at": "first_contact_date", "lead_source": "origin"},
        ),
    },
    "online_retail": {
        "online_retail_france.csv": (
            "orders",
            {"order_id": "InvoiceNo", "product_id": "StockCode", "product": "Description", "quantity": "Quantity",
             "order_date": "InvoiceDate", "unit_price": "UnitPrice", "customer_id": "CustomerID",
             "region": "Country"},
        ),
    },
}  # fmt: skip


@pytest.mark.parametrize("folder", EXPECTED)
def test_every_column_of_every_file_is_read_as_what_it_means(trial_files: Path, folder: str) -> None:
    report = check(trial_files / folder)
    found = {
        sheet.label: (sheet.role, {column.column: column.header for column in sheet.mapping})
        for sheet in report.sheets
    }
    assert found == EXPECTED[folder]
    assert report.questions == ()


def test_precision_and_recall_of_columns_are_whole(trial_files: Path) -> None:
    found, expected = set(), set()
    for folder, sheets in EXPECTED.items():
        for sheet in check(trial_files / folder).sheets:
            found |= {(sheet.label, one.header, one.column) for one in sheet.mapping}
        for label, (_kind, columns) in sheets.items():
            expected |= {(label, header, column) for column, header in columns.items()}
    precision, recall = len(found & expected) / len(found), len(found & expected) / len(expected)
    print(f"{len(expected)} columns: precision {precision}, recall {recall}")
    assert (precision, recall) == (1.0, 1.0)


def test_transactions_without_headers_are_one_question_and_its_answer_reads_them(trial_files: Path) -> None:
    folder = trial_files / "cdnow"
    [question] = check(folder).questions
    assert question.choices == ("yes",)
    [maps] = question.says
    reading = read(folder, maps=maps)
    lines = [line.split() for line in (folder / "CDNOW_sample.txt").read_text().splitlines() if line.strip()]
    assert reading.dataset.tables["orders"].rows == len(lines)
    with duckdb.connect() as connection:
        orders = connection.read_parquet(str(reading.dataset.folder / "orders.parquet"))
        found = orders.aggregate("count(DISTINCT customer_id), sum(quantity), sum(amount)").fetchall()
    assert found == [
        (
            len({line[0] for line in lines}),
            sum(int(line[3]) for line in lines),
            sum(Decimal(line[4]) for line in lines),
        )
    ]
    assert {text.partition("=")[0].partition(".")[2]: text.rpartition(" ")[2] for text in maps} == {
        "order_date": "3", "amount": "5", "customer_id": "1", "quantity": "4",
    }  # fmt: skip


def test_keys_across_files_are_evidence(trial_files: Path) -> None:
    sheets = {sheet.file: sheet for sheet in check(trial_files / "northwind").sheets}
    [order] = [one for one in sheets["order-details.csv"].mapping if one.column == "order_id"]
    assert order.evidence.endswith("100% of its values are orderID of orders.csv")
