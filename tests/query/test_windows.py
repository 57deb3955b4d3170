"""Measures that look at other days than the period's own, and things that have one segment each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import salesmetrics as sm
from salesmetrics import metrics
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import total
from salesmetrics.metrics.measure import Aggregate, Measure, Reach, Segment, Window
from tests.company import AS_OF, Q1, Q2, dataset, days

ORDERS = [
    # Customer, day, region, amount. A buys more in the East in the first quarter, B as much in both, later in the West.
    ("A", "2024-01-10", "East", 300), ("A", "2024-02-10", "West", 100), ("A", "2024-05-10", "West", 900),
    ("B", "2024-01-05", "East", 50), ("B", "2024-03-05", "West", 50), ("B", "2024-06-05", "East", 10),
    ("C", "2024-04-20", "West", 70),
]  # fmt: skip


def _summed(window: Window, segment: Segment | None = None, *, before: bool = False) -> Measure:
    return Measure(
        f"looked_{before}", "ledger", "date", Aggregate.SUM, lambda t: t.amount,
        (lambda t: t.date < t.period_start) if before else None, ("orders.amount",), window=window, segment=segment,
    )  # fmt: skip


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Ask a metric of one measure, which the catalogue knows for as long as the test runs."""
    rows = [
        {"order_id": f"O{n}", "customer_id": who, "order_date": day, "region": region, "amount": amount}
        for n, (who, day, region, amount) in enumerate(ORDERS)
    ]
    data = dataset({"orders": rows}, tmp_path)

    def ask(measure: Measure, complete: bool = False, **query):
        counted = replace(sales.ROWS, name="rows_looked_at")
        metric = replace(
            metrics.CATALOGUE["revenue"], id="looked", measures=(measure, counted), evaluate=total(measure.name),
            n="rows_looked_at", coverage=None, cautions=(), complete=complete,
        )  # fmt: skip
        monkeypatch.setattr("salesmetrics.query.resolve.CATALOGUE", {"looked": metric})
        asked_for = sm.MetricQuery(metrics=("looked",), **{"as_of": AS_OF, **query})
        return sm.compute(data, asked_for).frame

    return ask


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Window(Reach.WITH_PREVIOUS), 300 + 100 + 900 + 50 + 50 + 10 + 70),
        (Window(Reach.BEFORE, 30), 50 + 900 + 10 + 70),
        (Window(Reach.TRAILING, 30), 10),
        (Window(Reach.MOVED_BACK, 30), 50 + 900 + 70),
    ],
)
def test_a_window_holds_the_days_it_names(asked, window, expected):
    assert asked(_summed(window), period=Q2)["value"].tolist() == [expected]


def test_what_lies_before_the_period_can_be_told_from_it(asked):
    assert asked(_summed(Window(Reach.WITH_PREVIOUS), before=True), period=Q2)["value"].tolist() == [500]


def test_a_row_counts_in_every_window_that_it_lies_in(asked):
    rows = asked(
        _summed(Window(Reach.TRAILING, 60)), period=days("2024-03-01", "2024-06-30"), grain=sm.Grain.MONTH
    )
    by_hand = [
        sum(
            amount
            for _who, day, _region, amount in ORDERS
            if 0 < (end - date.fromisoformat(day)).days <= 60
        )
        for end in (date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1), date(2024, 7, 1))
    ]  # fmt: skip
    assert rows["value"].tolist() == by_hand


def test_a_base_that_begins_before_the_data_gives_no_value(asked):
    [row] = asked(_summed(Window(Reach.WITH_PREVIOUS)), period=Q1).to_dict("records")
    assert (row["reason"], row["value"] == row["value"]) == ("incomplete_period", False)


def test_days_looked_back_over_that_the_data_lacks_are_said(asked):
    [row] = asked(_summed(Window(Reach.TRAILING, 365)), period=Q2).to_dict("records")
    assert "short_history" in row["warnings"]
    [row] = asked(_summed(Window(Reach.TRAILING, 30)), period=Q2).to_dict("records")
    assert "short_history" not in row["warnings"]


def test_an_unfinished_period_says_nothing_where_it_must_be_complete(asked):
    unfinished = {"period": Q2, "as_of": date(2024, 6, 10)}
    [row] = asked(_summed(Window(Reach.TRAILING, 30)), complete=True, **unfinished).to_dict("records")
    assert row["reason"] == "incomplete_period"
    [row] = asked(_summed(Window(Reach.TRAILING, 30)), **unfinished).to_dict("records")
    assert row["reason"] is None


BASE = Segment(("customer_id",), lambda t: (t.date < t.period_start).ifelse(t.amount, 0))


def test_all_rows_of_a_customer_lie_in_the_segment_of_its_largest_base(asked):
    rows = asked(_summed(Window(Reach.WITH_PREVIOUS), BASE), period=Q2, by=("region",)).set_index("region")
    # A's base lies mostly in the East; B's two are equal, and the later one is in the West.
    assert rows["value"].to_dict() == {"East": 300 + 100 + 900, "West": 50 + 50 + 10 + 70}


def test_a_filter_gives_what_the_breakdown_gives(asked):
    measure = _summed(Window(Reach.WITH_PREVIOUS), BASE)
    one = asked(measure, period=Q2, where=(sm.Filter("region", ("East",)),))["value"].tolist()
    assert one == [300 + 100 + 900]
