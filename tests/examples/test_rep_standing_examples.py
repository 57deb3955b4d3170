"""The worked examples of how long reps take to ramp up, and of where they stand among each other."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import salesmetrics as sm
from salesmetrics.model.dataset import Dataset
from tests.company import answers, ask, dataset, days

HALF_YEAR = days("2024-01-01", "2024-06-30")
TENURED = ("T1", "T2", "T3")


def _sales(rep: str, amounts: list[float], first_month: int = 1) -> list[dict[str, Any]]:
    return [
        {"order_id": f"{rep}-{month}", "order_date": f"2024-{month:02}-15", "amount": amount, "rep_id": rep}
        for month, amount in enumerate(amounts, start=first_month)
    ]


def _hires(
    tmp_path: Path,
    sales: list[float],
    hired: str = "2024-01-01",
    tenured: tuple[str, ...] = TENURED,
    left: str | None = None,
    first_month: int = 1,
) -> Dataset:
    reps = [{"rep_id": rep, "hire_date": "2020-03-01", "leave_date": None, "region": "East"} for rep in tenured]
    reps.append({"rep_id": "new", "hire_date": hired, "leave_date": left, "region": "East"})
    orders = [line for rep in tenured for line in _sales(rep, [100] * 6)]
    return dataset({"reps": reps, "orders": orders + _sales("new", sales, first_month)}, tmp_path)


def test_ramp_time(tmp_path: Path):
    answer = ask(_hires(tmp_path, [20, 40, 70, 85, 90]), "ramp_time", HALF_YEAR)
    # March to May bring 81.7 a month on average; February to April 65.
    assert (answer.value, answer.n, answer.details) == (5, 1, {"ramped": 1, "not_yet": 0})


def test_ramp_time_is_reached_at_four_fifths_exactly(tmp_path: Path):
    assert ask(_hires(tmp_path, [80, 80, 80]), "ramp_time", HALF_YEAR).value == 3
    assert ask(_hires(tmp_path / "below", [80, 80, 79.99]), "ramp_time", HALF_YEAR).reason == "not_reached"


def test_ramp_months_count_from_the_first_full_one(tmp_path: Path):
    # May's last day ends the third full month; what was sold in the days of February is not looked at.
    data = _hires(tmp_path, [500, 90, 90, 90], hired="2024-02-10", first_month=2)
    assert ask(data, "ramp_time", HALF_YEAR).value == 3
    assert ask(data, "ramp_time", HALF_YEAR, as_of=date(2024, 5, 30)).reason == "not_reached"


def test_who_left_before_is_still_counted(tmp_path: Path):
    answer = ask(_hires(tmp_path, [10, 10], left="2024-03-10"), "ramp_time", HALF_YEAR)
    assert (answer.value, answer.reason, answer.n) == (None, "not_reached", 1)
    assert answer.details["not_yet"] == 1


def test_with_two_tenured_reps_there_is_nobody_to_catch_up_with(tmp_path: Path):
    answer = ask(_hires(tmp_path, [100] * 6, tenured=TENURED[:2]), "ramp_time", HALF_YEAR)
    assert (answer.value, answer.reason) == (None, "n_too_small")


def test_half_of_the_new_reps_must_be_there(tmp_path: Path):
    reps = [{"rep_id": rep, "hire_date": "2020-03-01"} for rep in TENURED]
    reps += [{"rep_id": f"N{number}", "hire_date": "2024-01-01"} for number in range(4)]
    orders = [line for rep in TENURED for line in _sales(rep, [100] * 6)]
    for number, start in enumerate((0, 1, 2)):
        orders += _sales(f"N{number}", [0] * start + [100] * (6 - start))
    answer = ask(dataset({"reps": reps, "orders": orders}, tmp_path), "ramp_time", HALF_YEAR)
    # 100 in two months of three are too few: after 3, 4 and 5 months; the fourth never: S = 3/4, 1/2.
    assert (answer.value, answer.details) == (4, {"ramped": 3, "not_yet": 1})


def test_nobody_hired(tmp_path: Path):
    data = _hires(tmp_path, [20, 40, 70, 85, 90])
    assert ask(data, "ramp_time", days("2024-02-01", "2024-06-30")).reason == "no_rows"


CLOSED = days("2024-05-01", "2024-05-31")


def _deals(rep: str, won: int, of: int, cycle: int = 10) -> list[dict[str, Any]]:
    created = date(2024, 5, 1)
    return [
        {"opportunity_id": f"{rep}-{number}", "rep_id": rep, "status": "won" if number < won else "lost",
         "created_date": created, "close_date": created + timedelta(days=cycle), "amount": 1}
        for number in range(of)
    ]  # fmt: skip


def _team(regions: dict[str, tuple[str | None, str | None]]) -> list[dict[str, Any]]:
    return [{"rep_id": rep, "region": region, "hire_date": hired} for rep, (region, hired) in regions.items()]


SIX = {f"R{number}": ("East", "2023-01-01") for number in range(6)}


def test_rep_benchmark(tmp_path: Path):
    deals = _deals("R0", 3, 4) + [deal for rep in list(SIX)[1:] for deal in _deals(rep, 2, 5)]
    data = dataset({"reps": _team(SIX), "opportunities": deals}, tmp_path)
    best = answers(data, "rep_benchmark", CLOSED, by=("rep",))["R0"]
    # Three of four are drawn towards the 40 % of the others.
    assert best.details["own"] == 0.75
    assert best.details["shrunk"] == pytest.approx((3 + 20 * 0.4) / 24)
    assert round(best.details["shrunk"], 3) == 0.458
    assert best.value == pytest.approx(100 * 5.5 / 6)
    assert (best.details["peers"], best.details["among"]) == (6, "region_and_tenure")


def test_a_rate_of_twenty_cases_stands_for_itself(tmp_path: Path):
    deals = _deals("R0", 15, 20) + [deal for rep in list(SIX)[1:] for deal in _deals(rep, 2, 5)]
    data = dataset({"reps": _team(SIX), "opportunities": deals}, tmp_path)
    row = answers(data, "rep_benchmark", CLOSED, by=("rep",))["R0"]
    assert row.details["shrunk"] == 0.75
    # The others are drawn towards what the rest of them does: 23 of 40.
    assert row.details["peer_median"] == pytest.approx((2 + 20 * 23 / 40) / 25)
    assert row.details["gap"] == pytest.approx(0.75 - row.details["peer_median"])


def test_peers_are_widened_until_there_are_five(tmp_path: Path):
    people = {
        **{f"E{number}": ("East", "2023-01-01") for number in range(5)},
        **{f"W{number}": ("West", "2023-01-01") for number in range(4)},
        "N": ("North", "2024-04-20"), "U": (None, None),
    }  # fmt: skip
    deals = [deal for rep in people for deal in _deals(rep, 10, 20)] + _deals("X", 20, 20)
    data = dataset({"reps": _team(people), "opportunities": deals}, tmp_path)
    rows = answers(data, "rep_benchmark", CLOSED, by=("rep",))
    among = {rep: (row.details["among"], row.details["peers"]) for rep, row in rows.items()}
    assert among["E0"] == ("region_and_tenure", 5)
    assert among["W0"] == ("tenure", 9)
    assert among["N"] == among["U"] == among["X"] == ("everyone", 12)
    assert rows["X"].value == pytest.approx(100 * 11.5 / 12)


def test_four_reps_have_no_benchmark(tmp_path: Path):
    deals = [deal for rep in list(SIX)[:4] for deal in _deals(rep, 1, 20)]
    rows = answers(
        dataset({"reps": _team(SIX), "opportunities": deals}, tmp_path), "rep_benchmark", CLOSED, by=("rep",)
    )
    assert {(row.value, row.reason) for rep, row in rows.items() if rep < "R4"} == {(None, "n_too_small")}


def test_where_lower_is_better_the_lowest_stands_highest(tmp_path: Path):
    leads = [
        {"lead_id": rep, "rep_id": rep, "created_at": "2024-05-02 09:00",
         "first_response_at": datetime.fromisoformat("2024-05-02 10:00") + timedelta(hours=place)}
        for place, rep in enumerate(SIX)
    ]  # fmt: skip
    data = dataset({"reps": _team(SIX), "leads": leads}, tmp_path)
    rows = answers(data, "rep_benchmark", CLOSED, by=("rep",), params={"rep_benchmark.of": "lead_response_time"})
    assert [rows[rep].value for rep in SIX] == pytest.approx([100 * place / 12 for place in (11, 9, 7, 5, 3, 1)])


MAY = CLOSED
FIVE = {f"R{number}": ("East", "2023-01-01") for number in range(5)}


def _quadrants(tmp_path: Path, **more: list[dict[str, Any]]) -> Dataset:
    """Give five reps of whom R1 answers and closes later than most; R1 sells 110 against a quota of 100."""
    answered = {"R0": 9, "R1": 7, "R2": 5, "R3": 3, "R4": 1}
    cycles = {"R0": 20, "R1": 15, "R2": 15, "R3": 5, "R4": 4}
    leads = [
        {"lead_id": rep, "rep_id": rep, "created_at": "2024-05-02 09:00",
         "first_response_at": datetime.fromisoformat("2024-05-02 09:00") + timedelta(hours=hours)}
        for rep, hours in answered.items()
    ]  # fmt: skip
    quotas = [
        {"scope": "rep", "scope_id": rep, "period_start": "2024-05-01", "period_end": "2024-05-31", "amount": 100}
        for rep in FIVE
    ]
    sold = {"R0": 90, "R1": 110, "R2": 100, "R3": 99, "R4": 120}
    tables = {
        "reps": _team(FIVE),
        "orders": [line | {"cost": 10} for rep, amount in sold.items() for line in _sales(rep, [amount], 5)],
        "opportunities": [deal for rep, cycle in cycles.items() for deal in _deals(rep, 1, 1, cycle)],
        "leads": leads,
        "quotas": quotas,
    }
    return dataset(tables | more, tmp_path)


def test_effectiveness_efficiency(tmp_path: Path):
    rows = answers(_quadrants(tmp_path), "effectiveness_efficiency", MAY, by=("rep",))
    one = rows["R1"]
    assert one.details["effectiveness"] == pytest.approx(1.10)
    assert (one.details["response_percentile"], one.details["cycle_percentile"]) == (30, 40)
    assert (one.value, one.details["efficiency"], one.details["quadrant"]) == (35, 35, "effective_inefficient")
    assert {rep: row.details["quadrant"] for rep, row in rows.items()} == {
        "R0": "neither", "R1": "effective_inefficient", "R2": "effective_inefficient",
        "R3": "ineffective_efficient", "R4": "effective_efficient",
    }  # fmt: skip


def test_without_quotas_the_better_half_by_profit_is_effective(tmp_path: Path):
    rows = answers(_quadrants(tmp_path, quotas=[]), "effectiveness_efficiency", MAY, by=("rep",))
    assert {row.details["effectiveness_by"] for row in rows.values()} == {"gross_profit"}
    # Profit is 80, 100, 90, 89, 110: R2 is in the middle.
    assert {rep for rep, row in rows.items() if row.details["quadrant"].startswith("effective")} == {
        "R1",
        "R2",
        "R4",
    }


def test_one_sign_of_efficiency_is_too_few(tmp_path: Path):
    data = _quadrants(tmp_path, leads=[])
    rows = answers(data, "effectiveness_efficiency", MAY, by=("rep",))
    assert {(row.value, row.reason) for row in rows.values()} == {(None, "n_too_small")}


def test_contacts_and_what_they_bring_are_signs_too(tmp_path: Path):
    calls = [
        {"rep_id": rep, "at": "2024-05-06 09:00", "type": "call", "direction": "out"}
        for rep, number in {"R0": 5, "R1": 1, "R2": 2, "R3": 3, "R4": 4}.items()
        for _each in range(number)
    ]
    rows = answers(_quadrants(tmp_path, activities=calls), "effectiveness_efficiency", MAY, by=("rep",))
    one = rows["R1"].details
    # Fewest contacts a working day, but 110 for the one that was made.
    assert (one["contacts_percentile"], one["revenue_per_contact_percentile"]) == (10, 90)
    assert rows["R1"].value == (30 + 40 + 10 + 90) / 4


def test_what_names_no_rep_is_nobody(tmp_path: Path):
    orders = [*_sales("R0", [50], 5), {"order_id": "?", "order_date": "2024-05-15", "amount": 900, "rep_id": None}]
    data = _quadrants(tmp_path, orders=orders)
    nobody = answers(data, "effectiveness_efficiency", sm.Period(date(2024, 5, 1), date(2024, 6, 1)), by=("rep",))
    assert nobody["(unknown)"].reason == "no_rows"
