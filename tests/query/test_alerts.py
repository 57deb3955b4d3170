"""Alerts about a dataset: what is planted is found, explained and ranked, and quiet data stays quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from salesmetrics.analysis.threshold import Threshold
from salesmetrics.charts.alert_words import drivers, sentence
from salesmetrics.errors import QueryError
from salesmetrics.model.calendar import Period, add_months
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.alerts import Alerts, alerts
from salesmetrics.query.request import Filter, MetricQuery
from tests.company import dataset

ASKED = MetricQuery(("revenue",))
LAST = Period(date(2024, 12, 1), date(2025, 1, 1))


def company(folder: Path, months: int = 48, factor: float = 1.0, returned: int = 1) -> Dataset:
    """Write steady orders of two regions; in the last whole month East sells `factor` times as much.

    Of 40 orders a month one comes back, in the last whole month `returned`. Ten days of another month follow.
    """
    dice = np.random.default_rng(7)
    first = add_months(LAST.end, -months)
    rows: list[dict[str, Any]] = []
    for place in range(months):
        month = add_months(first, place)
        last = month == LAST.start
        for number in range(40):
            east = number % 2 == 0
            amount = 100 * dice.lognormal(0, 0.1) * (factor if last and east else 1)
            day = month.replace(day=1 if number < 20 else 28)
            rows.append({
                "order_date": day, "amount": round(amount, 2), "region": "East" if east else "West",
                "order_id": f"{month}-{number}", "product": "P", "returned": number < (returned if last else 1),
                "customer_id": f"C{number}",
            })  # fmt: skip
    rows.append({**rows[-1], "order_date": LAST.end.replace(day=10), "order_id": "begun", "amount": 1.0})
    lines = [{name: value for name, value in row.items() if name != "returned"} for row in rows]
    lines += [
        {**line, "amount": -line["amount"]}
        for line, row in zip(lines, rows, strict=True)
        if row["returned"] and row["order_id"] != "begun"
    ]
    return dataset({"orders": lines}, folder, read_on=date(2025, 1, 11))


def parts(found: Alerts) -> set[tuple[str, tuple[str, str] | None]]:
    return {(one.metric.id, one.part) for one in found.found}


def test_steady_sales_need_nobody(tmp_path: Path) -> None:
    found = alerts(company(tmp_path), ASKED)
    assert found.found == ()
    assert found.watched >= 4, "revenue, two regions, order value and returns"
    assert found.reasons["win_rate"].startswith("missing_column:opportunities.")


def test_a_region_that_falls_is_told_with_what_it_sold(tmp_path: Path) -> None:
    data = company(tmp_path, factor=0.4)
    found = alerts(data, ASKED)
    assert {("revenue", None), ("revenue", ("region", "East"))} <= parts(found)
    assert not any(part == ("region", "West") for _metric, part in parts(found))
    [east] = [one for one in found.found if one.part == ("region", "East")]
    orders = data.folder / "orders.parquet"
    sql = "SELECT sum(amount) FROM read_parquet(?) WHERE region = 'East' AND order_date >= ? AND order_date < ?"
    [(sold,)] = duckdb.execute(sql, [str(orders), LAST.start, LAST.end]).fetchall()
    assert east.value == pytest.approx(float(sold))
    assert (east.period, east.above, east.good) == (LAST, False, False)
    assert east.usual is not None
    assert east.value < east.usual.low
    [whole] = [one for one in found.found if one.metric.id == "revenue" and one.part is None]
    assert whole.why is not None
    assert whole.why.focus is not None
    assert (whole.why.focus.dimension, whole.why.focus.part.name) == ("region", "East")
    assert any("region East" in said for said in drivers(whole))
    assert sentence(east).startswith("Revenue, region East: ")
    assert "below the" in sentence(east)


def test_worse_comes_before_better_and_the_furthest_first(tmp_path: Path) -> None:
    found = alerts(company(tmp_path, factor=3, returned=12), ASKED).found
    assert [one.good for one in found] == sorted((one.good for one in found), key=lambda good: good is True)
    assert found[0].metric.id == "return_rate"
    assert found[0].above
    for good in (True, False):
        times = [one.times for one in found if one.good is good]
        assert times == sorted(times, reverse=True)


def test_a_month_that_is_not_over_is_not_judged(tmp_path: Path) -> None:
    assert all(one.period == LAST for one in alerts(company(tmp_path, factor=0.3), ASKED).found)


def test_an_earlier_day_does_not_know_what_came(tmp_path: Path) -> None:
    before = replace(ASKED, as_of=date(2024, 11, 30))
    fell = alerts(company(tmp_path / "fell", factor=0.3), before)
    steady = alerts(company(tmp_path / "steady"), before)
    assert [(one.metric.id, one.part, one.value) for one in fell.found] == [
        (one.metric.id, one.part, one.value) for one in steady.found
    ]
    assert all(one.period.end == date(2024, 12, 1) for one in fell.found)


def test_filters_narrow_what_is_looked_at(tmp_path: Path) -> None:
    data = company(tmp_path, factor=0.4)
    assert alerts(data, replace(ASKED, where=(Filter("region", ("West",)),))).found == ()
    east = alerts(data, replace(ASKED, where=(Filter("region", ("East",)),)))
    assert ("revenue", None) in parts(east)
    assert not any(part for _metric, part in parts(east)), "one region has no parts by region"


def test_under_twelve_months_only_limits_count(tmp_path: Path) -> None:
    data = company(tmp_path, months=11, factor=0.2)
    quiet = alerts(data, ASKED)
    assert (quiet.found, quiet.watched) == ((), 0)
    assert quiet.reasons["revenue"] == "n_too_small"
    limit = Threshold("orders", above=True, value=38)
    [one] = alerts(data, ASKED, (limit,)).found
    # Of 40 orders one came back whole.
    assert (one.metric.id, one.value, one.above, one.threshold) == ("orders", 39, True, limit)
    assert "above the limit of 38" in sentence(one)


def test_a_limit_that_holds_is_not_told(tmp_path: Path) -> None:
    data = company(tmp_path)
    limits = (Threshold("orders", above=True, value=39), Threshold("orders", above=False, value=39))
    assert alerts(data, ASKED, limits).found == ()


def test_no_more_are_given_than_asked_for(tmp_path: Path) -> None:
    found = alerts(company(tmp_path, factor=0.4), ASKED, most=1)
    assert len(found.found) == 1
    assert found.all > 1


def test_an_unknown_metric_brings_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="revenue"):
        alerts(company(tmp_path), ASKED, (Threshold("revenu", above=True, value=1),))


def test_what_hardly_sells_needs_nobody(tmp_path: Path) -> None:
    steady, last = [100.0, 104, 98, 101, 99, 103, 97, 100, 102, 98, 101, 99, 103], LAST.start
    lines = [
        {
            "order_date": add_months(last, place - len(steady) + 1).replace(day=28), "amount": amount * share,
            "product": product, "order_id": f"{product}{place}",
        }
        for product, share, whole in (("Desk", 40, 1.0), ("Lamp", 10, 0.1), ("Clip", 1, 0.1))
        for place, amount in enumerate([*steady[:-1], steady[-1] * whole])
    ]  # fmt: skip
    found = alerts(dataset({"orders": lines}, tmp_path, read_on=LAST.end), ASKED)
    # Both fell to a tenth; what a clip brings is 2 % of all.
    assert ("revenue", ("product", "Lamp")) in parts(found)
    assert ("revenue", ("product", "Clip")) not in parts(found)
