"""The rows behind a number add up to it."""

import random
from datetime import date

import pytest

import salesmetrics as sm
from salesmetrics.metrics.measure import Aggregate
from tests.company import H1, Q2, example_company

EVERY = [metric for metric in sm.CATALOGUE.values() if metric.shift is None]


def _rebuilt(rows, measure) -> float:
    if measure.name not in rows:
        return 0
    counted = rows[measure.name].dropna()
    if measure.aggregate is Aggregate.DISTINCT:
        return counted.nunique()
    return counted.astype(float).sum()


@pytest.mark.parametrize(
    "metric", ["revenue", "gross_sales", "return_amount", "units", "pipeline_value", "new_revenue"]
)
@pytest.mark.parametrize("period", [Q2, H1])
def test_amounts_of_the_rows_add_up_to_the_value(metric, period):
    query = sm.MetricQuery(metrics=(metric,), period=period, as_of=date(2024, 6, 30))
    data = example_company()
    [measure] = [m for m in sm.CATALOGUE[metric].measures if m.aggregate is Aggregate.SUM][:1]
    value = sm.compute(data, query).frame["value"].iloc[0]
    assert _rebuilt(sm.records(data, query), measure) == pytest.approx(value)


@pytest.mark.parametrize(
    "metric", ["orders", "active_customers", "new_customers", "win_rate", "open_opportunities"]
)
def test_things_counted_stand_in_the_rows(metric):
    query = sm.MetricQuery(metrics=(metric,), period=Q2, as_of=date(2024, 6, 30))
    data = example_company()
    first = sm.CATALOGUE[metric].measures[0]
    assert _rebuilt(sm.records(data, query), first) == sm.compute(data, query).frame["numerator"].iloc[0]


@pytest.mark.parametrize("metric", EVERY, ids=lambda metric: metric.id)
def test_every_metric_that_has_a_value_has_rows(metric):
    query = sm.MetricQuery(metrics=(metric.id,), period=H1, as_of=date(2024, 6, 30))
    value = sm.compute(example_company(), query).frame["value"]
    rows = sm.records(example_company(), query)
    assert value.isna().all() or len(rows) > 0


def test_filters_hold_for_the_rows_too():
    chosen = random.Random(7).choice(["East", "West"])
    query = sm.MetricQuery(metrics=("revenue",), where=(sm.Filter("region", (chosen,)),), as_of=date(2024, 6, 30))
    assert set(sm.records(example_company(), query)["region"]) == {chosen}
