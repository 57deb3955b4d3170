"""The latest part of a period of which something can be told by now."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salesmetrics.analysis.ripe import ripe
from salesmetrics.model.calendar import Period

THROUGH = date(2025, 12, 31)


def test_a_period_that_is_old_enough_stands() -> None:
    odd = Period(date(2025, 3, 3), date(2025, 9, 17))
    assert ripe(odd, THROUGH, days=90) == odd


def test_a_quarter_that_is_too_young_gives_way_to_the_one_before() -> None:
    last = Period(date(2025, 10, 1), date(2026, 1, 1))
    assert ripe(last, THROUGH, days=90) == Period(date(2025, 7, 1), date(2025, 10, 1))


def test_a_month_of_which_some_days_are_too_young_is_left_out_whole() -> None:
    # 90 days before the end of December lie inside October: its last days have not had them.
    assert ripe(Period(date(2025, 9, 1), date(2025, 11, 1)), THROUGH, days=90).end == date(2025, 10, 1)


@given(
    start=st.dates(date(2023, 1, 1), date(2025, 12, 30)),
    length=st.integers(1, 800),
    days=st.integers(0, 400),
)
def test_whoever_was_won_in_it_has_had_the_days(start: date, length: int, days: int) -> None:
    found = ripe(Period(start, start + timedelta(days=length)), THROUGH, days=days)
    assert found.start < found.end
    last_day = found.end - timedelta(days=1)
    assert (THROUGH - last_day).days >= days
