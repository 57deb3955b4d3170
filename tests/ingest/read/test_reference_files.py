"""Row counts of published files, counted by others."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from salesmetrics.ingest.read import read_files

DATA = Path(__file__).resolve().parents[3] / "../shared/data"
pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not DATA.is_dir(), reason="the trial files are not here"),
]


def rows(file: str) -> int:
    return read_files([DATA / file], duckdb.connect())[0].rows


@pytest.mark.parametrize(
    ("file", "named", "key"),
    [
        ("superstore_us/Sample - Superstore.csv", "superstore_us", "rows"),
        ("superstore_us/Sample - Superstore.xls", "superstore_us", "rows"),
        ("maven_crm/sales_pipeline.csv", "maven_crm", "rows"),
        ("northwind/order-details.csv", "northwind", "rows"),
        ("northwind/orders.csv", "northwind", "distinct_orders"),
        ("olist_funnel/olist_marketing_qualified_leads_dataset.csv", "olist_funnel", "mql_rows"),
        ("olist_funnel/olist_closed_deals_dataset.csv", "olist_funnel", "closed_deals"),
        ("online_retail/online_retail_france.csv", "online_retail_france", "rows"),
    ],
)
def test_rows_are_those_counted_independently(file, named, key):
    reference = json.loads((DATA / "reference.json").read_text(encoding="utf-8"))
    assert rows(file) == reference[named]["values"][key]


def test_lines_without_header_are_all_rows():
    assert (
        rows("cdnow/CDNOW_sample.txt") == len((DATA / "cdnow/CDNOW_sample.txt").read_text().splitlines()) == 6919
    )


def test_ragged_orders_keep_every_column_in_its_place():
    connection = duckdb.connect()
    [sheet] = read_files([DATA / "northwind/orders.csv"], connection)
    assert sheet.set_aside == ()
    last = sheet.header.index("shipCountry")
    assert sheet.header[last - 2] == "shipRegion"
    [(countries, joined)] = connection.execute(
        f"SELECT count(DISTINCT c{last}), count(*) FILTER (contains(c{last - 4}, ', ')) FROM {sheet.relation}"
    ).fetchall()
    assert (countries, joined) == (21, 176)
