"""Whatever is asked of the sample company, the rows listed for a number add up to it."""

from __future__ import annotations

import math
import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

import salesmetrics as sm
import sample_data
from salesmetrics.engine import default_engine
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import dimension_values
from salesmetrics.query.resolve import dimensions_of
from sample_data.seasons import LAST
from tests.query.from_rows import recomputed

SETS = int(os.environ.get("RECORD_FILTER_SETS", "3"))
"""Random filter sets tried for each metric: few by default, 50 in the long form."""

METRICS = list(sm.CATALOGUE.values())


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    """The sample company, read as the app reads it."""
    folder: Path = tmp_path_factory.mktemp("sample")
    data = sm.read(sorted(sample_data.folder().glob("*.csv")), into=folder, read_on=LAST + timedelta(days=1))
    yield data
    default_engine().forget(data)


@cache
def _values(data: Dataset, dimension: str) -> list[str]:
    return [value for value, _rows in dimension_values(data, dimension)]


def _period(chance: random.Random) -> sm.Period | None:
    """Draw a month, a quarter, some days in between, the last days of the data and beyond, or days before it."""
    month = date(chance.choice([2023, 2024, 2025]), chance.randint(1, 12), 1)
    match chance.randint(0, 9):
        case 0:
            return None
        case 1:
            return sm.Period(date(2019, 1, 1), date(2019, 4, 1))
        case 2:
            return sm.Period(date(2025, 12, 1), date(2026, 2, 1))
        case 3 | 4:
            return sm.Period(month + timedelta(days=9), month + timedelta(days=9 + chance.randint(1, 200)))
        case 5 | 6:
            start = date(month.year, 3 * ((month.month - 1) // 3) + 1, 1)
            return sm.Period(start, (start + timedelta(days=95)).replace(day=1))
        case 7:
            return sm.Period(date(month.year, 1, 1), date(month.year + 1, 1, 1))
        case _:
            return sm.Period(month, (month + timedelta(days=31)).replace(day=1))


def filter_sets(data: Dataset, metric: sm.Metric, count: int) -> Iterator[sm.MetricQuery]:
    """Give requests for a metric: one without filters, then random ones with one to three that it allows."""
    years = [sm.MetricQuery((metric.id,), sm.Period(date(y, 1, 1), date(y + 1, 1, 1))) for y in (2025, 2024)]
    # The last year is too young for metrics that wait and see.
    yield next((year for year in years if sm.compute(data, year).frame["value"].notna().any()), years[0])
    chance = random.Random(f"{metric.id} adds up")
    allowed = [name for name in dimensions_of(metric, metric.made_of(metric.settings({}))) if _values(data, name)]
    for _each in range(count):
        names = chance.sample(allowed, min(chance.randint(1, 3), len(allowed)))
        where = []
        for name in names:
            known = _values(data, name)
            where.append(sm.Filter(name, tuple(chance.sample(known, min(chance.randint(1, 3), len(known))))))
        yield sm.MetricQuery((metric.id,), _period(chance), where=tuple(where))


def _same(first: float, second: float) -> bool:
    if math.isnan(first) or math.isnan(second):
        return math.isnan(first) and math.isnan(second)
    return math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_rows_alone_give_the_number(metric: sm.Metric, company: Dataset) -> None:
    known = 0
    for query in filter_sets(company, metric, SETS):
        number = sm.compute(company, query).frame.set_index(["period_start", *metric.by])
        again = recomputed(company, query, sm.records(company, query)).set_index(["period_start", *metric.by])
        assert set(again.index) <= set(number.index), query
        for place, row in number.iterrows():
            if place not in again.index:
                # A part in which nothing counts has no rows.
                assert math.isnan(row["value"]) or row["value"] == 0, (query, place)
                continue
            other = again.loc[place]
            assert (other["reason"], other["n"]) == (row["reason"], row["n"]), (query, place)
            for name in ("value", "numerator", "denominator"):
                assert _same(other[name], row[name]), (query, place, name)
            known += not math.isnan(row["value"])
    assert known, "no request had a value: nothing was tried"


@pytest.mark.parametrize(
    ("metric", "measure"),
    [("revenue", "revenue"), ("return_amount", "returned"), ("units", "units"), ("pipeline_value", "open_amount")],
)
def test_the_column_of_a_sum_is_summed_by_anyone(metric: str, measure: str, company: Dataset) -> None:
    for query in filter_sets(company, sm.CATALOGUE[metric], SETS):
        value = sm.compute(company, query).frame["value"].iloc[0]
        rows = sm.records(company, query)
        by_hand = math.fsum(rows[measure].dropna()) if measure in rows else 0.0
        assert math.isnan(value) or by_hand == pytest.approx(value, abs=0.005), query
