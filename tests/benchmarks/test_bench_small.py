"""The benchmark cannot rot: its contestants agree on a small company, and it would notice if they did not."""

from __future__ import annotations

import duckdb
import pytest

from benchmarks import report, rerun
from benchmarks.answer import Table, differences
from benchmarks.company import made
from benchmarks.contest import CONTESTANTS, YARDSTICK, Contestant, Timing, answers, disagreements, requests
from benchmarks.overview_request import BY, CHECKED, METRICS, asked
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dataset import Dataset
from ui import overview

LINES = 20_000


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return made(LINES, tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="module")
def contestants(company: Dataset) -> dict[str, Contestant]:
    return {name: prepare(company) for name, prepare in CONTESTANTS.items()}


@pytest.fixture(scope="module")
def found(contestants: dict[str, Contestant]) -> dict[str, list[Table]]:
    return {name: answers(contestant) for name, contestant in contestants.items()}


def test_contestants_agree_on_every_number(found: dict[str, list[Table]]):
    assert disagreements(found) == []
    assert len(found[YARDSTICK]) == len(CHECKED)
    for tables in found.values():
        unfiltered = tables[0].set_index(["part", "metric"])["value"]
        assert unfiltered.notna().all()
        for part in BY:
            # Parts that are left out by all three alike would not show as a difference.
            assert unfiltered[part].sum() == pytest.approx(unfiltered["totals", "revenue"].item())


def test_a_number_that_differs_is_named(found: dict[str, list[Table]]):
    right = found[YARDSTICK][0]
    wrong = right.copy()
    wrong.loc[wrong.index[3], "value"] *= 1 + 1e-8
    less = right.drop(index=right.index[5])
    assert len(differences(wrong, right, ("ours", "theirs"))) == 1
    assert differences(less, right, ("ours", "theirs"))[0].startswith("only theirs has ")
    said = disagreements({YARDSTICK: [right], "pandas": [wrong]}, CHECKED[:1])
    assert len(said) == 1
    assert said[0].startswith("no filter: value of ")


def test_company_has_the_cases_that_make_a_ledger_hard(company: Dataset):
    orders = f"read_parquet('{company.folder / 'orders.parquet'}')"
    [(lines, credited, returned, both, twice)] = duckdb.sql(
        f"""SELECT count(*), count(*) FILTER (amount < 0), count(*) FILTER (returned),
            (SELECT count(*) FROM {orders} c SEMI JOIN {orders} o
                ON c.orig_order_id = o.order_id AND c.product = o.product AND c.amount = -o.amount AND o.returned),
            (SELECT count(*) FROM (SELECT 1 FROM {orders} WHERE returned GROUP BY order_id, product
                HAVING count(DISTINCT amount) > 1))
        FROM {orders}"""
    ).fetchall()
    assert lines == LINES
    assert credited == LINES // 100
    assert 0.015 < returned / lines < 0.025
    assert both > 0
    assert twice > 0


def test_request_is_what_the_overview_asks():
    by_order_lines = tuple(
        name
        for name in overview.SALES_CARDS[: overview.MOST_CARDS]
        if {measure.relation for measure in CATALOGUE[name].made_of(CATALOGUE[name].settings({}))} == {"ledger"}
    )
    assert by_order_lines == METRICS
    assert overview.BY == BY
    assert len(asked(())) == 3 + len(BY)


def test_timings_tell_the_engine_from_python(contestants: dict[str, Contestant]):
    timings = [Timing(name, 1.0, *requests(each, 1), 2**30) for name, each in contestants.items()]
    ours = next(each.request for each in timings if each.name == "salesmetrics")
    assert ours.answers > 0
    assert 0 < ours.in_engine < ours.seconds
    assert "1.00x" in next(row for row in report.table(LINES, timings).splitlines() if YARDSTICK in row)
    assert len(report.shares(timings)) == 1


def test_a_rerun_of_the_app_is_told_from_its_engine(tmp_path, monkeypatch):
    monkeypatch.setenv("SALESMETRICS_STORAGE", str(tmp_path))
    found = rerun.reruns("overview", str(tmp_path), runs=2)
    assert len(found) == 2
    # Each filter is new: none is answered from memory.
    assert all(0 < one.in_engine < one.script for one in found)
    assert rerun.table([("overview", found)]).count("overview") == 1
