"""Why a number changed: identities against `compute` and SQL, parts that sum to their parent, and what stands out."""

from __future__ import annotations

import math
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

import salesmetrics as sm
import sample_data
from salesmetrics.errors import QueryError
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.why import ANSWER, SUBJECTS, Branching, Why, why
from tests.company import AS_OF, Q1, Q2, dataset, example_company

YEAR = sm.Period(date(2025, 1, 1), date(2026, 1, 1))
BEFORE = sm.Period(date(2024, 1, 1), date(2025, 1, 1))


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return sm.read(sample_data.folder(), read_on=date(2026, 1, 15))


def asked(metric: str, period: sm.Period = YEAR, **where: str) -> sm.MetricQuery:
    filters = tuple(sm.Filter(name, (value,)) for name, value in where.items())
    return sm.MetricQuery((metric,), period, where=filters, as_of=AS_OF if period == Q2 else None)


def of_example(metric: str, **where: str) -> Why:
    return why(example_company(), asked(metric, Q2, **where), sm.Compare.PREVIOUS)


def tree(found: Why, name: str) -> Branching:
    [one] = [one for one in found.trees if one.tree.id == name]
    return one


def steps(found: Why, name: str) -> dict[str, tuple[float, float]]:
    return {step.name: (step.before, step.after) for step in tree(found, name).found.steps}


def test_revenue_of_the_example_by_customers_orders_and_their_value() -> None:
    # Q1: A and B place O1 and O2 for 400. Q2: A, C and B place O3, O4 and O6 for 300 + 100 + 150; O5 came back whole.
    found = of_example("revenue")
    assert steps(found, "revenue_by_customers") == {
        "customers": (2, 3), "order_value": (200, pytest.approx(550 / 3)),
    }  # fmt: skip
    shares = {step.name: step.by for step in tree(found, "revenue_by_customers").found.steps}
    mean = 150 / math.log(550 / 400)
    assert shares["customers"] == pytest.approx(mean * math.log(3 / 2))
    assert shares["order_value"] == pytest.approx(mean * math.log(550 / 3 / 200))


def test_revenue_of_the_example_by_leads() -> None:
    # Nobody bought in the quarter of the lead: C's lead of January bought in April; A, B and D have no lead.
    found = tree(of_example("revenue"), "revenue_by_leads").found
    assert found.method == "shapley"
    figures = {step.name: (step.before, step.after, step.by) for step in found.steps}
    assert figures["leads"][:2] == (4, 2)
    assert figures["conversion"][:2] == (0, 0)
    assert figures["earlier_leads"] == (0, 100, 100)
    assert figures["no_lead"] == (400, 450, 50)
    assert math.fsum(by for _was, _now, by in figures.values()) == 150


def test_gross_profit_of_the_example_by_units_price_and_margin() -> None:
    figures = steps(of_example("gross_profit"), "profit_by_price")
    assert figures == {
        "units": (4, 6), "price": (100, pytest.approx(550 / 6)),
        "margin": (pytest.approx(170 / 400), pytest.approx(200 / 550)),
    }  # fmt: skip


def test_the_worked_example_of_segments() -> None:
    cut = of_example("revenue").cut("region")
    assert cut is not None
    assert {part.name: (part.by, part.state) for part in cut.parts} == {
        "West": (550, "new"),
        "East": (-400, "gone"),
    }


def test_late_returns_and_orders_without_a_customer_stand_beside_the_product(tmp_path: Path) -> None:
    orders = [
        {"order_id": "A1", "order_date": "2024-01-05", "customer_id": "A", "amount": 100, "orig_order_id": None},
        {"order_id": "A2", "order_date": "2024-04-01", "customer_id": "A", "amount": 60, "orig_order_id": None},
        {"order_id": "R1", "order_date": "2024-05-01", "customer_id": "A", "amount": -30, "orig_order_id": "A1"},
        {"order_id": "U1", "order_date": "2024-03-01", "customer_id": None, "amount": 7, "orig_order_id": None},
        {"order_id": "U2", "order_date": "2024-05-02", "customer_id": None, "amount": 11, "orig_order_id": None},
    ]
    found = why(dataset({"orders": orders}, tmp_path), asked("revenue", Q2), Q1)
    figures = steps(found, "revenue_by_customers")
    # The order of February is worth 70 with its return; the return itself lowers May.
    assert figures["order_value"] == (70, 60)
    assert figures["late_returns"] == (100 - 70, 60 - 30 - 60)
    assert figures["unknown_customers"] == (7, 11)
    assert (found.before.value, found.after.value) == (107, 41)


def test_without_customers_orders_are_what_can_be_told(tmp_path: Path) -> None:
    orders = [{"order_date": f"2024-{month:02}-10", "amount": 10 * month} for month in range(1, 7)]
    found = why(dataset({"orders": orders}, tmp_path), asked("revenue", Q2), Q1)
    assert [one.tree.id for one in found.trees] == ["revenue_by_orders"]
    assert steps(found, "revenue_by_orders") == {"order_value": (20, 50), "orders": (3, 3)}
    assert (found.cuts, found.focus) == ((), None)


@pytest.mark.parametrize("metric", list(SUBJECTS))
def test_the_number_is_that_of_compute_and_everything_sums_to_its_change(sample: Dataset, metric: str) -> None:
    found = why(sample, asked(metric))
    source, column = ("win_rate_value", "numerator") if metric == "won_value" else (metric, "value")
    frames = [sm.compute(sample, asked(source, period)).frame for period in (BEFORE, YEAR)]
    was, now = (float(frame[column].iloc[0]) for frame in frames)
    assert (found.before.value, found.after.value) == pytest.approx((was, now), abs=0.005, rel=1e-12)
    assert found.cuts
    for cut in found.cuts:
        assert math.fsum(part.by for part in cut.parts) == pytest.approx(now - was, rel=1e-9, abs=1e-9 * abs(now))
    for one in found.trees:
        assert math.fsum(step.by for step in one.found.steps) == pytest.approx(now - was, rel=1e-9, abs=0.005)
        assert one.found.steps[-1].end == pytest.approx(now, abs=0.005)


def test_the_tree_of_leads_counts_what_sql_counts(sample: Dataset) -> None:
    files = sample_data.folder()
    database = duckdb.connect()
    leads, orders, reps = (
        f"read_csv_auto('{files / name}.csv', all_varchar=true)" for name in ("leads", "orders", "reps")
    )
    row: Any = database.execute(f"""
        WITH once AS (
            SELECT lead_id, min(created_at::TIMESTAMP) AS created, arg_min(customer_id, created_at) AS customer,
                   coalesce(arg_min(l.region, created_at), arg_min(r.region, created_at)) AS region
            FROM {leads} l LEFT JOIN {reps} r USING (rep_id) GROUP BY lead_id
        ), lines AS (
            SELECT o.* REPLACE (coalesce(o.region, r.region) AS region) FROM {orders} o LEFT JOIN {reps} r USING (rep_id)
            WHERE lower(coalesce(o.status, '')) NOT IN ('cancelled', 'void', 'draft')
        )
        SELECT (SELECT count(*) FROM once WHERE region = 'South' AND year(created) = 2025),
               (SELECT count(DISTINCT customer_id) FROM lines WHERE region = 'South' AND year(order_date::DATE) = 2025
                  AND customer_id IN (SELECT customer FROM once WHERE year(created) = 2025))
    """).fetchone()  # fmt: skip
    found = steps(why(sample, asked("revenue", region="South")), "revenue_by_leads")
    assert found["leads"][1] == row[0]
    # A customer may be another lead again after it first bought: such leads make nobody a customer.
    assert found["conversion"][1] * row[0] == pytest.approx(row[1], abs=3)


def test_a_drill_of_three_levels_sums_to_its_parent_at_each(sample: Dataset) -> None:
    inside: dict[str, str] = {}
    for dimension in ("region", "lead_source", "product"):
        cut = why(sample, asked("revenue", **inside)).cut(dimension)
        assert cut is not None
        largest = cut.parts[0]
        inside[dimension] = largest.name
        deeper = why(sample, asked("revenue", **inside))
        assert deeper.change == pytest.approx(largest.by, abs=0.005)
        for below in deeper.cuts:
            assert math.fsum(part.by for part in below.parts) == pytest.approx(largest.by, abs=0.005)
    assert len(inside) == 3


def test_the_cut_by_answer_counts_every_lead_once(sample: Dataset) -> None:
    found = why(sample, asked("lead_conversion_rate"))
    cut = found.cut(ANSWER)
    assert cut is not None
    assert cut.split is not None
    row = sm.compute(sample, asked("lead_conversion_rate")).frame.iloc[0]
    weights = [part.weight_after * row["denominator"] for part in cut.split.parts]
    assert math.fsum(weights) == pytest.approx(row["denominator"])
    assert cut.split.after == pytest.approx(row["value"], rel=1e-12)


def test_parts_that_are_not_one_whole_are_no_cut(sample: Dataset) -> None:
    # An order of two products counts for both: neither orders nor their mean value can be cut by product.
    for metric in ("orders", "average_transaction_value"):
        found = why(sample, asked(metric))
        assert found.cut("region") is not None
        assert found.cut("product") is None


def test_what_is_filtered_to_one_value_is_no_cut_and_all_is_narrowed(sample: Dataset) -> None:
    found = why(sample, asked("win_rate", region="South"))
    assert found.cut("region") is None
    [row] = sm.compute(sample, asked("win_rate", region="South")).frame.to_dict("records")
    assert found.after.value == row["value"]


def test_any_two_periods_can_be_set_against_each_other(sample: Dataset) -> None:
    spring = sm.Period(date(2025, 4, 1), date(2025, 7, 1))
    autumn = sm.Period(date(2023, 9, 1), date(2023, 12, 1))
    found = why(sample, asked("revenue", spring), autumn)
    values = [sm.compute(sample, asked("revenue", period)).frame["value"].iloc[0] for period in (autumn, spring)]
    assert [found.before.value, found.after.value] == pytest.approx(values, abs=0.005)


def test_where_the_data_does_not_reach_back_there_is_a_reason_and_nothing_else(sample: Dataset) -> None:
    found = why(sample, asked("revenue", sm.Period(date(2023, 1, 1), date(2024, 1, 1))))
    assert found.reason is not None
    assert (found.cuts, found.trees, found.focus) == ((), (), None)


def test_deals_without_dates_cannot_be_set_against_an_earlier_time(tmp_path: Path) -> None:
    deals = [{"opportunity_id": "1", "status": "won"}, {"opportunity_id": "2", "status": "lost"}]
    assert why(dataset({"opportunities": deals}, tmp_path), asked("win_rate", Q2), Q1).reason == "undated"


def test_what_the_files_lack_is_the_reason() -> None:
    found = why(example_company(), asked("response_within_sla", Q2), Q1)
    assert found.reason is None
    rows = [{"order_date": f"2024-{month:02}-10", "amount": 10} for month in range(1, 7)]
    with tempfile.TemporaryDirectory() as folder:
        lacking = why(dataset({"orders": rows}, Path(folder)), asked("win_rate", Q2), Q1)
    assert lacking.reason == "missing_column:opportunities.status"


def test_a_number_that_cannot_be_taken_apart_is_named_with_the_nearest() -> None:
    with pytest.raises(QueryError, match="win_rate"):
        why(example_company(), asked("win_rat", Q2))


@pytest.mark.parametrize(
    ("metric", "factor"), [("revenue", "conversion"), ("won_value", "win_rate"), ("win_rate", ""), ("units", "")]
)
def test_the_planted_region_stands_out_by_its_conversion(sample: Dataset, metric: str, factor: str) -> None:
    focus = why(sample, asked(metric)).focus
    assert focus is not None
    assert (focus.dimension, focus.part.name) == ("region", "South")
    if factor:
        along = {one.tree.id: one.found.largest for one in focus.inside}
        strongest = min((step for step in along.values() if step), key=lambda step: step.by)
        assert strongest.name == factor


def test_a_part_that_hardly_matters_is_not_what_a_change_is_told_by(tmp_path: Path) -> None:
    # Ninety-nine products double, one of them all alike stands still: 1 % of the change is not where it lies.
    lines = [
        {"order_date": day, "amount": amount, "product": f"P{place}", "order_id": f"{day}-{place}"}
        for day, factor in (("2024-01-01", 1), ("2024-06-30", 2))
        for place in range(100)
        for amount in [10 if place == 7 else 10 * factor]
    ]
    found = why(dataset({"orders": lines}, tmp_path), asked("revenue", Q2), Q1)
    assert found.change == 990
    assert found.focus is None
    assert found.trees
