"""Which statements a set of periods takes, and what fills their open places."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from salesmetrics.metrics.measure import Placed
from salesmetrics.model.calendar import Grain, Period, buckets
from salesmetrics.query.placing import Cut, Scan, lots
from salesmetrics.query.request import Filter

YEAR = Period(date(2024, 1, 1), date(2025, 1, 1))


def _scan(placed: Placed = Placed.BY_DATE, grain: Grain | None = None, where: tuple[Filter, ...] = ()) -> Scan:
    return Scan("ledger", "date", placed, date(2024, 12, 31), grain, (), where, None)


def test_the_months_of_two_years_take_one_statement():
    months = [*buckets(YEAR, Grain.MONTH), *buckets(Period(date(2023, 1, 1), date(2024, 1, 1)), Grain.MONTH)]
    [lot] = lots(_scan(grain=Grain.MONTH), months)
    assert lot.cut is Cut.GRAIN
    assert lot.days == (date(2023, 1, 1), date(2025, 1, 1))


def test_a_period_and_the_one_before_take_one_statement_and_one_that_overlaps_takes_another():
    before = Period(date(2023, 1, 1), date(2024, 1, 1))
    assert len(lots(_scan(), [YEAR, before])) == 1
    assert len(lots(_scan(), [YEAR, Period(date(2023, 7, 1), date(2024, 7, 1))])) == 2


def test_balances_of_periods_that_end_alike_are_taken_once():
    quarter = Period(date(2024, 10, 1), date(2025, 1, 1))
    [lot] = lots(_scan(Placed.AT_END), [YEAR, quarter])
    assert lot.days == (date(2024, 12, 31),)
    assert {period for _day, period in lot.keys} == {YEAR, quarter}


def test_filter_values_are_filled_in_not_written_in():
    scan = _scan(where=(Filter("region", ("East", "O'Hara ⟦d0⟧")),))
    [lot] = lots(scan, [YEAR])
    assert lot.fill(scan)["f0"] == ("East", "O'Hara ⟦d0⟧")


days = st.dates(date(2022, 1, 1), date(2025, 12, 31))
periods = st.tuples(days, st.integers(1, 400)).map(
    lambda pair: Period(pair[0], date.fromordinal(pair[0].toordinal() + pair[1]))
)


@given(st.lists(periods, min_size=1, max_size=12), st.sampled_from([None, *Grain]))
def test_every_period_is_answered_once_and_no_key_stands_for_two_that_differ(asked, grain):
    found = lots(_scan(grain=grain), asked)
    answered = [period for lot in found for _day, period in lot.keys]
    assert sorted(answered) == sorted(set(asked))
    for lot in found:
        assert len({day for day, _period in lot.keys}) == len(lot.keys)
