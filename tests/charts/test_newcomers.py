"""New and returning customers over time, stacked."""

from __future__ import annotations

from typing import get_args

import pandas as pd
import pytest

from salesmetrics.charts import newcomers_figure
from salesmetrics.charts.newcomers import CUSTOMERS, MONEY
from salesmetrics.charts.theme import Theme
from salesmetrics.query.result import Result
from tests.charts.results import over_time


def both(pair: tuple[str, str], old: list[float | None], new: list[float | None]) -> Result:
    results = [over_time(metric, values) for metric, values in zip(pair, (old, new), strict=True)]
    frame = pd.concat([one.frame for one in results], ignore_index=True)
    return Result(results[0].query, results[0].as_of, results[0].period, frame)


@pytest.mark.parametrize("theme", get_args(Theme))
@pytest.mark.parametrize("pair", [CUSTOMERS, MONEY])
def test_the_specification_that_is_sent_is_valid(pair: tuple[str, str], theme: Theme) -> None:
    found = both(pair, [30.0, 40.0], [10.0, 20.0])
    assert newcomers_figure(found, both(pair, [60.0], [20.0]), pair, theme).chart().to_dict()["layer"]


def test_the_new_stand_on_the_returning() -> None:
    data = newcomers_figure(
        both(CUSTOMERS, [30.0, 40.0], [10.0, 20.0]), both(CUSTOMERS, [60.0], [20.0]), CUSTOMERS
    ).data
    assert data[["label", "bottom", "top"]].to_numpy().tolist() == [
        ["returning customers", 0, 30], ["new customers", 30, 40],
        ["returning customers", 0, 40], ["new customers", 40, 60],
    ]  # fmt: skip


def test_what_came_back_lies_below_nought() -> None:
    data = newcomers_figure(both(MONEY, [30.0], [-5.0]), both(MONEY, [30.0], [-5.0]), MONEY).data
    assert data[["bottom", "top"]].to_numpy().tolist() == [[0, 30], [0, -5]]


def test_the_title_counts_the_whole_period_and_not_the_sum_of_its_months() -> None:
    found = newcomers_figure(
        both(CUSTOMERS, [30.0, 40.0], [10.0, 20.0]), both(CUSTOMERS, [60.0], [20.0]), CUSTOMERS
    )
    # A year earlier 50 returned and 10 were new: 16.7 %, and now 25 %.
    assert found.title.replace("\u00a0", " ").startswith("20 of 80 customers were new (25.0 %), +8.3 pp on ")


def test_without_customers_it_is_a_sentence() -> None:
    assert newcomers_figure(both(CUSTOMERS, [None], [None]), both(CUSTOMERS, [None], [None]), CUSTOMERS).empty
