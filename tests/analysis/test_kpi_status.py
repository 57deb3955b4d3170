"""Where a KPI stands beside its paced target, what a period's name stands for, and how rows stand for one another."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest

from salesmetrics.analysis.kpi_status import Kpi, KpiSet, Status, Wanted, kpi_status, named_period
from salesmetrics.errors import QueryError
from salesmetrics.model.calendar import Period
from salesmetrics.model.conventions import Conventions

KPI = Kpi("revenue", "2025", "Grow", 700.0, "Ann")


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (700, Status.ON_TRACK),
        (699.99, Status.AT_RISK),
        (630, Status.AT_RISK),
        (629.99, Status.OFF),
        (-5, Status.OFF),
    ],
)
def test_limits_are_a_hundred_and_ninety_per_cent_of_the_target(value: float, status: Status) -> None:
    found = kpi_status(value, 700, Wanted.HIGHER)
    assert found is not None
    assert found.status is status
    assert found.reached == pytest.approx(value / 700)


def test_a_part_of_the_period_asks_for_that_part_of_the_target() -> None:
    # 300 of 700 is far off at the end, and on track when two fifths of the period are over.
    early, late = (kpi_status(300, 700, Wanted.HIGHER, passed) for passed in (0.4, 1.0))
    assert early is not None
    assert late is not None
    assert (early.status, late.status) == (Status.ON_TRACK, Status.OFF)
    assert early.paced == pytest.approx(280)
    assert early.reached == pytest.approx(float(Fraction(300) / (700 * Fraction(2, 5))))


def test_where_lower_is_better_the_target_is_divided_by_the_value() -> None:
    found = [kpi_status(value, 10, Wanted.LOWER) for value in (5, 10, 11, 12, 0)]
    assert [one.status for one in found if one] == [
        Status.ON_TRACK, Status.ON_TRACK, Status.AT_RISK, Status.OFF, Status.ON_TRACK,
    ]  # fmt: skip
    # A cost that may grow to 100 over the year is 120 % of what half a year allows at 60: 50 / 60 = 83 %.
    half = kpi_status(60, 100, Wanted.LOWER, 0.5)
    assert half is not None
    assert half.reached == pytest.approx(50 / 60)
    assert half.status is Status.OFF


def test_where_neither_is_better_a_band_of_ten_per_cent_around_the_target_is_on_track() -> None:
    found = {value: kpi_status(value, 50, Wanted.NEITHER) for value in (44.9, 45, 50, 55, 55.1)}
    assert [one.status for one in found.values() if one] == [
        Status.OFF, Status.ON_TRACK, Status.ON_TRACK, Status.ON_TRACK, Status.OFF,
    ]  # fmt: skip


def test_nothing_is_told_where_there_is_nothing_to_divide_by() -> None:
    for target, passed in ((0, 1.0), (-5, 1.0), (700, 0.0)):
        assert kpi_status(10, target, Wanted.HIGHER, passed) is None
    assert kpi_status(float("nan"), 10, Wanted.HIGHER) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025", "2025-01-01", "2026-01-01"),
        ("FY2025", "2025-01-01", "2026-01-01"),
        ("2025-Q4", "2025-10-01", "2026-01-01"),
        ("q1 2025", "2025-01-01", "2025-04-01"),
        ("2025H1", "2025-01-01", "2025-07-01"),
        ("2025-2", "2025-02-01", "2025-03-01"),
        ("2025年", "2025-01-01", "2026-01-01"),
        ("2025年12月", "2025-12-01", "2026-01-01"),
    ],
)
def test_names_of_periods(text: str, start: str, end: str) -> None:
    assert named_period(text) == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("text", ["", "soon", "2025-13", "2025-00", "2025-Q5", "2025H3", "0001", "20250", "Q2"])
def test_what_names_no_period(text: str) -> None:
    assert named_period(text) is None


def test_years_that_begin_in_april_have_their_own_quarters() -> None:
    own = Conventions(fiscal_year_start=4)
    assert named_period("2025", own) == Period(date(2025, 4, 1), date(2026, 4, 1))
    assert named_period("2025-Q4", own) == Period(date(2026, 1, 1), date(2026, 4, 1))
    assert named_period("2025-04", own) == Period(date(2025, 4, 1), date(2025, 5, 1))


def test_a_row_of_the_editor_stands_for_the_one_of_the_files() -> None:
    theirs = (KPI, Kpi("win_rate", "2025", "Win", 0.4, "Bo"))
    mine = Kpi("revenue", "2025", "Grow more", 900.0, "Cy")
    assert KpiSet((mine,)).beside(theirs) == (theirs[1], mine)
    # Another period, or a region, is another KPI.
    for other in (Kpi("revenue", "2026"), Kpi("revenue", "2025", region="South")):
        assert KpiSet().put(other).beside(theirs) == (*theirs, other)
    # The file's row given a region stands no more beside itself.
    south = Kpi("revenue", "2025", "Grow", 700.0, "Ann", "South")
    changed = KpiSet().put(south, KPI.key)
    assert changed.beside(theirs) == (theirs[1], south)
    # Taken off, it stays off; put back, it is there again.
    gone = changed.without(south.key)
    assert gone.beside(theirs) == (theirs[1],)
    assert gone.put(KPI).beside(theirs) == (theirs[1], KPI)


def test_a_changed_row_keeps_its_place() -> None:
    rows = [Kpi("revenue", str(year)) for year in (2023, 2024, 2025)]
    kept = KpiSet(tuple(rows)).put(Kpi("revenue", "2030"), rows[1].key)
    assert [one.period for one in kept.kpis] == ["2023", "2030", "2025"]


def test_what_is_kept_reads_back_and_anything_else_is_refused() -> None:
    kept = KpiSet((KPI, Kpi("csat", "2025-Q1")), (("win_rate", "2025", ""),))
    assert KpiSet.from_json(json.loads(json.dumps(kept.to_json()))) == kept
    for body in ({"kpis": [{"metric": "x"}]}, {"kpis": 3}, {"instead_of": [["a"]]}):
        with pytest.raises(QueryError, match="stored KPIs cannot be read"):
            KpiSet.from_json(body)
