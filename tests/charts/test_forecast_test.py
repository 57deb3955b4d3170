"""The picture of the backtest shows what had been forecast, and when."""

from __future__ import annotations

from datetime import date

from salesmetrics.charts import forecast_test_figure
from salesmetrics.charts.forecast_test import LEAD
from tests.charts.forecasts_of import told


def test_the_backtest_shows_what_had_been_forecast_a_quarter_before():
    found = told()
    columns = forecast_test_figure(found).columns
    test, published = found.whole.test, found.whole.told
    assert test is not None
    assert published is not None
    rows = [row for row, origin in enumerate(test.origins) if origin + LEAD <= 48]
    assert columns["came"] == [found.history.values[test.origins[row] + LEAD - 1] for row in rows]
    assert columns["told"] == [published[row, LEAD - 1] for row in rows]
    assert columns["start"][-1].date() == date(2024, 12, 1)
