"""How customers bought by a day: counted by hand, filtered by where they bought last, and the published summary."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import salesmetrics as sm
from salesmetrics.analysis import bg_nbd, gamma_gamma
from salesmetrics.query.purchase_histories import METRIC, PurchaseHistories, purchase_histories
from tests.company import AS_OF, dataset, example_company
from ui import datasets


def found_of(data: sm.Dataset, **more: object) -> PurchaseHistories:
    found = purchase_histories(data, sm.MetricQuery((METRIC,), **more))
    assert isinstance(found, PurchaseHistories)
    return found


def told(found: PurchaseHistories) -> dict[str, tuple[float, ...]]:
    now = found.now
    columns = (
        now.histories.repeats, now.histories.last, now.histories.age, now.money["first_amount"],
        now.money["again_amount"], now.money["again_profit"],
    )  # fmt: skip
    return {who: tuple(map(float, line)) for who, *line in zip(now.customer_id, *columns, strict=True)}


def test_the_example_company_is_known_by_its_purchases() -> None:
    found = found_of(example_company(), as_of=AS_OF)
    nan = pytest.approx(float("nan"), nan_ok=True)
    # D gave everything back, C half of it; A's first day has two lines.
    assert told(found) == {
        "A": (1, 91, 172, 300, 300, 120), "B": (1, 117, 146, 100, 150, 30), "C": (0, 0, 71, 100, nan, nan),
    }  # fmt: skip
    assert (found.start, found.now.day, found.days) == (date(2024, 1, 10), AS_OF, 172)


ORDERS = [
    {"order_id": str(number), "customer_id": who, "order_date": day, "amount": amount, "region": region}
    for number, (who, day, amount, region) in enumerate(
        [
            ("Ann", "2025-01-01", 10, "North"), ("Ann", "2025-01-01", 5, "North"), ("Ann", "2025-02-10", 20, "South"),
            ("Ann", "2025-03-31", 40, "North"), ("Ben", "2025-01-11", 7, "South"), ("Ben", "2025-03-20", 8, "South"),
            ("Cem", "2025-04-05", 9, "North"), ("Ben", "2025-04-11", 6, "North"),
        ]
    )
]  # fmt: skip


def test_what_came_later_is_kept_apart_from_what_was_known(tmp_path: Path) -> None:
    found = found_of(dataset({"orders": ORDERS}, tmp_path, read_on=date(2025, 5, 1)), as_of=date(2025, 4, 11))
    # A hundred days of history: after 75 of them it is 17 March.
    assert (found.then.day, found.days_after) == (date(2025, 3, 17), 25)
    then = found.then
    known = sorted(zip(then.customer_id, then.histories.repeats, then.histories.last, then.later, strict=True))
    assert known == [("Ann", 1, 40, 1), ("Ben", 0, 0, 2)]


def test_a_filter_keeps_whole_histories_of_those_who_bought_there_last(tmp_path: Path) -> None:
    data = dataset({"orders": ORDERS}, tmp_path, read_on=date(2025, 5, 1))
    north = (sm.Filter("region", ("North",)),)
    found = found_of(data, as_of=date(2025, 4, 11), where=north)
    assert {who: (line[0], line[4]) for who, line in told(found).items() if line[0]} == {
        "Ann": (2, 60), "Ben": (2, 14),
    }  # fmt: skip
    assert set(found.now.region) == {"North"}
    # By 17 March both had bought in the South last.
    assert len(found.then.later) == 0
    before = found_of(data, as_of=date(2025, 3, 25), where=(sm.Filter("region", ("South",)),))
    assert set(before.now.customer_id) == {"Ann", "Ben"}


def test_the_period_asked_for_ends_the_history_and_does_not_begin_it(tmp_path: Path) -> None:
    data = dataset({"orders": ORDERS}, tmp_path, read_on=date(2025, 5, 1))
    found = found_of(data, period=sm.Period(date(2025, 3, 1), date(2025, 4, 1)))
    assert (found.start, found.now.day) == (date(2025, 1, 1), date(2025, 3, 31))
    assert {who: line[:3] for who, line in told(found).items()} == {"Ann": (2, 89, 89), "Ben": (1, 68, 79)}
    # Ben's purchase of April lies beyond what is asked.
    assert dict(zip(found.then.customer_id, found.then.later, strict=True))["Ben"] == 1


def test_without_customers_or_days_it_says_why(tmp_path: Path) -> None:
    nobody = dataset({"orders": [{"order_date": "2025-01-01", "amount": 1}]}, tmp_path / "a")
    assert purchase_histories(nobody, sm.MetricQuery((METRIC,))) == "missing_column:orders.customer_id"
    one_day = dataset({"orders": ORDERS[:2]}, tmp_path / "b", read_on=date(2025, 1, 2))
    assert purchase_histories(one_day, sm.MetricQuery((METRIC,), as_of=date(2025, 1, 1))) == "n_too_small"


def test_of_the_sample_company_it_counts_as_the_metrics_do() -> None:
    data = datasets.sample().data
    found = found_of(data)
    year = sm.Period(date(2025, 1, 1), date(2026, 1, 1))
    rows = sm.compute(data, sm.MetricQuery(("active_customers", "new_customers"), year)).frame
    active, new = rows["value"]
    since = found.now.histories.age - found.now.histories.last
    assert int((since < 365).sum()) == active
    assert int((found.now.histories.age < 365).sum()) == new


@pytest.fixture(scope="module")
def cdnow(trial_files: Path) -> PurchaseHistories:
    maps = [
        f"orders.{name}=column {place}" for name, place in (("customer_id", 2), ("order_date", 3), ("amount", 5))
    ]
    data = sm.read(trial_files / "cdnow" / "CDNOW_sample.txt", maps=maps)
    return found_of(data, as_of=date(1997, 9, 30))


@pytest.mark.reference
def test_cdnow_histories_are_the_published_ones(cdnow: PurchaseHistories, trial_files: Path) -> None:
    published = pd.read_csv(trial_files / "cdnow" / "cdnow_customers_summary.csv").sort_values("ID")
    now = cdnow.now
    ours = pd.DataFrame(
        {
            "x": now.histories.repeats,
            "t_x": now.histories.last,
            "age": now.histories.age,
            "id": now.customer_id.astype(int),
        }
    ).sort_values("id")
    assert len(ours) == len(published) == 2357
    assert ours["x"].tolist() == published["frequency"].tolist()
    assert (ours["t_x"] / 7).tolist() == pytest.approx(published["recency"].tolist(), abs=0.005)
    assert (ours["age"] / 7).tolist() == pytest.approx(published["T"].tolist(), abs=0.005)


@pytest.mark.reference
def test_cdnow_gives_the_published_models(cdnow: PurchaseHistories) -> None:
    """All 2,357 customers of the 1/10 sample, as of 1997-09-30, in weeks.

    Purchases of one day are one: without that 959 instead of 946 come back, and r is .218. Spend is that of repeat
    days, the first day left out, of the 946 who have any.
    """
    weeks = cdnow.now.histories.per(7.0)
    buying = bg_nbd.fit(weeks)
    assert buying is not None
    assert [buying.r, buying.alpha, buying.a, buying.b] == pytest.approx([0.243, 4.414, 0.793, 2.426], rel=0.01)
    assert buying.log_likelihood == pytest.approx(-9582.4, abs=0.1)
    back = weeks.repeats > 0
    assert back.sum() == 946
    repeats = weeks.repeats[back]
    spending = gamma_gamma.fit(repeats, cdnow.now.money["again_amount"][back] / repeats)
    assert spending is not None
    assert [spending.p, spending.q, spending.v] == pytest.approx([6.25, 3.74, 15.44], rel=0.01)
    assert spending.mean == pytest.approx(35.22, rel=0.01)
    # What METRICS gives of the published parameters, from those found here: to the digits that they share.
    told = buying.expected([2, 26, 0], [30.43, 30.86, 0], [38.86, 31, 38.86], [39, 52, 39])
    assert told.tolist() == pytest.approx([1.226, 25.76, 0.195], rel=0.005)
    assert float(buying.expected_of_new(52.0)) == pytest.approx(1.446, rel=0.005)
    assert float(buying.active(2, 30.43, 38.86)) == pytest.approx(0.7266, rel=0.005)
    assert float(spending.expected(2, 25.0)) == pytest.approx(26.84, rel=0.005)
