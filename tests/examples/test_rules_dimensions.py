"""The rules of dimensions: unknown values, tenure at the event, breakdowns and filters that do not apply."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import salesmetrics as sm
from salesmetrics.errors import QueryError
from tests.company import AS_OF, EXAMPLE_TABLES, H1, Q1, Q2, answers, ask, dataset, example_company


def _sold(day: str, rep: str | None, amount: int, **more: object) -> dict[str, object]:
    return {"order_date": day, "order_id": f"{day}{rep}{amount}", "rep_id": rep, "amount": amount} | more


def test_unknown_values_keep_the_parts_summing(tmp_path: Path):
    orders = [
        _sold("2024-01-05", "R1", 10, region="East", product=None),
        _sold("2024-01-06", None, 20, region=None, product="P"),
        _sold("2024-01-07", "R9", 40, region=None, product=None),
    ]
    data = dataset({"orders": orders, "reps": [{"rep_id": "R1", "hire_date": "2023-01-01"}]}, tmp_path)
    assert {k: a.value for k, a in answers(data, "revenue", Q1, by=("region",)).items()} == {
        "East": 10,
        "(unknown)": 60,
    }
    assert {k: a.value for k, a in answers(data, "revenue", Q1, by=("product",)).items()} == {
        "P": 20,
        "(unknown)": 50,
    }
    assert {k: a.value for k, a in answers(data, "revenue", Q1, by=("tenure",)).items()} == {
        "1-2y": 10,
        "(unknown)": 60,
    }
    assert ask(data, "revenue", Q1, region="(unknown)").value == 60
    assert ask(data, "revenue", Q1, tenure=("1-2y", "(unknown)")).value == 70


def test_region_falls_back_to_the_reps_region(tmp_path: Path):
    orders = [_sold("2024-01-05", "R1", 10, region="East"), _sold("2024-01-06", "R1", 20, region=None)]
    data = dataset({"orders": orders, "reps": [{"rep_id": "R1", "region": "North"}]}, tmp_path)
    assert {k: a.value for k, a in answers(data, "revenue", Q1, by=("region",)).items()} == {
        "East": 10,
        "North": 20,
    }


def test_a_rep_is_shown_by_name(tmp_path: Path):
    orders = [_sold("2024-01-05", "R1", 10), _sold("2024-01-06", "R2", 20)]
    reps = [{"rep_id": "R1", "name": "Ada", "team": "Blue", "manager": "May"}, {"rep_id": "R2", "name": None}]
    data = dataset({"orders": orders, "reps": reps}, tmp_path)
    assert {k: a.value for k, a in answers(data, "revenue", Q1, by=("rep",)).items()} == {"Ada": 10, "R2": 20}
    assert ask(data, "revenue", Q1, team="Blue").value == 10
    assert ask(data, "revenue", Q1, manager="May").value == 10


def test_the_customer_segment_comes_from_the_order_or_else_the_customer(tmp_path: Path):
    orders = [
        {"order_date": "2024-01-05", "order_id": "1", "customer_id": "A", "amount": 10, "segment": "Home"},
        {"order_date": "2024-01-05", "order_id": "2", "customer_id": "A", "amount": 20, "segment": None},
    ]
    data = dataset({"orders": orders, "customers": [{"customer_id": "A", "segment": "Office"}]}, tmp_path)
    assert {k: a.value for k, a in answers(data, "revenue", Q1, by=("segment",)).items()} == {
        "Home": 10,
        "Office": 20,
    }


@pytest.mark.parametrize(
    ("hired", "day", "band"),
    [
        # A month after 31 January is the last day of February.
        ("2023-11-30", "2024-02-28", "0-3m"),
        ("2023-11-30", "2024-02-29", "3-6m"),
        ("2022-11-30", "2023-02-28", "3-6m"),
        ("2024-01-01", "2024-03-31", "0-3m"),
        ("2024-01-01", "2024-04-01", "3-6m"),
        ("2024-01-01", "2024-01-01", "0-3m"),
        ("2023-07-31", "2024-01-30", "3-6m"),
        ("2023-07-31", "2024-01-31", "6-12m"),
        ("2023-01-31", "2024-01-30", "6-12m"),
        ("2023-01-31", "2024-01-31", "1-2y"),
        ("2022-02-28", "2024-02-27", "1-2y"),
        ("2022-02-28", "2024-02-28", "2-5y"),
        ("2020-02-29", "2025-02-27", "2-5y"),
        ("2020-02-29", "2025-02-28", "5y+"),
        ("2024-01-02", "2024-01-01", "(pre-hire)"),
    ],
)
def test_tenure_is_completed_calendar_months_at_the_sale(tmp_path: Path, hired, day, band):
    tables = {"orders": [_sold(day, "R", 5)], "reps": [{"rep_id": "R", "hire_date": hired}]}
    data = dataset(tables, tmp_path, read_on=date(2025, 12, 31))
    bands = answers(data, "revenue", None, by=("tenure",), as_of=date(2025, 12, 31))
    assert {k: a.value for k, a in bands.items()} == {band: 5}


def test_a_sale_before_the_hire_is_said(tmp_path: Path):
    orders = [_sold("2024-01-01", "R", 5), _sold("2024-03-01", "R", 7)]
    data = dataset({"orders": orders, "reps": [{"rep_id": "R", "hire_date": "2024-02-01"}]}, tmp_path)
    bands = answers(data, "revenue", Q1, by=("tenure",))
    assert {k: a.value for k, a in bands.items()} == {"(pre-hire)": 5, "0-3m": 7}
    assert any("hire" in warning for warning in bands["(pre-hire)"].warnings)


def test_tenure_is_never_that_of_today():
    # On 30 June R1 is in 3-6m; what it sold in its first months stays in 0-3m.
    assert ask(example_company(), "revenue", H1, tenure="0-3m").value == 400
    assert ask(example_company(), "revenue", H1, tenure="3-6m").value == 0


def test_an_en_dash_is_accepted_in_a_band():
    assert ask(example_company(), "revenue", H1, tenure="0–3m").value == 400


def test_tenure_of_a_deal_is_that_at_its_close(tmp_path: Path):
    deals = [
        {
            "opportunity_id": status,
            "created_date": "2024-01-05",
            "close_date": close,
            "status": status,
            "rep_id": "R",
        }
        for close, status in (("2024-05-02", "won"), ("2024-02-02", "lost"))
    ]
    data = dataset({"opportunities": deals, "reps": [{"rep_id": "R", "hire_date": "2024-01-01"}]}, tmp_path)
    bands = answers(data, "win_rate", H1, by=("tenure",))
    assert {band: answer.value for band, answer in bands.items()} == {"0-3m": 0, "3-6m": 1}


def test_tenure_of_a_balance_is_that_at_its_day(tmp_path: Path):
    deals = [{"opportunity_id": "1", "created_date": "2024-01-05", "status": "open", "rep_id": "R", "amount": 9}]
    data = dataset({"opportunities": deals, "reps": [{"rep_id": "R", "hire_date": "2024-01-01"}]}, tmp_path)
    assert {k: a.value for k, a in answers(data, "pipeline_value", H1, by=("tenure",)).items()} == {"3-6m": 9}


@pytest.mark.parametrize(
    ("metric", "dimension"),
    [("revenue", "stage"), ("win_rate", "channel"), ("orders", "loss_reason")],
)
def test_a_breakdown_that_the_table_lacks_is_an_error_that_names_both(metric, dimension):
    with pytest.raises(QueryError) as error:
        sm.compute(example_company(), sm.MetricQuery(metrics=(metric,), period=Q2, by=(dimension,), as_of=AS_OF))
    assert metric in str(error.value)
    assert dimension in str(error.value)


def test_a_dimension_that_does_not_exist_is_an_error():
    with pytest.raises(QueryError, match=r"regoin.*region"):
        sm.compute(example_company(), sm.MetricQuery(metrics=("revenue",), period=Q2, by=("regoin",), as_of=AS_OF))


def test_a_filter_that_a_metric_lacks_silences_that_metric_alone():
    query = sm.MetricQuery(
        metrics=("revenue", "win_rate"), period=Q2, where=(sm.Filter("channel", ("Partner",)),), as_of=AS_OF
    )
    rows = sm.compute(example_company(), query).frame.set_index("metric")
    assert rows.loc["revenue", "value"] == 550
    assert rows.loc["win_rate", "reason"] == "filter_not_applicable:channel"
    assert rows.loc["win_rate", "value"] != rows.loc["win_rate", "value"]


def test_a_metric_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(QueryError, match=r"revenu.*revenue"):
        sm.compute(example_company(), sm.MetricQuery(metrics=("revenu",), period=Q2, as_of=AS_OF))


@pytest.mark.parametrize(
    ("metric", "column"),
    [
        ("units", "quantity"), ("gross_profit", "cost"), ("gross_margin", "cost"), ("discount_rate", "discount"),
        ("active_customers", "customer_id"), ("new_customers", "customer_id"), ("profit_per_order", "cost"),
        ("price_per_unit", "quantity"), ("fulfilment_days", "delivered_date"),
    ],
)  # fmt: skip
def test_a_missing_column_is_named(tmp_path: Path, metric, column):
    data = dataset({"orders": [{"order_date": "2024-01-05", "order_id": "1", "amount": 10}]}, tmp_path)
    answer = ask(data, metric, Q1)
    assert answer.value is None
    assert answer.reason in (f"missing_column:{column}", f"missing_column:orders.{column}")


@pytest.mark.parametrize(
    "metric",
    ["win_rate", "win_rate_value", "sales_cycle_length", "pipeline_value", "quota_attainment", "reps_at_quota"],
)
def test_a_missing_table_is_said_while_the_others_answer(tmp_path: Path, metric):
    data = dataset({"orders": EXAMPLE_TABLES["orders"]}, tmp_path)
    frame = sm.compute(data, sm.MetricQuery(metrics=(metric, "revenue"), period=Q2, as_of=AS_OF)).frame
    by_metric = frame.set_index("metric")
    assert by_metric.loc["revenue", "value"] == 550
    assert str(by_metric.loc[metric, "reason"]).startswith("missing_column:")


@pytest.mark.parametrize("table", sorted(EXAMPLE_TABLES))
def test_empty_tables_give_no_number_and_no_crash(tmp_path: Path, table):
    data = dataset({**EXAMPLE_TABLES, table: []}, tmp_path)
    query = sm.MetricQuery(
        metrics=("revenue", "orders", "average_transaction_value", "new_customers", "win_rate", "pipeline_value",
                 "quota_attainment", "revenue_per_rep_month"),
        period=Q2, as_of=AS_OF,
    )  # fmt: skip
    rows = sm.compute(data, query).frame.set_index("metric")
    assert len(rows) == 8
    for metric, row in rows.iterrows():
        assert (row["value"] == row["value"]) or isinstance(row["reason"], str), metric
    if table == "orders":
        assert rows.loc["revenue", "value"] != rows.loc["revenue", "value"]
        assert rows.loc["win_rate", "value"] == 0.5
    if table == "opportunities":
        assert rows.loc["revenue", "value"] == 550
        assert rows.loc["win_rate", "value"] != rows.loc["win_rate", "value"]


def test_two_breakdowns_at_once():
    cells = answers(example_company(), "revenue", H1, by=("region", "product"))
    assert {cell: answer.value for cell, answer in cells.items()} == {
        ("East", "P"): 300, ("East", "Q"): 100, ("West", "P"): 450, ("West", "Q"): 100,
    }  # fmt: skip
