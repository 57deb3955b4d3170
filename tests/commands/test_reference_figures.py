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


EVER = ("--param", "lead_conversion_rate.horizon=none")


def test_olist_conversion_by_source(compute, reference):
    sources = reference["olist_funnel"]["values"]["by_origin"]
    rows = compute("olist_funnel", "--metric", "lead_conversion_rate", "--by", "lead_source", *EVER)
    # A blank source is not the source that is called unknown.
    assert {row["lead_source"]: (row["numerator"], row["denominator"]) for row in rows} == {
        "(unknown)" if source == "(blank)" else source: (figures["won"], figures["leads"])
        for source, figures in sources.items()
    }


def test_olist_conversion_by_month_and_in_all(compute, reference):
    values = reference["olist_funnel"]["values"]
    rows = compute("olist_funnel", "--metric", "lead_conversion_rate", "--grain", "month", *EVER)
    assert {
        row["period_start"][:7]: [row["denominator"], row["numerator"]] for row in rows if row["denominator"]
    } == values["cohort_conversion_by_first_contact_month"]
    [row] = compute("olist_funnel", "--metric", "lead_conversion_rate", *EVER)
    assert row["value"] == values["conversion_rate"]


def test_olist_leads_that_are_too_young_convert_to_nothing_yet(compute, trial_files):
    leads, deals = (
        pd.read_csv(trial_files / "olist_funnel" / f"olist_{name}_dataset.csv")
        for name in ("marketing_qualified_leads", "closed_deals")
    )
    leads = leads.merge(deals[["mql_id", "won_date"]], how="left")
    came = pd.to_datetime(leads["first_contact_date"])
    took = (pd.to_datetime(leads["won_date"]).dt.normalize() - came).dt.days
    # As of the last day of May: what was won later is not yet known, and one was won before it came in.
    took = took.where(came + pd.to_timedelta(took, "D") <= "2018-05-31")
    old_enough = (came <= "2018-03-02") & ~(took < 0)
    cohort = came.dt.strftime("%Y-%m")
    expected = (took[old_enough] <= 90).groupby(cohort[old_enough]).mean().to_dict()
    rows = compute("olist_funnel", "--metric", "lead_conversion_rate", "--grain", "month", "--as-of", "2018-05-31")
    found = {row["period_start"][:7]: row for row in rows}
    assert {month: row["value"] for month, row in found.items() if row["value"] is not None} == pytest.approx(
        expected
    )
    assert {month for month, row in found.items() if row["reason"] == "immature_cohort"} == {"2018-04", "2018-05"}
    april = (took[cohort == "2018-04"].notna()).mean()
    assert found["2018-04"]["details"]["provisional"] == pytest.approx(april)


def test_maven_velocity_is_its_four_levers(compute, reference, trial_files):
    values = reference["maven_crm"]["values"]
    deals = pd.read_csv(trial_files / "maven_crm/sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    won = deals[deals["deal_stage"] == "Won"]
    # Every deal closed within the 365 days that velocity looks back.
    assert deals["close_date"].max() - deals["close_date"].min() < pd.Timedelta(days=365)
    levers = {
        "open_deals": values["stage_counts"]["Engaging"] + values["stage_counts"]["Prospecting"],
        "mean_won_amount": values["avg_won_value"],
        "win_rate": values["win_rate_closed"],
        "mean_cycle_days": (won["close_date"] - won["engage_date"]).dt.days.mean(),
    }
    [row] = compute("maven_crm", "--metric", "sales_velocity")
    assert row["details"] == pytest.approx(levers, abs=0.0001)
    by_hand = levers["open_deals"] * levers["mean_won_amount"] * levers["win_rate"] / levers["mean_cycle_days"]
    assert row["value"] == pytest.approx(by_hand, rel=1e-5)


def test_maven_cycle_of_all_closed_deals(compute, trial_files):
    deals = pd.read_csv(trial_files / "maven_crm/sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    days = (deals["close_date"] - deals["engage_date"]).dt.days.dropna()
    [row] = compute("maven_crm", "--metric", "sales_cycle_length", "--param", "sales_cycle_length.outcome=closed")
    assert (row["value"], row["n"]) == (days.median(), len(days))


def test_maven_tells_nothing_of_stages_and_standing_still(compute):
    rows = compute("maven_crm", "--metric", "funnel", "time_in_stage", "stalled_deals")
    assert {row["metric"]: row["reason"] for row in rows} == {
        "funnel": "missing_column:stage_history.stage",
        "time_in_stage": "missing_column:stage_history.stage",
        # Nothing tells of activities, stages entered or expected closes.
        "stalled_deals": "low_coverage",
    }


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


CDNOW = (
    "cdnow/CDNOW_sample.txt", "--map", "orders.customer_id=column 1", "--map", "orders.order_date=column 3",
    "--map", "orders.quantity=column 4", "--map", "orders.amount=column 5", "--as-of", "1997-09-30",
)  # fmt: skip


def test_cdnow_repeat_customers(compute, reference, trial_files):
    values = reference["cdnow"]["values"]
    [row] = compute(*CDNOW, "--metric", "repeat_purchase_rate")
    assert row["denominator"] == values["sample_customers_2357"]
    assert row["details"]["naive"] * row["denominator"] == pytest.approx(values["sample_repeat_customers"])
    days = _cdnow_days(trial_files)
    second = days[days.groupby("customer").cumcount() == 1].set_index("customer")["day"]
    first = days.groupby("customer")["day"].min()
    assert row["numerator"] == ((second - first).dt.days <= 180).sum()


def test_cdnow_days_between_purchases(compute, trial_files):
    [row] = compute(*CDNOW, "--metric", "repurchase_interval")
    summary = pd.read_csv(trial_files / "cdnow/cdnow_customers_summary.csv")
    gaps = _cdnow_days(trial_files).groupby("customer")["day"].diff().dropna().dt.days
    assert row["n"] == len(gaps) == summary["frequency"].sum()
    assert (row["value"], row["details"]["p90"]) == (gaps.median(), gaps.quantile(0.9))
    # The published summary counts in weeks with two decimals; every customer's last gap is open.
    waited = pd.concat([gaps, ((summary["T"] - summary["recency"]) * 7).round()])
    ended = gaps.value_counts().sort_index()
    still = (1 - ended / [(waited >= day).sum() for day in ended.index]).cumprod()
    assert row["details"]["open"] == len(summary)
    assert row["details"]["median_with_open"] == still[still <= 0.5].index[0]


def _cdnow_days(trial_files: Path) -> pd.DataFrame:
    """Give one row for each customer and day with a purchase until the end of September 1997."""
    names = ["customer", "sample", "day", "discs", "amount"]
    lines = pd.read_csv(trial_files / "cdnow/CDNOW_sample.txt", sep=r"\s+", names=names, dtype={"day": str})
    lines["day"] = pd.to_datetime(lines["day"], format="%Y%m%d")
    days = lines.loc[lines["day"] <= "1997-09-30", ["customer", "day"]].drop_duplicates()
    return days.sort_values(["customer", "day"])
