"""The backtest counts what it says and sees nothing that came later."""

from __future__ import annotations

import pytest

from salesmetrics.analysis.forecast.backtest import FEWEST_ORIGINS, origins_of
from salesmetrics.analysis.forecast.outlook import outlook
from tests.analysis.forecast.series import noisy


@pytest.mark.parametrize("months", [12, 20, 24, 29, 36, 48, 200])
def test_there_are_six_origins_or_more_and_the_last_knows_all_but_a_month(months: int):
    origins = origins_of(months, 12)
    assert len(origins) >= FEWEST_ORIGINS
    assert origins[-1] == months - 1


def test_errors_of_the_last_months_are_those_counted_one_by_one():
    values = noisy(40, 1)
    told = outlook(values)
    assert told is not None
    assert told.test is not None
    assert told.told is not None
    off, came, months = 0.0, 0.0, set()
    for row, origin in enumerate(told.test.origins):
        for ahead in range(12):
            month = origin + ahead
            if 28 <= month < 40:
                off += abs(told.told[row, ahead] - values[month])
                came += values[month]
                months.add(month)
    errors = told.errors(12)
    assert errors is not None
    assert errors.wape == pytest.approx(off / came)
    assert errors.months == len(months) == 12


def test_what_is_told_of_an_origin_rests_on_nothing_that_came_later():
    values = noisy(48, 2)
    later = values.copy()
    later[40:] *= 3
    first, second = outlook(values), outlook(later)
    assert first is not None
    assert second is not None
    assert first.told is not None
    assert second.told is not None
    known = [row for row, origin in enumerate(first.test.origins) if origin <= 40]  # type: ignore[union-attr]
    assert first.told[known] == pytest.approx(second.told[known])
