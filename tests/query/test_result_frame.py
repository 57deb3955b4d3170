"""The frame of an answer: its rows by metric, its columns, and comparisons that do not touch what they stand beside."""

from datetime import date

import pytest

import salesmetrics as sm
from tests.company import AS_OF, H1, Q1, Q2, example_company


def test_a_share_is_the_same_whatever_it_is_compared_with():
    def shares(**more) -> list[float]:
        query = sm.MetricQuery(("revenue_share",), period=Q2, by=("region",), as_of=AS_OF, **more)
        return sm.compute(example_company(), query).frame["value"].tolist()

    alone = shares()
    assert sum(alone) == pytest.approx(1)
    assert shares(compare=tuple(sm.Compare)) == alone
    # Month by month the period before is one of those asked for: it counts once all the same.
    months = sm.MetricQuery(
        ("revenue_share",), period=H1, grain=sm.Grain.MONTH, as_of=AS_OF, compare=(sm.Compare.PREVIOUS,)
    )
    known = sm.compute(example_company(), months).frame["value"].dropna()
    assert len(known) >= 4
    assert set(known) == {1.0}


def test_rows_of_a_metric_are_its_own_and_changing_them_leaves_the_answer_alone():
    query = sm.MetricQuery(("revenue", "units", "orders"), period=Q1, grain=sm.Grain.MONTH, as_of=AS_OF)
    result = sm.compute(example_company(), query)
    rows = result.rows("units")
    assert rows["metric"].unique().tolist() == ["units"]
    assert rows.index.tolist() == [0, 1, 2]
    assert [day.date() for day in rows["period_start"]] == [date(2024, month, 1) for month in (1, 2, 3)]
    rows.loc[0, "value"] = -1.0
    assert result.rows("units").loc[0, "value"] == 3
    assert len(result.rows("gini")) == 0
    mixed = sm.Result(query, result.as_of, result.period, result.frame.iloc[[3, 0, 4]])
    assert mixed.rows("units")["value"].tolist() == result.frame["value"].iloc[[3, 4]].tolist()


def test_a_metric_that_is_always_cut_stands_beside_one_that_is_not():
    query = sm.MetricQuery(("revenue", "revenue_by_tenure"), period=H1, as_of=AS_OF)
    result = sm.compute(example_company(), query)
    assert result.dimensions == ("tenure",)
    assert result.rows("revenue")["tenure"].tolist() == [None]
    bands = result.rows("revenue_by_tenure")
    assert bands["value"].sum() == pytest.approx(result.rows("revenue")["value"].item())
    assert all(isinstance(band, str) for band in bands["tenure"])
