"""Tenure bands as the engine works them out, against counting months by hand."""

import calendar
from datetime import date

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesmetrics.engine import default_engine
from salesmetrics.model.tenure import band

days = st.dates(date(2015, 1, 1), date(2026, 12, 31))
pairs = st.lists(st.tuples(days, days), min_size=1, max_size=200)


def _bands(rows: list[tuple[date, date]]) -> list[str]:
    # One row each through a list of literals: the engine sees columns, not constants.
    hired = ibis.array([ibis.literal(one) for one, _other in rows])
    on = ibis.array([ibis.literal(other) for _one, other in rows])
    table = ibis.range(1).unnest().name("place").as_table()
    spread = table.select(hired=hired.unnest(), on=on.unnest())
    return default_engine().run(spread.select(band=band(spread.hired, spread.on)))["band"].tolist()


def _by_hand(hired: date, on: date) -> str:
    if on < hired:
        return "(pre-hire)"
    months = 0
    while True:
        year, month = divmod(hired.year * 12 + hired.month - 1 + months + 1, 12)
        last = calendar.monthrange(year, month + 1)[1]
        if date(year, month + 1, min(hired.day, last)) > on:
            break
        months += 1
    for name, until in (("0-3m", 3), ("3-6m", 6), ("6-12m", 12), ("1-2y", 24), ("2-5y", 60)):
        if months < until:
            return name
    return "5y+"


@settings(max_examples=20, deadline=None)
@given(pairs)
def test_bands_are_completed_calendar_months(rows):
    assert _bands(rows) == [_by_hand(*row) for row in rows]


@pytest.mark.parametrize(
    ("hired", "on", "expected"),
    [
        (date(2024, 1, 31), date(2024, 4, 29), "0-3m"),
        (date(2024, 1, 31), date(2024, 4, 30), "3-6m"),
        (date(2020, 2, 29), date(2025, 2, 27), "2-5y"),
        (date(2020, 2, 29), date(2025, 2, 28), "5y+"),
        (date(2024, 5, 2), date(2024, 5, 1), "(pre-hire)"),
    ],
)
def test_a_day_that_a_month_lacks_is_its_last_day(hired, on, expected):
    assert _bands([(hired, on)]) == [expected]
