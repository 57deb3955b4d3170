"""The command line on real files against figures computed independently (`reference.json`)."""

import json
from pathlib import Path

import pandas as pd
import pytest

from salesmetrics.commands import main

pytestmark = pytest.mark.reference


@pytest.fixture(scope="module")
def reference(trial_files: Path) -> dict:
    return json.loads((trial_files / "reference.json").read_text())


@pytest.fixture
def compute(trial_files: Path, capsys: pytest.CaptureFixture[str]):
    def run(files: str, *words: str) -> list[dict]:
        assert main(["compute", str(trial_files / files), *words, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)["results"]

    return run


def _values(rows: list[dict], by: str) -> dict[str, float]:
    return {row[by]: row["value"] for row in rows}


SUPERSTORE = "superstore_us/Sample - Superstore"


def test_superstore_revenue_by_region_from_the_csv(compute, reference):
    found = _values(compute(f"{SUPERSTORE}.csv", "--metric", "revenue", "--by", "region"), "region")
    assert found == pytest.approx(reference["superstore_us"]["values"]["sales_by_region"], abs=0.005)


def test_superstore_counts_from_the_csv(compute, reference):
    expected = reference["superstore_us"]["values"]
    rows = compute(
        f"{SUPERSTORE}.csv", "--metric", "orders", "average_transaction_value", "units",
        "gross_profit",
    )  # fmt: skip
    assert _values(rows, "metric") == pytest.approx(
        {
            "orders": expected["distinct_orders"],
            "average_transaction_value": expected["avg_order_value"],
            "units": expected["quantity"],
            "gross_profit": expected["profit"],
        },
        abs=0.0001,
    )


def test_superstore_orders_under_two_customers_count_for_the_larger(compute, reference, trial_files):
    lines = pd.read_csv(trial_files / f"{SUPERSTORE}.csv")
    bought = lines.groupby(["Order ID", "Customer ID"])["Sales"].sum().sort_values().reset_index()
    buyers = bought.drop_duplicates("Order ID", keep="last")["Customer ID"].nunique()
    [row] = compute(f"{SUPERSTORE}.csv", "--metric", "active_customers")
    assert row["value"] == buyers
    # Three customers have bought only as the smaller half of an order that another customer shares.
    assert buyers == reference["superstore_us"]["values"]["distinct_customers"] - 3
    assert any(warning.startswith("orders_under_two_customers:") for warning in row["warnings"])


def test_superstore_returns_from_the_workbook_count_once_an_order(compute, reference):
    expected = reference["superstore_us"]["values"]
    found = _values(compute(f"{SUPERSTORE}.xls", "--metric", "return_amount", "revenue", "orders"), "metric")
    assert found["return_amount"] == pytest.approx(expected["sales_of_returned_orders"], abs=0.00005)
    assert found["revenue"] == pytest.approx(expected["net_of_returned_orders"]["revenue"], abs=0.005)
    assert found["orders"] == expected["net_of_returned_orders"]["orders"]


def test_maven_win_rate_and_deal_size_by_region(compute, reference):
    offices = reference["maven_crm"]["values"]["by_regional_office"]
    rows = compute("maven_crm", "--metric", "win_rate", "--by", "region")
    assert {row["region"]: (row["numerator"], row["denominator"]) for row in rows} == {
        office: (figures["won"], figures["won"] + figures["lost"]) for office, figures in offices.items()
    }
    sizes = _values(compute("maven_crm", "--metric", "avg_deal_size", "--by", "region"), "region")
    assert sizes == pytest.approx({name: one["won_value"] / one["won"] for name, one in offices.items()})


def test_maven_win_rate_by_manager_adds_up_to_the_offices(compute, reference):
    values = reference["maven_crm"]["values"]
    rows = compute("maven_crm", "--metric", "win_rate", "--by", "manager")
    assert len(rows) == 6
    assert sum(row["numerator"] for row in rows) == values["stage_counts"]["Won"]
    assert (
        sum(row["denominator"] for row in rows) == values["stage_counts"]["Won"] + values["stage_counts"]["Lost"]
    )


def test_maven_cycle_open_deals_and_what_its_files_cannot_say(compute, reference):
    values = reference["maven_crm"]["values"]
    rows = {
        row["metric"]: row
        for row in compute(
            "maven_crm", "--metric", "sales_cycle_length", "open_opportunities", "win_rate_value", "pipeline_value"
        )
    }
    assert rows["sales_cycle_length"]["value"] == values["median_days_won"]
    assert rows["open_opportunities"]["value"] == (
        values["stage_counts"]["Engaging"] + values["stage_counts"]["Prospecting"]
    )
    # Lost deals carry 0 and open ones nothing: neither a value rate nor a pipeline value can be had.
    assert (rows["win_rate_value"]["value"], rows["win_rate_value"]["reason"]) == (None, "low_coverage")
    assert (rows["pipeline_value"]["value"], rows["pipeline_value"]["reason"]) == (None, "low_coverage")


def test_northwind_revenue_by_rep_and_tenure(compute, reference):
    values = reference["northwind"]["values"]
    by_rep = _values(compute("northwind", "--metric", "revenue", "--by", "rep"), "rep")
    last_names = {name.rsplit(" ", 1)[-1]: value for name, value in by_rep.items()}
    assert last_names == pytest.approx(values["revenue_by_employee"], abs=0.006)
    by_tenure = _values(compute("northwind", "--metric", "revenue", "--by", "tenure"), "tenure")
    assert by_tenure == pytest.approx(values["revenue_by_tenure"], abs=0.006)


def test_northwind_discount_rate_from_percentages(compute, reference):
    values = reference["northwind"]["values"]
    [row] = compute("northwind", "--metric", "discount_rate")
    gross, net = values["gross_before_discount"], values["total_sales"]
    assert row["value"] == pytest.approx((gross - net) / gross, abs=1e-9)


def test_online_retail_net_revenue_with_credit_notes(compute, reference):
    values = reference["online_retail_france"]["values"]
    found = _values(
        compute(
            "online_retail", "--metric", "revenue", "gross_sales", "return_amount", "orders", "active_customers"
        ),
        "metric",
    )
    assert found == pytest.approx(
        {
            "revenue": values["net_amount"],
            "gross_sales": values["gross_amount_excl_C_invoices"],
            "return_amount": -values["cancel_amount"],
            "orders": values["invoices_excl_C"],
            "active_customers": values["customers_excl_C_nonnull"],
        },
        abs=0.005,
    )
