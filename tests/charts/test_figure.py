"""What charts have in common."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from salesmetrics.charts import Figure, sparkline_figure, trend_figure
from salesmetrics.model.conventions import Conventions
from salesmetrics.query.request import Grain, MetricQuery, Period
from salesmetrics.query.result import Result
from tests.charts.results import over_time


def _periods(grain: Grain, days: list[date], conventions: Conventions) -> Result:
    """Three values of revenue from each of `days` to the next."""
    known = over_time("revenue", [5.0, 6.0, 7.0])
    frame = known.frame.assign(
        period_start=pd.to_datetime(days[:-1]).astype("datetime64[s]"),
        period_end=pd.to_datetime(days[1:]).astype("datetime64[s]"),
    )
    query = MetricQuery(("revenue",), grain=grain, compare=known.query.compare, conventions=conventions)
    return replace(known, query=query, given=frame, period=Period(days[0], days[-1]))


def test_its_columns_are_its_data_and_none_of_them_is_nothing_to_draw() -> None:
    figure = Figure({}, {"key": ["a", "b"], "value": [1.0, None]}, "", "", "")
    assert figure.data["key"].tolist() == ["a", "b"]
    assert figure.data["value"].isna().tolist() == [False, True]
    assert not figure.empty
    assert Figure({}, {}, "", "", "").empty
    assert Figure({}, {"key": []}, "", "", "").empty


SUNDAYS = [date(2025, 3, 2), date(2025, 3, 9), date(2025, 3, 16), date(2025, 3, 23)]
FROM_FEBRUARY = [date(2025, 2, 1), date(2025, 5, 1), date(2025, 8, 1), date(2025, 11, 1)]


@pytest.mark.parametrize(
    ("grain", "days", "conventions"),
    [
        (Grain.WEEK, SUNDAYS, Conventions(week_start=7)),
        (Grain.QUARTER, FROM_FEBRUARY, Conventions(fiscal_year_start=2)),
    ],
)
def test_periods_are_whole_by_the_conventions_that_were_asked_for(
    grain: Grain, days: list[date], conventions: Conventions
) -> None:
    def solid(figure: Figure) -> int:
        return int(figure.data["solid"].notna().sum())

    for draw in (trend_figure, sparkline_figure):
        assert solid(draw(_periods(grain, days, conventions), "revenue")) == 3
        assert solid(draw(_periods(grain, days, Conventions()), "revenue")) == 0
