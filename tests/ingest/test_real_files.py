"""The trial files, read without a correction, against figures that were computed apart from this project."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from salesmetrics.errors import FileError, MappingError
from salesmetrics.ingest import Reading, check, read

pytestmark = pytest.mark.reference

Ask = Callable[[Reading, str], list[tuple[Any, ...]]]


def ask(reading: Reading, query: str) -> list[tuple[Any, ...]]:
    for sheet in reading.report.sheets:
        assert sheet.kept + sheet.left_out == sheet.rows
    with duckdb.connect() as connection:
        for table in reading.dataset.tables:
            path = reading.dataset.folder / f"{table}.parquet"
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM '{path}'")
        return connection.execute(query).fetchall()


def values(trial_files: Path, name: str) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((trial_files / "reference.json").read_text(encoding="utf-8"))
    return known[name]["values"]


def given_as(trial_files: Path, folder: str, way: str) -> Sequence[Path]:
    """The folder, or each of its files."""
    return [trial_files / folder] if way == "folder" else sorted((trial_files / folder).glob("*.*"))


both_ways = pytest.mark.parametrize("way", ["folder", "files"])


def test_superstore_csv_has_its_sales_by_region(trial_files: Path) -> None:
    known = values(trial_files, "superstore_us")
    reading = read(trial_files / "superstore_us" / "Sample - Superstore.csv")
    [(rows, sales, orders, customers, quantity, first, last)] = ask(
        reading,
        "SELECT count(*), sum(amount), count(DISTINCT order_id), count(DISTINCT customer_id), sum(quantity), "
        "min(order_date), max(order_date) FROM orders",
    )
    assert (rows, orders, customers) == (10194, known["distinct_orders"], known["distinct_customers"])
    assert float(sales) == known["total_sales"]
    assert float(quantity) == known["quantity"]
    assert (str(first), str(last)) == (known["date_min"][:10], known["date_max"][:10])
    regions = dict(ask(reading, "SELECT region, round(sum(amount), 2) FROM orders GROUP BY 1"))
    assert {region: float(amount) for region, amount in regions.items()} == known["sales_by_region"]
    [(profit,)] = ask(reading, "SELECT sum(amount - cost) FROM orders")
    assert float(profit) == pytest.approx(known["profit"], abs=5e-5)


@pytest.mark.parametrize("name", ["superstore_us", "superstore_us/Sample - Superstore.xls"])
def test_superstore_returns_count_each_order_once(trial_files: Path, name: str) -> None:
    known = values(trial_files, "superstore_us")
    reading = read(trial_files / name)
    [(orders, sales)] = ask(reading, "SELECT count(DISTINCT order_id), sum(amount) FROM orders WHERE returned")
    assert orders == known["distinct_returned_orders"]
    assert float(sales) == known["sales_of_returned_orders"]
    [(rows, total)] = ask(reading, "SELECT count(*), sum(amount) FROM orders")
    assert (rows, float(total)) == (10194, known["total_sales"])


def test_superstore_managers_by_region_are_no_reps(trial_files: Path) -> None:
    reading = read(trial_files / "superstore_us" / "Sample - Superstore.xls")
    assert "reps" not in reading.dataset.tables
    [people] = [sheet for sheet in reading.report.sheets if sheet.sheet == "People"]
    assert people.role == "region_managers"
    assert people.table is None


def test_superstore_discount_rate_is_money(trial_files: Path) -> None:
    reading = read(trial_files / "superstore_us" / "Sample - Superstore.csv")
    # The first line: 16.448 after 20 % off, so 4.112 was given away.
    [(discount,)] = ask(reading, "SELECT discount FROM orders WHERE order_id = 'US-2019-103800'")
    assert float(discount) == 4.112


@both_ways
def test_maven(trial_files: Path, way: str) -> None:
    known = values(trial_files, "maven_crm")
    reading = read(given_as(trial_files, "maven_crm", way))
    statuses = dict(ask(reading, "SELECT status, count(*) FROM opportunities GROUP BY 1"))
    stages = known["stage_counts"]
    assert statuses == {
        "won": stages["Won"],
        "lost": stages["Lost"],
        "open": stages["Engaging"] + stages["Prospecting"],
    }
    [(won, days)] = ask(
        reading,
        "SELECT sum(amount), median(close_date - created_date) FROM opportunities WHERE status = 'won'",
    )
    assert (float(won), float(days)) == (known["won_value"], known["median_days_won"])
    assert ask(reading, "SELECT count(*), count(manager), count(region) FROM reps") == [(35, 35, 35)]
    offices = ask(
        reading,
        "SELECT r.region, count(*) FILTER (o.status = 'won'), count(*) FILTER (o.status = 'lost') "
        "FROM opportunities o JOIN reps r USING (rep_id) GROUP BY 1",
    )
    assert {region: (won, lost) for region, won, lost in offices} == {
        region: (office["won"], office["lost"]) for region, office in known["by_regional_office"].items()
    }


def test_maven_product_names_are_those_of_the_price_list(trial_files: Path) -> None:
    reading = read(trial_files / "maven_crm")
    assert ask(
        reading, "SELECT count(*) FROM opportunities WHERE product NOT IN (SELECT product FROM products)"
    ) == [(0,)]
    raw = (trial_files / "maven_crm" / "sales_pipeline.csv").read_text(encoding="utf-8").count("GTXPro")
    assert ask(reading, "SELECT count(*) FROM opportunities WHERE product = 'GTX Pro'") == [(raw,)]
    [pipeline] = [sheet for sheet in reading.report.sheets if sheet.file == "sales_pipeline.csv"]
    assert f"`GTXPro` is read as `GTX Pro` ({raw} rows)." in pipeline.derivations


def test_maven_pipeline_alone_is_enough(trial_files: Path) -> None:
    reading = read(trial_files / "maven_crm" / "sales_pipeline.csv")
    assert ask(reading, "SELECT count(*), count(customer_id), count(DISTINCT rep_id) FROM opportunities") == [
        (8800, 7375, 30)
    ]


@both_ways
def test_northwind(trial_files: Path, way: str) -> None:
    known = values(trial_files, "northwind")
    reading = read(given_as(trial_files, "northwind", way))
    [(rows, sales, orders, customers, first, last)] = ask(
        reading,
        "SELECT count(*), sum(amount), count(DISTINCT order_id), count(DISTINCT customer_id), min(order_date), "
        "max(order_date) FROM orders",
    )
    assert (rows, orders, customers) == (known["rows"], known["distinct_orders"], known["distinct_customers"])
    assert float(sales) == known["total_sales"]
    assert (str(first), str(last)) == (known["date_min"][:10], known["date_max"][:10])
    [(gross,)] = ask(reading, "SELECT round(sum(amount + discount), 2) FROM orders")
    assert float(gross) == known["gross_before_discount"]
    people = ask(
        reading,
        "SELECT r.name, round(sum(o.amount), 2), any_value(r.hire_date) FROM orders o JOIN reps r USING (rep_id) GROUP BY 1",
    )
    assert {name.split()[-1]: float(amount) for name, amount, _hired in people} == known["revenue_by_employee"]
    assert {name.split()[-1]: str(hired) for name, _amount, hired in people} == known["hire_dates"]
    assert ("Nancy Davolio", "Andrew Fuller") in ask(reading, "SELECT name, manager FROM reps")
    assert ask(reading, "SELECT count(DISTINCT category), count(product) FROM orders") == [(8, known["rows"])]


def test_northwind_region_of_a_rep_is_that_of_the_territories(trial_files: Path) -> None:
    reading = read(trial_files / "northwind")
    regions = dict(ask(reading, "SELECT split_part(name, ' ', 2), region FROM reps"))
    assert regions == {
        "Davolio": "Eastern", "Fuller": "Eastern", "Leverling": "Southern", "Peacock": "Eastern",
        "Buchanan": "Eastern", "Suyama": "Western", "King": "Western", "Callahan": "Northern",
        "Dodsworth": "Northern",
    }  # fmt: skip
    assert not reading.dataset.has("orders", "region")
    assert not reading.dataset.has("customers", "region")


@pytest.mark.parametrize("name", ["orders.csv", "order-details.csv"])
def test_northwind_half_asks_for_the_other_half(trial_files: Path, name: str) -> None:
    with pytest.raises(FileError, match="give that file too"):
        read(trial_files / "northwind" / name)


def test_online_retail(trial_files: Path) -> None:
    known = values(trial_files, "online_retail_france")
    reading = read(trial_files / "online_retail")
    [(rows, net, returns, came_back, nobody, first)] = ask(
        reading,
        "SELECT count(*), sum(amount), count(*) FILTER (amount < 0), sum(amount) FILTER (amount < 0), "
        "count(*) FILTER (customer_id IS NULL), min(order_date) FROM orders",
    )
    assert (rows, returns, nobody) == (known["rows"], known["cancel_rows"], known["rows_null_customer"])
    assert (float(net), float(came_back)) == (known["net_amount"], known["cancel_amount"])
    assert str(first) == known["date_min"][:10]


@both_ways
def test_olist(trial_files: Path, way: str) -> None:
    known = values(trial_files, "olist_funnel")
    reading = read(given_as(trial_files, "olist_funnel", way))
    origins = ask(
        reading, "SELECT coalesce(lead_source, '(blank)'), count(*), count(converted_at) FROM leads GROUP BY 1"
    )
    assert {origin: (leads, won) for origin, leads, won in origins} == {
        origin: (each["leads"], each["won"]) for origin, each in known["by_origin"].items()
    }
    [(leads, median, negative)] = ask(
        reading,
        "SELECT count(*), median(CAST(converted_at AS DATE) - CAST(created_at AS DATE)), "
        "count(*) FILTER (CAST(converted_at AS DATE) < CAST(created_at AS DATE)) FROM leads",
    )
    assert (leads, float(median), negative) == (8000, 14.0, known["negative_duration_deals"])


def test_a_summary_of_customers_is_no_sales_table(trial_files: Path) -> None:
    with pytest.raises(MappingError, match=r"ID, frequency, recency, T.*order_date"):
        read(trial_files / "cdnow" / "cdnow_customers_summary.csv")


def test_cdnow_with_a_person_telling_its_columns(trial_files: Path) -> None:
    maps = ["orders.customer_id=column 1", "orders.order_date=column 3", "orders.amount=column 5"]
    reading = read(trial_files / "cdnow" / "CDNOW_sample.txt", maps=maps)
    lines = (trial_files / "cdnow" / "CDNOW_sample.txt").read_text().split("\n")
    cents = sum(round(float(line.split()[4]) * 100) for line in lines if line.strip())
    assert ask(reading, "SELECT count(*), CAST(sum(amount) * 100 AS BIGINT) FROM orders") == [(6919, cents)]


@pytest.mark.parametrize("folder", ["superstore_us", "maven_crm", "northwind", "olist_funnel", "online_retail"])
def test_check_tells_the_same_as_read(trial_files: Path, folder: str) -> None:
    assert check(trial_files / folder) == read(trial_files / folder).report
