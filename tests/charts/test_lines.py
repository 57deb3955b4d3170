"""Two rates over time in one chart: which are drawn, what the title compares, what is dashed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from salesmetrics.charts import lines_figure, trend_figure
from salesmetrics.query.result import Result
from tests.charts.results import by_value, over_time

BOTH = ("win_rate", "win_rate_value")


def rates(count: list[float | None], value: list[float | None], **more: Any) -> Result:
    parts = [over_time(metric, values, **more) for metric, values in zip(BOTH, (count, value), strict=True)]
    return replace(parts[0], given=pd.concat([part.frame for part in parts], ignore_index=True))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_specification_that_is_sent_is_valid(theme: Any) -> None:
    assert lines_figure(rates([0.5, 0.6], [0.4, 0.3]), BOTH, theme).chart().to_dict()["layer"]


def test_every_rate_has_its_line() -> None:
    data = lines_figure(rates([0.5, 0.6], [0.4, 0.3]), BOTH).data
    assert data.groupby("series")["value"].apply(list).to_dict() == {
        "Win rate": [0.5, 0.6], "Win rate by value": [0.4, 0.3],
    }  # fmt: skip


def test_the_title_compares_the_same_period() -> None:
    figure = lines_figure(rates([0.5, 0.6, 0.7], [0.4, 0.3, None]), BOTH)
    assert figure.title == "Win rate 60.0\u00a0%, win rate by value 30.0\u00a0% in Feb 2025"
    assert figure.subtitle == "Win rate and win rate by value by month, 2025"
    assert "Win rate from 50.0\u00a0% in Jan 2025 to 70.0\u00a0% in Mar 2025" in figure.text


def test_a_period_that_is_not_over_is_dashed_and_not_the_finding() -> None:
    figure = lines_figure(rates([0.5, 0.9], [0.4, 0.8], warnings=[(), ("partial",)]), BOTH)
    assert figure.title.endswith("in Jan 2025")
    last = figure.data[figure.data["period"] == "Feb 2025"]
    assert last["solid"].isna().all()
    assert last["dashed"].tolist() == [0.9, 0.8]


def test_where_one_rate_is_absent_the_other_is_a_trend() -> None:
    result = rates([0.5, 0.6], [None, None])
    assert lines_figure(result, BOTH).text == trend_figure(result, "win_rate").text


def test_what_is_not_cut_by_time_is_refused() -> None:
    with pytest.raises(ValueError, match="cut by time"):
        lines_figure(by_value("win_rate", "region", {"North": (0.5, 0.5)}), BOTH)
